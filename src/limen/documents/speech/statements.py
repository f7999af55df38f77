"""Find the statements of a document: speaker, day, channel and conditional.

One walk through the document, paragraph by paragraph, that remembers who was brought on, who
spoke last, the day last spoken of and the channel last named. A quotation takes its speaker
from its own sentence, else from the sentence before, else from the paragraph before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from limen.documents.conditions.readings import reading_in
from limen.documents.document import Block, Document
from limen.documents.speech.introductions import Introductions
from limen.documents.speech.reported import skip_blanks
from limen.documents.speech.sentence import Sentence
from limen.documents.speech.speakers import Cast, Speaker
from limen.documents.speech.statement_draft import Frame, StatementDraft
from limen.documents.speech.transcripts import SALUTATION, addressed, labelled_speaker
from limen.documents.text.layout import LABEL
from limen.documents.text.quotes import quotes_in
from limen.documents.text.sentences import masked, sentences_in
from limen.model import PartialDate


def statements_in(document: Document) -> list[StatementDraft]:
    """Return every statement of a document, in order: quotations, turns of transcripts, reports."""
    cast = Cast(Introductions(document.text))
    salutation = SALUTATION.search(document.text, 0, _HEAD)
    if salutation is not None:
        cast.addressee = addressed(salutation["whom"], cast)
    return list(_Reader(document, cast).statements())


#: Characters in which a letter says whom it is to.
_HEAD = 2_000
#: Sentences before one with speech that may name the speaker.
_SCENE = 40


def _last_sentences() -> deque[tuple[Sentence, str, int]]:
    return deque(maxlen=_SCENE)


@dataclass(slots=True)
class _Reader:
    """Represents one pass through a document.

    ``scene`` are the last sentences without speech, with their paragraphs: they are read once
    there is speech.
    """

    document: Document
    cast: Cast
    frame: Frame = field(default_factory=Frame)
    scene: deque[tuple[Sentence, str, int]] = field(default_factory=_last_sentences)

    def statements(self) -> Iterator[StatementDraft]:
        order = 0
        for block in self.document.blocks:
            if block.kind not in ("body", "dateline"):
                if block.kind == "question":
                    self.frame.label = None
                continue
            order += 1
            yield from self._passage(block, order)

    def _passage(self, block: Block, order: int) -> Iterator[StatementDraft]:
        text = self.document.text
        start = block.start
        label = LABEL.match(text, block.start, block.end)
        if label and (speaker := labelled_speaker(label["label"], self.cast)):
            self.cast.note(speaker)
            self.frame.label, self.frame.label_in = speaker, order
            start = skip_blanks(text, label.end(), block.end)
            if start < block.end:
                yield from self._utterance(start, block.end, speaker)
            return
        if self.frame.label is not None and self._turn_goes_on(start, block.end, order):
            self.frame.label_in = order
            yield from self._utterance(start, block.end, self.frame.label)
            return
        self.frame.label = None
        quotes = list(quotes_in(text, start, block.end, open_before=self.frame.open_quote))
        was_open, self.frame.open_quote = (
            self.frame.open_quote,
            bool(quotes and not quotes[-1].closed),
        )
        narration = masked(text, start, block.end, quotes)
        starts = [quote.outer[0] for quote in quotes]
        for span in sentences_in(narration, text, start, quotes):
            inside = quotes[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]
            sentence = Sentence(self.document, self.cast, self.frame, span, inside, order, was_open)
            if not sentence.has_speech:
                self.scene.append((sentence, narration, start))
                continue
            for before in self.scene:
                before[0].set_scene(*before[1:])
            self.scene.clear()
            yield from sentence.read(narration, start)

    def _turn_goes_on(self, start: int, end: int, order: int) -> bool:
        """Return whether a paragraph without a label goes on with the turn before it."""
        if self.frame.label_in != order - 1:
            return False
        text = self.document.text[start:end]
        return not text.startswith(("(", "[", "“", '"')) or text.endswith(("”", '"'))

    def _utterance(self, start: int, end: int, speaker: Speaker) -> Iterator[StatementDraft]:
        end = _without_stage_directions(self.document.text, start, end)
        if not any(char.isalpha() for char in self.document.text[start:end]):
            return
        day = self.document.dated.day
        on = PartialDate(day.year, day.month, day.day) if day else None
        yield StatementDraft(
            "utterance", (start, end), (start, end), speaker, None, on, "document",
            reading_in(self.document.text, start, end),
        )  # fmt: skip


_DIRECTIONS = re.compile(
    r"(?:(?<!\s)\s+)?[(\[](?:laughter|applause|crosstalk|inaudible|laughs|pause)[.!]?[)\]]\s*$",
    re.IGNORECASE,
)


def _without_stage_directions(text: str, start: int, end: int) -> int:
    match = _DIRECTIONS.search(text, start, end)
    return match.start() if match else end
