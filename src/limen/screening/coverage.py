"""Work out what a question rests on: which lists, at which instants, and what they can carry.

A list that is missing, empty, out of its band or stale can carry no clear; the reason for each is
in the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.model import InputError, Instant, ListCoverage
from limen.model.finding import ListState
from limen.model.instant import DAY
from limen.snapshot import Snapshot
from limen.snapshot.format import ListInfo, VersionInfo
from limen.util.suggest import did_you_mean

Mask = NDArray[np.bool_]

#: The states in which a list cannot carry a clear.
FAILING: frozenset[ListState] = frozenset({"missing", "empty", "out_of_band", "stale", "too_early"})

#: The authorities that the bundled sample copies.
_SAMPLED = ("US", "EU", "UK")


class Question(msgspec.Struct, frozen=True):
    """Represents everything about a question but the party: instants, lists and overrides.

    ``authorities`` and ``lists`` empty means every default list in service, loaded or not: a
    list that the registry promises and the snapshot does not have is missing.
    """

    as_of: Instant
    known_at: Instant
    authorities: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    allow_stale: tuple[str, ...] = ()


class PublisherClock(NamedTuple):
    """A question's instants as the clocks of a list's publisher show them, in seconds."""

    as_of: int
    known_at: int


class Scope(msgspec.Struct, frozen=True, dict=True):
    """Represents a question worked out against one snapshot.

    Attributes:
        question: the question as it was put.
        coverage: each list that the answer rests on, and what it can carry.
        parties: which parties are listed at the two instants, by position.
        rows: which rows of the name table were known, at either instant.
    """

    question: Question
    coverage: tuple[ListCoverage, ...]
    parties: Mask
    rows: Mask

    @cached_property
    def known(self) -> tuple[tuple[Instant, ...], ...]:
        """Return when contents of lists are taken; see :func:`_known_clocks`."""
        return _known_clocks(self.question)

    @cached_property
    def states(self) -> dict[str, ListState]:
        """Return what each list can carry."""
        return {each.list: each.state for each in self.coverage}

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Return why no party can be cleared, list by list; empty when all lists can carry it."""
        return tuple(f"{each.list}: {each.why}" for each in self.coverage if each.state in FAILING)


def work_out(snapshot: Snapshot, question: Question) -> Scope:
    """Choose the lists, judge what they can carry, and mark who is listed on them.

    Raises:
        InputError: an authority or list is unknown, or the two contradict each other.
    """
    infos = snapshot.manifest.lists
    chosen = _choose(snapshot, question)
    coverage = tuple(
        _coverage(infos[position], question, _publisher_clock(snapshot, question, position))
        for position in chosen
    )
    return Scope(
        question, coverage, _listed(snapshot, chosen, question), _known(snapshot, question)
    )


def _publisher_clock(snapshot: Snapshot, question: Question, position: int) -> PublisherClock:
    as_of = snapshot.second_of_list(position, question.as_of)
    known_at = snapshot.second_of_list(position, question.known_at)
    return PublisherClock(as_of, known_at)


def _choose(snapshot: Snapshot, question: Question) -> list[int]:
    infos = snapshot.manifest.lists
    positions = {info.id: position for position, info in enumerate(infos)}
    authorities = tuple(dict.fromkeys(name.upper() for name in question.authorities))
    _check_known("list", question.lists + question.allow_stale, tuple(positions))
    _check_known("authority", authorities, tuple({info.authority.upper() for info in infos}))
    if question.lists:
        chosen = [positions[name] for name in dict.fromkeys(question.lists)]
        if authorities:
            _check_agreement([infos[position] for position in chosen], authorities)
        return chosen
    loaded = any(info.versions and not info.sample for info in infos)
    defaults = [
        position
        for position, info in enumerate(infos)
        if info.default
        and (info.authority.upper() in authorities if authorities else not info.sample)
    ]
    defaults = _in_service_or_only(snapshot, question, defaults)
    if not authorities and not loaded:
        defaults += [
            position for position, info in enumerate(infos) if info.sample and info.default
        ]
    return _without_replaced(infos, defaults)


def _check_known(kind: str, names: Sequence[str], known: tuple[str, ...]) -> None:
    for name in names:
        if name not in known:
            raise InputError(
                f"unknown {kind} {name!r}",
                where=kind,
                why="a list that is not there would clear everybody",
                hint=did_you_mean(name, known),
            )


def authorities_of(info: ListInfo) -> tuple[str, ...]:
    """Return the authorities that a list represents: its own; a sample, those that it copies."""
    own = info.authority.upper()
    return (*_SAMPLED, own) if info.sample else (own,)


def _check_agreement(lists: Sequence[ListInfo], authorities: Sequence[str]) -> None:
    """Refuse lists and authorities of which one would silently override the other."""
    why = "a choice that is ignored would clear parties that it was meant to check"
    hint = "choose lists or authorities, or lists of exactly these authorities"
    for info in lists:
        if not set(authorities_of(info)) & set(authorities):
            what = f"the list {info.id} is of {info.authority}, not of {', '.join(authorities)}"
            raise InputError(what, where="authority", why=why, hint=hint)
    represented = {name for info in lists for name in authorities_of(info)}
    for authority in authorities:
        if authority not in represented:
            what = f"none of the chosen lists is of {authority}"
            raise InputError(what, where="authority", why=why, hint=hint)


