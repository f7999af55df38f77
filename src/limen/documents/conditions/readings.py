"""Find the conditional in quoted words, and in the sentence around a few quoted words."""

from __future__ import annotations

import re
from dataclasses import replace

from limen.documents.conditions.conditionals import Conditional, conditionals_in
from limen.documents.document import Span
from limen.documents.text.quotes import Quote
from limen.documents.text.sentences import sentences_in


def reading_in(text: str, start: int, end: int) -> Conditional | None:
    """Return the first conditional of a stretch of text."""
    for span in sentences_in(text[start:end], text, start):
        for conditional in conditionals_in(text, *span):
            return conditional
    return None


def fragment_reading(text: str, span: Span, quote: Quote) -> Conditional | None:
    """Return the conditional of a sentence that some quoted words are part of."""
    starts = dict.fromkeys((_clause_start(text, span, quote), _after_that(text, span, quote)))
    readings = (_clause_reading(text, (start, span[1]), quote) for start in starts)
    return next((conditional for conditional in readings if conditional is not None), None)


def _clause_reading(text: str, span: Span, quote: Quote) -> Conditional | None:
    """Return the conditional of a clause, quotation marks left out, that a fragment is part of."""
    start = span[0]
    opened, closed = quote.outer[0] - start, quote.outer[1] - start - quote.closed
    clause = text[start : span[1]]
    clause = f"{clause[:opened]} {clause[opened + 1 : closed]} {clause[closed + 1 :]}"
    clause = _MARKS.sub(" ", clause)
    conditional = next(conditionals_in(clause, 0, len(clause)), None)
    if conditional is None:
        return None
    quoted = " ".join(text[quote.span[0] : quote.span[1]].split()).strip(" ,.;:?!")
    words_of = quoted.removeprefix(conditional.mark).strip()
    if words_of not in f"{conditional.condition} {conditional.consequence}":
        return None
    condition = _PARTICIPLE.sub("", conditional.condition)
    return replace(conditional, span=(start, span[1]), condition=condition)


_MARKS = re.compile('[“”"«»]')
_PARTICIPLE = re.compile(r"^(?:\w+ing|\w+ed|said|says)\s+(?:that\s+)?(?:an?\s+|the\s+)?(?=\w)")


def _after_that(text: str, span: Span, quote: Quote) -> int:
    """Return where a reported clause begins: ``He warned that if any forces cross, ...``."""
    cut = text.rfind(" that ", span[0], quote.outer[0])
    return cut + len(" that ") if cut >= 0 else _clause_start(text, span, quote)


def _clause_start(text: str, span: Span, quote: Quote) -> int:
    """Return where the clause of a fragment begins: after the last comma before it."""
    cut = max(text.rfind(mark, span[0], quote.outer[0]) for mark in (",", ";", " that "))
    if cut <= span[0]:
        return span[0]
    return cut + (6 if text[cut] == " " else 1)
