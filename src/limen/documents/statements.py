"""Statements: who said what, when, in which channel, and what it makes a condition of.

One walk through the document, paragraph by paragraph, that remembers who was brought on, who
spoke last, the day last spoken of and the channel last named. A quotation takes its speaker
from its own sentence, else from the sentence before, else from the paragraph before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from limen.documents.attribution import Saying, first_subject, phrases_in, sayings_in
from limen.documents.conditionals import Conditional, conditionals_in
from limen.documents.document import Block, Document, Span
from limen.documents.layout import LABEL
from limen.documents.phrases import Phrase
from limen.documents.quotes import Quote, quotes_in
from limen.documents.sentences import MASK, Word, masked, sentences_in, words_in
from limen.documents.speakers import Cast, Speaker
from limen.documents.transcripts import labelled_speaker
from limen.documents.when import dates_in
from limen.documents.words import words
from limen.model import PartialDate

StatementKind = Literal["direct", "fragment", "utterance", "reported"]


@dataclass(frozen=True, slots=True)
class SaidStatement:
    """Somebody's words in a document.

    Attributes:
        kind: ``"direct"`` (a quoted sentence), ``"fragment"`` (quoted words inside a reported
            sentence), ``"utterance"`` (a transcript's turn), ``"reported"`` (no quotation).
        span: of the words, without quotation marks.
        context: the sentence or sentences that tell of it.
        said_on: the day as far as the text gives it.
        said_basis: ``"sentence"``, ``"narrative"`` (the day last spoken of), ``"document"``.
        continues: the span of the statement that this one goes on with.
    """

    kind: StatementKind
    span: Span
    context: Span
    speaker: Speaker | None
    channel: str | None
    said_on: PartialDate | None
    said_basis: str
    reading: Conditional | None
    continues: Span | None = None


@dataclass(slots=True)
class _Frame:
    """What the telling has established so far."""

    speaker: Speaker | None = None
    last: SaidStatement | None = None
    paragraph: int = -9
    open_quote: bool = False
    introduced: Speaker | None = None
    introduced_in: int = -9
    day: PartialDate | None = None
    day_of: Speaker | None = None
    day_in: int = -9
    channel: str | None = None
    channel_of: Speaker | None = None
    label: Speaker | None = None
    label_in: int = -9


@dataclass(slots=True)
class _Reader:
    """The walk through one document."""

    document: Document
    cast: Cast
    frame: _Frame = field(default_factory=_Frame)

    def statements(self) -> Iterator[SaidStatement]:
        order = 0
        for block in self.document.blocks:
            if block.kind not in ("body", "dateline"):
                if block.kind == "question":
                    self.frame.label = None
                continue
            order += 1
            yield from self._passage(block, order)

    def _passage(self, block: Block, order: int) -> Iterator[SaidStatement]:
        text = self.document.text
        start = block.start
        label = LABEL.match(text, block.start, block.end)
        if label and (speaker := labelled_speaker(label["label"], self.cast)):
            self.cast.note(speaker)
            self.frame.label, self.frame.label_in = speaker, order
            start = _skip(text, label.end(), block.end)
            if start < block.end:
                yield from self._utterance(start, block.end, speaker)
            return
        if self._turn_goes_on(start, block.end, order):
            self.frame.label_in = order
            assert self.frame.label is not None
            yield from self._utterance(start, block.end, self.frame.label)
            return
        self.frame.label = None
        quotes = list(quotes_in(text, start, block.end, open_before=self.frame.open_quote))
        was_open, self.frame.open_quote = (
            self.frame.open_quote,
            bool(quotes and not quotes[-1].closed),
        )
        told = masked(text, start, block.end, quotes)
        for span in sentences_in(told, text, start, quotes):
            inside = [quote for quote in quotes if span[0] <= quote.outer[0] < span[1]]
            yield from _Sentence(
                self, span, words_in(told, span, start), inside, order, was_open
            ).read()

    def _turn_goes_on(self, start: int, end: int, order: int) -> bool:
        """Whether a paragraph without a label goes on with the turn before it."""
        if self.frame.label is None or self.frame.label_in != order - 1:
            return False
        text = self.document.text[start:end]
        return not text.startswith(("(", "[", "“", '"')) or text.endswith(("”", '"'))

    def _utterance(self, start: int, end: int, speaker: Speaker) -> Iterator[SaidStatement]:
        end = _without_stage_directions(self.document.text, start, end)
        if not any(char.isalpha() for char in self.document.text[start:end]):
            return
        day = self.document.dated.day
        said = PartialDate(day.year, day.month, day.day) if day else None
        yield SaidStatement(
            "utterance", (start, end), (start, end), speaker, None, said, "document",
            reading_in(self.document.text, start, end),
        )  # fmt: skip


@dataclass(slots=True)
class _Sentence:
    """One sentence of the telling, with the quotations inside it."""

    reader: _Reader
    span: Span
    words: list[Word]
    quotes: list[Quote]
    order: int
    was_open: bool

    def read(self) -> Iterator[SaidStatement]:
        reader, frame, text = self.reader, self.reader.frame, self.reader.document.text
        plain = not self.quotes and not _mentions_speech(text, self.span)
        phrases = phrases_in(self.words)
        if plain:
            self._set_scene(phrases, None)
            return
        sayings = self._resolved(phrases)
        subject = self._subject(phrases)
        day, channel = (
            self._day(),
            channel_of(text[self.span[0] : self.span[1]], self.quotes, self.span[0]),
        )
        placed = [(quote, *self._whose(quote, sayings, subject)) for quote in self.quotes]
        for quote, speaker, kind in placed:
            if kind is None:
                continue
            yield self._statement(quote, speaker, kind, day, channel)
            frame.speaker, frame.paragraph = speaker, self.order
            if speaker is not None:
                reader.cast.note(speaker)
        said = any(kind for _, _, kind in placed)
        if not said and not self.quotes:
            yield from self._reported(sayings, day, channel)
        self._set_scene(phrases, sayings[0][1] if sayings else subject)

    def _resolved(self, phrases: list[Phrase]) -> list[tuple[Saying, Speaker]]:
        """Every verb of speech with its speaker; a shared subject is the sentence's first."""
        found: list[tuple[Saying, Speaker]] = []
        cast, last = self.reader.cast, self.reader.frame.speaker
        for saying in sayings_in(self.words, phrases):
            if saying.subject is not None:
                if (
                    saying.subject.sort == "pronoun"
                    and found
                    and self._same_sentence(saying, found)
                ):
                    speaker: Speaker | None = found[-1][1]
                else:
                    speaker = cast.resolve(saying.subject, saying.role, last)
            else:
                speaker = found[-1][1] if found else self._subject(phrases)
            if speaker is not None:
                found.append((saying, speaker))
        return found

    def _same_sentence(self, saying: Saying, found: list[tuple[Saying, Speaker]]) -> bool:
        """Whether a pronoun goes back to who spoke earlier in the sentence."""
        assert saying.subject is not None
        gender = {"he": "male", "she": "female"}.get(saying.subject.name, "")
        return found[-1][1].gender in ("", gender) if gender else False

    def _subject(self, phrases: Sequence[Phrase]) -> Speaker | None:
        phrase = first_subject(self.words, phrases)
        return self.reader.cast.resolve(phrase, "", self.reader.frame.speaker) if phrase else None

    def _whose(
        self, quote: Quote, sayings: list[tuple[Saying, Speaker]], subject: Speaker | None
    ) -> tuple[Speaker | None, StatementKind | None]:
        """The speaker of a quotation, and what kind of statement it is; no kind for a mere term."""
        text = self.reader.document.text
        whole = self._whole(quote)
        nearest = self._nearest(quote, sayings, whole)
        if is_term(text, quote):
            return None, None
        if nearest is not None:
            return nearest, "direct" if whole else "fragment"
        if whole:
            return self._carried(quote), "direct"
        if len(_bare_words(text, quote.span)) >= 6 and subject is not None and self._tells():
            return subject, "fragment"
        return None, None

    def _tells(self) -> bool:
        return any(word.low in words().speech for word in self.words)

    def _whole(self, quote: Quote) -> bool:
        """Whether a quotation is a sentence of its own and not words inside another's."""
        text = self.reader.document.text
        said = text[quote.span[0] : quote.span[1]]
        if not said:
            return False
        head = quote.outer[0] <= self.span[0] + 1
        first = next((char for char in said if char.isalnum()), "")
        ends = said[-1] in ".?!…,—–"
        after = text[quote.outer[1] : quote.outer[1] + 1]
        count = len(said.split())
        if not quote.closed or quote.follows:
            return True
        if head and (ends or after in (",", ".")):
            return True
        capital = first.isupper() or first.isdigit()
        return (capital and (ends or after in ".,") and count >= 3) or count >= 12

    def _nearest(
        self, quote: Quote, sayings: list[tuple[Saying, Speaker]], whole: bool
    ) -> Speaker | None:
        """Who says a quotation by its own sentence."""
        after = [each for each in sayings if self.words[each[0].verb].start >= quote.outer[1]]
        before = [each for each in sayings if self.words[each[0].verb].start < quote.outer[0]]
        close = next((each for each in after if self._at_quote(quote, each[0])), None)
        if close is not None:
            return close[1]
        if not whole and self._is_scare(quote):
            return None
        strong = [each for each in before if self._governs(quote, each[0], whole)]
        if strong:
            return strong[-1][1]
        if not whole and len(_bare_words(self.reader.document.text, quote.span)) < 3:
            return None
        if after and (
            whole or quote.outer[0] <= self.span[0] + 1 or after[0][0].lemma not in words().weak
        ):
            return after[0][1]
        return None

    def _is_scare(self, quote: Quote) -> bool:
        """Whether marks around one word only keep it at a distance: ``the ‘instant’ sanctions``."""
        text = self.reader.document.text
        if len(_bare_words(text, quote.span)) > 1:
            return False
        follows = text[quote.outer[1] : quote.outer[1] + 2]
        return follows[:1] == " " and follows[1:].isalpha()

    def _at_quote(self, quote: Quote, saying: Saying) -> bool:
        """Whether a verb behind a quotation belongs to it: only its subject lies between."""
        between = [
            word
            for word in self.words
            if quote.outer[1] <= word.start < self.words[saying.verb].start
        ]
        if any(word.text.startswith(MASK) for word in between):
            return False
        if between and between[0].text == ",":
            between = between[1:]
        if between and between[0].low in (
            "and",
            "but",
            "while",
            "which",
            "that",
            "would",
            "was",
            "is",
            "had",
        ):
            return False
        if saying.inverted:
            return not [word for word in between if word.is_word]
        subject = saying.subject
        starts = self.words[subject.first].start if subject else quote.outer[1]
        ahead = [word for word in between if word.start < starts and word.is_word]
        return not ahead

    def _governs(self, quote: Quote, saying: Saying, whole: bool) -> bool:
        """Whether a verb before a quotation introduces it."""
        verb = self.words[saying.verb]
        between = [word for word in self.words if verb.end <= word.start < quote.outer[0]]
        if saying.lemma not in words().weak or saying.lemma in (
            "call",
            "describe",
            "brand",
            "label",
            "accuse",
            "condemn",
            "denounce",
            "dismiss",
            "warn",
            "hail",
            "criticize",
            "criticise",
        ):
            return len(between) <= 45
        return whole or len(between) <= 12

    def _carried(self, quote: Quote) -> Speaker | None:
        """Who goes on speaking where a sentence is nothing but a quotation."""
        frame = self.reader.frame
        if self.was_open or quote.follows or frame.paragraph == self.order:
            return frame.speaker
        if frame.introduced is not None and self.order - frame.introduced_in <= 1:
            return frame.introduced
        if frame.speaker is not None and self.order - frame.paragraph <= 1:
            return frame.speaker
        return frame.introduced or frame.speaker

    def _day(self) -> tuple[PartialDate | None, str]:
        """The day of the sentence: its own, else nothing."""
        document, frame = self.reader.document, self.reader.frame
        quotes = self.quotes
        for when in dates_in(document.text, *self.span, document.dated.day, frame.day):
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
    ) -> SaidStatement:
        frame, text = self.reader.frame, self.reader.document.text
        before = frame.last if self._goes_on(quote, speaker) else None
        said, basis = day
        if said is None and before is not None:
            said, basis = before.said_on, before.said_basis
        elif said is None:
            said, basis = self._inherited(speaker, channel)
        channel = channel or (before.channel if before else self._same_channel(speaker))
        reading = self._reading(quote, kind)
        frame.last = SaidStatement(
            kind, quote.span, self.span, speaker, channel, said, basis, reading,
            before.span if before else None,
        )  # fmt: skip
        return frame.last

    def _reading(self, quote: Quote, kind: StatementKind) -> Conditional | None:
        """The conditional of a quotation: with the telling around a fragment, or its other half."""
        text, after = self.reader.document.text, self._next(quote)
        if kind == "fragment":
            end = after.outer[0] if after else self.span[1]
            told = _fragment_reading(text, (self.span[0], end), quote)
            return told or reading_in(text, *quote.span)
        if after is not None and text[quote.span[1] - 1] == "," and text[after.span[0]].islower():
            both = f"{text[slice(*quote.span)]} {text[slice(*after.span)]}"
            found = reading_in(both, 0, len(both))
            return replace(found, span=(quote.span[0], after.span[1])) if found else None
        return reading_in(text, *quote.span)

    def _next(self, quote: Quote) -> Quote | None:
        """The next quotation of the sentence."""
        return next((each for each in self.quotes if each.outer[0] >= quote.outer[1]), None)

    def _goes_on(self, quote: Quote, speaker: Speaker | None) -> bool:
        frame = self.reader.frame
        if frame.last is None or speaker != frame.last.speaker:
            return False
        return frame.paragraph == self.order or quote.follows or self.was_open

    def _same_channel(self, speaker: Speaker | None) -> str | None:
        frame = self.reader.frame
        if speaker is not None and frame.channel_of == speaker and self.order - frame.day_in <= 3:
            return frame.channel
        return None

    def _inherited(
        self, speaker: Speaker | None, channel: str | None
    ) -> tuple[PartialDate | None, str]:
        """The day last spoken of, unless the sentence tells of an occasion of its own."""
        frame, document = self.reader.frame, self.reader.document
        text = document.text[self.span[0] : self.span[1]]
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
    ) -> Iterator[SaidStatement]:
        """What a sentence without quotations says that somebody said."""
        strong = [each for each in sayings if each[0].lemma not in words().weak and each[0].told]
        if not strong:
            return
        saying, speaker = strong[-1]
        date, basis = day if day[0] else self._inherited(speaker, channel)
        clause = self._clause(saying)
        yield SaidStatement(
            "reported", clause, self.span, speaker,
            channel or self._same_channel(speaker), date, basis,
            reading_in(self.reader.document.text, *clause),
        )  # fmt: skip

    def _clause(self, saying: Saying) -> Span:
        """The reported clause: before ``, he said``, or behind ``he said that``."""
        verb = self.words[saying.verb]
        head = self.words[saying.subject.first].start if saying.subject else verb.start
        before = self.reader.document.text[self.span[0] : min(head, verb.start)].rstrip(" ,—–-")
        rest = self.reader.document.text[verb.end : self.span[1]]
        if before and len(rest.split()) < 8 and len(before) > len(rest):
            return self.span[0], self.span[0] + len(before)
        that = re.search(r"\bthat\b", rest[:60])
        start = verb.end + (that.end() if that else 0)
        return _skip(self.reader.document.text, start, self.span[1]), self.span[1]

    def _set_scene(self, phrases: Sequence[Phrase], speaker: Speaker | None) -> None:
        """Remember whom and when the sentence tells of."""
        frame, cast, text = self.reader.frame, self.reader.cast, self.reader.document.text
        subject = speaker or self._subject(phrases)
        day, _ = self._day()
        channel = channel_of(text[self.span[0] : self.span[1]], self.quotes, self.span[0])
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


