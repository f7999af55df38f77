"""Find subjects with their apposition: ``Jen Psaki, the press secretary, said``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from limen.documents.speech.phrases import Phrase
from limen.documents.text.sentences import MASK, Word
from limen.documents.text.vocabulary import words

_WHO = frozenset(("who", "which"))
#: Words of the longest apposition that is looked over.
_APPOSED_MOST = 40


def low_at(sentence: Sequence[Word], place: int) -> str:
    """Return a word of a sentence, folded; empty where there is none."""
    return sentence[place].low if 0 <= place < len(sentence) else ""


def subject_at(
    sentence: Sequence[Word], place: int, ending: dict[int, Phrase]
) -> tuple[Phrase, str] | None:
    """Return the subject that ends at a word, or before an apposition, a bracket or ``who``."""
    if place in ending:
        return _with_apposed(sentence, ending[place], ending)
    low = sentence[place].low
    if low in _WHO:
        back = place - 1
        back -= sentence[back].text == ","
        return (ending[back], "") if back in ending else None
    if low == ")":
        bracketed = _ending_or_bracketed(sentence, place, ending)
        return (bracketed, "") if bracketed else None
    if low not in (",", "–", "—", "--"):
        return _past_tail(sentence, place, ending)
    return _before_apposition(sentence, place, ending)


def _past_tail(
    sentence: Sequence[Word], place: int, ending: dict[int, Phrase]
) -> tuple[Phrase, str] | None:
    """Return a subject before its description: ``a person familiar with the matter said``."""
    for back in range(place, max(-1, place - 12), -1):
        word = sentence[back]
        if not word.is_word:
            return None
        phrase = ending.get(back)
        if phrase is None:
            continue
        follows = low_at(sentence, back + 1)
        if phrase.sort == "unnamed" and follows in words().tails:
            return phrase, ""
    return None


def _before_apposition(
    sentence: Sequence[Word], place: int, ending: dict[int, Phrase]
) -> tuple[Phrase, str] | None:
    mark = sentence[place].text
    for back in range(place - 1, max(-1, place - _APPOSED_MOST), -1):
        text = sentence[back].text
        if text.startswith(MASK) or text in (".", ";", ":", "?"):
            return None
        if text != mark and text != ",":
            continue
        phrase = _ending_or_bracketed(sentence, back - 1, ending)
        named = ending.get(place - 1)
        if phrase is None and named and named.sort == "person" and named.first == back + 1:
            return named, ""  # counsel for the claimant, Ruth Abelson, said
        if phrase is not None:
            if phrase.sort == "pronoun":
                return None
            inner = ending.get(place - 1)
            person = inner is not None and inner.sort == "person" and inner.first == back + 1
            if inner is not None and person and not _SEAT.match(inner.name):
                return inner, phrase.name if phrase.sort == "unnamed" else ""
            return phrase, _role_of(sentence, back + 1, place - 1)
    return None


#: A legislator's party and state: ``R-Texas``.
_SEAT = re.compile(r"[DRI]-[A-Z]")


def _ending_or_bracketed(
    sentence: Sequence[Word], place: int, ending: dict[int, Phrase]
) -> Phrase | None:
    """Return the phrase that ends at a word, or before a bracket: ``Doe (D-N.J.)``."""
    if low_at(sentence, place) == ")":
        opened = next((at for at in range(place, -1, -1) if sentence[at].text == "("), 0)
        return ending.get(opened - 1)
    return ending.get(place)


def _with_apposed(
    sentence: Sequence[Word], phrase: Phrase, ending: dict[int, Phrase]
) -> tuple[Phrase, str]:
    """Return a name with the role before it: ``the minister, Sergei Lavrov said``."""
    before = phrase.first - 2
    if (
        phrase.sort == "person"
        and not phrase.role
        and phrase.first >= 2
        and sentence[phrase.first - 1].text == ","
        and before in ending
        and ending[before].sort == "unnamed"
        and ending[before].definite
    ):
        return phrase, ending[before].name
    return phrase, ""


def role_after(sentence: Sequence[Word], phrase: Phrase) -> str:
    """Return the role in apposition after a name: ``said Jen Psaki, the press secretary``."""
    at = phrase.last + 1
    if low_at(sentence, at) != ",":
        return ""
    stop = at + 1
    while (
        stop < len(sentence)
        and sentence[stop].text not in (",", ".", ";")
        and not sentence[stop].text.startswith(MASK)
    ):
        stop += 1
    return _role_of(sentence, at + 1, stop - 1)


def _role_of(sentence: Sequence[Word], first: int, last: int) -> str:
    """Return the words of an apposition, if they are a role."""
    known = words()
    if (
        first > last
        or last - first > 16
        or sentence[first].low in words().function_words - {"former"}
    ):
        return ""
    heads = [
        place
        for place in range(first, last + 1)
        if sentence[place].low in known.person_heads or sentence[place].low in known.plurals
    ]
    if not heads or any(sentence[at].low in _WHO for at in range(first, heads[0])):
        return ""
    if sentence[first].low in ("the", "a", "an", "its", "their", "his", "her"):
        first += 1
    stop = next(
        (at for at in range(heads[0], last + 1) if sentence[at].low in ("who", "which", "that")),
        last + 1,
    )
    return " ".join(word.text for word in sentence[first:stop])


def apposed_person(
    sentence: Sequence[Word], phrases: Sequence[Phrase], phrase: Phrase | None
) -> Phrase | None:
    """Return the person named right after an office: ``The president, Vesna Markovic, was``."""
    if phrase is None or phrase.sort != "unnamed" or not phrase.definite:
        return None
    at = phrase.last + 2
    named = next((other for other in phrases if other.first == at and other.sort == "person"), None)
    closes = named is not None and low_at(sentence, named.last + 1) in (",", ".", ")")
    return named if closes and low_at(sentence, at - 1) == "," else None
