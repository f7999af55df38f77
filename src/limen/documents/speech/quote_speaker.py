"""Find the speaker of a quotation in its own sentence, and whether it is a statement."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from limen.documents.document import Span
from limen.documents.speech.attribution import Saying
from limen.documents.speech.speakers import Speaker
from limen.documents.speech.statement_draft import StatementKind
from limen.documents.text.quoted_terms import bare_words, is_term
from limen.documents.text.quotes import Quote
from limen.documents.text.sentences import MASK, Word
from limen.documents.text.vocabulary import words

_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class QuotedSentence:
    """Represents a sentence with quotations that have to be given to speakers.

    ``words`` are those outside its quotations; ``carried`` returns who goes on speaking where a
    sentence is nothing but a quotation.
    """

    text: str
    span: Span
    words: Sequence[Word]
    carried: Callable[[Quote], Speaker | None]

    def speaker_of(
        self, quote: Quote, sayings: list[tuple[Saying, Speaker]], subject: Speaker | None
    ) -> tuple[Speaker | None, StatementKind | None]:
        """Return the speaker and the kind of a quotation; no kind for a mere term."""
        text = self.text
        whole = self._whole(quote)
        nearest = self._nearest(quote, sayings, whole=whole)
        if is_term(text, quote):
            return None, None
        if nearest is not None:
            return nearest, "direct" if whole else "fragment"
        if whole and subject is not None and self._behind_colon(quote):
            return subject, "direct"
        if whole:
            return self.carried(quote), "direct"
        if (
            len(bare_words(text, quote.span)) >= 6
            and subject is not None
            and self._has_speech_verb()
        ):
            return subject, "fragment"
        return None, None

    def _behind_colon(self, quote: Quote) -> bool:
        """Return whether a colon introduces a quotation: ``was less sanguine: “...”``."""
        return self.text[self.span[0] : quote.outer[0]].rstrip().endswith(":")

    def _has_speech_verb(self) -> bool:
        return any(word.low in words().speech for word in self.words)

    def _whole(self, quote: Quote) -> bool:
        """Return whether a quotation is a sentence of its own and not words inside another's."""
        text = self.text
        quoted = text[quote.span[0] : quote.span[1]]
        if not quoted:
            return False
        head = quote.outer[0] <= self.span[0] + 1
        first = next((char for char in quoted if char.isalnum()), "")
        ends = quoted[-1] in ".?!…,—–"
        after = text[quote.outer[1] : quote.outer[1] + 1]
        count = len(quoted.split())
        if not quote.closed or quote.follows:
            return True
        if head and (ends or after in (",", ".")):
            return True
        capital = first.isupper() or first.isdigit()
        return (capital and (ends or after in ".,") and count >= 3) or count >= 12

    def _nearest(
        self, quote: Quote, sayings: list[tuple[Saying, Speaker]], *, whole: bool
    ) -> Speaker | None:
        """Return the speaker of a quotation by its own sentence."""
        after = [entry for entry in sayings if self.words[entry[0].verb].start >= quote.outer[1]]
        before = [entry for entry in sayings if self.words[entry[0].verb].start < quote.outer[0]]
        close = next((entry for entry in after if self._at_quote(quote, entry[0])), None)
        if close is not None:
            return close[1]
        if not whole and self._is_scare(quote):
            return None
        strong = [entry for entry in before if self._governs(quote, entry[0], whole=whole)]
        if strong:
            return strong[-1][1]
        if not whole and len(bare_words(self.text, quote.span)) < 3:
            return None
        if after and (
            whole or quote.outer[0] <= self.span[0] + 1 or after[0][0].lemma not in words().weak
        ):
            return after[0][1]
        return None

    def _is_scare(self, quote: Quote) -> bool:
        """Return whether quotation marks only distance a word: ``the ‘instant’ sanctions``."""
        text = self.text
        if len(bare_words(text, quote.span)) > 1:
            return False
        if text[quote.span[1] - 1] in ".,!?":
            return False
        follows = text[quote.outer[1] : quote.outer[1] + 2]
        return follows[:1] == " " and follows[1:].isalpha()

    def _between(self, start: int, end: int) -> Sequence[Word]:
        """Return the words that begin between two offsets."""
        first = bisect_left(self.words, start, key=_START)
        return self.words[first : bisect_left(self.words, end, first, key=_START)]

    def _at_quote(self, quote: Quote, saying: Saying) -> bool:
        """Return whether a verb after a quotation belongs to it: only its subject is between."""
        between = self._between(quote.outer[1], self.words[saying.verb].start)
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

    def _governs(self, quote: Quote, saying: Saying, *, whole: bool) -> bool:
        """Return whether a verb before a quotation introduces it."""
        verb = self.words[saying.verb]
        between = self._between(verb.end, quote.outer[0])
        if between and between[0].low == "that":
            return len(between) <= 45
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
