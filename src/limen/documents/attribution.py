"""Who speaks in a sentence: a subject before its verb, after it, in apposition, or by reference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from limen.documents.phrases import Phrase, phrases_in, read_phrase
from limen.documents.sentences import MASK, Word
from limen.documents.words import words

_WHO = frozenset(("who", "which"))


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of speech and its subject, as places of words in their sentence.

    ``subject`` is ``None`` where the grammar shares the sentence's first subject
    (``... signed it and said``, ``..., adding that``). ``others`` speak with it, and stand
    before it: ``Scholz and Macron said``.
    """

    verb: int
    lemma: str
    subject: Phrase | None
    role: str = ""
    inverted: bool = False
    others: tuple[Phrase, ...] = ()

    @property
    def told(self) -> bool:
        """Whether this is a verb that tells, and not a noun (``Putin's claim``)."""
        return self.lemma != "claim" or self.subject is None or self.verb != self.subject.last + 1


def sayings_in(sentence: Sequence[Word], phrases: Sequence[Phrase]) -> Iterator[Saying]:
    """Every verb of speech that has a speaker."""
    ending = {phrase.last: phrase for phrase in phrases}
    beginning = {phrase.first: phrase for phrase in phrases}
    for place, word in enumerate(sentence):
        if word.low == "according" and _low(sentence, place + 1) == "to":
            subject = beginning.get(place + 2)
            if subject:
                yield Saying(place, "accord", subject, _role_after(sentence, subject))
            continue
        lemma = words().speech.get(word.low)
        if lemma is None or (word.is_name and place > 0):
            continue
        saying = _saying(sentence, place, lemma, ending, beginning)
        if saying is not None:
            yield saying
    yield from _claims(sentence, phrases)


def _saying(
    sentence: Sequence[Word],
    place: int,
    lemma: str,
    ending: dict[int, Phrase],
    beginning: dict[int, Phrase],
) -> Saying | None:
    cited = beginning.get(place + 1)
    if lemma in ("quote", "cite") and cited and _low(sentence, cited.last + 1) == "as":
        return Saying(place, lemma, cited)
    before = place - 1
    if _after_quotation(sentence, before) and cited and lemma not in ("tell", "inform", "remind"):
        if sentence[place].low.endswith("ing"):
            return Saying(place, lemma, None)
        return _behind(sentence, place, lemma, cited, beginning)
    if _supposed(sentence, place):
        return None
    before = _over_auxiliaries(sentence, before, ending)
    if before < 0:
        return None
    found = _ending_at(sentence, before, ending)
    if found is not None:
        if (
            sentence[place].low.endswith("ing")
            and before == place - 1
            and found[0].sort != "pronoun"
        ):
            return None
        others = tuple(_beside(sentence, found[0], ending))
        return Saying(place, lemma, found[0], found[1], others=others)
    if sentence[before].low in (
        "and",
        "then",
        "but",
        ",",
        "by",
        "also",
        "while",
        "before",
        "after",
    ):
        shared = sentence[place].low.endswith("ing") or sentence[before].low in (
            "and",
            "then",
            "but",
        )
        return Saying(place, lemma, None) if shared else None
    return None


def _behind(
    sentence: Sequence[Word], place: int, lemma: str, cited: Phrase, beginning: dict[int, Phrase]
) -> Saying:
    """The speaker behind a verb: ``said the finance minister, Bruno Le Maire, on radio``."""
    person = beginning.get(cited.last + 2)
    apposed = cited.sort == "unnamed" and cited.definite and _low(sentence, cited.last + 1) == ","
    if apposed and person is not None and person.sort == "person" and not person.role:
        return Saying(place, lemma, person, cited.name, inverted=True)
    partner = beginning.get(cited.last + 2)
    if (
        partner is not None
        and _low(sentence, cited.last + 1) in ("and", "&")
        and partner.sort == cited.sort
        and cited.sort in _TOGETHER
    ):
        return Saying(place, lemma, partner, inverted=True, others=(cited,))
    return Saying(place, lemma, cited, _role_after(sentence, cited), inverted=True)


def _beside(
    sentence: Sequence[Word], phrase: Phrase, ending: dict[int, Phrase]
) -> Iterator[Phrase]:
    """Who speaks together with a subject, in order: ``Scholz, Macron and Draghi said``."""
    found: list[Phrase] = []
    at, tie = phrase.first - 1, ("and", "&")
    while phrase.sort in _TOGETHER and _low(sentence, at) in tie:
        before = ending.get(at - 1)
        if before is None or before.sort != phrase.sort:
            break
        found.insert(0, before)
        at, tie = before.first - 1, (",",)
    if found and _low(sentence, found[0].first - 1) not in words().governing:
        yield from found


