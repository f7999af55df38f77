"""Cut a paragraph into sentences and words, with its quotations masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from limen.documents.document import Span
from limen.documents.text.quotes import Quote
from limen.documents.text.vocabulary import words as vocabulary

#: Replaces every character of a quotation, so that offsets stay what they are.
MASK = "\ufffc"
#: Characters of the longest sentence that is read in one piece.
_LONGEST = 4_000
_BREAK = re.compile(rf"(?<![.?!…])[.?!…]++[\"”’'»)\]]*+(?=\s)|{MASK}(?=\s)|[:;](?=[^\S\n]*+\n)")
_NEXT = re.compile(r"\s+[\"“‘'«(\[]*[A-Z0-9\ufffcА-ЯЁІЇЄҐ]")
TOKEN = re.compile(
    rf"(?:[A-Za-z]\.){{2,}}|[^\W_]+(?:[-'’&/.](?=[^\W_])[^\W_]+)*|{MASK}+|[,;:()–—]|--|[.?!]"
)


class Word(NamedTuple):
    """Represents a word or mark; ``low`` is in small letters, without a possessive ending."""

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
    """Return a paragraph with every quotation replaced by as many masks, marks included."""
    parts: list[str] = []
    at = start
    for quote in quotes:
        parts.append(text[at : quote.outer[0]])
        parts.append(MASK * (quote.outer[1] - quote.outer[0]))
        at = quote.outer[1]
    parts.append(text[at:end])
    return "".join(parts)


def sentences_in(
    narration: str, text: str, start: int, quotes: Sequence[Quote] = ()
) -> Iterator[Span]:
    """Yield the sentences of a masked paragraph, as spans of the document.

    Args:
        narration: the paragraph, masked; it begins at ``start`` of ``text``.
        text: the document's text, to see how a quotation ends.
        start: the paragraph's offset.
        quotes: the paragraph's quotations.
    """
    ends = {quote.outer[1] - start: quote for quote in quotes}
    begin = 0
    for match in _BREAK.finditer(narration):
        at = match.end()
        if match.group()[0] == MASK:
            quote = ends.get(at)
            if quote is None or not _ends_sentence(narration, text, quote, at):
                continue
        elif (not _NEXT.match(narration, at) and match.group()[0] not in ":;") or (
            match.group().startswith(".") and _abbreviated(narration, match.start())
        ):
            continue
        yield from _pieces(narration, begin, at, start)
        begin = at
    yield from _pieces(narration, begin, len(narration), start)


def _pieces(narration: str, begin: int, end: int, start: int) -> Iterator[Span]:
    """Yield a sentence; a run of words that never ends, which is no prose, in pieces."""
    while end - begin > _LONGEST:
        cut = narration.rfind(" ", begin + 1, begin + _LONGEST)
        cut = cut if cut > begin else begin + _LONGEST
        if narration[begin:cut].strip():
            yield _span(narration, begin, cut, start)
        begin = cut
    if narration[begin:end].strip():
        yield _span(narration, begin, end, start)


def _span(narration: str, begin: int, end: int, start: int) -> Span:
    while narration[begin].isspace():
        begin += 1
    while narration[end - 1].isspace():
        end -= 1
    return start + begin, start + end


def _abbreviated(narration: str, dot: int) -> bool:
    word = re.search(r"[^\s(\"“‘']+$", narration[max(0, dot - 12) : dot])
    if word is None:
        return False
    low = word.group().lower()
    return low in vocabulary().abbreviations or (len(low) == 1 and low.isalpha() and low != "i")


_ATTRIBUTION = re.compile(
    rf"\s+(?:[A-Z][\w.’'-]*\s+|[a-z]+\s+){{0,6}}?(?:said|says|asked|asks|told|tells|wrote|added|replied|tweeted)\b[^{MASK}]*"
)


def _ends_sentence(narration: str, text: str, quote: Quote, at: int) -> bool:
    """Return whether a sentence ends with the quotation that ends here."""
    last = text[quote.span[1] - 1] if quote.span[1] > quote.span[0] else ""
    if last == "." or last == "…":
        return bool(_NEXT.match(narration, at))
    if last in "?!—–-":
        return bool(_NEXT.match(narration, at)) and not _ATTRIBUTION.match(narration, at)
    return False


def words_in(narration: str, span: Span, start: int) -> list[Word]:
    """Return the words and marks of a sentence; a quotation is one word of masks."""
    tokens: list[Word] = []
    for match in TOKEN.finditer(narration, span[0] - start, span[1] - start):
        low = match.group().lower()
        joined = tokens and tokens[-1].end == match.start() + start
        if low == "." and joined and _abbreviated(narration, match.start()):
            if len(tokens[-1].text) == 1:  # an initial is written with its stop
                tokens[-1] = tokens[-1]._replace(text=f"{tokens[-1].text}.", end=tokens[-1].end + 1)
            continue
        if low.endswith(("'s", "’s")):
            low = low[:-2]
        tokens.append(Word(match.group(), low, match.start() + start, match.end() + start))
    return tokens
