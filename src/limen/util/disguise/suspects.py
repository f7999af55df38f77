"""Find the stretches of a long text that may be disguised or damaged.

Here a text of any length is searched fast for what :func:`~limen.util.disguise.repair.repair`
could undo in it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from limen.util.disguise.decode import ENTITY, MOJIBAKE, PERCENT
from limen.util.disguise.look_alikes import LETTERS
from limen.util.disguise.repair import INVISIBLE
from limen.util.disguise.spacing import MARKS

#: A whole word of look-alikes next to a Latin word; behind its first letter.
_ALIKE_WORD = (
    f"(?:(?<=[A-Za-z][ ,.].)[{LETTERS}]+(?![^\\W_])|(?<![^\\W_].)[{LETTERS}]+(?=[ ,.][A-Za-z]))"
)
#: Letters of other widths and styles; signs such as the numero and trade mark are written so.
_OTHER_SHAPES = (
    "\u2102-\u2115\u2117-\u2121\u2123-\u214f\u2460-\u24e9\ufb00-\ufb06"
    "\uff10-\uff5a\U0001d400-\U0001d7ff"
)
#: A digit inside a word, before three letters or, behind a hyphen, two; or behind three letters.
_DIGIT_IN_WORD = (
    r"[0134578](?:(?<=[^\W\d_]\d)(?=-?[^\W\d_])|(?<![^\W_]\d)(?=[^\W\d_]{3})"
    r"|(?<=-\d)(?=[^\W\d_]{2})|(?<=[^\W\d_]{3}\d)(?!\w))"
)
_CAPITALS = string.ascii_uppercase + "".join(map(chr, range(0x400, 0x430)))
#: A mark between two of three single letters: ``P.u.t.i.n``.
_MARKED_OUT = (
    rf"[{re.escape(MARKS)}](?<=[^\W_].)(?<![^\W_]{{2}}.)"
    rf"(?=[^\W_][{re.escape(MARKS)}][^\W_](?![^\W_]))"
)
#: What shows inside a text that something may have been done to it, by the characters without
#: which it cannot be there (none: a text that is not ASCII alone). Each pattern begins with a set
#: of characters, by which a long text is searched fast.
_MARKS = tuple(
    (needed, re.compile(pattern))
    for needed, pattern in (
        ("&", ENTITY.pattern),
        ("<", r"</?[a-zA-Z][^<>@\n]{0,60}>"),
        ("%", PERCENT.pattern),
        ("+", r"\+(?<=[\w.,]\+)(?=\w)"),
        ("?", r"\?(?<=[^\W\d_]\?)(?=[^\W\d_])"),
        ("0134578", _DIGIT_IN_WORD),
        ("\\", r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})"),
        ("=", r"=(?:[0-9A-F]{2}|\?[\w-]+\?[bBqQ]\?)"),
        (MARKS, _MARKED_OUT),
        (
            _CAPITALS,
            r"[A-Z\u0400-\u042f](?:(?<=[a-z\u0430-\u045f]{2}.)|(?<=[A-Z]{3}.)(?=[a-z]{2}))",
        ),
        ("", f"{INVISIBLE.pattern[:-1]}\u200c\u200d\ufffd{_OTHER_SHAPES}]"),
        ("", MOJIBAKE.pattern),
        ("", f"[{LETTERS}](?:(?<=[A-Za-z].)|(?=[A-Za-z])|{_ALIKE_WORD})"),
    )
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
#: A row of single characters behind a blank, and what an override turns round.
_ROW = re.compile(r"\s\S(?:[^\S\n]+\S(?!\S)){4,}")
_TURNED = re.compile("[\u202d\u202e\u2066\u2067][^\u202c\u2069\n]{1,400}[\u202c\u2069]?")
_DAMAGED = re.compile(f"\ufffd|\\?(?<=[^\\W\\d_]\\?)(?=[^\\W\\d_])|(?:{MOJIBAKE.pattern}){{2}}")


def suspects(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that :func:`repair` may read otherwise, words whole.

    They may overlap, and come in no order.

    Args:
        text: any length of it.
    """
    ascii_alone = text.isascii()
    for needed, pattern in _MARKS:
        if not ascii_alone if not needed else any(char in text for char in needed):
            yield from _words_with(pattern, text)
    yield from _words_with(_CONTROL, text)
    for match in _ROW.finditer(f" {text}"):
        row = match.group().split()
        if any(map(str.isalnum, row)) and not all(map(str.isdigit, row)):
            yield match.start(), match.end() - 1
    if not ascii_alone:
        yield from (match.span() for match in _TURNED.finditer(text))


def damages(text: str) -> Iterator[tuple[int, int]]:
    """Yield the words of a text in which letters may be lost for good, in order.

    Args:
        text: any length of it.
    """
    return _words_with(_DAMAGED, text)


def _words_with(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield the words in which something is found, each once."""
    end = 0
    for match in pattern.finditer(text):
        if match.start() >= end:
            start, end = _word_around(text, match.start(), match.end())
            yield start, end


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and not _parts_words(text[start - 1]):
        start -= 1
    while end < len(text) and not _parts_words(text[end]):
        end += 1
    return start, end


def _parts_words(char: str) -> bool:
    """Return whether a blank parts words; some bytes of a wrong encoding are blanks, and do not."""
    return char.isspace() and char not in "\x1c\x1d\x1e\x1f\x85\xa0"
