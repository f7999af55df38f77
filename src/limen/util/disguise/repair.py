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

from limen.util.disguise.alphabets import in_one_alphabet, is_of_two, mixes
from limen.util.disguise.decode import (
    MOJIBAKE,
    UNDECODED,
    decoded_again,
    with_western_letters,
    without_entities,
    without_escapes,
    without_mail_encoding,
    without_tags,
    without_url_encoding,
)
from limen.util.disguise.look_alikes import LETTERS
from limen.util.disguise.spacing import (
    closed_up,
    may_hide,
    parted,
    times_parted,
    uncut,
    without_marks,
)
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
_WHY_LOST = "letters of it were lost when it was copied or stored"
_WHY_MIXED = "a word of it mixes letters of two alphabets"
_LOST = lazy("\ufffd|(?<=[^\\W\\d_])\\?(?=[^\\W\\d_])")
_WORD = lazy(r"[^\W_]+")
#: Digits that are written for letters, but not in an ordinal.
_FOR_LETTERS = frozenset("0134578")
_ORDINAL = lazy(r"\d{1,6}(?:st|nd|rd|th)")
_LETTERS_FOR_DIGITS = (
    str.maketrans("0134578", "oieastb"),
    str.maketrans("0134578", "oleastb"),
)
#: What is put between the words of names, and stands for nothing else.
_BETWEEN = " ,.'\"()&/\u00ab\u00bb\u2018-\u201e-"
#: Nothing can hide in a text of Latin letters; nor in one of scripts that mix with no Latin
#: letters, with the signs that belong to them. Digits and other marks may stand for letters.
_PLAIN = lazy(f"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff{_BETWEEN}]+")
_PLAIN_ELSEWHERE = lazy(
    "[\u0370-\u058f\u05d0-\u05ea\u0620-\u065f\u066e-\u06ff\u0900-\u0eff\u10a0-\u10ff\u3005"
    f"\u3041-\u3096\u30a1-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3{_BETWEEN}]+"
)
#: A letter that no Latin one looks like: in a text that has one, no word stands for a Latin one.
_OF_ITS_OWN = lazy(f"(?![{LETTERS}])[^\\W\\d_]")
#: Companies write one capital within a word, and hardly two.
_PARTED_BY_CHANCE = 1
#: Characters that show as a blank, and are none by their category; and anything invisible between
#: a small letter and a capital, where a blank was.
_BLANK = lazy(
    f"[\u2800\u3164\uffa0]+|(?<=[a-z\u0430-\u045f])(?:{INVISIBLE.pattern}|[\u200c\u200d])+"
    "(?=[A-Z\u0400-\u042f])"
)


class Repaired(msgspec.Struct, frozen=True, gc=False):
    """What a text may be read as.

    Attributes:
        readings: the text as given first, then every other reading, each once.
        text: the one reading that is closest to what a person sees.
        undone: what was undone, in words; empty when the text is as plain as it looks.
        coded: those of the readings that are no text to compare, as they stand for another one:
            markup, an encoding, words of two alphabets that look alike.
        guessed: those that part one word by its capitals: ``Sim Corp`` for ``SimCorp``.
        lost: why letters are missing for good; empty when none are.
    """

    readings: tuple[str, ...]
    text: str
    undone: tuple[str, ...] = ()
    lost: str = ""
    coded: frozenset[str] = frozenset()
    guessed: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 14)
def repair(text: str) -> Repaired:
    """Read a text in every way that a person who sees it may.

    Args:
        text: one value, as it came.
    """
    return Repaired((text,), text) if _is_plain(text) else repair_fully(text)


def _is_plain(text: str) -> bool:
    """Return whether nothing can hide in a text: most are plain, and no repair is tried on them."""
    if _PLAIN.fullmatch(text) or (_PLAIN_ELSEWHERE.fullmatch(text) and _OF_ITS_OWN.search(text)):
        return not may_hide(text) and (text.isascii() or _is_as_meant(text))
    return False


def _is_as_meant(text: str) -> bool:
    """Return whether no letter of a text has another form, or shows a wrong encoding."""
    return unicodedata.is_normalized("NFKC", text) and not MOJIBAKE.search(text)


