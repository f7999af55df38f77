"""Read a document: what it says of itself, who said what, which acts and events it names."""

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
from limen.documents.speech.statement_draft import SaidStatement
from limen.documents.speech.statements import statements_in
from limen.documents.text.cues import cues_of
from limen.documents.text.document_date import date_of
from limen.documents.text.layout import blocks_of, dateline_of
from limen.documents.text.quotes import quotes_in
from limen.documents.text.sentences import masked, sentences_in

_LATIN = re.compile(r"[A-Za-z]")
_OTHER = re.compile(r"[^\W\d_A-Za-zÀ-ɏ]")


def document_of(raw: Raw, name: str, data: bytes, *, on: date | None = None) -> Document:
    """A document from what a reader made of a file.

    Args:
        raw: the text and what the format says.
        name: how to call the file in evidence.
        data: its bytes, for the hash.
        on: the document's day, where the asker knows it.
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
    sample = text[:20_000]
    latin, other = len(_LATIN.findall(sample)), len(_OTHER.findall(sample))
    if other > latin:
        yield "statements are read in English only; most of this text is in another script"


def report_on(document: Document) -> DocumentReport:
    """What the document alone says; mentions and places are joined by the engine."""
    found = statements_in(document)
    direct = [each for each in found if each.kind != "reported"]
    reported = [each for each in found if each.kind == "reported"]
    return DocumentReport(
        document=_about(document),
        statements=_wired(document, direct),
        reported=_wired(document, reported),
        conditionals=tuple(_conditionals(document, found)),
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


def _wired(document: Document, found: Sequence[SaidStatement]) -> tuple[StatementFound, ...]:
    places = {each.span: number for number, each in enumerate(found)}
    return tuple(_statement(document, each, places) for each in found)


def _statement(document: Document, said: SaidStatement, places: dict[Span, int]) -> StatementFound:
    block = document.block_at(said.span[0])
    speaker = said.speaker
    return StatementFound(
        quote=document.text[slice(*said.span)],
        span=said.span,
        kind=said.kind,
        speaker=speaker.name if speaker else None,
        role=speaker.role if speaker else "",
        attribution=speaker.attribution if speaker else None,
        said_on=str(said.said_on) if said.said_on else None,
        said_basis=said.said_basis if said.said_on else "",
        channel=said.channel,
        reading=proposed(said.reading) if said.reading else None,
        context=said.context,
        page=block.page,
        paragraph=block.paragraph,
        continues=places.get(said.continues) if said.continues else None,
    )


def proposed(found: Conditional) -> ProposedReading:
    """A conditional as a proposed reading."""
    return ProposedReading(
        condition=found.condition,
        consequence=found.consequence,
        polarity=found.polarity,
        qualifiers=found.qualifiers,
        cue=found.mark,
    )


def _further(document: Document, said: SaidStatement) -> Iterator[ConditionalFound]:
    """The conditionals of somebody's words behind the first, which is the statement's reading."""
    text = document.text
    spans = sentences_in(text[slice(*said.span)], text, said.span[0])
    every = ((span, each) for span in spans for each in conditionals_in(text, *span))
    for span, each in islice(every, 1, None):
        yield ConditionalFound(text=text[slice(*span)], span=span, reading=proposed(each))


def _conditionals(document: Document, found: Sequence[SaidStatement]) -> Iterator[ConditionalFound]:
    """The conditionals that no statement carries: nobody's, and the further ones of somebody."""
    for said in found:
        if said.reading is not None and said.kind in ("direct", "utterance"):
            yield from _further(document, said)
    taken = {each.context for each in found}
    turns = {document.block_at(each.span[0]).start for each in found if each.kind == "utterance"}
    text = document.text
    for block in document.passages():
        if block.start in turns:
            continue
        quotes = list(quotes_in(text, *block.span))
        told = masked(text, *block.span, quotes)
        for span in sentences_in(told, text, block.start, quotes):
            if span in taken:
                continue
            for conditional in conditionals_in(told, span[0] - block.start, span[1] - block.start):
                yield ConditionalFound(
                    text=text[slice(*span)], span=span, reading=proposed(conditional)
                )
