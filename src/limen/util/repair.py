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
ENTITY = lazy(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_TAG = lazy(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,10})\b[^<>@]{0,60}>|<!--.{0,200}?-->", re.DOTALL)
#: Elements of HTML that need no end, and others, which are markup where their end is there too: in
#: ``Jackie <Li>`` and ``Sergey <Aksyonov>`` the brackets are punctuation.
_WITHOUT_END = frozenset({"br", "hr", "img", "input", "meta", "p", "td", "tr", "wbr"})
_WITH_END = frozenset(
    {
        *("a", "abbr", "b", "big", "body", "center", "code", "dd", "del", "div", "dl", "dt", "em"),
        *("font", "h1", "h2", "h3", "h4", "h5", "h6", "head", "html", "i", "ins", "label", "li"),
        *("mark", "nobr", "ol", "option", "pre", "q", "s", "section", "small", "span", "strike"),
        *("strong", "sub", "sup", "table", "tbody", "th", "thead", "title", "tt", "u", "ul"),
    }
)
_PLUSES = lazy(r"[^\W\d_][\w.,'’-]*(?:\+[\w.,'’-]+)+")
PERCENT = lazy(r"%[0-9A-Fa-f]{2}")
#: What UTF-8 looks like when it is read as a Western, Cyrillic or Turkish page.
_MOJIBAKE = (
    "[\u00c2-\u00f4\u0102\u0103\u010e\u010f][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e"
    "\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]|[\u0420\u0421][\u0080-\u00bf\u0402-\u040f"
    "\u0452-\u045f\u2013-\u203a\u20ac\u2116\u2122\u0490\u0491\u0404\u0454]"
)
MOJIBAKE = lazy(_MOJIBAKE)
#: So much of it that is still there after decoding is no accent before a quotation mark.
_UNDECODED = lazy(f"(?:{_MOJIBAKE}){{2}}")
_WHY_LOST = "letters of it were lost when it was copied or stored"
_PAGES = ("cp1252", "latin-1", "cp1251", "cp1254")
_LOST = lazy("\ufffd|(?<=[^\\W\\d_])\\?(?=[^\\W\\d_])")
_DIGIT_IN_WORD = lazy(r"[^\W\d_]+(?:[0134578][^\W\d_]+)+|[134578][^\W\d_]{3,}", re.UNICODE)
_LETTERS_FOR_DIGITS = (
    str.maketrans("0134578", "oieastb"),
    str.maketrans("0134578", "oleastb"),
)
_TO_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјкмнорстухԁԛԝһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧανοιυρχ",
    "ABESIJKMHOPCTYXaesijkmhopctyxdqwhlABEZHIKMNOPTYXavoiupx",
)
LOOK_ALIKES = "".join(map(chr, _TO_LATIN))
#: A word of Latin letters and of Greek or Cyrillic ones.
_MIXED = lazy(r"[A-Za-z][^\W\d_]*[\u0370-\u04ff]|[\u0370-\u04ff][^\W\d_]*[A-Za-z]")
#: Nothing can hide in a text of these: Latin letters that no compatible form changes and that no
#: wrong encoding ends in, blanks, and what stands between the words of names.
_PLAIN = lazy(
    "[A-Za-z ,.'\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u0151"
    "\u0154-\u015f\u0162-\u0177\u0179-\u017c-]+"
)
#: Fewer single letters than this may be initials or an abbreviation.
_LEAST_SPACED = 5


