"""Undo what hides a text: invisible characters, markup, encodings, look-alikes, spaced letters.

Files, forms and web pages damage names and addresses by accident; those who hide do it on
purpose. :func:`repair` returns every reading that a person who sees the text may have of it, and
says where letters are lost for good. It knows letters only, nothing of names or places. The text as
given is always among the readings; where it is no text to compare, it is marked as coded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

import msgspec

from limen.util.disguise.decode import (
    UNDECODED,
    decoded_again,
    without_entities,
    without_escapes,
    without_mail_encoding,
    without_tags,
    without_url_encoding,
)
from limen.util.disguise.look_alikes import LETTERS, TO_LATIN
from limen.util.lazy_patterns import lazy

#: Characters that show nothing and are no format characters by their category: combining
#: grapheme joiner, Hangul and Khmer fillers, the empty Braille cell, variation selectors.
_EMPTY = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
#: Control, format, private-use and tag characters. The two joiners are letters' business in
#: Arabic and Indic words, where they stay.
INVISIBLE = lazy(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    f"\u2060-\u206f\ufeff\ufff9-\ufffb\ue000-\uf8ff\U0001d173-\U0001d17a\U000e0000-\U000e0fff{_EMPTY}]"
)
JOINERS = lazy("[\u200c\u200d]")
#: Scripts in which a joiner changes how a word is read: Arabic, Syriac, Indic scripts, Mongolian.
_JOINED_SCRIPT = lazy("[\u0600-\u07ff\u08a0-\u0dff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufefc]")
_OVERRIDE = lazy("[\u202d\u202e\u2066\u2067]([^\u202c\u2069]*)[\u202c\u2069]?")


def _both(latin: str, others: str) -> re.Pattern[str]:
    """Return a pattern of words with Latin letters and others, in linear time: from their start."""
    return lazy(
        rf"(?<![^\W\d_])(?=[^\W\d_]*[{latin}])[^\W\d_]*[{others}]"
        rf"|(?![^\W\d_])[{others}][^\W\d_]*[{latin}]"
    )


_WHY_LOST = "letters of it were lost when it was copied or stored"
_WHY_MIXED = "a word of it mixes letters of two alphabets"
_LOST = lazy("\ufffd|(?<=[^\\W\\d_])\\?(?=[^\\W\\d_])")
#: A word of letters and digits that are written for letters, the last one too, or one letter and a
#: digit before a hyphen; an ordinal is none.
_DIGIT_IN_WORD = lazy(
    r"(?<![^\W_])(?!\d+(?:st|nd|rd|th)(?![^\W_]))(?=[^\W_0134578]*[0134578][^\W_]*[^\W\d_])"
    r"(?=(?:\d*[^\W\d_]){2})(?:[0134578]|[^\W\d_])+(?![^\W_])"
    r"|(?<![^\W_])[^\W\d_]{3,}[0134578](?![^\W_])|(?<=-)[^\W\d_]{1,2}[0134578](?![^\W_])"
    r"|(?<![^\W_])[^\W\d_][0134578](?=-[^\W\d_])"
)
_LETTERS_FOR_DIGITS = (
    str.maketrans("0134578", "oieastb"),
    str.maketrans("0134578", "oleastb"),
)
_TO_CYRILLIC = {ord(latin): chr(char) for char, latin in TO_LATIN.items() if 0x400 <= char < 0x460}
_CYRILLIC_WORD = lazy(r"(?:[\u0400-\u045f]|[^\w]|\d)+")
#: A word of Latin letters and of others that look so.
_MIXED = _both("A-Za-z", LETTERS)
#: A word of Latin letters and of others from an alphabet that has the same kinds of names.
_ALPHABETS = (
    "\u0400-\u058f\u10a0-\u10ff\u13a0-\u167f\u16a0-\u16ff\u2c00-\u2dff\ua4d0-\ua4ff\ua640-\ua69f"
)
_OF_TWO = _both("A-Za-z\u00c0-\u024f", _ALPHABETS)
#: Nothing can hide in a text of these: Latin letters that no compatible form changes and that no
#: wrong encoding ends in, blanks, and what is put between the words of names.
_PLAIN = lazy(
    "[A-Za-z ,.'\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u0151"
    "\u0154-\u015f\u0162-\u0177\u0179-\u017c-]+"
)
#: Fewer single letters than this may be initials or an abbreviation.
_LEAST_SPACED = 5
#: Marks that are written between all letters, and a text in which they may be.
MARKS = ".-_*/|~·•:,'"
_MARKED_OUT = lazy(f"(?:[^\\W_][{re.escape(MARKS)}]){{3}}")
#: Between words that are run together (``OmskUnionJSC``, ``PARSAEIReza``); not in ``McDonald``.
_RUN_TOGETHER = lazy(
    "(?<=[a-z\u0430-\u045f]{2})(?=[A-Z\u0400-\u042f])|(?<=[A-Z]{3})(?=[A-Z][a-z]{2})"
)
_LINE_CUT = lazy(r"(?<=[^\W\d_])-[ \t]*\r?\n\s*(?=[^\W\d_])")
#: Characters that show as a blank, and are none by their category.
_BLANK = lazy("[\u2800\u3164\uffa0]+")


class Repaired(msgspec.Struct, frozen=True, gc=False):
    """What a text may be read as.

    Attributes:
        readings: the text as given first, then every other reading, each once.
        text: the one reading that is closest to what a person sees.
        undone: what was undone, in words; empty when the text is as plain as it looks.
        coded: those of the readings that are no text to compare, only one to look up: codes for
            another reading (markup, an encoding, words of two alphabets that look
            alike), and words that were parted by a guess (``SimCorp``).
        lost: why letters are missing for good; empty when none are.
    """

    readings: tuple[str, ...]
    text: str
    undone: tuple[str, ...] = ()
    lost: str = ""
    coded: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 14)
def repair(text: str) -> Repaired:
    """Read a text in every way that a person who sees it may.

    Args:
        text: one value, as it came.
    """
    if _PLAIN.fullmatch(text) and not _may_hide(text):
        return Repaired((text,), text)
    undone: list[str] = []
    plain = text
    for what, step in _STEPS:
        after = step(plain)
        if after != plain:
            undone.append(what)
            plain = after
    coded = {text} if undone else set()
    plain = " ".join(plain.split()) if undone else plain
    readings = dict.fromkeys([text, plain])
    for what, reading in _others(text, plain):
        if reading not in readings:
            readings[reading] = None
            undone.append(what)
    if _RUN_TOGETHER.search(plain):
        coded.add(_parted(plain))
    if _MIXED.search(plain) and _in_one_alphabet(plain) != plain:
        coded |= {text, plain}
    lost = _lost(plain)
    undone = list(dict.fromkeys(undone))
    seen = _seen(text, plain)
    return Repaired(tuple(readings), seen, tuple(undone), lost, frozenset(coded))


def _lost(plain: str) -> str:
    """Return why a text is no name any more after all that could be undone; empty where it is."""
    if _LOST.search(plain) or UNDECODED.search(plain):
        return _WHY_LOST
    return _WHY_MIXED if _OF_TWO.search(_in_one_alphabet(plain)) else ""


def _may_hide(text: str) -> bool:
    """Return whether words may be hidden in how plain letters are put together."""
    return bool(_is_spaced(text) or _MARKED_OUT.search(text) or _RUN_TOGETHER.search(text))


def _seen(text: str, plain: str) -> str:
    """Return the reading closest to what a person sees, where one must do."""
    if _OVERRIDE.search(text):
        return _directed(text)
    return _in_one_alphabet(plain) if any("A" <= char <= "z" for char in plain) else plain


def _directed(text: str) -> str:
    """Return a text in the order in which overrides show it."""
    return INVISIBLE.sub("", _OVERRIDE.sub(_reversed, text))


def _in_one_alphabet(text: str) -> str:
    """Return a text with each word of look-alikes in the alphabet that it looks to be in.

    Where no letter is Latin all words must look so: in a Russian name ``ООО`` is Russian too.
    """
    words = text.split(" ")
    read = [_word_in_one_alphabet(word) for word in words]
    mixed = any("A" <= char <= "z" for char in text)
    return " ".join(read) if mixed or "".join(read).isascii() else text


def _others(text: str, plain: str) -> Iterator[tuple[str, str]]:
    """Yield further readings, because the plain one may be right."""
    if _OVERRIDE.search(text):
        yield "the direction of writing", _directed(text)
        yield "the direction of writing", plain[::-1]
    if _BLANK.search(text):
        for reading in repair(_BLANK.sub(" ", text)).readings:
            yield "characters that look blank", reading
    yield "words cut at the end of a line", _LINE_CUT.sub("", text)
    yield "marks between letters", _without_marks(plain)
    yield "words run together", _parted(plain)
    latin = _in_one_alphabet(plain)
    if latin != plain:
        yield "look-alikes of other alphabets", latin
    if _DIGIT_IN_WORD.search(latin):
        for table in _LETTERS_FOR_DIGITS:
            yield "digits for letters", _DIGIT_IN_WORD.sub(_letters(table), latin)


def _parted(text: str) -> str:
    """Part words that are run together, by their capitals."""
    return _RUN_TOGETHER.sub(" ", text)


def _reversed(match: re.Match[str]) -> str:
    return match[1][::-1]


def _letters(table: dict[int, int]) -> Callable[[re.Match[str]], str]:
    return lambda match: match[0].translate(table)


def _word_in_one_alphabet(word: str) -> str:
    """Return a word in Latin letters where each looks like one, or a mixed one in Cyrillic."""
    latin = word.translate(TO_LATIN)
    if latin == word or latin.isascii():
        return latin
    cyrillic = word.translate(_TO_CYRILLIC)
    return cyrillic if _CYRILLIC_WORD.fullmatch(cyrillic) else word


def _visible(text: str) -> str:
    """Remove what shows nothing; joiners stay in the scripts that need them."""
    text = INVISIBLE.sub("", text)
    return text if _JOINED_SCRIPT.search(text) else JOINERS.sub("", text)


def _is_spaced(text: str) -> bool:
    words = text.split()
    single = sum(len(word) == 1 for word in words)
    return single >= _LEAST_SPACED and single == len(words)


def _closed_up(text: str) -> str:
    """Close up letters that are all spaced; wider gaps are the gaps between words."""
    if not _is_spaced(text):
        return text
    words = re.split(r"\s{2,}", text.strip())
    return " ".join("".join(word.split()) for word in words)


def _without_marks(text: str) -> str:
    """Close up words with one mark between all letters: ``P.u.t.i.n``."""
    if not _MARKED_OUT.search(text):
        return text
    words = text.split()
    for mark in MARKS:
        letters = [_letters_between(word, mark) for word in words]
        counts = [len(each) for each in letters]
        least = 2 if all(counts) and sum(counts) >= _LEAST_SPACED else _LEAST_SPACED
        if max(counts) >= least:
            pairs = zip(words, letters, strict=True)
            return " ".join(own if len(own) >= least else word for word, own in pairs)
    return text


def _letters_between(word: str, mark: str) -> str:
    """Return the letters of a word with a mark between each two; empty for another word."""
    parts = word.strip(mark).split(mark)
    return "".join(parts) if all(len(part) == 1 for part in parts) else ""


def _compatible(text: str) -> str:
    """Return full-width, mathematical and circled letters as plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


#: In this order: what one undoes, the next can read.
_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("HTML entities", without_entities),
    ("HTML tags", without_tags),
    ("URL encoding", without_url_encoding),
    ("the encoding of mail", without_mail_encoding),
    ("escapes", without_escapes),
    ("a wrong encoding", decoded_again),
    ("invisible characters", _visible),
    ("a wrong encoding", decoded_again),
    ("letters of other shapes", _compatible),
    ("spaced letters", _closed_up),
)
