"""Locate addresses over the places part of a snapshot: one query, one :class:`Location`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from numpy.typing import NDArray

from limen.model import InputError, Instant
from limen.places.decide import evidence
from limen.places.decide.evidence_model import Decision, Evidence
from limen.places.decide.resolve import Resolver
from limen.places.gazetteer.control import ControlLines
from limen.places.gazetteer.coordinates import Ground
from limen.places.gazetteer.gazetteer import Gazetteer
from limen.places.location import Location, LocationStamp
from limen.places.query.address_query import AddressQuery, read_query
from limen.places.verdict.place_answer import AnswerBuilder
from limen.places.verdict.territories import Statutes, TerritorialLaw
from limen.places.verdict.verdicts import Judge, Placement
from limen.util.budget import UNLIMITED, Budget
from limen.util.suggest import did_you_mean

_LAW = msgspec.json.Decoder(TerritorialLaw)


@lru_cache(maxsize=64)
def _stamp(
    engine: str, snapshot: str, as_of: Instant, known_at: Instant, authorities: tuple[str, ...]
) -> LocationStamp:
    return LocationStamp(engine, snapshot, str(as_of), str(known_at), authorities)


class Places:
    """Gazetteer, law and lines of control of one snapshot.

    Args:
        arrays: the arrays of :func:`limen.places.build.build_part`, by name, mapped or not.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.arrays = arrays
        self.gazetteer = Gazetteer(arrays)
        self.statutes = Statutes(_LAW.decode(arrays["law"].tobytes()))
        columns = {name: arrays[f"control.{name}"] for name in ("place", "state", "from", "until")}
        self.lines = ControlLines(columns, len(self.gazetteer))
        self.ground = Ground(arrays)
        self.judge = Judge(self.gazetteer, self.statutes, self.lines)
        self._resolver = Resolver(self.gazetteer)
        self._reader = evidence.EvidenceReader(self.gazetteer, self.ground)
        self._answers = AnswerBuilder(self.gazetteer, self.statutes, self.judge)

    def locate(
        self,
        address: object,
        *,
        as_of: Instant,
        known_at: Instant,
        authorities: Sequence[str],
        country: str | None = None,
        other_countries: Sequence[str] = (),
        engine: str = "",
        snapshot: str = "",
        budget: Budget = UNLIMITED,
    ) -> Location:
        """Return where an address is, and the outcome of each authority's embargoes.

        Args:
            address: a text, a mapping of fields (ISO 20022's names are known), or (lat, lon).
            as_of: when the measures must have applied and the ground been held.
            known_at: when both must have been known.
            authorities: ``"US"``, ``"EU"``, ...; empty for all that have measures.
            country: a code or name known in addition; it counts as the address's own.
            other_countries: codes of countries that the party names elsewhere; a single one
                counts where the address names no country and no place of another.
            engine: the engine's version, for the stamp.
            snapshot: the snapshot's name, for the stamp.
            budget: how long it may take; unlimited.

        Raises:
            InputError: no address, a point not on earth, or an unknown authority.
            TimeLimitError: the time of the budget is over.
        """
        chosen = self._authorities(authorities)
        query = read_query(address, country)
        query.other_countries = list(other_countries)
        read, decision = self._decide(query, budget)
        stamp = _stamp(engine, snapshot, as_of, known_at, chosen)
        return self._answers.build(
            query, read, decision, as_of=as_of, known_at=known_at, stamp=stamp
        )

    def placements(
        self,
        address: object,
        territories: Sequence[str],
        *,
        as_of: Instant,
        known_at: Instant,
        budget: Budget = UNLIMITED,
    ) -> dict[str, Placement]:
        """Return whether an address is in each of some territories, whatever the law over them.

        Raises:
            InputError: no address, or a territory that has no ground.
            TimeLimitError: the time of the budget is over.
        """
        known = self.statutes.territories
        for name in territories:
            if name not in known:
                raise InputError(
                    f"no territory {name!r} is known",
                    where="territory",
                    hint=did_you_mean(name, known),
                )
        _, decision = self._decide(read_query(address, None), budget)
        chosen = [known[name] for name in territories]
        return self._answers.placements(decision, chosen, as_of=as_of, known_at=known_at)

    def days_of_change(
        self, address: object, *, country: str | None = None, budget: Budget = UNLIMITED
    ) -> list[date]:
        """Return the days on which the outcome for an address may have changed, in order.

        They are those of the law over all territories, and of control over the settlements that
        the address may mean; of an area that is no settlement only the law's.

        Raises:
            InputError: no address, or a point not on earth.
            TimeLimitError: the time of the budget is over.
        """
        _, decision = self._decide(read_query(address, country), budget)
        places = {
            place for where in (decision.where, *decision.alternatives) for place in where.places
        }
        return sorted(self.statutes.days() | self.lines.days(places))

    def _decide(self, query: AddressQuery, budget: Budget) -> tuple[Evidence, Decision]:
        """Read an address, and decide where it is."""
        budget.check()
        read = self._reader.read(query)
        budget.check()
        decision = self._resolver.decide(read)
        budget.check()
        self._reader.measure(query, read, decision, self._resolver)
        return read, decision

    def _authorities(self, names: Sequence[str]) -> tuple[str, ...]:
        known = self.statutes.authorities
        chosen = tuple(dict.fromkeys(name.upper() for name in names)) or known
        for name in chosen:
            if name not in known:
                raise InputError(
                    f"no territorial measure of {name!r} is known",
                    where="authority",
                    why="for an authority without measures every address would be outside",
                    hint=did_you_mean(name, known),
                )
        return chosen
