"""Read one sentence: the speakers, days and channels of its quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from limen.documents.conditions.conditionals import Conditional
from limen.documents.conditions.readings import fragment_reading, reading_in
from limen.documents.document import Document, Span
from limen.documents.speech.apposition import apposed_person
from limen.documents.speech.attribution import (
    Saying,
    first_subject,
    phrases_in,
    sayings_in,
)
from limen.documents.speech.channels import channel_of
from limen.documents.speech.phrases import Phrase
from limen.documents.speech.quote_speaker import QuotedSentence
from limen.documents.speech.reported import around, clause_of
from limen.documents.speech.speakers import Cast, Speaker
from limen.documents.speech.statement_draft import Frame, StatementDraft, StatementKind
from limen.documents.text.dates import dates_near_cues
from limen.documents.text.quoted_terms import bare_words
from limen.documents.text.quotes import Quote
from limen.documents.text.sentences import Word, words_in
from limen.documents.text.vocabulary import words
from limen.model import PartialDate


@dataclass(slots=True)
class Sentence:
    """Represents one sentence, with the quotations inside it."""

    document: Document
    cast: Cast
    frame: Frame
    span: Span
    quotes: list[Quote]
    order: int
    was_open: bool
    words: list[Word] = field(default_factory=list)
    _day_read: tuple[PartialDate | None, str] | None = None

    @property
    def has_speech(self) -> bool:
        """Return whether the sentence may have speech; any other only sets the scene."""
        return bool(self.quotes) or self.document.cues.any("speech", *self.span)

    def set_scene(self, narration: str, start: int) -> None:
        """Remember the people, the day and the channel of the sentence.

        Args:
            narration: its paragraph, masked.
            start: where the paragraph begins.
        """
        self.words = words_in(narration, self.span, start)
        self._set_scene(phrases_in(self.words), None)

    def read(self, narration: str, start: int) -> Iterator[StatementDraft]:
        """Yield the statements of the sentence; its paragraph, masked, begins at ``start``."""
        frame = self.frame
        self.words = words_in(narration, self.span, start)
        phrases = phrases_in(self.words)
        sayings = self._resolved(phrases)
        subject = self._subject(phrases)
        day, channel = self._day(), self._channel()
        speaker_of = QuotedSentence(
            self.document.text, self.span, self.words, self._carried
        ).speaker_of
        placed = [(quote, *speaker_of(quote, sayings, subject)) for quote in self.quotes]
        for quote, speaker, kind in placed:
            if kind is None:
                continue
            yield self._statement(quote, speaker, kind, day, channel)
            frame.speaker, frame.paragraph = speaker, self.order
            if speaker is not None:
                self.cast.note(speaker)
        has_statement = any(kind for _, _, kind in placed)
        if not has_statement and not self.quotes:
            yield from self._reported(sayings, day, channel)
        self._set_scene(phrases, sayings[0][1] if sayings else subject)

    def _resolved(self, phrases: list[Phrase]) -> list[tuple[Saying, Speaker]]:
        """Return every verb of speech with its speaker; without a subject, the sentence's first."""
        found: list[tuple[Saying, Speaker]] = []
        for saying in sayings_in(self.words, phrases):
            if saying.subject is not None:
                if found and _goes_back(saying.subject, found[-1][1]):
                    speaker: Speaker | None = found[-1][1]
                else:
                    speaker = self._with_others(saying, saying.subject)
            else:
                speaker = found[-1][1] if found else self._subject(phrases)
            if speaker is not None:
                found.append((saying, speaker))
        return found

    def _with_others(self, saying: Saying, subject: Phrase) -> Speaker | None:
        """Return the subject of a verb, with those who speak together with it."""
        last = self.frame.speaker
        goes_on = saying.lemma in _GOING_ON and subject.sort == "unnamed" and subject.definite
        if goes_on and last is not None and not self.cast.holds(subject):
            return last  # „...“, added the minister
        speaker = self.cast.resolve(subject, saying.role, last)
        others = [self.cast.resolve(other, "", last) for other in saying.others]
        together = [person for person in (*others, speaker) if person is not None]
        return self.cast.joint(together) if len(together) > 1 else speaker

    def _subject(self, phrases: Sequence[Phrase]) -> Speaker | None:
        phrase = first_subject(self.words, phrases)
        named = apposed_person(self.words, phrases, phrase)
        if phrase is not None and named is not None:
            return self.cast.resolve(named, phrase.name, self.frame.speaker)
        return self.cast.resolve(phrase, "", self.frame.speaker) if phrase else None

    def _carried(self, quote: Quote) -> Speaker | None:
        """Return the speaker of a sentence that is nothing but a quotation."""
        frame = self.frame
        if self.was_open or quote.follows or frame.paragraph == self.order:
            return frame.speaker
        if frame.introduced is not None and self.order - frame.introduced_in <= 1:
            return frame.introduced
        if frame.speaker is not None and self.order - frame.paragraph <= 1:
            return frame.speaker
        return frame.introduced or frame.speaker

    def _day(self) -> tuple[PartialDate | None, str]:
        """Return the day of the sentence: its own, else nothing; read once."""
        if self._day_read is None:
            self._day_read = self._read_day()
        return self._day_read

    def _channel(self) -> str | None:
        if not self.document.cues.any("channel", *self.span):
            return None
        sentence = self.document.text[self.span[0] : self.span[1]]
        return channel_of(sentence, self.quotes, self.span[0])

    def _read_day(self) -> tuple[PartialDate | None, str]:
        document, frame = self.document, self.frame
        quotes = self.quotes
        today = document.dated.day
        for when in dates_near_cues(document.text, document.cues, self.span, today, frame.day):
            inside = any(quote.outer[0] <= when.span[0] < quote.outer[1] for quote in quotes)
            if not inside and when.date is not None and not when.ahead:
                return when.date, "sentence"
        return None, ""

    def _statement(
        self,
        quote: Quote,
        speaker: Speaker | None,
        kind: StatementKind,
        day: tuple[PartialDate | None, str],
        channel: str | None,
    ) -> StatementDraft:
        frame = self.frame
        before = frame.last if self._goes_on(quote, speaker) else None
        on, basis = day
        if on is None and before is not None:
            on, basis = before.day, before.day_basis
        elif on is None:
            on, basis = self._inherited(speaker)
        channel = channel or (before.channel if before else self._same_channel(speaker))
        reading = self._reading(quote, kind)
        frame.last = StatementDraft(
            kind, quote.span, self.span, speaker, channel, on, basis, reading,
            before.span if before else None,
        )  # fmt: skip
        return frame.last

    def _reading(self, quote: Quote, kind: StatementKind) -> Conditional | None:
        """Return the conditional of a quotation: with the words around it, or its other half."""
        text, after = self.document.text, self._next(quote)
        if kind == "fragment":
            end = after.outer[0] if after else self.span[1]
            fragment = fragment_reading(text, (self.span[0], end), quote)
            return fragment or reading_in(text, *quote.span)
        if (
            after is not None
            and text[quote.span[1] - 1] == ","
            and text[after.span[0] : after.span[1]][:1].islower()
        ):
            both = f"{text[slice(*quote.span)]} {text[slice(*after.span)]}"
            found = reading_in(both, 0, len(both))
            return replace(found, span=(quote.span[0], after.span[1])) if found else None
        return reading_in(text, *quote.span)

    def _next(self, quote: Quote) -> Quote | None:
        """Return the next quotation of the sentence."""
        return next((other for other in self.quotes if other.outer[0] >= quote.outer[1]), None)

    def _goes_on(self, quote: Quote, speaker: Speaker | None) -> bool:
        frame = self.frame
        if frame.last is None or speaker != frame.last.speaker:
            return False
        return frame.paragraph == self.order or quote.follows or self.was_open

    def _same_channel(self, speaker: Speaker | None) -> str | None:
        frame = self.frame
        if speaker is not None and frame.channel_of == speaker and self.order - frame.day_in <= 3:
            return frame.channel
        return None

    def _inherited(self, speaker: Speaker | None) -> tuple[PartialDate | None, str]:
        """Return the day last mentioned, unless the sentence has an occasion of its own."""
        frame = self.frame
        text = self.document.text[self.span[0] : self.span[1]]
        if _OCCASION.search(text) and frame.day_of != speaker:
            return None, ""
        if frame.day is not None and self.order - frame.day_in <= 6:
            return frame.day, "narrative"
        return None, ""

    def _reported(
        self,
        sayings: list[tuple[Saying, Speaker]],
        day: tuple[PartialDate | None, str],
        channel: str | None,
    ) -> Iterator[StatementDraft]:
        """Yield the reported speech of a sentence without quotations."""
        strong = [
            entry for entry in sayings if entry[0].lemma not in words().weak and entry[0].is_verb
        ]
        if not strong:
            return
        cited = [entry for entry in strong if entry[0].lemma == "accord"]
        reporting = cited[:1] or strong
        read: set[str] = set()
        for place, (saying, speaker) in enumerate(reporting):
            after = reporting[place + 1][0] if place + 1 < len(reporting) else None
            clause = clause_of(self.document.text, self.words, self.span, saying, after)
            if after is not None and len(bare_words(self.document.text, clause)) < _CLAUSE_LEAST:
                continue
            date, basis = day if day[0] else self._inherited(speaker)
            reading = reading_in(self.document.text, *clause) or around(
                self.document.text, self.words, self.span, saying
            )
            if reading is not None and reading.consequence in read:
                reading = None  # reported speech inside reported speech
            elif reading is not None:
                read.add(reading.consequence)
            yield StatementDraft(
                "reported", clause, self.span, speaker, channel or self._same_channel(speaker),
                date, basis, reading,
            )  # fmt: skip

    def _set_scene(self, phrases: Sequence[Phrase], speaker: Speaker | None) -> None:
        """Remember the people and the day of the sentence."""
        frame, cast, text = self.frame, self.cast, self.document.text
        subject = speaker or self._subject(phrases)
        day, _ = self._day()
        channel = self._channel()
        for phrase in phrases:
            if phrase.sort == "person" and (other := cast.resolve(phrase)) not in (None, subject):
                cast.note(other)
        if subject is not None:
            cast.note(subject)
            frame.introduced, frame.introduced_in = subject, self.order
        if day is not None:
            frame.day, frame.day_in, frame.day_of = day, self.order, subject
        elif frame.day is not None and subject is not None and self.order - frame.day_in <= 6:
            frame.day_of = subject if not _OCCASION.search(text, *self.span) else frame.day_of
        if channel is not None:
            frame.channel, frame.channel_of = channel, subject


#: Words of a reported clause that says something, where another follows it.
_CLAUSE_LEAST = 4
#: Verbs of a person who is speaking already.
_GOING_ON = frozenset(("add", "continue", "go", "conclude"))
_OCCASION = re.compile(
    r"\b(?:at|during|in|before|to)\s+(?:(?:his|her|their|a|an|the)\s+(?:\w+\s+){0,3}?(?:speech|address|interview|appearance|testimony|hearing|visit|lecture)"
    r"|the\s+(?:[A-Z][\w’'-]+\s+){1,4}(?:Conference|Forum|Summit|Assembly|Council|Dialogue|Meeting))"
)


def _goes_back(phrase: Phrase, speaker: Speaker) -> bool:
    """Return whether a pronoun means who spoke earlier in the sentence."""
    gender = {"he": "male", "she": "female"}.get(phrase.name, "")
    return phrase.sort == "pronoun" and bool(gender) and speaker.gender in ("", gender)
