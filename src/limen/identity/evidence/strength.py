"""Weigh all that two records have in common: is it one party, possibly one, or too little?"""

from __future__ import annotations

from collections.abc import Sequence

from limen.identity.evidence.attributes import (
    ADDRESS_WITH_STREET,
    BORN_SAME_DAY,
    TAG,
    attribute_reasons,
)
from limen.identity.evidence.equal_names import NAME, name_reason
from limen.identity.evidence.reasons import CERTAIN, Evidence, Reason
from limen.identity.evidence.setting import Setting
from limen.identity.evidence.shared_numbers import (
    issued_elsewhere,
    numbered_apart,
    registered_apart,
    shared_numbers,
    shared_references,
)
from limen.identity.evidence.similar_names import PART
from limen.identity.facts import Facts

#: Points at which attributes join, and at which records are possibly of one party.
JOINED, POSSIBLE = 55, 40
#: Points of a year and a place of birth that agree: hardly two namesakes have both in common.
BORN_SAME_YEAR_AND_PLACE = 28
#: Points from which on a name is seldom a namesake's.
TELLING = 30


def weigh(one: Facts, other: Facts, setting: Setting) -> Evidence | None:
    """Return the evidence that two records are of one party; ``None`` where it is too little."""
    name = name_reason(one, other, setting)
    names = () if name is None else (name,)
    certain = CERTAIN + sum(reason.points for reason in names)
    if references := shared_references(one, other):
        return Evidence("reference", certain, (*references, *names))
    numbers = shared_numbers(one, other, named=name is not None)
    if numbers and name is None and _apart(one, other, setting):
        return Evidence("possible", certain, tuple(numbers))
    if numbers:
        return Evidence("number", certain, (*numbers, *names))
    if name is None:
        return None
    elsewhere = list(issued_elsewhere(one, other))
    reasons = [name, *attribute_reasons(one, other, setting), *elsewhere]
    points = sum(reason.points for reason in reasons)
    if points < POSSIBLE and not elsewhere:
        return None
    joined = points >= JOINED and _suffices(reasons) and not _apart(one, other, setting)
    return Evidence("attributes" if joined else "possible", points, tuple(reasons))


def _suffices(reasons: Sequence[Reason]) -> bool:
    """Return whether the name, and what agrees with it, are more than namesakes would have.

    A name of few or common words needs a date, an address, the publisher's own tag, or the year
    and place of birth with it; a name within a longer one needs the day of birth.
    """
    points = {reason.what: reason.points for reason in reasons}
    if NAME not in points:
        return PART in points and points.get("birth date", 0) >= BORN_SAME_DAY
    born = points.get("birth date", 0) + points.get("birth place", 0)
    return (
        points[NAME] >= TELLING
        or born >= BORN_SAME_YEAR_AND_PLACE
        or any(
            points.get(what, 0) >= least
            for what, least in (
                ("birth date", BORN_SAME_DAY // 2),
                ("address", ADDRESS_WITH_STREET),
                ("tag", TAG),
            )
        )
    )


def share_programme(one: Facts, other: Facts) -> bool:
    """Return whether a publisher has two records under one programme: it means two parties."""
    both = one.programmes and other.programmes
    return not both or not one.programmes.isdisjoint(other.programmes)


def _apart(one: Facts, other: Facts, setting: Setting) -> bool:
    """Return whether a publisher, or a number, tells the two apart."""
    return _listed_apart(one, other, setting) or numbered_apart(one, other)


def _listed_apart(one: Facts, other: Facts, setting: Setting) -> bool:
    """Return whether names and attributes do not suffice.

    A publisher that has two records under one programme means two parties; and where a list does
    not say whether it is a person, a namesake is likelier.
    """
    if setting.same_section and share_programme(one, other):
        return True
    if registered_apart(one, other):
        return True
    return "person" in (one.kind, other.kind) and one.kind != other.kind
