"""Read the numbers out of a printed value: labels, floats, other digits, several in one cell.

An export writes ``9187629.0``, a form ``IMO No. 9187629 (ex)``, a list ``XBT 1DT3…``. Each value
gives the keys under which it is compared, or the reason why it cannot be. A key too many costs a
look-up; a key too few is a false clear, so keys are a union.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from limen.util.disguise.look_alikes import TO_LATIN
from limen.util.disguise.repair import INVISIBLE, JOINERS
from limen.util.lazy_patterns import lazy

#: A line end of mainframes; inside a number it is the trace of one, where names keep it as a blank.
_NEXT_LINE = "\x85"
_FLOAT = lazy(r"(\d+)\.0+")
#: What a spreadsheet makes of a long number: digits are gone. ``3E4139`` is a call sign.
_SHORTENED = lazy(r"[+-]?\d(?:[.,]\d+[eE][+-]?|[eE][+-])\d+")
#: Blanks before a word are bounded, as a long run of them must take linear time.
_APART = lazy(r"[;|\n\r\t]+|,(?!\d{3}\b)|\s/\s|\s{1,9}and\s+|\s{1,9}или\s+")
_BRACKETS = lazy(r"\([^()]*\)|\[[^\[\]]*\]")
_RUN = lazy(r"[^\W_]+(?:[-./][^\W_]+)*")
_WORD = lazy(r"[^\W\d_]+\.?")
#: A row of single characters with blanks between them; a wider gap parts words.
_SPACED = lazy(r"(?<!\S)\S(?:\s+\S(?!\S)){4,}")
#: Single letters or digits with a mark between them.
_MARKED_OUT = lazy(r"(?<![^\W_])[^\W_](?:[-.][^\W_](?![^\W_])){4,}")
_WIDE_GAP = lazy(r"\s{2,}")
#: Five characters with four gaps or marks between them.
_SHORTEST_SPACED = 9
#: Letters that are read for digits next to one; and the spaces in whose values letters are words.
_FOR_DIGIT = lazy(r"(?<=\d)[OoIl]+|(?<![OoIl])[OoIl]+(?=\d)")
_DIGITS = str.maketrans("OoIl", "0011")
_WITH_WORDS = frozenset({"email", "website", "wallet", "bic"})
#: A word before a number that is no part of it.
_LABEL = lazy(
    r"(?:passport|number|document|card|nummer|num[eé]ro|паспорт|номер)[.:#\s]", re.IGNORECASE
)
_IMO = lazy(r"(?<!\d)\d{7}(?!\d)")
_MMSI = lazy(r"(?<!\d)\d{9}(?!\d)")
_GAPS = lazy(r"[\s-]")
_LEI = lazy(r"(?<![A-Z0-9])[A-Z0-9]{18}[0-9]{2}(?![A-Z0-9])")
_BIC = lazy(r"(?<![A-Z0-9])[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Z0-9])")
_ISIN = lazy(r"(?<![A-Z0-9])[A-Z]{2}[A-Z0-9]{9}[0-9](?![A-Z0-9])")
#: Shapes of wallet addresses: Ethereum and its kin, Bitcoin's bech32, Bitcoin Cash, Tron and all
#: others that are written in base 58, Ripple, Monero, Zcash, Dash, Litecoin among them.
_HEX_WALLET = lazy(r"(?<![0-9a-zA-Z])(?:0[xX])?([0-9a-fA-F]{40})(?![0-9a-zA-Z])")
_BECH32 = lazy(r"(?<![0-9a-zA-Z])((?:bc1|tb1|ltc1|BC1|LTC1)[0-9a-zA-Z]{20,90})(?![0-9a-zA-Z])")
_BASE58 = lazy(r"(?<![0-9a-zA-Z])([1-9A-HJ-NP-Za-km-z]{25,110})(?![0-9a-zA-Z])")
#: The characters of the shortest, which is one of bech32.
_SHORTEST_WALLET = 23
#: Lists also print addresses that were cut, without the end of the host. One begins where a word
#: does, as a long value must take linear time.
_EMAIL = lazy(r"(?<![^\s<>(),;:\"'@])[^\s<>(),;:\"'@]+@[^\s<>(),;:\"'@]{2,}")
#: A host begins where neither a label nor a label before it could have begun.
_HOST = lazy(
    r"(?<![\w-])(?:(?<![^\W_]\.)|(?=[-_]))[-_]*((?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,})",
    re.UNICODE,
)
#: Fewer digits than this are an extension or a short code, not a telephone number.
_SHORTEST_PHONE = 7
#: Below this many characters a document number says nothing ("12345" is everywhere).
SHORTEST_DOCUMENT = 6
#: A mark on a hull or a tail has few characters and may have no digit: ``EP-PUS``.
SHORTEST_MARK = 4

#: Written where a form demands something and there is nothing to write.
PLACEHOLDERS = frozenset(
    {
        *("unknown", "null", "none", "nil", "nan", "na", "nd", "notprovided", "notavailable"),
        *("notapplicable", "notknown", "notgiven", "notspecified", "undisclosed", "unspecified"),
        *("blank", "empty", "tbd", "tba", "tbc", "xxx", "xxxx", "xx", "cutover2026"),
        *("неизвестно", "нет", "inconnu", "unbekannt", "desconocido", "sinnombre"),
    }
)


def is_placeholder(text: str) -> bool:
    """Return whether a value says that there is none: ``N/A``, ``NULL``, ``-``, ``000000000``."""
    plain = text.casefold()
    if not plain.isalnum():
        plain = "".join(filter(str.isalnum, plain))
    return not plain or plain in PLACEHOLDERS or (len(set(plain)) == 1 and len(plain) >= 3)


class NumberRead(msgspec.Struct, frozen=True):
    """What was read out of one printed value.

    Attributes:
        keys: the canonical forms under which it is compared, the whole value first.
        unread: why it is not, or not wholly, compared; empty when it is.
    """

    keys: tuple[str, ...]
    unread: str = ""


def plain_digits(text: str) -> str:
    """Return text with ASCII digits and letters of one width, and nothing invisible."""
    if not (text.isascii() and text.isprintable()):
        for hidden in (INVISIBLE, JOINERS):
            text = hidden.sub("", text)
        text = unicodedata.normalize("NFKC", text).replace(_NEXT_LINE, "")
    text = text.strip()
    digits = (str(unicodedata.digit(char, -1)) if char.isdecimal() else char for char in text)
    text = "".join(digits) if not text.isascii() else text
    return match[1] if (match := _FLOAT.fullmatch(text)) else text


class PlainValue(msgspec.Struct, frozen=True, gc=False):
    """A printed value in plain characters, ready to be read as a number of any space.

    Attributes:
        text: the value with ASCII digits, and nothing invisible.
        readings: the value as it came, and as it may be meant; none of a placeholder.
        with_words: the readings in which letters are not read for digits.
        unread: why the value has no reading; empty when it has, or is a placeholder.
    """

    text: str
    readings: tuple[str, ...] = ()
    with_words: tuple[str, ...] = ()
    unread: str = ""

    def read(self, space: str) -> NumberRead:
        """Read the value as a number of a space: ``"imo"``, ``"lei"``, ``"document"``, ..."""
        if not self.readings:
            return NumberRead((), self.unread)
        keys = self.keys(space)
        return NumberRead(keys, "" if keys else _WHY.get(space, "no number can be read in it"))

    def keys(self, space: str) -> tuple[str, ...]:
        """Return the canonical forms of the numbers of a space in the value, each once."""
        read = _READERS.get(space, _documents)
        texts = self.with_words if space in _WITH_WORDS else self.readings
        return tuple(dict.fromkeys([key for text in texts for key in read(text)]))


def plain_value(printed: str) -> PlainValue:
    """Return a printed value in plain characters, with its readings."""
    text = plain_digits(printed)
    if is_placeholder(text):
        return PlainValue(text)
    if _SHORTENED.fullmatch(text):
        return PlainValue(text, unread="digits of it were lost in a spreadsheet")
    return PlainValue(text, *_readings(text))


def read_number(space: str, printed: str) -> NumberRead:
    """Read one printed value of an identifier's space.

    Args:
        space: ``"imo"``, ``"lei"``, ``"document"``, ... as in ``limen.model.identifiers``.
        printed: the value as it came.
    """
    return plain_value(printed).read(space)


def _readings(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a value as it came and as it may be meant, with and without letters for digits.

    Letters and digits that are all spaced are closed up; Cyrillic letters that look Latin are
    Latin ones; in numbers an O next to a digit may be a zero, and an l or I a one.
    """
    forms = [text]
    if not text.isascii():
        text = text.translate(TO_LATIN)
        forms.append(text)
    meant = _FOR_DIGIT.sub(_digits, text)
    closed = _closed(text)
    with_words = (*forms, closed) if closed != text else tuple(forms)
    if meant == text:
        return with_words, with_words
    return (*forms, meant, *with_words[len(forms) :]), with_words


