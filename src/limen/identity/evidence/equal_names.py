"""Compare the names of two records: equal words in any order and spelling.

A person's name weighs by how rare its words are. A name of an organisation is coined: it weighs by
the number of its words, or by how rare they are, whichever is more.
"""

from __future__ import annotations

from limen.identity.evidence.reasons import Reason
from limen.identity.evidence.setting import Setting
from limen.identity.evidence.similar_names import similar_names
from limen.identity.facts import Facts
from limen.identity.names import Words, as_written

#: What the reason of equal names is called.
NAME = "name"
#: Points of an organisation's, ship's or aircraft's name by its number of words.
WORDS_EQUAL = (0, 15, 32, 42, 48)
#: Points of the rarest name. With birth dates held out, of persons with equal names of 40 points
#: under programmes about the same, less than 1 pair in 1,000 are two persons.
RAREST = 48
#: Points that two words have more where they name an organisation: those are coined.
COINED = 8
#: Points that an organisation's alias has less than its name, and that each further name adds.
ALIAS, FURTHER = 8, 4
#: Points that a person's name has more for each further spelling that both records print.
SPELLING = 6
#: The first letter that is none of the Latin script's.
_BEYOND_LATIN = "\u0250"
#: Points that a name loses for each other record of one section that bears it; those it keeps.
COMMON, LEAST = 12, 5
#: Letters from which on a name is not met twice by chance, and the points they add.
LONG, LONGER = 24, 5
#: Points that two main names of organisations have more that are the same to the letter.
IDENTICAL = 8
#: Points that a name loses whose words are spelled in another way.
RESPELLED = 3


def name_reason(one: Facts, other: Facts, setting: Setting) -> Reason | None:
    """Return the names that agree best, by points; ``None`` where none do."""
    shared = one.by_key.keys() & other.by_key.keys()
    equal = [_equal(one, other, key, setting) for key in shared]
    reasons = equal or list(similar_names(one, other, setting))
    best = max(reasons, key=lambda reason: (reason.points, reason.one, reason.other), default=None)
    if best is None or best.points <= 0:
        return None
    more = min(FURTHER * (len(shared) - 1), 2 * FURTHER) if shared else 0
    if "person" in (one.kind, other.kind):
        more = max(more, min(SPELLING * (_same_spellings(one, other) - 1), 3 * SPELLING))
    return best._replace(points=best.points + more)


def _same_spellings(one: Facts, other: Facts) -> int:
    """Return how many names of two words or more both print in the same Latin letters.

    Namesakes share a name, and its original script; hardly the same three spellings of it.
    """
    return len(_spellings(one) & _spellings(other))


def _spellings(facts: Facts) -> set[tuple[str, ...]]:
    return {
        tuple(sorted(words))
        for name, _ in facts.names
        if max(name) < _BEYOND_LATIN and len(words := as_written(name)) > 1
    }


def _equal(one: Facts, other: Facts, key: str, setting: Setting) -> Reason:
    """Return the reason of a name that both have; an alias may be a subsidiary's."""
    ours, theirs = one.by_key[key], other.by_key[key]
    kind = one.kind or other.kind
    points = _by_words(ours[1], kind)
    points -= 0 if ours[1].spelled == theirs[1].spelled else RESPELLED
    bearers = setting.bearers(key)
    if kind != "person" and one.names[0][1].key == other.names[0][1].key == key:
        identical = as_written(one.names[0][0]) == as_written(other.names[0][0])
        points += IDENTICAL if identical else 0
        bearers = setting.headed(key)
    elif kind != "person":
        points -= ALIAS
    points -= min(COMMON * (bearers - 1), 2 * COMMON)
    return Reason(NAME, max(points, LEAST), ours[0], theirs[0])


def _by_words(words: Words, kind: str) -> int:
    """Return the points of a name that two records have: more words, and rarer ones, weigh more."""
    rare = min(words.rarity, RAREST)
    if kind == "person":
        return rare
    count = sum(len(word) > 1 for word in words.spelled)
    points = WORDS_EQUAL[min(count, len(WORDS_EQUAL) - 1)]
    points += LONGER if sum(map(len, words.spelled)) > LONG else 0
    if kind in ("ship", "aircraft"):
        return points
    return max(points + (COINED if count == 2 else 0), rare)
