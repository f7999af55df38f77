"""Say in words what lists could carry: every sentence about coverage is made here.

The command line and the pages use these, so that none of them claims more than the coverage of an
answer: that nothing was found, that a party was not listed on a day, or since when it is. Each
sentence has a case for every state of a list (tests/render/test_coverage_sentences.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from limen.model import Instant, ListCoverage
from limen.screening.coverage import FAILING

#: A list's state in a word or two.
STATES = {
    "ok": "current",
    "overridden": "accepted as it is",
    "missing": "missing",
    "empty": "empty",
    "out_of_band": "wrong size",
    "stale": "stale",
    "too_early": "begins later",
}
#: What the first day of a listing rests on: a date that the publisher prints, or loaded versions.
BASES = {
    "publisher": "since {}",
    "first_seen": "first seen {}",
    "on_or_before": "on or before {}",
}
#: Lists that a sentence names; the coverage has all of them.
_MOST_NAMED = 4


def since(day: str | None, basis: str) -> str:
    """Return since when a listing applies, with what the day rests on."""
    return BASES[basis].format(day or "an unknown day")


def fails(coverage: ListCoverage) -> bool:
    """Return whether a list cannot carry a clear."""
    return coverage.state in FAILING


def rests_on(coverage: Sequence[ListCoverage]) -> str:
    """Return what an answer that found nobody rests on, as the second half of a sentence."""
    if not coverage:
        return "no list was in service, so nothing was compared"
    failing = [each for each in coverage if fails(each)]
    accepted = [each for each in coverage if each.state == "overridden"]
    if not failing and not accepted:
        if len(coverage) == 1:
            return f"the one list compared, {coverage[0].list}, was complete and current"
        return f"all {len(coverage)} lists compared were complete and current"
    parts = []
    if failing:
        parts.append(f"{_of(failing, coverage)} cannot carry a clear: {_named(failing)}")
    if accepted:
        was = "was" if len(accepted) == 1 else "were"
        parts.append(f"{_of(accepted, coverage)} {was} accepted as it is: {_named(accepted)}")
    return "; ".join(parts)


def not_listed(coverage: ListCoverage, as_of: Instant) -> str:
    """Return what is known where a list has no listing of a party on a day."""
    if fails(coverage):
        return f"It is unknown whether it was listed on {as_of}: {coverage.list}: {coverage.why}."
    accepted = f" The list was accepted as it is: {coverage.why}." if coverage.why else ""
    return f"Not listed on {as_of}.{accepted}"


def on_lists(lists: Iterable[str], coverage: Sequence[ListCoverage]) -> str:
    """Return the lists on which a party was found; that it is on none only as far as known."""
    names = sorted(set(lists))
    if names:
        return ", ".join(names)
    failing = [each for each in coverage if fails(each)]
    if not coverage:
        return "unknown: no list was in service"
    if failing:
        return f"on no other list, and unknown for {_named(failing, why=False)}"
    return "on no list"


def _of(some: Sequence[ListCoverage], every: Sequence[ListCoverage]) -> str:
    lists = "list" if len(every) == 1 else "lists"
    return f"{len(some):,} of {len(every):,} {lists}"


def _named(lists: Sequence[ListCoverage], *, why: bool = True) -> str:
    words = [f"{each.list} ({each.why})" if why else each.list for each in lists[:_MOST_NAMED]]
    more = len(lists) - len(words)
    return ", ".join([*words, *([f"{more:,} more"] if more else [])])
