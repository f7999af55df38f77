"""Compare names that are not equal: one within a longer one, or all words but one."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from limen.identity.evidence.reasons import Reason
from limen.identity.evidence.setting import Setting
from limen.identity.facts import Facts
from limen.identity.names import Words

#: What reasons of names are called that are contained in a longer one, and that agree nearly.
PART, ALIKE = "name in part", "name alike"
#: Points of a person's name within a longer one, by its number of words.
CONTAINED = (0, 0, 22, 32)
#: Points of names that agree but for a word; they make numbers credible and never join.
SIMILAR = 12
#: Points that a name loses for each other record of one section that bears it; those it keeps.
COMMON, LEAST = 12, 5
#: The share of letters that two spellings of a word have in common at least.
_LIKE = 80


def names_alike(one: Facts, other: Facts) -> bool:
    """Return whether two records have a name in common, or two that are alike."""
    if one.by_key.keys() & other.by_key.keys():
        return True
    return any(
        fuzz.ratio(ours, theirs) >= _LIKE
        for _, mine in one.names
        for ours in mine.spelled
        if len(ours) > 2
        for _, yours in other.names
        for theirs in yours.spelled
    )


def similar_names(one: Facts, other: Facts, setting: Setting) -> Iterator[Reason]:
    """Yield names of which one has nearly all words of the other, in this or another spelling."""
    for printed, ours in one.names:
        for listed, theirs in other.names:
            few, many = sorted((ours, theirs), key=lambda words: len(words.sounds))
            if len(few.sounds) > 1 and (points := _points(few, many, one.kind, setting)):
                yield Reason(PART if points > SIMILAR else ALIKE, points, printed, listed)


def _points(few: Words, many: Words, kind: str, setting: Setting) -> int:
    missing = len(few.sounds) - _matched(few, many)
    if missing > 1 or (missing and len(few.sounds) < 3):
        return 0
    if missing:
        return SIMILAR
    points = CONTAINED[min(len(few.sounds), len(CONTAINED) - 1)]
    if kind != "person":
        return SIMILAR
    return max(points - COMMON * (setting.bearers(few.key) - 1), LEAST)


def _matched(few: Words, many: Words) -> int:
    """Count the words of one name that the other has, in the same sound or nearly so spelled."""
    left = list(many.sounds)
    for word in few.sounds:
        if word in left:
            left.remove(word)
    equal = len(many.sounds) - len(left)
    if equal == len(few.sounds):
        return equal
    spelled, count = list(many.spelled), 0
    for word in few.spelled:
        best = process.extractOne(word, spelled, scorer=fuzz.ratio, score_cutoff=_LIKE)
        if best is not None:
            del spelled[best[2]]
            count += 1
    return max(count, equal)
