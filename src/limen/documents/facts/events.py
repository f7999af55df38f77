"""Find events that a text reports outside quotations: what happened, and on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from limen.documents.document import Document, Span
from limen.documents.text.dates import dates_near_cues
from limen.documents.text.layout import LABEL
from limen.documents.text.quotes import quotes_in
from limen.documents.text.sentences import masked, sentences_in
from limen.documents.text.vocabulary import words
from limen.model import PartialDate


@dataclass(frozen=True, slots=True)
class EventMention:
    """Represents a sentence that reports an event; ``words`` are those that name it."""

    kind: str
    text: str
    span: Span
    words: str
    happened: PartialDate | None


_KINDS: tuple[tuple[str, str], ...] = (
    (
        "signature",
        (
            r"(?:sign(?:ed|s|ing)|issu(?:ed|es))\b[^.]{0,40}\b(?:executive order|decrees?|law|"
            r"order|treat(?:y|ies)|general licen[cs]es?|directive)"
        ),
    ),
    (
        "recognition",
        (
            r"recogni[sz](?:ed|es|ing|e)\b[^.]{0,80}\b(?:independen\w+|republics?|regions?|"
            r"territor\w+|breakaway|sovereignty)|recognition of\b|declared independence"
        ),
    ),
    (
        "order",
        (
            r"(?:order(?:ed|s)|instruct(?:ed|s)|decision to send|decided to "
            r"send)\b[^.]{0,60}\b(?:troops|forces|army|military)"
        ),
    ),
    (
        "movement",
        (
            r"(?:troops|forces|tanks|convoys?|columns?|units|soldiers|"
            r"vehicles)\b[^.]{0,40}\b(?:mov(?:ed|ing)|enter(?:ed|ing)|cross(?:ed|ing)|roll(?:ed|"
            r"ing)|deployed|arriv(?:ed|ing))"
        ),
    ),
    (
        "invasion",
        (
            r"(?:invaded|launched (?:an?|its|the) (?:\w+[ -]){0,3}(?:invasion|attack|assault|"
            r"offensive)|invasion began|began (?:its|the|an?) (?:\w+[ -]){0,2}invasion)"
        ),
    ),
    ("annexation", r"annex(?:ed|ation of)"),
    (
        "authorisation",
        (
            r"(?:authori[sz]ed|approved|ratified|consented to)\b[^.]{0,60}\b(?:force|treat(?:y|"
            r"ies)|deployment|troops|bill|resolution)"
        ),
    ),
    (
        "measure",
        (
            r"(?:impos(?:ed|es|ing)|announc(?:ed|es|ing)|adopt(?:ed|s)|introduc(?:ed|es)|"
            r"agreed)\b[^.]{0,60}\b(?:sanctions?|measures|embargo|asset freeze|export controls|"
            r"package|restrictions)"
        ),
    ),
    (
        "designation",
        (
            r"(?:designat(?:ed|es)|sanctioned|blacklisted|added\b[^.]{0,60}\bto (?:its|the|their) "
            r"(?:\w+ ){0,3}(?:list|sanctions)|froze(?:n)? the assets)"
        ),
    ),
    (
        "removal",
        (
            r"(?:lift(?:ed|s)|eas(?:ed|es)|removed|delisted|revoked)\b[^.]{0,50}\b(?:sanctions?|"
            r"measures|list|designation|restrictions|licen[cs]e)"
        ),
    ),
    (
        "missile_test",
        (
            r"(?:test[- ]fired|launched|tested)\b[^.]{0,40}\b(?:missiles?|nuclear device|rocket)"
        ),
    ),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_NOT_YET = re.compile(
    (
        r"\b(?:if|should|would|could|may|might|will|unless|threat(?:en\w*)?|plans? to|"
        r"considering|not)\b[^.]{0,40}$"
    ),
    re.IGNORECASE,
)


def events_in(document: Document) -> Iterator[EventMention]:
    """Yield every event that the document itself reports; a supposed one is none."""
    text = document.text
    for block in document.passages():
        if not document.cues.any("event", *block.span) or LABEL.match(text, *block.span):
            continue
        quotes = list(quotes_in(text, *block.span))
        narration = masked(text, *block.span, quotes)
        for span in sentences_in(narration, text, block.start, quotes):
            if document.cues.any("event", *span):
                yield from _in_sentence(document, narration, block.start, span)


def _in_sentence(
    document: Document, narration: str, start: int, span: Span
) -> Iterator[EventMention]:
    text, today = document.text, document.dated.day
    low, high = span[0] - start, span[1] - start
    sentence, stems = narration[low:high].lower(), words().event_stems
    for kind, pattern in _COMPILED:
        if not any(stem in sentence for stem in stems[kind]):
            continue
        match = pattern.search(narration, low, high)
        if match is None or _NOT_YET.search(narration, low, match.start()):
            continue
        whens = dates_near_cues(text, document.cues, span, today)
        when = next((date for date in whens if date.date and not date.ahead), None)
        yield EventMention(
            kind, text[slice(*span)], span, match.group(), when.date if when else None
        )