class Repaired(msgspec.Struct, frozen=True):
    """What a text may be read as.

    Attributes:
        readings: the text as given first, then every other reading, each once.
        text: the one reading that is closest to what a person sees.
        undone: what was undone, in words; empty when the text is as plain as it looks.
        coded: those of the readings that are no text to compare, as what they stand for is
            another reading: markup, an encoding, words of two alphabets that look alike.
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
    if _PLAIN.fullmatch(text) and not _is_spaced(text):
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
    if _MIXED.search(plain) and _latin(plain) != plain:
        coded |= {text, plain}
    lost = _WHY_LOST if _LOST.search(plain) or _UNDECODED.search(plain) else ""
    undone = list(dict.fromkeys(undone))
    seen = _seen(text, plain)
    return Repaired(tuple(readings), seen, tuple(undone), lost, frozenset(coded))


def _seen(text: str, plain: str) -> str:
    """Return the reading closest to what a person sees, where one must do."""
    if _OVERRIDE.search(text):
        return _directed(text)
    return _latin(plain) if any("A" <= char <= "z" for char in plain) else plain


def _directed(text: str) -> str:
    """Return a text in the order in which overrides show it."""
    return INVISIBLE.sub("", _OVERRIDE.sub(_reversed, text))


def _latin(text: str) -> str:
    """Return a text with each word of look-alikes in Latin letters.

    Where no letter is Latin all words must look so: in a Russian name ``ООО`` is Russian too.
    """
    words = text.split(" ")
    latin = [_latin_word(word) for word in words]
    mixed = any("A" <= char <= "z" for char in text)
    return " ".join(latin) if mixed or "".join(latin).isascii() else text


def _others(text: str, plain: str) -> Iterator[tuple[str, str]]:
    """Yield further readings, because the plain one may be right."""
    if _OVERRIDE.search(text):
        yield "the direction of writing", _directed(text)
        yield "the direction of writing", plain[::-1]
    latin = _latin(plain)
    if latin != plain:
        yield "look-alikes of other alphabets", latin
    if _DIGIT_IN_WORD.search(latin):
        for table in _LETTERS_FOR_DIGITS:
            yield "digits for letters", _DIGIT_IN_WORD.sub(_letters(table), latin)


def _reversed(match: re.Match[str]) -> str:
    return match[1][::-1]


def _letters(table: dict[int, int]) -> Callable[[re.Match[str]], str]:
    return lambda match: match[0].translate(table)


def _latin_word(word: str) -> str:
    """Return a word in Latin letters when each of its letters looks like one."""
    latin = word.translate(_TO_LATIN)
    return latin if latin != word and latin.isascii() else word


def _unescape(text: str) -> str:
    if not ENTITY.search(text):
        return text
    import html

    return html.unescape(html.unescape(text))


def _without_tags(text: str) -> str:
    """Remove markup; a word in angle brackets that nothing ends is a word."""
    if "<" not in text:
        return text
    tags = [(match[1], (match[2] or "").lower()) for match in _TAG.finditer(text)]
    ended = {name for ends, name in tags if ends and name in _WITH_END} | _WITHOUT_END

    def removed(match: re.Match[str]) -> str:
        return " " if match[2] is None or match[2].lower() in ended else match[0]

    return _TAG.sub(removed, text)


def _unquote(text: str) -> str:
    """Undo URL encoding; a plus is a blank where no other blank is."""
    if PERCENT.search(text):
        from urllib.parse import unquote

        plain = text if " " in text else text.replace("+", " ")
        return unquote(plain, errors="replace")
    return text.replace("+", " ") if _PLUSES.fullmatch(text) else text


def _visible(text: str) -> str:
    """Remove what shows nothing; joiners stay in the scripts that need them."""
    text = INVISIBLE.sub("", text)
    return text if _JOINED_SCRIPT.search(text) else JOINERS.sub("", text)


def _decode_again(text: str) -> str:
    """Read UTF-8 that was taken for another encoding as what it is, twice where needed."""
    for _ in range(2):
        if not MOJIBAKE.search(text):
            return text
        before, text = text, next(_decoded(text), text)
        if text == before:
            return text
    return text


def _decoded(text: str) -> Iterator[str]:
    for page in _PAGES:
        try:
            yield _bytes(text, page).decode("utf-8")
        except UnicodeError:
            continue


def _bytes(text: str, page: str) -> bytes:
    """Encode, letting bytes that the page leaves undefined stand for themselves."""
    return b"".join(
        char.encode("latin-1") if "\x80" <= char <= "\x9f" else char.encode(page) for char in text
    )


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


def _compatible(text: str) -> str:
    """Return full-width, mathematical and circled letters as plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


#: In this order: what one undoes, the next can read.
_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("HTML entities", _unescape),
    ("HTML tags", _without_tags),
    ("URL encoding", _unquote),
    ("a wrong encoding", _decode_again),
    ("invisible characters", _visible),
    ("a wrong encoding", _decode_again),
    ("letters of other shapes", _compatible),
    ("spaced letters", _closed_up),
)