def _in_service_or_only(
    snapshot: Snapshot, question: Question, positions: Sequence[int]
) -> list[int]:
    """Return the lists in service on the day, and those of authorities that have none then.

    A list that ended leaves its authority's law in force: unless another list of that authority is
    screened, its age says whether it can still carry an answer.
    """
    infos = snapshot.manifest.lists
    in_service = {
        position
        for position in positions
        if _in_service(infos[position], snapshot.second_of_list(position, question.as_of))
    }
    represented = {infos[position].authority for position in in_service}
    return [
        position
        for position in positions
        if position in in_service or infos[position].authority not in represented
    ]


def _in_service(info: ListInfo, second: int) -> bool:
    start, until = info.in_service_from, info.in_service_until
    return (not start or _midnight(start) <= second) and (not until or second < _midnight(until))


def _without_replaced(infos: Sequence[ListInfo], chosen: list[int]) -> list[int]:
    """Leave out what was never loaded and need not be: substitutes, and lists that have one."""
    replaced = {infos[position].stands_in_for for position in chosen if infos[position].versions}
    return [
        position
        for position in chosen
        if infos[position].versions
        or (infos[position].stands_in_for is None and infos[position].id not in replaced)
    ]


def _coverage(info: ListInfo, question: Question, clock: PublisherClock) -> ListCoverage:
    state, version, age, why = _judge(info, question, clock)
    if state != "ok" and info.id in question.allow_stale:
        state, why = "overridden", f"{why} (allowed by name)"
    return ListCoverage(
        list=info.id,
        state=state,
        version=version.published if version else None,
        age_days=age,
        max_age_days=info.max_age_days,
        records=version.records if version else 0,
        speaks_from=_speaks_from(info),
        sha256=version.sha256 if version else None,
        why=why,
    )


def _judge(
    info: ListInfo, question: Question, clock: PublisherClock
) -> tuple[ListState, VersionInfo | None, int | None, str]:
    known = [each for each in info.versions if _midnight(each.published) <= clock.known_at]
    if not info.versions:
        return "missing", None, None, "it was never loaded"
    if not known:
        first = info.versions[0].published
        return (
            "missing",
            None,
            None,
            f"nothing of it was known on {question.known_at}; first {first}",
        )
    speaks_from = _speaks_from(info)
    if speaks_from and clock.as_of < _midnight(speaks_from):
        why = f"it cannot speak for {question.as_of}; the first day it can is {speaks_from}"
        return "too_early", None, None, why
    past = [each for each in known if _midnight(each.published) <= clock.as_of]
    version = past[-1] if past else known[0]
    age = _age(version, clock)
    if version.records == 0:
        return "empty", version, age, f"the version of {version.published} has no records"
    if not info.min_records <= version.records <= info.max_records:
        band = f"{info.min_records:,} to {info.max_records:,}"
        why = f"the version of {version.published} has {version.records:,} records, not {band}"
        return "out_of_band", version, age, why
    if age > info.max_age_days:
        why = (
            f"the version of {version.published} is {age:,} days old on {question.as_of}; "
            f"at most {info.max_age_days} are allowed"
        )
        return "stale", version, age, why
    return "ok", version, age, ""


def _age(version: VersionInfo, clock: PublisherClock) -> int:
    """Return the days since a list was last known to be current: published, or checked."""
    seen = [_midnight(day) for day in (version.published, *version.checked)]
    current = [each for each in seen if each <= min(clock)] or seen[:1]
    return max(0, (clock.as_of - max(current)) // DAY)


def _speaks_from(info: ListInfo) -> str | None:
    if info.speaks_from:
        return info.speaks_from
    return info.versions[0].published if info.versions else None


def _midnight(day: str) -> int:
    """Return the second of a day that a snapshot's bounds are stored in."""
    return Instant.parse(day).seconds


def _listed(snapshot: Snapshot, chosen: Sequence[int], question: Question) -> Mask:
    listings = snapshot.listings
    holds = snapshot.listed_at(question.as_of, question.known_at)
    mask = np.zeros(len(snapshot), dtype=np.bool_)
    mask[listings["party"][holds]] = True
    return mask & np.isin(snapshot.parties["list"], chosen)


def _known(snapshot: Snapshot, question: Question) -> Mask:
    masks = [snapshot.names_known(*known) for known in _known_clocks(question)]
    return np.asarray(np.logical_or.reduce(masks))


def _known_clocks(question: Question) -> tuple[tuple[Instant, ...], ...]:
    """Return when contents are taken: as known, and as they also were at the instant asked about.

    A list that drops an alias, or gives its key to another party, must still answer for the days
    before as its version of those days did; where the two differ, both count. Each is the
    instants by all of which the contents were known, on the clock of their publisher.
    """
    as_of, known_at = question.as_of, question.known_at
    same_clock = as_of.whole_day == known_at.whole_day
    if same_clock and known_at.last_second <= as_of.last_second:
        return ((known_at,),)
    return (known_at,), (known_at, as_of)
