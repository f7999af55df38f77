"""Tell a text file's encoding, or refuse to guess: a name read wrongly is never found.

UTF-8 is proven by decoding. What is not UTF-8 is read as Windows-1252 only where it looks
like western text, that is, where accented letters stand alone between plain ones; Cyrillic,
Greek or Arabic code pages come in long runs of high bytes and have to be named.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from limen.model import DataError, InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TITLES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 without a byte order mark",
    "utf-16-be": "UTF-16 without a byte order mark",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
}
_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
_BROKEN = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_NOT_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_HINT = "say which it is: --encoding windows-1251, gb18030, shift-jis, ..."


@dataclass(frozen=True, slots=True)
class Encoding:
    """Represents a codec, its title, and what to check about the choice."""

    codec: str
    title: str
    warning: str = ""


@dataclass(slots=True)
class _Bytes:
    """Counts what distinguishes encodings in the bytes read so far."""

    lines: int = 1
    size: int = 0
    letters: int = 0  # well-formed UTF-8 beyond ASCII
    broken: int = 0
    first_broken: tuple[int, int] | None = None  # (line, byte value)
    high: int = 0
    in_long_runs: int = 0
    undefined: bool = False  # bytes that Windows-1252 does not have
    nul_places: list[int] = field(default_factory=lambda: [0, 0])  # even and odd offsets

    def count(self, text: str, chunk: bytes) -> None:
        self._count_nuls(chunk)
        if not chunk.isascii():
            broken = _BROKEN.findall(text)
            if broken and self.first_broken is None:
                before = text[: text.index(broken[0])]
                self.first_broken = (self.lines + before.count("\n"), ord(broken[0]) - 0xDC00)
            self.broken += len(broken)
            self.letters += len(_NOT_ASCII.findall(text)) - len(broken)
            runs = [len(run) for run in _HIGH_RUNS.findall(chunk)]
            self.high += sum(runs)
            self.in_long_runs += sum(run for run in runs if run > 2)
            self.undefined = self.undefined or bool(_NOT_IN_1252.search(chunk))
        self.lines += text.count("\n")
        self.size += len(chunk)

    @property
    def has_nuls_throughout(self) -> bool:
        """Return whether NULs are as frequent as in UTF-16; text in bytes has none."""
        return sum(self.nul_places) * 5 > self.size

    @property
    def is_binary(self) -> bool:
        """Return whether NULs are in odd and in even places, as in no text."""
        return self.has_nuls_throughout and min(self.nul_places) * 5 > self.size

    def _count_nuls(self, chunk: bytes) -> None:
        if b"\0" in chunk:
            start = self.size % 2
            self.nul_places[start] += chunk[::2].count(0)
            self.nul_places[1 - start] += chunk[1::2].count(0)


def named_encoding(name: str) -> Encoding:
    """Return the encoding that the user named.

    Raises:
        InputError: Python knows no such text encoding.
    """
    try:
        codec = codecs.lookup(name).name
        "".encode(codec)
    except (LookupError, UnicodeError) as error:
        raise InputError(
            f"unknown encoding {name!r}",
            where="--encoding",
            hint="for example utf-8, windows-1252, windows-1251, iso-8859-2, gb18030",
        ) from error
    return Encoding(codec, _TITLES.get(codec, codec))


def sniff_encoding(chunks: Iterable[bytes], *, where: str) -> Encoding:
    """Tell the encoding from all the bytes, or from the first of them in a pipe.

    Raises:
        DataError: neither UTF-8, UTF-16 nor western text.
    """
    seen = _Bytes()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for number, chunk in enumerate(chunks):
        if number == 0:
            for mark, codec in _BOMS:
                if chunk.startswith(mark):
                    return Encoding(codec, _TITLES[codec])
        seen.count(decoder.decode(chunk), chunk)
        if seen.is_binary:
            raise DataError(
                "this is not text: it has NUL bytes throughout",
                where=where,
                hint="give CSV, JSON lines or Parquet",
            )
    return _decide(seen, where)


def _decide(seen: _Bytes, where: str) -> Encoding:
    even, odd = seen.nul_places
    if seen.has_nuls_throughout:
        codec = "utf-16-le" if odd > even else "utf-16-be"
        return Encoding(codec, _TITLES[codec])
    if seen.first_broken is None or seen.letters > seen.broken:
        return Encoding("utf-8", _TITLES["utf-8"])
    line, byte = seen.first_broken
    place = f"{where} line {line:,}"
    if seen.undefined or seen.in_long_runs * 2 > seen.high:
        raise DataError(
            f"byte 0x{byte:02x} is not UTF-8, and the text does not look like Windows-1252",
            where=place,
            why="a name read in the wrong encoding is never found",
            hint=_HINT,
        )
    letter = bytes([byte]).decode("cp1252")
    return Encoding(
        "cp1252",
        _TITLES["cp1252"],
        f"{place} is not UTF-8, so the file is read as Windows-1252 ({letter!r} there); "
        "if that is wrong, name it with --encoding",
    )