_OCCASION = re.compile(
    r"\b(?:at|during|in|before|to)\s+(?:(?:his|her|their|a|an|the)\s+(?:\w+\s+){0,3}?(?:speech|address|interview|appearance|testimony|hearing|visit|lecture)"
    r"|the\s+(?:[A-Z][\w’'-]+\s+){1,4}(?:Conference|Forum|Summit|Assembly|Council|Dialogue|Meeting))"
)
_DIRECTIONS = re.compile(
    r"\s*[(\[](?:laughter|applause|crosstalk|inaudible|laughs|pause)[.!]?[)\]]\s*$", re.IGNORECASE
)


@cache
def _speech_word() -> re.Pattern[str]:
    forms = sorted(words().speech, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, forms)) + r"|according to)\b")


@cache
def _channel_words() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """A pattern for any channel, and one for each, the most telling first."""
    kinds = [(kind, "|".join(map(re.escape, phrases))) for kind, phrases in words().channels]
    every = "|".join(phrases for _, phrases in kinds)
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)"), tuple(
        (kind, re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")) for kind, phrases in kinds
    )


def _mentions_speech(text: str, span: Span) -> bool:
    return _speech_word().search(text, *span) is not None


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _without_stage_directions(text: str, start: int, end: int) -> int:
    found = _DIRECTIONS.search(text, start, end)
    return found.start() if found else end


