"""Find verbs of speech and their subjects: before the verb, after it, or in apposition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from limen.documents.speech.apposition import low_at, role_after, subject_at
from limen.documents.speech.phrases import Phrase, phrases_in, read_phrase
from limen.documents.text.sentences import MASK, Word
from limen.documents.text.vocabulary import words


@dataclass(frozen=True, slots=True)
class Saying:
    """Represents a verb of speech and its subject, as places of words in their sentence.

    ``subject`` is ``None`` where the grammar shares the sentence's first subject
    (``... signed it and said``, ``..., adding that``). ``others`` speak with it and come
    before it: ``Scholz and Macron said``.
    """

    verb: int
    lemma: str
    subject: Phrase | None
    role: str = ""
    inverted: bool = False
    others: tuple[Phrase, ...] = ()

    @property
    def is_verb(self) -> bool:
        """Return whether this is a verb, and not a noun (``Putin's claim``)."""
        return self.lemma != "claim" or self.subject is None or self.verb != self.subject.last + 1


def sayings_in(sentence: Sequence[Word], phrases: Sequence[Phrase]) -> Iterator[Saying]:
    """Yield every verb of speech that has a speaker."""
    ending = {phrase.last: phrase for phrase in phrases}
    beginning = {phrase.first: phrase for phrase in phrases}
    for place, word in enumerate(sentence):
        if word.low == "according" and low_at(sentence, place + 1) == "to":
            subject = beginning.get(place + 2)
            if subject:
                yield Saying(place, "accord", subject, role_after(sentence, subject))
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
    cited = beginning.get(place + 1) or _cited_later(sentence, place, beginning)
    if lemma in ("quote", "cite") and cited and low_at(sentence, cited.last + 1) == "as":
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
    subject = subject_at(sentence, before, ending)
    if subject is not None:
        if (
            sentence[place].low.endswith("ing")
            and before == place - 1
            and subject[0].sort != "pronoun"
        ):
            return None
        others = tuple(_joint_speakers(sentence, subject[0], ending))
        return Saying(place, lemma, subject[0], subject[1], others=others)
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


def _cited_later(
    sentence: Sequence[Word], place: int, beginning: dict[int, Phrase]
) -> Phrase | None:
    """Return the speaker after a description: ``wrote former chess champion Garry Kasparov``."""
    if not _after_quotation(sentence, place - 1):
        return None
    for at in range(place + 1, min(place + 7, len(sentence))):
        found = beginning.get(at)
        if found is not None:
            return found if found.sort == "person" else None
        word = sentence[at]
        if not word.is_word or not word.text[0].islower() or word.low in words().governing:
            return None
    return None


def _behind(
    sentence: Sequence[Word], place: int, lemma: str, cited: Phrase, beginning: dict[int, Phrase]
) -> Saying:
    """Return a verb with the speaker after it: ``said the minister, Bruno Le Maire, on radio``."""
    person = beginning.get(cited.last + 2)
    apposed = cited.sort == "unnamed" and cited.definite and low_at(sentence, cited.last + 1) == ","
    if apposed and person is not None and person.sort == "person" and not person.role:
        return Saying(place, lemma, person, cited.name, inverted=True)
    partner = beginning.get(cited.last + 2)
    if (
        partner is not None
        and low_at(sentence, cited.last + 1) in ("and", "&")
        and partner.sort == cited.sort
        and cited.sort in _TOGETHER
    ):
        return Saying(place, lemma, partner, inverted=True, others=(cited,))
    return Saying(place, lemma, cited, role_after(sentence, cited), inverted=True)


def _joint_speakers(
    sentence: Sequence[Word], phrase: Phrase, ending: dict[int, Phrase]
) -> Iterator[Phrase]:
    """Yield the subjects before ``and`` and a subject: ``Scholz, Macron and Draghi said``."""
    found: list[Phrase] = []
    at = phrase.first - 1
    tie: tuple[str, ...] = ("and", "&")
    while phrase.sort in _TOGETHER and low_at(sentence, at) in tie:
        before = ending.get(at - 1)
        if before is None or before.sort != phrase.sort:
            break
        found.insert(0, before)
        at, tie = before.first - 1, (",",)
    if found and low_at(sentence, found[0].first - 1) not in words().governing:
        yield from found


#: Sorts of speakers that ``and`` joins.
_TOGETHER = ("person", "institution")
#: ``he would say only that ...`` reports speech.
_SPOKEN_ANYWAY = ("say", "tell", "add", "insist", "argue", "note")
#: ``used to say`` reports speech.
_HABIT = ("used", "likes", "liked")


def _supposed(sentence: Sequence[Word], place: int) -> bool:
    """Return whether a verb reports no speech: ``will respond``, ``called to underscore``."""
    before = low_at(sentence, place - 1)
    if before == "to":
        return low_at(sentence, place - 2) not in ("on", "continued", "continues", *_HABIT)
    if before in ("not", "never", "also", "still") or before.endswith("ly"):
        before = low_at(sentence, place - 2)
    if before == "would":
        return words().speech[sentence[place].low] not in _SPOKEN_ANYWAY
    return before in ("will", "shall", "must", "should", "may", "might", "could", "can", "cannot")


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


def _claims(sentence: Sequence[Word], phrases: Sequence[Phrase]) -> Iterator[Saying]:
    """Yield speech that is a noun: ``Putin's claim that ...``."""
    for phrase in phrases:
        after = phrase.last + 1
        if low_at(sentence, after) in words().speech_nouns and sentence[phrase.last].text.endswith(
            ("'s", "’s", "s’", "s'")
        ):
            yield Saying(after, "claim", phrase)


def first_subject(sentence: Sequence[Word], phrases: Sequence[Phrase]) -> Phrase | None:
    """Return the first phrase of a sentence that no preposition governs."""
    for phrase in phrases:
        before = low_at(sentence, phrase.first - 1)
        if before in words().governing or phrase.sort == "paper":
            continue
        if low_at(sentence, phrase.last + 1) and sentence[phrase.last].text.endswith(("'s", "’s")):
            continue
        return phrase
    return None


__all__ = ["Saying", "first_subject", "phrases_in", "read_phrase", "sayings_in"]