#: Sorts of speakers that ``and`` joins.
_TOGETHER = ("person", "institution")
#: ``used to say``: it was said.
_HABIT = ("used", "likes", "liked")


def _supposed(sentence: Sequence[Word], place: int) -> bool:
    """Whether a verb tells of no speech: ``will respond``, ``called to underscore``."""
    before = _low(sentence, place - 1)
    if before == "to":
        return _low(sentence, place - 2) not in ("on", "continued", "continues", *_HABIT)
    return before in ("will", "shall", "must", "should", "may", "might", "could", "can", "cannot")


def _low(sentence: Sequence[Word], place: int) -> str:
    return sentence[place].low if 0 <= place < len(sentence) else ""


def _after_quotation(sentence: Sequence[Word], before: int) -> bool:
    if before >= 0 and sentence[before].text in (",", "–", "—", "--"):
        before -= 1
    return before >= 0 and sentence[before].text.startswith(MASK)


def _over_auxiliaries(sentence: Sequence[Word], place: int, ending: dict[int, Phrase]) -> int:
    known = words()
    while place >= 0 and place not in ending:
        low = sentence[place].low
        if (
            low not in known.auxiliaries
            and not (low.endswith("ly") and len(low) > 4)
            and low not in _DAYS
        ):
            break
        place -= 1
    return place


_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


def _ending_at(
    sentence: Sequence[Word], place: int, ending: dict[int, Phrase]
) -> tuple[Phrase, str] | None:
    """The subject that ends at a word, or before an apposition, a bracket or ``who``."""
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
    """``a person familiar with the matter said``: the subject stands before its description."""
    for back in range(place, max(-1, place - 12), -1):
        word = sentence[back]
        if not word.is_word:
            return None
        phrase = ending.get(back)
        if phrase is None:
            continue
        follows = _low(sentence, back + 1)
        if phrase.sort == "unnamed" and follows in words().tails:
            return phrase, ""
    return None


def _before_apposition(
    sentence: Sequence[Word], place: int, ending: dict[int, Phrase]
) -> tuple[Phrase, str] | None:
    mark = sentence[place].text
    for back in range(place - 1, -1, -1):
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
    """The phrase that ends at a word, or before a bracket that ends there: ``Doe (D-N.J.)``."""
    if _low(sentence, place) == ")":
        opened = next((at for at in range(place, -1, -1) if sentence[at].text == "("), 0)
        return ending.get(opened - 1)
    return ending.get(place)


def _with_apposed(
    sentence: Sequence[Word], phrase: Phrase, ending: dict[int, Phrase]
) -> tuple[Phrase, str]:
    """``the minister, Sergei Lavrov said``: the role stands before the name, apart by a comma."""
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


def _role_after(sentence: Sequence[Word], phrase: Phrase) -> str:
    """The role in apposition after a name: ``said Jen Psaki, the press secretary``."""
    at = phrase.last + 1
    if _low(sentence, at) != ",":
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
    """The words of an apposition, if they are somebody's role."""
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


def _claims(sentence: Sequence[Word], phrases: Sequence[Phrase]) -> Iterator[Saying]:
    """``Putin's claim that ...``, ``a warning from Brussels``: speech as a noun."""
    for phrase in phrases:
        after = phrase.last + 1
        if _low(sentence, after) in words().speech_nouns and sentence[phrase.last].text.endswith(
            ("'s", "’s", "s’", "s'")
        ):
            yield Saying(after, "claim", phrase)


def apposed_person(
    sentence: Sequence[Word], phrases: Sequence[Phrase], phrase: Phrase | None
) -> Phrase | None:
    """The person named right behind an office: ``The president, Vesna Markovic, was harsher``."""
    if phrase is None or phrase.sort != "unnamed" or not phrase.definite:
        return None
    at = phrase.last + 2
    named = next((each for each in phrases if each.first == at and each.sort == "person"), None)
    closes = named is not None and _low(sentence, named.last + 1) in (",", ".", ")")
    return named if closes and _low(sentence, at - 1) == "," else None


def first_subject(sentence: Sequence[Word], phrases: Sequence[Phrase]) -> Phrase | None:
    """The first phrase of a sentence that no preposition governs."""
    for phrase in phrases:
        before = _low(sentence, phrase.first - 1)
        if before in words().governing or phrase.sort == "paper":
            continue
        if _low(sentence, phrase.last + 1) and sentence[phrase.last].text.endswith(("'s", "’s")):
            continue
        return phrase
    return None


__all__ = ["Saying", "first_subject", "phrases_in", "read_phrase", "sayings_in"]
