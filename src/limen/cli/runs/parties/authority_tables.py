"""Lay out how authorities compare: gaps, the matrix, and who listed whom first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from limen.cli.render.text import aligned
from limen.cli.write_records import Records
from limen.engine.compare_authorities import Coordination, coordination_of, gap_parties
from limen.model import InputError, Instant
from limen.model.instant import read_instant
from limen.snapshot import Snapshot, authority_gaps
from limen.snapshot.authority_gaps import (
    authorities_of,
    first_listed,
    gap_counts,
    listed_on,
    short_lists,
)

#: Letters of a party's name in a table.
_CAPTION = 48


def gaps_between(
    snapshot: Snapshot,
    listed_by: str,
    not_by: Sequence[str],
    as_of: str | None,
    programme: str = "",
) -> Records:
    """Return the parties that one authority lists on a day and the others do not.

    Raises:
        InputError: an authority has no list, or the date is none.
    """
    day = day_of(snapshot, as_of)
    listed = listed_on(snapshot, day)
    found = gap_parties(snapshot, listed, listed_by, not_by, day, programme)
    flat = [
        {
            "party": gap.party,
            "caption": gap.caption,
            "record": gap.record,
            "since": gap.since.day or "",
            "since_basis": gap.since.basis,
            "lag_days": "" if gap.lag_days is None else gap.lag_days,
        }
        for gap in found
    ]
    head = ("party", "name", "since", "days", "record")
    cells = [
        (gap.party, gap.caption[:_CAPTION], str(gap.since), _number(gap.lag_days), gap.record)
        for gap in found
    ]
    title = f"{len(found):,} parties listed by {listed_by} and not by {', '.join(not_by)} on {day}"
    lines = [*aligned([head, *cells], right=(3,), indent=""), title]
    return Records(lines, [msgspec.to_builtins(gap) for gap in found], flat)


def day_of(snapshot: Snapshot, as_of: str | None) -> Instant:
    """Return the instant of a day that is asked about; by default the last that is known.

    Raises:
        InputError: the date is none.
    """
    return read_instant(as_of or snapshot.manifest.known_until, "--as-of")


def later_lists(snapshot: Snapshot, as_of: str | None, codes: Sequence[str]) -> Iterator[str]:
    """Yield the lists whose versions begin after the day, so that less is known of that day."""
    for name, first in authority_gaps.later_lists(snapshot, day_of(snapshot, as_of), codes):
        yield (
            f"{name}: its first version here is of {first}; "
            "of listings without a printed day, nothing is known before"
        )


def matrix(snapshot: Snapshot, as_of: str | None) -> Records:
    """Return how many parties each authority lists on a day and each other one does not.

    Raises:
        InputError: the date is none.
    """
    day, codes = day_of(snapshot, as_of), authorities_of(snapshot)
    counts = gap_counts(listed_on(snapshot, day), codes, day)
    rows: list[dict[str, Any]] = [
        {"listed_by": one, "all": counts[one, one].parties}
        | {f"not_by_{other}": counts[one, other].parties for other in codes if other != one}
        for one in codes
    ]
    names = ("listed_by", "all", *(f"not_by_{code}" for code in codes))
    flat = [{name: row.get(name, "") for name in names} for row in rows]
    head = ("listed by", "all", *(f"not by {code}" for code in codes))
    cells = [tuple(_number(value) for value in row.values()) for row in flat]
    lines = aligned([head, *cells], right=range(1, len(head)), indent="")
    return Records(lines, rows, flat)


def coordination(snapshot: Snapshot, since: str, until: str) -> Records:
    """Return who listed whom first in a period: one line a party, the day of each authority.

    Raises:
        InputError: a date is none, or the last day is before the first.
    """
    start, end = period(since, until)
    codes = authorities_of(snapshot)
    found = coordination_of(snapshot, first_listed(snapshot, start, end), end)
    flat: list[dict[str, Any]] = [
        {"party": each.party, "caption": each.caption, "first": each.first}
        | {code: str(each.since.get(code, "")) for code in codes}
        for each in found.parties
    ]
    head = ("name", "first", *codes)
    cells = [
        (row["caption"][:_CAPTION], row["first"], *(row[code] for code in codes)) for row in flat
    ]
    lines = [*aligned([head, *cells], indent=""), *_summary(found)]
    return Records(lines, [msgspec.to_builtins(each) for each in found.parties], flat)


def period(since: str, until: str) -> tuple[Instant, Instant]:
    """Return the first and the last day of a period.

    Raises:
        InputError: a date is none, or the last day is before the first.
    """
    start, end = read_instant(since, "--from"), read_instant(until, "--to")
    if end < start:
        raise InputError(
            f"the period ends on {end}, before it begins", where="--to",
            hint="give the first day as --from",
        )  # fmt: skip
    return start, end


def short_histories(snapshot: Snapshot, since: str, until: str) -> Iterator[str]:
    """Yield the lists whose versions do not reach over a period, so that less is known of them."""
    for name, first, last in short_lists(snapshot, *period(since, until)):
        yield f"{name}: its versions here are of {first} to {last}, not of the whole period"


def _summary(found: Coordination) -> Iterator[str]:
    """Yield how many each authority listed first, and after how many days others followed."""
    yield f"{len(found.parties):,} parties"
    for code, count in found.first.items():
        followed = ", ".join(
            f"{other} {each.parties:,} after {each.median_days} days (median)"
            for other, each in found.followed[code].items()
        )
        yield f"  first by {code}: {count:,}" + (f"; listed by the end: {followed}" * bool(count))


def _number(value: int | str | None) -> str:
    return f"{value:,}" if isinstance(value, int) else value or ""