def _closed(text: str) -> str:
    """Return a text with spaced or marked out letters and digits closed up."""
    if len(text) < _SHORTEST_SPACED:
        return text
    return _MARKED_OUT.sub(lambda row: row[0][::2], _SPACED.sub(_closed_up, text))


def _digits(letters: re.Match[str]) -> str:
    return letters[0].translate(_DIGITS)


def _closed_up(row: re.Match[str]) -> str:
    return " ".join("".join(word.split()) for word in _WIDE_GAP.split(row[0]))


def wallets(text: str) -> Iterator[str]:
    """Yield the wallet addresses in a text; hexadecimal ones in lower case behind ``0x``."""
    if not any(len(word) >= _SHORTEST_WALLET for word in text.split()):
        return
    for match in _HEX_WALLET.finditer(text):
        yield f"0x{match[1].lower()}"
    for match in _BECH32.finditer(text):
        yield match[1].lower()
    for match in _BASE58.finditer(text):
        if any(char.isdigit() for char in match[1]) and not match[1].isupper():
            yield match[1]


def _imos(text: str) -> Iterator[str]:
    yield from _IMO.findall(text)


def _mmsis(text: str) -> Iterator[str]:
    yield from _MMSI.findall(text)


def _upper_runs(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    upper = text.upper()
    yield from pattern.findall(upper)
    if not upper.isalnum():
        yield from pattern.findall(_GAPS.sub("", upper))


def _leis(text: str) -> Iterator[str]:
    yield from _upper_runs(text, _LEI)


def _isins(text: str) -> Iterator[str]:
    yield from _upper_runs(text, _ISIN)


def _bics(text: str) -> Iterator[str]:
    """Yield the bank's eight characters; a branch belongs to its bank."""
    for code in _upper_runs(text, _BIC):
        yield code[:8]


def _wallets(text: str) -> Iterator[str]:
    found = list(wallets(text))
    yield from found
    bare = text.strip()
    if not found and len(bare) >= SHORTEST_DOCUMENT and not re.search(r"\s", bare):
        yield bare.lower() if bare[:2].lower() == "0x" else bare


def _emails(text: str) -> Iterator[str]:
    for match in _EMAIL.findall(text):
        yield match.casefold().removeprefix("mailto:").strip(".")


def _phones(text: str) -> Iterator[str]:
    for part in re.split(r"[;,|\n]|\s/\s", text):
        digits = "".join(char for char in part if char.isdigit()).lstrip("0")
        if len(digits) >= _SHORTEST_PHONE:
            yield digits


def _websites(text: str) -> Iterator[str]:
    for host in _HOST.findall(text.casefold()):
        yield host.removeprefix("www.")


def _marks(text: str) -> Iterator[str]:
    """Yield marks of hulls and tails: the whole value, and each run in it that may be one."""
    for candidate in _candidates(text):
        key = _squeezed(candidate)
        if SHORTEST_MARK <= len(key) <= 2 * SHORTEST_DOCUMENT:
            yield key


def _documents(text: str) -> Iterator[str]:
    """Yield numbers of documents: the whole value, each part of it, each run with digits."""
    for candidate in _candidates(text):
        if _LABEL.match(candidate) and len(_squeezed(_unlabelled(candidate))) < SHORTEST_DOCUMENT:
            continue  # the label alone makes it long
        key = _squeezed(candidate)
        if len(key) >= SHORTEST_DOCUMENT and any(char.isdigit() for char in key):
            yield key
            if key.isdigit() and len(bare := key.lstrip("0")) >= SHORTEST_DOCUMENT:
                yield bare  # a spreadsheet takes the zeros away, a form fills them in


def _candidates(text: str) -> Iterable[str]:
    """Return a whole value, then its pieces, each once; a single run of characters has no other."""
    return (text,) if text.isalnum() else dict.fromkeys((text, *_pieces(text)))


def _pieces(text: str) -> Iterator[str]:
    """Yield what may be a number of its own, with and without labels and brackets."""
    for part in _APART.split(text):
        bare = _BRACKETS.sub(" ", part).strip()
        yield bare
        yield _unlabelled(bare)
        yield from _RUN.findall(bare)


def unlabelled(text: str) -> Iterator[str]:
    """Yield the values in a cell, each without the words before it: ``8-0788`` of ``No. 8-0788``.

    Args:
        text: the cell in plain characters.
    """
    for part in _APART.split(text):
        yield _unlabelled(_BRACKETS.sub(" ", part))


def _unlabelled(part: str) -> str:
    words = part.split()
    while words and _WORD.fullmatch(words[0].rstrip(":#№")):
        words = words[1:]
    return " ".join(words)


def _squeezed(text: str) -> str:
    return text.upper() if text.isalnum() else "".join(filter(str.isalnum, text)).upper()


_READERS = {
    "imo": _imos,
    "mmsi": _mmsis,
    "lei": _leis,
    "isin": _isins,
    "bic": _bics,
    "wallet": _wallets,
    "email": _emails,
    "phone": _phones,
    "website": _websites,
    "mark": _marks,
    "kpp": _marks,
    "bik": _marks,
    "serial number": _marks,
}
_WHY = {
    "imo": "an IMO number has seven digits",
    "mmsi": "an MMSI has nine digits",
    "lei": "an LEI has twenty letters and digits, the last two digits",
    "isin": "an ISIN has twelve letters and digits",
    "bic": "a BIC has eight or eleven letters and digits",
    "wallet": "no wallet address can be read in it",
    "email": "no e-mail address can be read in it",
    "phone": f"a telephone number has at least {_SHORTEST_PHONE} digits",
    "website": "no host name can be read in it",
    "mark": f"a registration mark has {SHORTEST_MARK} letters and digits or more",
    "document": f"a number has {SHORTEST_DOCUMENT} letters and digits or more, one a digit",
}
