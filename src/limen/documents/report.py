"""The report of a document, as it goes over the wire.

``docs/schemas/document.schema.json`` is generated from here. Every ``span`` is a pair of
character offsets into the document's text, the end exclusive, and ``text[start:end]`` is the
``quote`` or ``text`` of the same record. Days are ISO days, or months and years where the text
gives no more.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Span = tuple[int, int]
SCHEMA_VERSION = "1"


class Wire(msgspec.Struct, frozen=True, kw_only=True):
    """Represents a record of the report."""


class Passage(Wire, frozen=True, kw_only=True):
    """Represents a paragraph and its kind; ``page`` only where the format has pages."""

    kind: Literal[
        "heading", "byline", "dateline", "caption", "credit", "boilerplate", "question", "body"
    ]
    span: Span
    page: int | None


class About(Wire, frozen=True, kw_only=True):
    """Represents the document: its day and how that is known, and what could not be read."""

    name: str
    media: str
    sha256: str
    title: str
    dateline: str
    date: str | None
    date_basis: Literal["asked", "stated", "dateline", "inferred", "unknown"]
    date_why: str
    characters: int
    words: int
    pages: int | None
    passages: tuple[Passage, ...]
    limitations: tuple[str, ...]


class Known(Wire, frozen=True, kw_only=True):
    """Represents a known statement of the regime files, and its relation to this one.

    ``relation`` is ``"same"``, ``"contradicts"`` or ``"speaks_to_same_trigger"``; ``likeness``
    is the share of its quote that this one has, 0 to 1.
    """

    statement: str
    relation: Literal["same", "contradicts", "speaks_to_same_trigger"]
    likeness: float
    why: str


class ProposedReading(Wire, frozen=True, kw_only=True):
    """Represents a conditional proposed for review: it decides nothing before it is accepted.

    ``polarity`` is ``"negative"`` where the consequence is denied. ``triggers`` are those it may
    speak to, the likeliest first; ``cue`` is the word or form that makes it a condition.
    """

    condition: str
    consequence: str
    polarity: Literal["positive", "negative"]
    qualifiers: tuple[str, ...]
    cue: str
    triggers: tuple[str, ...] = ()


class StatementFound(Wire, frozen=True, kw_only=True):
    """Represents a statement: the quote, its place, its speaker, day and channel.

    ``kind`` is ``"direct"``, ``"fragment"`` (quoted words inside a reported sentence),
    ``"utterance"`` (a transcript's turn) or ``"reported"`` (speech without quotation).
    ``said_basis`` says what the day rests on. ``continues`` is the place in the list of the
    statement that this one goes on with. ``matches`` are statements of the regime files.
    """

    quote: str
    span: Span
    kind: Literal["direct", "fragment", "utterance", "reported"]
    speaker: str | None
    role: str
    attribution: Literal["named", "anonymous", "institutional"] | None
    said_on: str | None
    said_basis: str
    channel: str | None
    reading: ProposedReading | None
    context: Span
    page: int | None
    paragraph: int
    continues: int | None = None
    matches: tuple[Known, ...] = ()


class ConditionalFound(Wire, frozen=True, kw_only=True):
    """Represents a conditional without a speaker: the clause of an act, or a report's analysis."""

    text: str
    span: Span
    reading: ProposedReading


class ListedAs(Wire, frozen=True, kw_only=True):
    """Represents a listed party that a mention may be, as of the document's day and the query's.

    The levels are ``"hit"``, ``"review"`` or ``None`` (not listed on that day, as far as the lists
    can say). ``listed_basis`` is what ``listed_from`` rests on: ``"publisher"``, ``"first_seen"``,
    ``"on_or_before"``, or empty where there is no day. ``party_id`` is that of the party that the
    record is of.
    """

    id: str
    party_id: str = ""
    caption: str
    schema: str
    score: float
    on_document_date: Literal["hit", "review"] | None
    on_as_of: Literal["hit", "review"] | None
    listed_from: str | None
    listed_basis: str
    programmes: tuple[str, ...]


class MentionPlace(Wire, frozen=True, kw_only=True):
    """Represents one place of a chain of mentions."""

    text: str
    span: Span


class MentionFound(Wire, frozen=True, kw_only=True):
    """Represents a mention of a listed party; ``chain`` has every place, the fullest text first."""

    text: str
    span: Span
    chain: tuple[MentionPlace, ...]
    parties: tuple[ListedAs, ...]


class PlaceFound(Wire, frozen=True, kw_only=True):
    """Represents a place that is named, and each authority's outcome for it on the as-of day."""

    text: str
    span: Span
    outcomes: dict[str, str]
    territories: tuple[str, ...]


class MeasureFound(Wire, frozen=True, kw_only=True):
    """Represents a measure or act that is named; ``known`` are measures of the regime files."""

    text: str
    span: Span
    kind: str
    key: str | None
    known: tuple[str, ...] = ()


class EventFound(Wire, frozen=True, kw_only=True):
    """Represents a reported event; ``known`` are events of the regime files that it may be."""

    text: str
    span: Span
    kind: str
    words: str
    happened: str | None
    known: tuple[str, ...] = ()


class DocumentReport(Wire, frozen=True, kw_only=True):
    """Represents everything read from one document.

    ``statements`` are quoted words; ``reported`` are statements without quotation marks.
    ``mentions`` and ``places`` are ``None`` where nothing was there to compare with, which is
    not the same as empty.
    """

    schema_version: Literal["1"] = "1"
    document: About
    statements: tuple[StatementFound, ...]
    reported: tuple[StatementFound, ...]
    conditionals: tuple[ConditionalFound, ...]
    mentions: tuple[MentionFound, ...] | None
    places: tuple[PlaceFound, ...] | None
    measures: tuple[MeasureFound, ...]
    events: tuple[EventFound, ...]
