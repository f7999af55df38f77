"""The whole law: every record of every regime file, by its id."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from limen.law.assess.conditions import Condition, Fact, parse
from limen.law.moments import Moment, moment
from limen.law.records import (
    Authority,
    Codes,
    Event,
    Licence,
    Measure,
    OwnershipRule,
    PrintedEffect,
    Programme,
    Provision,
    Release,
    Relief,
    Sourced,
    Statement,
    Trigger,
)
from limen.model import InputError, Instant
from limen.util.suggest import did_you_mean
from limen.util.text import fold

Kind = TypeVar("Kind")

#: A beginning or an end of a licence that exists and was not found.
UNKNOWN = "unknown"


class Regime(msgspec.Struct, frozen=True):
    """The ids that belong to one regime, in the order of its files."""

    title: str
    measures: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


class Law(msgspec.Struct, frozen=True, dict=True):
    """The content of all regime files, checked, by id; licences by ``programme/number+letter``.

    ``pack`` is the hash of the pack that it was read from, ``published`` the pack's day.
    """

    regimes: dict[str, Regime]
    measures: dict[str, Measure]
    licences: dict[str, Licence]
    triggers: dict[str, Trigger]
    statements: dict[str, Statement]
    events: dict[str, Event]
    facts: dict[str, Fact]
    authorities: dict[str, Authority]
    programmes: dict[str, Programme]
    ownership: dict[str, OwnershipRule]
    sources: dict[str, str]
    territories: dict[str, str]
    licence_parties: dict[str, tuple[str, ...]] = {}
    printed_effects: dict[str, dict[str, PrintedEffect]] = {}
    classifications: dict[str, Codes] = {}
    overlaps: dict[str, dict[str, str]] = {}
    pack: str = ""
    published: str = ""

    def measure(self, name: str) -> Measure:
        """Return a measure by id, or by one that it had before.

        Raises:
            InputError: there is none.
        """
        return _named(self.measures, self._renamed.get(name, name), "measure")

    def has_measure(self, name: str) -> bool:
        """Return whether a measure has this id, or had it before."""
        return self._renamed.get(name, name) in self.measures

    def regime(self, name: str) -> Regime:
        """Return a regime by id.

        Raises:
            InputError: there is none.
        """
        return _named(self.regimes, name, "regime")

    def trigger(self, name: str) -> Trigger:
        """Return a trigger by id.

        Raises:
            InputError: there is none.
        """
        return _named(self.triggers, name, "trigger")

    def event(self, name: str) -> Event:
        """Return an event by its id (``EV05``) or its slug (``troops-into-occupied-donbas``).

        Raises:
            InputError: there is none.
        """
        found = self.events.get(name.upper()) or self._slugs.get(name)
        if found is None:
            known = (*self.events, *self._slugs)
            raise InputError(
                f"no event is called {name!r}", where="event", hint=did_you_mean(name, known)
            )
        return found

    def zone(self, authority: str) -> str:
        """Return the time zone of an authority's days."""
        return self.authorities[authority].zone

    def regime_of(self, *, event: str = "", measure: str = "") -> str:
        """Return the regime an event or a measure belongs to."""
        for name, regime in self.regimes.items():
            if event in regime.events or measure in regime.measures:
                return name
        raise KeyError(event or measure)

    def conditions(self, statement: Statement) -> tuple[Condition, Condition | None]:
        """Return the condition of a statement's reading, and that of a lesser response.

        Raises:
            KeyError: the statement has no reading.
        """
        return self._conditions[statement.id]

    def release_condition(self, release: Release) -> Condition | None:
        """Return the condition under which a prepared measure becomes others; none without one."""
        return self._parsed(release.when)

    def relief_condition(self, relief: Relief) -> Condition | None:
        """Return the condition of a relief; ``None`` where it has none."""
        return self._parsed(relief.when)

    def moment_of(self, statement: Statement) -> Moment:
        """Return when a statement was made."""
        return moment(statement.made, statement.zone or self.zone(statement.authority))

    def known(self, fact: Sourced, zone: str, instant: Instant, fallback: Moment) -> bool:
        """Return whether a fact was known at an instant.

        What bears a day and no hour may have been published at its last minute, so until then it
        is not counted as known.
        """
        if fact.known_from is None:
            return fallback.happened_by(instant)
        return moment(fact.known_from, zone).happened_by(instant)

    def parties_named(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the parties of licences that have one of these names on a list."""
        known = self._by_party_name
        found = {
            known[name]
            for each in names
            if self._may_be_of_party(each) and (name := fold(each)) in known
        }
        return tuple(sorted(found))

    def overlapping(self, territory: str) -> dict[str, str]:
        """Return the other territories on the same ground, with what is said of each."""
        found = dict(self.overlaps.get(territory, {}))
        found.update(
            (other, each[territory]) for other, each in self.overlaps.items() if territory in each
        )
        return found

    def first_record(self, authority: str = "") -> str:
        """Return the day of the first record of an authority's measures, or of all."""
        days = [
            moment(change.on, self.zone(measure.authority)).day
            for measure in self.measures.values()
            if authority in ("", measure.authority)
            for change in measure.status
        ]
        return min(days).isoformat() if days else ""

    def _may_be_of_party(self, name: str) -> bool:
        """Return whether a name begins as one of those parties': few do, and folding costs time."""
        start = name[:2]
        return not (start.isascii() and start.isalnum()) or start.lower() in self._party_starts

    def record_named(self, record_id: str) -> str:
        """Return the act and annex that a record id begins with, if a measure is for them."""
        known = self._records
        end = len(record_id)
        while end > 0:
            if record_id[:end] in known:
                return record_id[:end]
            end = max(record_id.rfind(":", 0, end), record_id.rfind(".", 0, end))
        return ""

    def measures_named(self, names: Iterable[str]) -> Iterator[Measure]:
        """Yield the measures that a tag, an act and annex or an act of a listing may mean.

        Those that are for a mark of the entry, and no tag, are always among them.
        """
        found = {position for name in (*names, "") for position in self._by_name.get(name, ())}
        every = self._in_order
        for position in sorted(found):
            yield every[position]

    def licences_on(self, measure: str) -> Iterator[Licence]:
        """Yield the licences that lift a measure, in the order of their keys."""
        yield from self._by_measure.get(measure, ())

    def successors(self, key: str) -> Iterable[Licence]:
        """Return the licences that replace another."""
        return self._successors.get(key, ())

    @cached_property
    def _renamed(self) -> dict[str, str]:
        return {old: name for name, each in self.measures.items() for old in each.former_ids}

    @cached_property
    def _slugs(self) -> dict[str, Event]:
        return {event.slug: event for event in self.events.values()}

    @cached_property
    def _conditions(self) -> dict[str, tuple[Condition, Condition | None]]:
        return {
            name: (parse(reading.when, self.facts, _never), self._parsed(reading.lesser))
            for name, statement in self.statements.items()
            if (reading := statement.reading) is not None
        }

    def _parsed(self, raw: dict[str, Any]) -> Condition | None:
        return parse(raw, self.facts, _never) if raw else None

    @cached_property
    def effects(self) -> frozenset[str]:
        """Return every effect that a provision or a publisher's word has."""
        measures = self.measures.values()
        found = {word for each in measures for part in each.provisions for word in part.prohibits}
        for words in self.printed_effects.values():
            found.update(word for effect in words.values() for word in effect.prohibits)
        return frozenset(found)

    @property
    def freezing_authorities(self) -> tuple[str, ...]:
        """Return the authorities that freeze assets, in the order of their file."""
        found = {
            measure.authority
            for measure in self.measures.values()
            for part in measure.provisions
            if "asset_freeze" in part.prohibits
        }
        return tuple(name for name in self.authorities if name in found)

    @cached_property
    def _in_order(self) -> tuple[Measure, ...]:
        return tuple(self.measures.values())

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for position, measure in enumerate(self._in_order):
            names = (*measure.programmes, *measure.records, *measure.acts)
            for name in names or ("",) * bool(measure.mark):
                found.setdefault(name, []).append(position)
        return found

    @cached_property
    def _records(self) -> frozenset[str]:
        return frozenset(name for each in self.measures.values() for name in each.records)

    @cached_property
    def _by_measure(self) -> dict[str, list[Licence]]:
        found: dict[str, list[Licence]] = {}
        for licence in self.licences.values():
            for measure in licence.lifts:
                found.setdefault(measure, []).append(licence)
        return found

    @cached_property
    def _by_party_name(self) -> dict[str, str]:
        return {
            fold(name): party for party, names in self.licence_parties.items() for name in names
        }

    @cached_property
    def _party_starts(self) -> frozenset[str]:
        return frozenset(name[:2] for name in self._by_party_name)

    @cached_property
    def _successors(self) -> dict[str, list[Licence]]:
        found: dict[str, list[Licence]] = {}
        for licence in self.licences.values():
            if licence.replaces:
                found.setdefault(licence.replaces, []).append(licence)
        return found


def _named(known: dict[str, Kind], name: str, what: str) -> Kind:
    found = known.get(name)
    if found is None:
        raise InputError(
            f"no {what} is called {name!r}", where=what, hint=did_you_mean(name, known)
        )
    return found


def _never(what: str, path: tuple[str | int, ...], _hint: str) -> InputError:
    """Return the error of a condition that was checked before, so that it is never raised."""
    return InputError(what, where=".".join(map(str, path)))


def spans(record: Provision | Relief, zone: str) -> tuple[Moment, Moment | None, Moment | None]:
    """Return from, until (exclusive) and through (inclusive) of a provision or a relief."""
    return (
        moment(record.from_, zone),
        moment(record.until, zone) if record.until else None,
        moment(record.through, zone) if record.through else None,
    )


def holds(record: Provision | Relief, zone: str, instant: Instant) -> bool:
    """Return whether a provision or relief is valid at an instant, by its own dates."""
    start, until, through = spans(record, zone)
    if not start.effective_by(instant):
        return False
    if until is not None and until.effective_by(instant):
        return False
    return through is None or not through.passed_by(instant)
