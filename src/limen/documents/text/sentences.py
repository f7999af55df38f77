"""Sentences and words of a paragraph, with quotations masked so that only the telling is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from limen.documents.document import Span
from limen.documents.text.quotes import Quote
from limen.documents.text.vocabulary import words as vocabulary

#: Stands for every character of a quotation, so that offsets stay what they are.
MASK = "\ufffc"
#: Characters of the longest sentence that is read in one piece.
_LONGEST = 4_000
_BREAK = re.compile(rf"[.?!…]+[\"”’'»)\]]*(?=\s)|{MASK}(?=\s)|[:;](?=\s*\n)")
_NEXT = re.compile(r"\s+[\"“‘'«(\[]*[A-Z0-9\ufffcА-ЯЁІЇЄҐ]")
TOKEN = re.compile(
    rf"(?:[A-Za-z]\.){{2,}}|[^\W_]+(?:[-'’&/.](?=[^\W_])[^\W_]+)*|{MASK}+|[,;:()–—]|--|[.?!]"
)


class Word(NamedTuple):
    """A word or mark, with its place; ``low`` is folded, without a possessive ending."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def masked(text: str, start: int, end: int, quotes: Sequence[Quote]) -> str:
    """A paragraph with every quotation replaced by as many masks, marks included."""
    parts: list[str] = []
    at = start
    for quote in quotes:
        parts.append(text[at : quote.outer[0]])
        parts.append(MASK * (quote.outer[1] - quote.outer[0]))
        at = quote.outer[1]
    parts.append(text[at:end])
    return "".join(parts)


def sentences_in(told: str, text: str, start: int, quotes: Sequence[Quote] = ()) -> Iterator[Span]:
    """The sentences of a masked paragraph, as spans of the document.

    Args:
        told: the paragraph, masked; it begins at ``start`` of ``text``.
        text: the document's text, to see how a quotation ends.
        start: the paragraph's offset.
        quotes: the paragraph's quotations.
    """
    ends = {quote.outer[1] - start: quote for quote in quotes}
    begin = 0
    for found in _BREAK.finditer(told):
        at = found.end()
        if found.group()[0] == MASK:
            quote = ends.get(at)
            if quote is None or not _ends_sentence(told, text, quote, at):
                continue
        elif (not _NEXT.match(told, at) and found.group()[0] not in ":;") or (
            found.group().startswith(".") and _abbreviated(told, found.start())
        ):
            continue
        yield from _pieces(told, begin, at, start)
        begin = at
    yield from _pieces(told, begin, len(told), start)


def _pieces(told: str, begin: int, end: int, start: int) -> Iterator[Span]:
    """A sentence; a run of words that never ends, which is no prose, in pieces."""
    while end - begin > _LONGEST:
        cut = told.rfind(" ", begin + 1, begin + _LONGEST)
        cut = cut if cut > begin else begin + _LONGEST
        if told[begin:cut].strip():
            yield _span(told, begin, cut, start)
        begin = cut
    if told[begin:end].strip():
        yield _span(told, begin, end, start)


def _span(told: str, begin: int, end: int, start: int) -> Span:
    while told[begin].isspace():
        begin += 1
    while told[end - 1].isspace():
        end -= 1
    return start + begin, start + end


def _abbreviated(told: str, dot: int) -> bool:
    word = re.search(r"[^\s(\"“‘']+$", told[max(0, dot - 12) : dot])
    if word is None:
        return False
    low = word.group().lower()
    return low in vocabulary().abbreviations or (len(low) == 1 and low.isalpha() and low != "i")


_ATTRIBUTION = re.compile(
    rf"\s+(?:[A-Z][\w.’'-]*\s+|[a-z]+\s+){{0,6}}?(?:said|says|asked|asks|told|tells|wrote|added|replied|tweeted)\b[^{MASK}]*"
)


def _ends_sentence(told: str, text: str, quote: Quote, at: int) -> bool:
    """Whether a sentence ends with the quotation that ends here."""
    last = text[quote.span[1] - 1] if quote.span[1] > quote.span[0] else ""
    if last == "." or last == "…":
        return bool(_NEXT.match(told, at))
    if last in "?!—–-":
        return bool(_NEXT.match(told, at)) and not _ATTRIBUTION.match(told, at)
    return False


def words_in(told: str, span: Span, start: int) -> list[Word]:
    """The words and marks of a sentence; a quotation is one word of masks."""
    found: list[Word] = []
    for match in TOKEN.finditer(told, span[0] - start, span[1] - start):
        low = match.group().lower()
        joined = found and found[-1].end == match.start() + start
        if low == "." and joined and _abbreviated(told, match.start()):
            if len(found[-1].text) == 1:  # an initial is written with its stop
                found[-1] = found[-1]._replace(text=f"{found[-1].text}.", end=found[-1].end + 1)
            continue
        if low.endswith(("'s", "’s")):
            low = low[:-2]
        found.append(Word(match.group(), low, match.start() + start, match.end() + start))
    return found
