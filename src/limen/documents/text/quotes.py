"""Find quotations: American, British, nested, continued, of any style.

Marks are paired inside a paragraph, the outermost pair being the quotation. Where a paragraph
opens a quotation and does not close it, the quotation runs to its end and may go on in the
next paragraph, which then begins with a mark of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from limen.documents.document import Span

#: Opening mark -> what closes it.
_PAIRS = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』", "‟": "”", "《": "》"}
_MARKS = re.compile("[\"'“”‘’«»„‟「」『』]|``|''")
_TURNS = re.compile("[“”‘]")
_ELISION = re.compile(
    r"[’'‘](?:\d0s\b|tis\b|twas\b|em\b|til\b|cause\b|n[’']\b|round\b)", re.IGNORECASE
)
_BEFORE_OPENING = frozenset(" \t\n\r\u00a0([{—–-/“\"‘'«„…:;,")
_STOPS = frozenset(",.?!…;—–-")


@dataclass(frozen=True, slots=True)
class Quote:
    """Represents a quotation.

    ``span`` is inside the marks and ``outer`` with them; an unclosed quotation ends with its
    paragraph and has no closing mark. ``follows`` is whether it continues the paragraph before.
    """

    span: Span
    outer: Span
    closed: bool = True
    follows: bool = False


def quotes_in(text: str, start: int, end: int, *, open_before: bool = False) -> Iterator[Quote]:
    """Yield the outermost quotations of one paragraph, in order.

    Args:
        text: the document's text.
        start: where the paragraph begins.
        end: where it ends.
        open_before: whether the paragraph before left a quotation open.
    """
    at = start
    unclosed: dict[str, int] = {}  # closing single mark -> up to where none closes
    while found := _MARKS.search(text, at, end):
        mark, where = found.group(), found.start()
        closes = _opens(text, mark, where, start, end)
        if closes is None or where < unclosed.get(closes, start):
            at = found.end()
            continue
        close = _closing(text, closes, found.end(), end)
        follows = open_before and not text[start:where].strip()
        if close is None and (mark in "'‘" and not _runs_on(text, found.end(), end, start, where)):
            at = found.end()
            # up to the next of these marks, a search from any place finds the same: nothing
            turn = _TURNS.search(text, at, end)
            unclosed[closes] = turn.start() if turn else end
            continue
        if close is None:
            stop = _trimmed(text, found.end(), end)
            yield Quote((found.end(), stop), (where, stop), closed=False, follows=follows)
            return
        inside = _stripped(text, found.end(), close[0])
        yield Quote(inside, (where, close[1]), follows=follows)
        at = close[1]


def _opens(text: str, mark: str, where: int, start: int, end: int) -> str | None:
    """Return what would close a quotation that this mark opens; ``None`` where it opens none."""
    if mark in _PAIRS:
        return _PAIRS[mark]
    before = text[where - 1] if where > start else " "
    after = text[where + len(mark)] if where + len(mark) < end else " "
    if mark == "``":
        return "''"
    if mark == '"':
        return '"' if before in _BEFORE_OPENING and not after.isspace() else None
    if mark == "”" and before in " \n\t(" and not after.isspace():
        return "”"  # some machines write only closing marks
    if mark in "'‘" and before in _BEFORE_OPENING and (after.isalnum() or after in '“"[…$£€'):
        return None if _ELISION.match(text, where) else ("’" if mark == "‘" else "'")
    return None


def _closing(text: str, closes: str, at: int, end: int) -> Span | None:
    if closes in "’'":
        return _closing_single(text, closes, at, end)
    if closes == '"':
        return _closing_straight(text, at, end)
    opening = next((mark for mark, pair in _PAIRS.items() if pair == closes), "")
    depth = 0
    for found in re.compile(f"[{re.escape(closes + opening)}]").finditer(text, at, end):
        if found.group() == opening and found.group() not in closes:
            if not _reopens(text, found.start(), at):
                depth += 1
            continue
        if depth == 0:
            return found.span()
        depth -= 1
    return None


def _reopens(text: str, where: int, at: int) -> bool:
    """Return whether an opening mark repeats itself at the head of a line inside one quotation."""
    return where > at and text[where - 1] == "\n"


def _closing_straight(text: str, at: int, end: int) -> Span | None:
    """Return the straight mark that closes: one that does not open, as before a letter does."""
    depth = 0
    for found in re.compile('"').finditer(text, at, end):
        where = found.start()
        before = text[where - 1]
        after = text[where + 1] if where + 1 < end else " "
        if before.isspace() and not after.isspace():
            depth += 1
        elif depth:
            depth -= 1
        else:
            return found.span()
    return None


def _closing_single(text: str, closes: str, at: int, end: int) -> Span | None:
    """Return the single mark that closes: the first after punctuation, else the first after a word.

    An apostrophe inside a word never closes; a plural possessive (``the allies’ position``)
    yields to a later mark that does.
    """
    inner = 0
    plain: list[Span] = []
    marks = re.compile("[“”‘" + closes + "]")
    for found in marks.finditer(text, at, end):
        mark, where = found.group(), found.start()
        if mark in "“”":
            inner += 1 if mark == "“" else -1
            continue
        before = text[where - 1]
        after = text[where + 1] if where + 1 < end else " "
        opens = before in _BEFORE_OPENING and after.isalnum()
        if opens and inner <= 0 and (mark == "‘" or plain):
            break
        if mark == "‘" or opens or after.isalnum() or before.isspace() or inner > 0:
            continue
        if before in _STOPS or before in '”")]':
            return plain[0] if plain and _sentence_ended(text, plain[0], where) else found.span()
        plain.append(found.span())
    return _best_plain(text, plain)


def _sentence_ended(text: str, first: Span, where: int) -> bool:
    """Return whether the quotation ended before: ``‘gambit’, the ...``."""
    follows = text[first[1] : first[1] + 1]
    return follows in ",.;)" and text[first[0] - 1] != "s" and where - first[1] > 0


def _best_plain(text: str, plain: list[Span]) -> Span | None:
    if not plain:
        return None
    first = plain[0]
    possessive = text[first[0] - 1] == "s" and re.match(r" [a-z]", text[first[1] : first[1] + 2])
    if possessive and len(plain) > 1:
        return plain[1]
    return first


def _runs_on(text: str, at: int, end: int, start: int, where: int) -> bool:
    """Return whether a single mark that is never closed opens a quotation of several paragraphs."""
    return not text[start:where].strip() and end - at > 80 and text[end - 1] in ".?!"


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _trimmed(text: str, start: int, end: int) -> int:
    return _stripped(text, start, end)[1]
