"""Read a document into a report: its statements, conditionals, acts and events."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from limen.documents.conditions.conditionals import Conditional, conditionals_in
from limen.documents.document import Document, Raw, Span
from limen.documents.facts.events import events_in
from limen.documents.facts.measures import acts_in
from limen.documents.report import (
    About,
    ConditionalFound,
    DocumentReport,
    EventFound,
    MeasureFound,
    Passage,
    ProposedReading,
    StatementFound,
)
from limen.documents.speech.statement_draft import StatementDraft
from limen.documents.speech.statements import statements_in
from limen.documents.text.cues import cues_of
from limen.documents.text.document_date import date_of
from limen.documents.text.layout import blocks_of, dateline_of
from limen.documents.text.lost_letters import lost_letters
from limen.documents.text.quotes import quotes_in
from limen.documents.text.sentences import masked, sentences_in

_LATIN = re.compile(r"[A-Za-z]")
_OTHER = re.compile(r"[^\W\d_A-Za-zÀ-ɏ]")
#: Three lines or more of base64, as mails and keys have it, or one that is longer than any word.
_ENCODED = re.compile(r"(?:^[A-Za-z0-9+/]{60,}={0,2}\s?$\n?){3,}|[A-Za-z0-9+/]{400,}", re.MULTILINE)


def document_of(raw: Raw, name: str, data: bytes, *, on: date | None = None) -> Document:
    """Return the document of a file's text.

    Args:
        raw: the text and what the format says.
        name: how to call the file in evidence.
        data: its bytes, for the hash.
        on: the document's day, where the caller knows it.
    """
    blocks = blocks_of(raw)
    cues = cues_of(raw.text)
    line = dateline_of(raw.text, blocks)
    title = raw.title or next(
        (raw.text[block.start : block.end] for block in blocks if block.kind == "heading"), ""
    )
    return Document(
        name=name,
        media=raw.media,
        text=raw.text,
        blocks=blocks,
        dated=date_of(raw, blocks, cues, on),
        sha256=hashlib.sha256(data).hexdigest(),
        cues=cues,
        title=title,
        dateline=line.group().strip(" -–—") if line else "",
        pages=max((block.page or 0 for block in blocks), default=0) or None,
        limitations=(*raw.limitations, *_limits(raw.text)),
    )


def _limits(text: str) -> Iterator[str]:
    if not text.strip():
        yield "the document has no text"
        return
    encoded = _ENCODED.search(text)
    if encoded is not None:
        line = text.count("\n", 0, encoded.start()) + 1
        yield f"line {line}: what is encoded there could not be read"
    yield from lost_letters(text)
    sample = text[:20_000]
    latin, other = len(_LATIN.findall(sample)), len(_OTHER.findall(sample))
    if other > latin:
        yield "statements are read in English only; most of this text is in another script"


def report_on(document: Document) -> DocumentReport:
    """Return the report of a document alone; the engine joins mentions and places."""
    drafts = statements_in(document)
    direct = [draft for draft in drafts if draft.kind != "reported"]
    reported = [draft for draft in drafts if draft.kind == "reported"]
    return DocumentReport(
        document=_about(document),
        statements=_wired(document, direct),
        reported=_wired(document, reported),
        conditionals=tuple(_conditionals(document, drafts)),
        mentions=None,
        places=None,
        measures=tuple(
            MeasureFound(text=act.text, span=act.span, kind=act.kind, key=act.key)
            for act in acts_in(document)
        ),
        events=tuple(
            EventFound(
                text=event.text, span=event.span, kind=event.kind, words=event.words,
                happened=str(event.happened) if event.happened else None,
            )
            for event in events_in(document)
        ),
    )  # fmt: skip


def _about(document: Document) -> About:
    dated = document.dated
    return About(
        name=document.name,
        media=document.media,
        sha256=document.sha256,
        title=document.title,
        dateline=document.dateline,
        date=dated.day.isoformat() if dated.day else None,
        date_basis=dated.basis,
        date_why=dated.why,
        characters=len(document.text),
        words=document.cues.words,
        pages=document.pages,
        passages=tuple(
            Passage(kind=block.kind, span=block.span, page=block.page) for block in document.blocks
        ),
        limitations=document.limitations,
    )


def _wired(document: Document, drafts: Sequence[StatementDraft]) -> tuple[StatementFound, ...]:
    places = {draft.span: number for number, draft in enumerate(drafts)}
    return tuple(_statement(document, draft, places) for draft in drafts)


def _statement(
    document: Document, draft: StatementDraft, places: dict[Span, int]
) -> StatementFound:
    block = document.block_at(draft.span[0])
    speaker = draft.speaker
    return StatementFound(
        quote=document.text[slice(*draft.span)],
        span=draft.span,
        kind=draft.kind,
        speaker=speaker.name if speaker else None,
        role=speaker.role if speaker else "",
        attribution=speaker.attribution if speaker else None,
        said_on=str(draft.day) if draft.day else None,
        said_basis=draft.day_basis if draft.day else "",
        channel=draft.channel,
        reading=proposed(draft.reading) if draft.reading else None,
        context=draft.context,
        page=block.page,
        paragraph=block.paragraph,
        continues=places.get(draft.continues) if draft.continues else None,
    )


def proposed(conditional: Conditional) -> ProposedReading:
    """Return a conditional as a proposed reading."""
    return ProposedReading(
        condition=conditional.condition,
        consequence=conditional.consequence,
        polarity=conditional.polarity,
        qualifiers=conditional.qualifiers,
        cue=conditional.mark,
    )


def _further(document: Document, draft: StatementDraft) -> Iterator[ConditionalFound]:
    """Yield a statement's conditionals after the first, which is its reading."""
    text = document.text
    spans = sentences_in(text[slice(*draft.span)], text, draft.span[0])
    every = ((span, conditional) for span in spans for conditional in conditionals_in(text, *span))
    for span, conditional in islice(every, 1, None):
        yield ConditionalFound(text=text[slice(*span)], span=span, reading=proposed(conditional))


def _conditionals(
    document: Document, drafts: Sequence[StatementDraft]
) -> Iterator[ConditionalFound]:
    """Yield the conditionals without a speaker, and a statement's further ones."""
    for draft in drafts:
        if draft.reading is not None and draft.kind in ("direct", "utterance"):
            yield from _further(document, draft)
    taken = {draft.context for draft in drafts}
    turns = {
        document.block_at(draft.span[0]).start for draft in drafts if draft.kind == "utterance"
    }
    text = document.text
    for block in document.passages():
        if block.start in turns:
            continue
        quotes = list(quotes_in(text, *block.span))
        narration = masked(text, *block.span, quotes)
        for span in sentences_in(narration, text, block.start, quotes):
            if span in taken:
                continue
            for conditional in conditionals_in(
                narration, span[0] - block.start, span[1] - block.start
            ):
                yield ConditionalFound(
                    text=text[slice(*span)], span=span, reading=proposed(conditional)
                )
