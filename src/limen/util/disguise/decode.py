"""Decode texts that were encoded once too often: markup, URLs, mail, escapes, wrong code pages.

Each function returns the text as it was before a program encoded it, or the text itself
where nothing of its kind is in it. ``limen.util.disguise.repair`` applies them in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from limen.util.lazy_patterns import lazy

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
UNDECODED = lazy(f"(?:{_MOJIBAKE}){{2}}")
#: An encoded word of mail (RFC 2047), and bytes as quoted-printable writes them (RFC 2045).
_MAIL_WORD = lazy(r"=\?[\w-]{2,40}\?[bBqQ]\?[^?\s]*\?=")
_QUOTED_BYTES = lazy(r"(?:=[0-9A-F]{2})+")
_QUOTED_BYTE = lazy(r"=([89A-F][0-9A-F])")
#: Escapes of programming languages: UTF-16 units, and bytes of UTF-8.
_UNITS = lazy(r"(?:\\u[0-9a-fA-F]{4})+")
_BYTES = lazy(r"(?:\\x[0-9a-fA-F]{2})+")
_PAGES = ("cp1252", "latin-1", "cp1251", "cp1254")


def without_entities(text: str) -> str:
    """Replace entities of HTML, also those that were escaped twice."""
    if not ENTITY.search(text):
        return text
    import html

    return html.unescape(html.unescape(text))


def without_tags(text: str) -> str:
    """Remove markup; a word in angle brackets that nothing ends is a word."""
    if "<" not in text:
        return text
    tags = [(match[1], (match[2] or "").lower()) for match in _TAG.finditer(text)]
    ended = {name for ends, name in tags if ends and name in _WITH_END} | _WITHOUT_END

    def removed(match: re.Match[str]) -> str:
        return " " if match[2] is None or match[2].lower() in ended else match[0]

    return _TAG.sub(removed, text)


def without_url_encoding(text: str) -> str:
    """Undo URL encoding; a plus is a blank where no other blank is."""
    if PERCENT.search(text):
        from urllib.parse import unquote

        plain = text if " " in text else text.replace("+", " ")
        return unquote(plain, errors="replace")
    return text.replace("+", " ") if _PLUSES.fullmatch(text) else text


def decoded_again(text: str) -> str:
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


def without_mail_encoding(text: str) -> str:
    """Decode encoded words of a mail's header and quoted-printable bytes."""
    if "=" not in text:
        return text
    if _MAIL_WORD.search(text):
        from email.errors import HeaderParseError
        from email.header import decode_header, make_header

        try:
            return str(make_header(decode_header(text)))
        except (LookupError, UnicodeError, HeaderParseError):  # an unknown or wrong encoding
            return text
    return _decoded_bytes(text, _QUOTED_BYTES, "=")


def with_western_letters(text: str) -> str:
    """Read single bytes of quoted-printable as Western letters: ``Jos=E9``.

    It is a further reading: ``CN=FADEEV`` has no such byte.
    """
    return _QUOTED_BYTE.sub(_western, text) if "=" in text else text


def _western(match: re.Match[str]) -> str:
    letter = bytes.fromhex(match[1]).decode("cp1252", "replace")
    return letter if letter.isalpha() else match[0]


def without_escapes(text: str) -> str:
    r"""Decode escapes of programming languages: ``\u0041`` and ``\x41``."""
    if "\\" not in text:
        return text
    return _decoded_bytes(_decoded_bytes(text, _UNITS, "\\u", "utf-16-be"), _BYTES, "\\x")


def _decoded_bytes(text: str, run: re.Pattern[str], sign: str, encoding: str = "utf-8") -> str:
    """Decode runs of bytes, each written behind a sign, with U+FFFD for what is no text.

    One byte alone that is no text is none: ``CN=ABRAMOVICH``.
    """

    def decoded(match: re.Match[str]) -> str:
        octets = bytes.fromhex(match[0].replace(sign, ""))
        read = octets.decode(encoding, "replace")
        return match[0] if len(octets) == 1 and "\ufffd" in read else read

    return run.sub(decoded, text)
