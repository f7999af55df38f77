"""The records of reading statements: a statement, and what is remembered between sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from limen.documents.conditions.conditionals import Conditional
from limen.documents.document import Span
from limen.documents.speech.speakers import Speaker
from limen.model import PartialDate

StatementKind = Literal["direct", "fragment", "utterance", "reported"]


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """Represents a statement of a document.

    Attributes:
        kind: ``"direct"`` (a quoted sentence), ``"fragment"`` (quoted words inside a reported
            sentence), ``"utterance"`` (a transcript's turn), ``"reported"`` (no quotation).
        span: of the words, without quotation marks.
        context: the sentence or sentences that report it.
        day: the day of speaking, as far as the text gives it.
        day_basis: ``"sentence"``, ``"narrative"`` (the day last mentioned), ``"document"``.
        continues: the span of the statement that this one goes on with.
    """

    kind: StatementKind
    span: Span
    context: Span
    speaker: Speaker | None
    channel: str | None
    day: PartialDate | None
    day_basis: str
    reading: Conditional | None
    continues: Span | None = None


@dataclass(slots=True)
class Frame:
    """Represents what the text has established so far."""

    speaker: Speaker | None = None
    last: StatementDraft | None = None
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