def _bare_words(text: str, span: Span) -> list[str]:
    return text[span[0] : span[1]].split()


def is_term(text: str, quote: Quote) -> bool:
    """Whether marks only hold a defined term or a title: ``(the "Company")``, ``"X" means``."""
    before = text[max(0, quote.outer[0] - 40) : quote.outer[0]]
    after = text[quote.outer[1] : quote.outer[1] + 40]
    if re.search(
        (
            r"\((?:the|each(?:,? an?)?|an?|together,?|collectively,?|hereinafter|hereafter|"
            r"referred to as|(?:the )?\w+ or)?[^()]{0,20}$"
        ),
        before,
    ) and re.match(r"[^()]{0,30}\)", after):
        return True
    if re.match(
        (
            r"\s*(?:\([^)]*\)\s*)?(?:means?|shall mean|has the meaning|have the meaning|"
            r"includes?|refers? to)\b"
        ),
        after,
    ):
        return True
    return bool(
        re.search(
            (
                r"\b(?:the (?:term|word|phrase|expression|words)|entitled|titled|known as|"
                r"so-called|dubbed|codenamed|nicknamed)\s*$"
            ),
            before,
        )
    )


def channel_of(text: str, quotes: Sequence[Quote], at: int) -> str | None:
    """The channel a sentence names outside its quotations."""
    plain = text
    for quote in quotes:
        low, high = quote.outer[0] - at, quote.outer[1] - at
        plain = plain[:low] + MASK * (min(high, len(text)) - low) + plain[high:]
    folded = " ".join(plain.lower().split())
    anything, kinds = _channel_words()
    if anything.search(folded) is None:
        return None
    return next((kind for kind, pattern in kinds if pattern.search(folded)), None)


