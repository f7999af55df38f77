"""Show how authorities compare: whom one lists and another does not, and who listed whom first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

import msgspec

from limen.model import InputError, Instant
from limen.snapshot import Snapshot
from limen.snapshot.authority_gaps import (
    FirstListing,
    Gap,
    Listed,
    ListedFirst,
    authorities_of,
    gaps,
    listed_under,
)
from limen.snapshot.format import ALWAYS


class ListedSince(msgspec.Struct, frozen=True):
    """Represents the day from which an authority lists a party; ``None`` where it is not known.

    ``basis`` is where the day is from: ``publisher``, ``first_seen`` (the first version that has
    it, while an earlier one has not), or ``on_or_before`` (the first version of all has it).
    """

    day: str | None
    basis: str

    def __str__(self) -> str:
        words = {"first_seen": "seen ", "on_or_before": "by "}
        return words.get(self.basis, "") + self.day if self.day else ""


class GapParty(msgspec.Struct, frozen=True):
    """Represents a party that one authority lists and others do not, by the earliest listing."""

    party: str
    caption: str
    record: str
    since: ListedSince
    lag_days: int | None


class ListedInPeriod(msgspec.Struct, frozen=True):
    """Represents a party listed for the first time in a period: who was first, and who when."""

    party: str
    caption: str
    first: str
    since: Mapping[str, ListedSince]


class Followed(msgspec.Struct, frozen=True):
    """Represents how many of an authority's firsts another listed too, and the median delay."""

    parties: int
    median_days: int


class Coordination(msgspec.Struct, frozen=True):
    """Represents who listed whom first in a period.

    ``first`` is authority -> how many it listed first; ``followed`` is authority -> other -> how
    many of these the other listed by the end of the period.
    """

    parties: tuple[ListedInPeriod, ...]
    first: Mapping[str, int]
    followed: Mapping[str, Mapping[str, Followed]]


def gap_parties(
    snapshot: Snapshot,
    listed: Listed,
    listed_by: str,
    not_by: Sequence[str],
    day: Instant,
    programme: str = "",
) -> list[GapParty]:
    """Return whom an authority lists on a day and none of others does, the earliest first.

    Args:
        snapshot: the lists.
        listed: who lists whom on the day.
        listed_by: the authority's code.
        not_by: the others' codes.
        day: the day.
        programme: only those listed under a programme with this in its name.

    Raises:
        InputError: an authority has no list, or is on both sides.
    """
    _check(snapshot, listed_by, not_by)
    found = gaps(listed, listed_by, not_by, day)
    if programme:
        under = listed_under(snapshot, listed_by, programme, day)
        found = [each for each in found if each.party in under]
    return [_gap_party(snapshot, each) for each in found]


def coordination_of(
    snapshot: Snapshot, found: Sequence[ListedFirst], until: Instant
) -> Coordination:
    """Return who listed whom first among the parties of a period, and who followed by its end."""
    codes = authorities_of(snapshot)
    own = {code: [each.by for each in found if next(iter(each.by)) == code] for code in codes}
    return Coordination(
        tuple(_in_period(snapshot, each) for each in found),
        {code: len(firsts) for code, firsts in own.items()},
        {code: dict(_followed(firsts, code, codes, until)) for code, firsts in own.items()},
    )


def _check(snapshot: Snapshot, listed_by: str, not_by: Sequence[str]) -> None:
    codes = authorities_of(snapshot)
    for field, code in (("listed_by", listed_by), *(("not_by", code) for code in not_by)):
        if code not in codes:
            raise InputError(
                f"no list of authority {code[:20]!r} is loaded", where=field,
                hint=f"use one of {', '.join(sorted(codes))}",
            )  # fmt: skip
    if not not_by or listed_by in not_by:
        raise InputError(
            "the authorities that do not list a party have to be others", where="not_by",
            hint=f"use any of {', '.join(sorted(set(codes) - {listed_by}))}",
        )  # fmt: skip


def _gap_party(snapshot: Snapshot, gap: Gap) -> GapParty:
    record = gap.listing.record
    return GapParty(
        gap.party, _caption(snapshot, record), snapshot.identity.record(record),
        _since(gap.listing), gap.lag_days,
    )  # fmt: skip


def _in_period(snapshot: Snapshot, found: ListedFirst) -> ListedInPeriod:
    first = next(iter(found.by))
    caption = _caption(snapshot, found.by[first].record)
    since = {code: _since(each) for code, each in found.by.items()}
    return ListedInPeriod(found.party, caption, first, since)


def _followed(
    own: Sequence[Mapping[str, FirstListing]], code: str, codes: Sequence[str], until: Instant
) -> Iterator[tuple[str, Followed]]:
    for other in codes:
        delays = [
            (by[other].start - by[code].start) // 86_400
            for by in own
            if other != code and other in by and by[other].start <= until.seconds
        ]
        if delays:
            yield other, Followed(len(delays), round(median(delays)))


def _since(first: FirstListing) -> ListedSince:
    day = None if first.start == ALWAYS else str(Instant.of_seconds(first.start))
    return ListedSince(day, first.basis)


def _caption(snapshot: Snapshot, record: int) -> str:
    return snapshot.name_texts[snapshot.parties.numbers["names"][record]]
