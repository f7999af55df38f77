"""The conditional in somebody's words, and in the telling around a few of them."""

from __future__ import annotations

import re
from dataclasses import replace

from limen.documents.conditions.conditionals import Conditional, conditionals_in
from limen.documents.document import Span
from limen.documents.text.quotes import Quote
from limen.documents.text.sentences import sentences_in


def reading_in(text: str, start: int, end: int) -> Conditional | None:
    """The first conditional of somebody's words."""
    for span in sentences_in(text[start:end], text, start):
        for found in conditionals_in(text, *span):
            return found
    return None


def fragment_reading(text: str, span: Span, quote: Quote) -> Conditional | None:
    """A conditional of the telling that the quoted words are part of."""
    starts = dict.fromkeys((_clause_start(text, span, quote), _after_that(text, span, quote)))
    readings = (_told_reading(text, (start, span[1]), quote) for start in starts)
    return next((found for found in readings if found is not None), None)


def _told_reading(text: str, span: Span, quote: Quote) -> Conditional | None:
    """The conditional of a clause, quotation marks left out, that a fragment is part of."""
    start = span[0]
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


def _after_that(text: str, span: Span, quote: Quote) -> int:
    """Where the clause begins that is told of: ``He warned that if any forces cross, ...``."""
    cut = text.rfind(" that ", span[0], quote.outer[0])
    return cut + len(" that ") if cut >= 0 else _clause_start(text, span, quote)


def _clause_start(text: str, span: Span, quote: Quote) -> int:
    """Where the clause begins that a fragment stands in: behind the last comma before it."""
    cut = max(text.rfind(mark, span[0], quote.outer[0]) for mark in (",", ";", " that "))
    if cut <= span[0]:
        return span[0]
    return cut + (6 if text[cut] == " " else 1)
