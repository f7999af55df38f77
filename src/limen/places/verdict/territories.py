"""Territories as legal acts define them, and the measures over them: read from YAML.

``territories.yml`` is edited by hand, with a source a line; it is checked here when a snapshot
is built, and travels in the snapshot as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

from limen.model import Instant, Interval, RegistryError

Definition = Literal["fixed", "named_region", "control"]
Confidence = Literal["sourced", "secondary", "unconfirmed"]


class Territory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A region as one legal act defines it.

    Attributes:
        definition: the same ground always, a region that is named and not drawn, or what the
            government does not control on the day asked about.
        oblasts: oblasts of Ukraine by the digits of their code, within which it lies.
        country: a whole country, instead.
        line: the day whose line of control tells what a named region held.
        region: the region word that names it in addresses.
        claimed_from: the day from which somebody claims the whole of the oblasts: a layer of
            evidence, never the scope.
    """

    id: str
    name: str
    definition: Definition
    oblasts: tuple[int, ...] = ()
    country: str = ""
    line: str = ""
    region: str = ""
    claimed_from: str = ""


class Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from"}):
    """What one act prohibits over territories, from ``start`` until ``until`` (half-open).

    ``published`` is when it could be known, where that is not ``start``. ``government`` says
    that the act binds the territory's government wherever it is, as in its embassies.
    """

    id: str
    authority: str
    territories: tuple[str, ...]
    instrument: str
    article: str
    prohibits: str
    start: str
    source: str
    confidence: Confidence
    until: str = ""
    published: str = ""
    note: str = ""
    government: bool = False


class Control(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the dates of control come from, and until when they speak."""

    source: str
    until: str


class Law(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    control: Control
    territories: tuple[Territory, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class InForce:
    """A measure over one territory, in force at the instant asked about."""

    measure: Measure
    territory: Territory


class Statutes:
    """The law of a snapshot, asked by authority and by both clocks."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.territories = {each.id: each for each in law.territories}
        self.authorities = tuple(dict.fromkeys(each.authority for each in law.measures))
        self._dated = [
            (each, _interval(each), Instant.parse(each.published or each.start))
            for each in law.measures
        ]

    def in_force(self, authority: str, as_of: Instant, known_at: Instant) -> tuple[InForce, ...]:
        """The measures of an authority that applied at one instant, as known at another."""
        return tuple(
            InForce(measure, self.territories[territory])
            for measure, applied, published in self._dated
            if measure.authority == authority
            and applied.covers(as_of)
            and published.seconds <= known_at.asked
            for territory in measure.territories
        )


def _interval(measure: Measure) -> Interval:
    until = Instant.parse(measure.until) if measure.until else None
    return Interval(Instant.parse(measure.start), until)


def read_law() -> Law:
    """The law as it is written in the package.

    Raises:
        RegistryError: the file is wrong, with the line.
    """
    from limen.util.located_yaml import (
        locate_packaged,  # reads YAML, which nobody needs who only asks
    )

    text = locate_packaged("limen.places", "data/territories.yml")
    law = text.decode(Law)
    known = {each.id for each in law.territories}
    for at, measure in enumerate(law.measures):
        for place in measure.territories:
            if place not in known:
                raise text.refusal(f"no territory is called {place!r}", ("measures", at))
        try:
            _interval(measure)
        except ValueError as error:
            raise RegistryError(str(error), where=text.where(("measures", at))) from error
    return law
