"""Work out what ``limen parties`` shows: a party's listings, and gaps between authorities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from limen.cli.render.text import aligned
from limen.cli.write_records import Records
from limen.model import InputError, Instant
from limen.snapshot import Snapshot
from limen.snapshot.authority_gaps import (
    FirstListing,
    ListedFirst,
    authorities_of,
    first_listed,
    gap_counts,
    gaps,
    short_lists,
)
from limen.snapshot.format import ALWAYS, NEVER


def listings_of(snapshot: Snapshot, any_id: str) -> Records:
    """Return the listings of a party by day: list, record, caption, since, until.

    Raises:
        InputError: no party and no record has the id.
    """
    rows = [
        {
            "party": party,
            "list": snapshot.identity.record(record).partition(":")[0],
            "record": snapshot.identity.record(record),
            "caption": _caption(snapshot, record),
            "since": _day(since, ALWAYS),
            "until": _day(until, NEVER),
        }
        for party in (_party(snapshot, any_id),)
        for record in snapshot.identity.records(party)
        for since, until in _spans(snapshot, record)
    ]
    return _records(sorted(rows, key=lambda row: (row["since"], row["record"])))


def joins_of(snapshot: Snapshot, any_id: str) -> Iterator[str]:
    """Yield why the records of a party are one, and which others may be."""
    record = snapshot.identity.record
    story = snapshot.identity.story(_party(snapshot, any_id))
    for join in (*story.joins, *story.possible):
        what = "; ".join(f"{what}: {one}" for what, one, _ in join.reasons)
        relation = "is" if join in story.joins else "may be"
        yield (
            f"{record(join.one)} {relation} {record(join.other)}, known since {join.since}: {what}"
        )
    for refused in story.refused:
        join = refused.join
        why = f"{record(refused.one)}, {record(refused.other)}: {refused.why}"
        yield f"{record(join.one)} is not {record(join.other)}: {why}"
    for turn in story.turns:
        yield f"{turn.day}: {record(turn.record)} from {turn.before} to {turn.after}: {turn.why}"


def gaps_between(
    snapshot: Snapshot, listed_by: str, not_by: Sequence[str], as_of: str | None
) -> Records:
    """Return the parties that one authority lists on a day and the others do not.

    Raises:
        InputError: an authority has no list, or the date is none.
    """
    authorities = [info.authority for info in snapshot.manifest.lists]
    for code in (listed_by, *not_by):
        if code not in authorities:
            those = ", ".join(sorted(set(authorities)))
            raise InputError(f"no list of authority {code!r}", hint=f"use one of {those}")
    rows = [
        {
            "party": gap.party,
            "caption": _caption(snapshot, gap.listing.record),
            "record": snapshot.identity.record(gap.listing.record),
            "since": _day(gap.listing.start, ALWAYS),
            "lag_days": "" if gap.lag_days is None else gap.lag_days,
        }
        for gap in gaps(snapshot, listed_by, not_by, day_of(snapshot, as_of))
    ]
    return _records(rows)


def day_of(snapshot: Snapshot, as_of: str | None) -> Instant:
    """Return the instant of a day that is asked about; by default the last that is known."""
    return Instant.parse(as_of or snapshot.manifest.known_until)


def matrix(snapshot: Snapshot, as_of: str | None) -> Records:
    """Return how many parties each authority lists on a day and each other one does not."""
    counts = gap_counts(snapshot, day_of(snapshot, as_of))
    codes = authorities_of(snapshot)
    rows = [
        {"listed_by": one, "all": counts[one, one]}
        | {f"not_by_{other}": counts[one, other] for other in codes if other != one}
        for one in codes
    ]
    head = ("listed by", "all", *(f"not by {code}" for code in codes))
    cells = [
        (
            one,
            f"{counts[one, one]:,}",
            *("" if one == other else f"{counts[one, other]:,}" for other in codes),
        )
        for one in codes
    ]
    return Records(aligned([head, *cells], indent=""), rows, rows)


def coordination(snapshot: Snapshot, since: str, until: str) -> Records:
    """Return who listed whom first in a period: one line a party, the day of each authority.

    A day with ``<=`` is a bound: the publisher prints none.
    """
    codes = authorities_of(snapshot)
    found = first_listed(snapshot, Instant.parse(since), Instant.parse(until))
    rows: list[dict[str, Any]] = []
    for each in found:
        first, *_ = each.by.values()
        days = {code: _bound(each.by.get(code)) for code in codes}
        rows.append(
            {"party": each.party, "caption": _caption(snapshot, first.record)}
            | {"first": next(iter(each.by))}
            | days
        )
    head = ("caption", "first", *codes)
    cells = [(row["caption"][:40], row["first"], *(row[code] for code in codes)) for row in rows]
    lines = [*aligned([head, *cells], indent=""), *_summary(found, codes, Instant.parse(until))]
    return Records(lines, rows, rows)


def short_histories(snapshot: Snapshot, since: str, until: str) -> Iterator[str]:
    """Yield the lists whose versions do not reach over a period, so that less is known of them."""
    for name, first, last in short_lists(snapshot, Instant.parse(since), Instant.parse(until)):
        yield f"{name}: its versions here are of {first} to {last}, not of the whole period"


def _summary(found: Sequence[ListedFirst], codes: Sequence[str], until: Instant) -> Iterator[str]:
    """Yield how many each authority listed first, and after how many days others followed."""
    yield f"{len(found):,} parties"
    for code in codes:
        own = [each.by for each in found if next(iter(each.by)) == code]
        followed = ", ".join(_followed(own, code, codes, until))
        yield f"  first by {code}: {len(own):,}" + (f"; listed by the end: {followed}" * bool(own))


def _followed(
    own: Sequence[Mapping[str, FirstListing]], code: str, codes: Sequence[str], until: Instant
) -> Iterator[str]:
    for other in codes:
        lags = [
            (by[other].start - by[code].start) // 86_400
            for by in own
            if other != code and other in by and by[other].start <= until.seconds
        ]
        if lags:
            yield f"{other} {len(lags):,} after {median(lags):.0f} days (median)"


def _bound(first: FirstListing | None) -> str:
    if first is None:
        return ""
    day = _day(first.start, ALWAYS)
    return day if first.exact or not day else f"<={day}"


def _records(rows: list[dict[str, Any]]) -> Records:
    """Return rows as data, and as lines under no heading."""
    cells = [tuple(str(value) for value in row.values()) for row in rows]
    return Records(aligned(cells, indent=""), rows, rows)


def _party(snapshot: Snapshot, any_id: str) -> str:
    party = snapshot.identity.find(any_id)
    if party is None:
        raise InputError(
            f"no party and no record is {any_id!r}",
            hint="give the id of an answer's party, or a record as list:record",
        )
    return party


def _spans(snapshot: Snapshot, record: int) -> list[tuple[int, int]]:
    """Return when a record applied, as known today."""
    rows, table = snapshot.parties.numbers["listings"], snapshot.listings.numbers
    return [
        (table["applied_from"][row], table["applied_to"][row])
        for row in range(rows[record], rows[record + 1])
        if table["known_to"][row] == NEVER
    ]


def _caption(snapshot: Snapshot, record: int) -> str:
    first = snapshot.parties.numbers["names"][record]
    return snapshot.name_texts[first]


def _day(second: int, open_end: int) -> str:
    return "" if second == open_end else str(Instant.of_seconds(second))