def reading_in(text: str, start: int, end: int) -> Conditional | None:
    """The first conditional of somebody's words."""
    for span in sentences_in(text[start:end], text, start):
        for found in conditionals_in(text, *span):
            return found
    return None


def _fragment_reading(text: str, span: Span, quote: Quote) -> Conditional | None:
    """A conditional of the telling that the quoted words are part of."""
    start = _clause_start(text, span, quote)
    opened, closed = quote.outer[0] - start, quote.outer[1] - start - quote.closed
    told = text[start : span[1]]
    told = f"{told[:opened]} {told[opened + 1 : closed]} {told[closed + 1 :]}"
    told = _MARKS.sub(" ", told)
    found = next(conditionals_in(told, 0, len(told)), None)
    if found is None:
        return None
    quoted = " ".join(text[quote.span[0] : quote.span[1]].split()).strip(" ,.;:?!")
    words_of = quoted.removeprefix(found.mark).strip()
    if words_of not in f"{found.condition} {found.consequence}":
        return None
    condition = _PARTICIPLE.sub("", found.condition)
    return replace(found, span=(start, span[1]), condition=condition)


_MARKS = re.compile('[“”"«»]')
_PARTICIPLE = re.compile(r"^(?:\w+ing|\w+ed|said|says)\s+(?:that\s+)?(?:an?\s+|the\s+)?(?=\w)")


def _clause_start(text: str, span: Span, quote: Quote) -> int:
    """Where the clause begins that a fragment stands in: behind the last comma before it."""
    cut = max(text.rfind(mark, span[0], quote.outer[0]) for mark in (",", ";", " that "))
    if cut <= span[0]:
        return span[0]
    return cut + (6 if text[cut] == " " else 1)


def statements_in(document: Document) -> list[SaidStatement]:
    """Every statement of a document, in order: quotations, turns of transcripts, reports."""
    return list(_Reader(document, Cast(document.text)).statements())
