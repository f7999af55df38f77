"""Recognise quotation marks that hold no statement: defined terms, titles, scare quotes."""

from __future__ import annotations

import re

from limen.documents.document import Span
from limen.documents.text.quotes import Quote


def is_term(text: str, quote: Quote) -> bool:
    """Return whether marks hold a defined term or a title: ``(the "Company")``, ``"X" means``."""
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


def bare_words(text: str, span: Span) -> list[str]:
    """Return the words of a span."""
    return text[span[0] : span[1]].split()
