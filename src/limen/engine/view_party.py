"""Show one party whole: its names, facts and listings on all lists, and why its records are one.

Use it for what an analyst reads about a party, whatever the question. Both clocks count: records
and values are those known at an instant, and so is the party that an id leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from limen.engine.party_view import (
    Fact,
    ListedPeriod,
    NameOnLists,
    PartyChange,
    PartyRecord,
    PartyView,
    Relation,
)
from limen.model import InputError, Instant
from limen.model.schemata import NAME_PROPERTIES
from limen.names.reading.scripts import script_of
from limen.screening.listed_parties import ListedParties, ListedParty
from limen.snapshot import Snapshot
from limen.snapshot.format import ALWAYS, BASES, NEVER
from limen.snapshot.party_records import Join, Refusal

#: Properties of which a party has one value: lists that print others contradict each other.
_OF_ONE_VALUE = frozenset(
    ["birthDate", "deathDate", "gender", "imoNumber", "mmsi", "leiCode", "incorporationDate"]
)
_DATES = frozenset(["birthDate", "deathDate", "incorporationDate"])


def find_party(snapshot: Snapshot, any_id: str, known_at: Instant) -> str:
    """Return the id of the party that an id leads to: a party's of any day, or a record's.

    Raises:
        InputError: nothing that was known by then has the id.
    """
    identity = snapshot.identity
    record = identity.record_of(any_id)
    if any(snapshot.party_of(each, known_at) == any_id for each in identity.ever(any_id)):
        found = any_id
    elif record is not None:
        found = snapshot.party_of(record, known_at)
    else:
        raise InputError(
            f"no party and no record is {any_id[:80]!r}",
            hint="give the id of an answer's party, or a record as list:record",
        )
    if not records_of(snapshot, found, known_at):
        raise InputError(
            f"nothing was known of {any_id[:80]!r} by {known_at}", hint="give a later known_at"
        )
    return found


def records_of(snapshot: Snapshot, party: str, known_at: Instant) -> tuple[int, ...]:
    """Return the positions of the records that were one party, as known at an instant."""
    return tuple(
        record
        for record in snapshot.identity.ever(party)
        if snapshot.party_of(record, known_at) == party
        and snapshot.state_row(record, known_at) is not None
    )


def view_party(
    snapshot: Snapshot, listed: ListedParties, any_id: str, as_of: Instant, known_at: Instant
) -> PartyView:
    """Return the party that an id leads to.

    Raises:
        InputError: nothing that was known by then has the id.
    """
    party = find_party(snapshot, any_id, known_at)
    found = [listed.at(record, known_at) for record in records_of(snapshot, party, known_at)]
    records = [each for each in found if each is not None]
    listings = [period for each in records for period in _periods(snapshot, each, as_of, known_at)]
    first = _first_listed(records, listings)
    joins, possible, refused = _relations(snapshot, records, known_at)
    return PartyView(
        id=party,
        caption=first.profile.party.caption,
        schema=first.profile.party.schema,
        as_of=str(as_of),
        known_at=str(known_at),
        records=tuple(_record(snapshot, each) for each in records),
        names=tuple(_names(records)),
        facts=tuple(_facts(records)),
        listings=tuple(sorted(listings, key=lambda each: (each.since or "", each.record))),
        joins=joins,
        possible=possible,
        refused=refused,
        changes=tuple(_changes(snapshot, party, known_at)),
    )


def _changes(snapshot: Snapshot, party: str, known_at: Instant) -> Iterator[PartyChange]:
    """Yield the records that came to a party or left it, as known at an instant."""
    for each in snapshot.identity.story(party).turns:
        if Instant.parse(each.day) <= known_at:
            record = snapshot.identity.record(each.record)
            yield PartyChange(each.day, record, each.before, each.after, each.why)


def _relations(
    snapshot: Snapshot, records: Sequence[ListedParty], known_at: Instant
) -> tuple[tuple[Relation, ...], tuple[Relation, ...], tuple[Relation, ...]]:
    """Return why records are one, what else may be, and what is not, as known at an instant."""
    own = frozenset(each.position for each in records)
    parties = dict.fromkeys(snapshot.identity.today(each.position) for each in records)
    stories = [snapshot.identity.story(party) for party in parties]

    def of(join: Join) -> bool:
        return not own.isdisjoint((join.one, join.other)) and Instant.parse(join.since) <= known_at

    joins = [each for story in stories for each in story.joins if of(each)]
    possible = [each for story in stories for each in story.possible if of(each)]
    refused = [each for story in stories for each in story.refused if of(each.join)]
    return (
        tuple(_relation(snapshot, each) for each in joins if {each.one, each.other} <= own),
        tuple(_relation(snapshot, each) for each in possible),
        tuple(_refused(snapshot, each) for each in refused),
    )


def _first_listed(records: list[ListedParty], listings: list[ListedPeriod]) -> ListedParty:
    """Return the record whose name the party is called by: listed now, and the earliest."""
    since = {
        each.record: each.since or ""
        for each in sorted(listings, key=lambda each: each.since or "", reverse=True)
        if each.applies
    }
    return min(records, key=lambda each: since.get(each.profile.party.id, "9999"))


def _record(snapshot: Snapshot, listed: ListedParty) -> PartyRecord:
    source = listed.provenance
    info = snapshot.manifest.lists[snapshot.parties.numbers["list"][listed.position]]
    party = listed.profile.party
    return PartyRecord(
        party.id, info.id, info.authority, party.caption, source.version, source.sha256
    )


def _names(records: Iterable[ListedParty]) -> Iterator[NameOnLists]:
    """Yield each name once, those in Latin letters first."""
    printed: dict[str, dict[str, bool]] = {}
    for each in records:
        party = each.profile.party
        weak = frozenset(party.properties.get("weakAlias", ()))
        for text in party.values(*NAME_PROPERTIES):
            printed.setdefault(text, {})[party.id] = text in weak
    names = [
        NameOnLists(text, script_of(text), tuple(by), all(by.values()))
        for text, by in printed.items()
    ]
    yield from sorted(names, key=lambda each: (each.script != "Latin", each.script))


def _facts(records: Iterable[ListedParty]) -> Iterator[Fact]:
    """Yield each value once, with who prints it and who prints another."""
    printed: dict[str, dict[str, dict[str, None]]] = {}
    for each in records:
        party = each.profile.party
        for name, values in party.properties.items():
            if name not in NAME_PROPERTIES:
                for value in values:
                    printed.setdefault(name, {}).setdefault(value, {})[party.id] = None
    for name, held in printed.items():
        for value, by in held.items():
            against = _contradicting(name, value, held) if name in _OF_ONE_VALUE else ()
            yield Fact(name, value, tuple(by), tuple(against))


def _contradicting(
    name: str, value: str, values: Mapping[str, Mapping[str, None]]
) -> Iterator[str]:
    """Yield the records that print values of a property, and none that agrees with one."""
    agreeing = {
        record for other, by in values.items() if _agree(name, value, other) for record in by
    }
    yield from dict.fromkeys(
        record for by in values.values() for record in by if record not in agreeing
    )


def _agree(name: str, one: str, other: str) -> bool:
    """Return whether two values are one; a year agrees with each of its days."""
    if name in _DATES:
        return one.startswith(other) or other.startswith(one)
    return one.casefold() == other.casefold()


def _periods(
    snapshot: Snapshot, listed: ListedParty, as_of: Instant, known_at: Instant
) -> Iterator[ListedPeriod]:
    numbers = snapshot.listings.numbers
    info = snapshot.manifest.lists[snapshot.parties.numbers["list"][listed.position]]
    applying = frozenset(snapshot.listing_rows(listed.position, as_of, known_at))
    for row in snapshot.known_listing_rows(listed.position, known_at):
        terms = snapshot.terms(row)
        yield ListedPeriod(
            authority=info.authority,
            list=info.id,
            record=listed.profile.party.id,
            since=_day(numbers["applied_from"][row], ALWAYS),
            since_basis=BASES[numbers["basis"][row]],
            until=_day(numbers["applied_to"][row], NEVER),
            applies=row in applying,
            programmes=terms.programmes,
            measures=terms.measures,
            acts=terms.acts,
        )


def _day(second: int, open_end: int) -> str | None:
    return None if second == open_end else str(Instant.of_seconds(second))


def _refused(snapshot: Snapshot, refusal: Refusal) -> Relation:
    relation = _relation(snapshot, refusal.join)
    return msgspec.structs.replace(relation, because=_because(snapshot, refusal))


def _because(snapshot: Snapshot, refusal: Refusal) -> str:
    one, other = map(snapshot.identity.record, (refusal.one, refusal.other))
    return f"{one} and {other} contradict each other: {refusal.why}"


def _relation(snapshot: Snapshot, join: Join) -> Relation:
    record = snapshot.identity.record
    reasons = tuple(
        f"{what}: {one}" + (f" / {other}" if other and other != one else "")
        for what, one, other in join.reasons
    )
    return Relation(record(join.one), record(join.other), join.by, join.points, join.since, reasons)
