"""Read plain text; its encoding is proven, never guessed in silence."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable

from limen.documents.document import Raw
from limen.model import DataError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_DELIMITERS = ",;\t|"
#: Characters of a table that show how its cells are separated.
_SAMPLE = 1 << 14


def read_plain(data: bytes, name: str, encoding: str | None = None) -> Raw:
    """Return plain text in UTF-8, with a byte order mark, or in Windows-1252 where it shows.

    Raises:
        DataError: it is binary, or in an encoding that has to be named.
    """
    text, limitations = decoded(data, name, encoding)
    return Raw(text, "text", limitations=limitations)


def read_csv(data: bytes, name: str, encoding: str | None = None) -> Raw:
    """Return the cells of a table in text, those of a row side by side.

    Raises:
        DataError: it is binary, or in an encoding that has to be named.
    """
    text, limitations = decoded(data, name, encoding)
    counts = {each: text.count(each, 0, _SAMPLE) for each in _DELIMITERS}
    delimiter = max(counts, key=counts.__getitem__)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:  # then no cell can be told from its neighbour, and the text is read as it is
        return Raw(text, "csv", limitations=limitations)
    return Raw("\n".join(filter(None, map(row_text, rows))), "csv", limitations=limitations)


def row_text(cells: Iterable[str]) -> str:
    """Return the cells of a row as one line of text."""
    return "\t".join(filter(None, (" ".join(cell.split()) for cell in cells)))


def decoded(data: bytes, name: str, encoding: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return bytes as text, with line ends made one, and what to check about the reading."""
    if data.startswith(b"{\\rtf"):
        raise DataError(
            "it is RTF, in which names are broken up by marks",
            where=name,
            hint="save it as .docx or as plain text, and read that",
        )
    codec = encoding or next((codec for bom, codec in _BOMS if data.startswith(bom)), None)
    if codec is None and _CONTROL.search(data[: 1 << 16]):
        raise DataError(
            "it holds bytes that no text has: it is binary, or text in UTF-16 without its mark",
            where=name,
            why="read as text it would look empty of names",
            hint="give the document in its own format (.pdf, .docx, .eml), or say --encoding",
        )
    if codec is not None:
        return _with(data, name, codec), ()
    try:
        return _unix(data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if _HIGH_RUN.search(data):
            raise DataError(
                f"byte 0x{data[error.start]:02x} is not UTF-8",
                where=f"{name} line {line}",
                why="read in the wrong encoding, names in other scripts are never found",
                hint="say which it is: --encoding windows-1251, gb18030, shift-jis, ...",
            ) from error
        limitation = (
            f"line {line} is not UTF-8: read as Windows-1252; say --encoding if that is wrong"
        )
        return _unix(data.decode("cp1252", errors="replace")), (limitation,)


def _with(data: bytes, name: str, codec: str) -> str:
    try:
        return _unix(data.decode(codec))
    except (UnicodeError, LookupError) as error:
        raise DataError(f"it is not {codec}: {error}", where=name, hint="say --encoding") from error


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