def repair_fully(text: str) -> Repaired:
    """Try every repair on a text, also on one in which nothing can hide; see :func:`repair`."""
    plain, undone = _undo(text)
    coded = {text} if undone else set()
    readings = dict.fromkeys([text, plain])
    for what, reading in _others(text, plain):
        if reading not in readings:
            readings[reading] = None
            undone.append(what)
    if mixes(plain) and in_one_alphabet(plain) != plain:
        coded |= {text, plain}
    guess = parted(plain)
    sure = guess in readings or times_parted(plain) > _PARTED_BY_CHANCE
    guessed = frozenset() if sure else frozenset({guess})
    if guess not in readings:
        readings[guess] = None
        undone.append("words run together")
    return Repaired(
        readings=tuple(readings),
        text=_seen(text, plain),
        undone=tuple(dict.fromkeys(undone)),
        lost=_lost(plain),
        coded=frozenset(coded),
        guessed=guessed,
    )


def _undo(text: str) -> tuple[str, list[str]]:
    """Return a text after every step, and what the steps undid."""
    undone: list[str] = []
    plain = text
    for what, step in _STEPS:
        after = step(plain)
        if after != plain:
            undone.append(what)
            plain = after
    return (" ".join(plain.split()), undone) if undone else (plain, undone)


def _lost(plain: str) -> str:
    """Return why a text is no name any more after all that could be undone; empty where it is."""
    if _LOST.search(plain) or UNDECODED.search(plain):
        return _WHY_LOST
    return _WHY_MIXED if is_of_two(in_one_alphabet(plain)) else ""


def _seen(text: str, plain: str) -> str:
    """Return the reading closest to what a person sees, where one must do."""
    if _OVERRIDE.search(text):
        return _directed(text)
    return in_one_alphabet(plain) if any("A" <= char <= "z" for char in plain) else plain


def _directed(text: str) -> str:
    """Return a text in the order in which overrides show it."""
    return INVISIBLE.sub("", _OVERRIDE.sub(_reversed, text))


def _others(text: str, plain: str) -> Iterator[tuple[str, str]]:
    """Yield further readings, because the plain one may be right."""
    if _OVERRIDE.search(text):
        yield "the direction of writing", _directed(text)
        yield "the direction of writing", plain[::-1]
    if _BLANK.search(text):
        yield "characters that look blank", _undo(_BLANK.sub(" ", text))[0]
    yield "words cut at the end of a line", uncut(text)
    yield "marks between letters", without_marks(plain)
    yield "the encoding of mail", with_western_letters(plain)
    latin = in_one_alphabet(plain)
    yield "look-alikes of other alphabets", latin
    yield "look-alikes of other alphabets", in_one_alphabet(plain, in_latin=True)
    for table in _LETTERS_FOR_DIGITS:
        yield "digits for letters", _with_letters(latin, table)


def _reversed(match: re.Match[str]) -> str:
    return match[1][::-1]


def _with_letters(text: str, table: dict[int, int]) -> str:
    """Return a text with letters for the digits that are written for them."""

    def read(match: re.Match[str]) -> str:
        hyphen = "-" in (
            text[match.start() - 1 : match.start()],
            text[match.end() : match.end() + 1],
        )
        hides = _hides_letters(match[0], hyphen=hyphen)
        return match[0].translate(table) if hides else match[0]

    return _WORD.sub(read, text)


def _hides_letters(word: str, *, hyphen: bool) -> bool:
    """Return whether digits of a word are written for letters: within it, or one at its end.

    The end needs three letters before it, or a hyphen next to the word: ``AL-4LI``, ``A1-Bashir``.
    """
    digits = [at for at, char in enumerate(word) if char.isdigit()]
    if not digits or not _FOR_LETTERS.issuperset(word[at] for at in digits):
        return False
    letters = len(word) - len(digits)
    if digits[0] < letters and not _ORDINAL.fullmatch(word) and letters >= 2:
        return True
    return digits == [len(word) - 1] and (letters >= 3 or (letters >= 1 and hyphen))


def _visible(text: str) -> str:
    """Remove what shows nothing; joiners stay in the scripts that need them."""
    text = INVISIBLE.sub("", text)
    return text if _JOINED_SCRIPT.search(text) else JOINERS.sub("", text)


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
    ("spaced letters", closed_up),
)
