"""Find the references and numbers that two records have in common, or apart."""

from __future__ import annotations

from collections.abc import Iterator

from limen.identity.evidence.reasons import CERTAIN, Reason
from limen.identity.facts import Facts
from limen.identity.strong_numbers import Number

#: Points of a number under two countries, which alone with a name is possible and never joins.
ELSEWHERE = 10


def shared_references(one: Facts, other: Facts) -> list[Reason]:
    """Return the keys of registers that both have."""
    shared = sorted(one.references & other.references)
    return [Reason(f"reference {space}", CERTAIN, key, key) for space, key in shared]


def shared_numbers(one: Facts, other: Facts, *, named: bool) -> list[Reason]:
    """Return the numbers that both have; those of a country's forms only where names agree."""
    return [
        Reason(ours.kind, CERTAIN, ours.printed, theirs.printed)
        for ours, theirs in _equal(one, other)
        if not _of_two_countries(ours, theirs) and (ours.unique or named)
    ]


def issued_elsewhere(one: Facts, other: Facts) -> Iterator[Reason]:
    """Yield numbers that lists print under different countries: a trace, and no number's proof."""
    for ours, theirs in _equal(one, other):
        if _of_two_countries(ours, theirs):
            what = f"{ours.kind} of {ours.country} and of {theirs.country}"
            yield Reason(what, ELSEWHERE, ours.printed, theirs.printed)


def numbered_apart(one: Facts, other: Facts) -> bool:
    """Return whether a kind of number that names one party in the world differs."""
    ours, theirs = (
        {(number.kind, number.key) for number in facts.numbers if number.unique}
        for facts in (one, other)
    )
    kinds = {kind for kind, _ in ours} & {kind for kind, _ in theirs}
    return not kinds <= {kind for kind, _ in ours & theirs}


def registered_apart(one: Facts, other: Facts) -> bool:
    """Return whether a register has both under different keys."""
    spaces = {space for space, _ in one.references} & {space for space, _ in other.references}
    return any(space in spaces for space, _ in one.references ^ other.references)


def _equal(one: Facts, other: Facts) -> Iterator[tuple[Number, Number]]:
    theirs = {(number.kind, number.key): number for number in other.numbers}
    for ours in one.numbers:
        if same := theirs.get((ours.kind, ours.key)):
            yield ours, same


def _of_two_countries(one: Number, other: Number) -> bool:
    return bool(one.country and other.country and one.country != other.country)
