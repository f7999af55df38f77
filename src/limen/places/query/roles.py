"""Decide the role of a name: a place only where its field and the words around it allow it."""

from __future__ import annotations

from collections.abc import Sequence

from limen.places.query.name_mentions import Role, Text, Word

#: Words on one side of a name that may decide what it is: no part of an address has more, and a
#: text that is made to would take quadratic time.
_MOST = 64


def same_part(words: Sequence[Word], at: int, step: int) -> list[Word]:
    """Return the nearest words on one side of a position, up to the next break."""
    found: list[Word] = []
    if step > 0:
        part, index = words[at - 1].part, at
    else:
        part, index = words[at].part, at - 1
    while 0 <= index < len(words) and words[index].part == part and len(found) < _MOST:
        found.append(words[index])
        index += step
    return found


def role_of(text: Text, first: int, last: int, *, marked: bool) -> Role:
    """Return the role that field and neighbours give to a run of words."""
    if text.default in ("street", "name", "birthplace"):
        return text.default
    words = text.words
    left, right = same_part(words, first, -1), same_part(words, last, 1)
    if _government(left):
        return "government"
    if text.default:
        return "place"
    if not marked and _street(left, right):
        return "street"
    if not marked and _thing(left, right):
        return "name"
    return "place"


def _government(left: Sequence[Word]) -> bool:
    """Return whether the words before, connectors aside, name a mission: ``Embassy of Iran``."""
    for word in left[:4]:
        if "embassy" in word.roles:
            return True
        if "connector" not in word.roles and word.folded not in ("republic", "state", "islamic"):
            return False
    return False


def _street(left: Sequence[Word], right: Sequence[Word]) -> bool:
    if right and "street_after" in right[0].roles and not _begins_street(right):
        return True
    if right and "street_slavic" in right[0].roles and (len(right) == 1 or right[1].number):
        return True
    for word in left[:4]:
        if word.roles & {"street_before", "street_slavic"} and not word.number:
            return "street_slavic" not in word.roles or _governs(word, left)
        if "connector" not in word.roles:
            return False
    return False


def _begins_street(right: Sequence[Word]) -> bool:
    """Return whether a word for both sides begins the next name: ``Simferopol, pr. Kirova``."""
    both = right[0].roles & {"street_before", "street_slavic"}
    return bool(both) and len(right) > 1 and not right[1].number


def _governs(word: Word, left: Sequence[Word]) -> bool:
    """Return whether a Slavic street word belongs to the next name, not ``Kirova pr. Yalta``."""
    at = left.index(word)
    return at + 1 >= len(left) or left[at + 1].number


def _thing(left: Sequence[Word], right: Sequence[Word]) -> bool:
    neighbours = (*left[:1], *right[:1])
    if any("thing" in word.roles for word in neighbours):
        return True
    around = (*left, *right)
    if any("legal" in word.roles for word in around):
        return True
    return any("person" in word.roles for word in left[:2])
