"""An XLSX workbook's first sheet as rows of text.

A workbook is XML files in a zip (ECMA-376 part 1, SpreadsheetML). What a list needs of it is
read, and nothing else: words, numbers, dates, and the results of formulas as they were saved.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lxml import etree

from limen.lists.source import MAX_BYTES, Source
from limen.lists.xml import local_name, read_elements
from limen.model import ListFormatError

#: Day 0 of a workbook's dates; the other is of workbooks from the Macintosh.
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
#: The formats of dates that every workbook knows by number, without saying what they are.
_DATE_FORMATS = frozenset((14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)))
#: In a format, words in quotes or square brackets and escaped letters say nothing of the kind.
_NO_KIND = re.compile(r'".*?"|\[.*?\]|[_\\].')
_DAY_OR_YEAR = re.compile(r"[dy]", re.IGNORECASE)
#: What a zip that is none, is cut short, encrypted, or holds something else ends in.
_NO_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, RuntimeError, ValueError,
)  # fmt: skip
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: ``rows`` yields the number of each row and its texts by column, from 0."""

    title: str
    rows: Iterator[tuple[int, dict[int, str]]]


def open_sheet(source: Source) -> Sheet:
    """The first sheet of a workbook; a date is an ISO day, a whole number has no point.

    Raises:
        ListFormatError: not a workbook, or one that unpacks beyond measure.
    """
    try:
        return _open(source)
    except _NO_WORKBOOK as error:
        raise ListFormatError(
            f"not an XLSX workbook: {error}",
            where=source.name,
            mend="check that this is the list's own file, and not an error page",
        ) from error


def _open(source: Source) -> Sheet:
    book = _Book(zipfile.ZipFile(io.BytesIO(source.read())), source.name)
    book.check_size()
    (main,) = book.related("", "officeDocument").values()
    title, path = _first_sheet(book, main)
    settings = book.elements(main, "workbook", "workbookPr")
    macintosh = any(each.get("date1904") in ("1", "true") for each in settings)
    cells = _Cells(
        _shared_words(book, main),
        _date_styles(book, main),
        _EPOCH_1904 if macintosh else _EPOCH,
        where=f"{source.name} sheet {title}",
    )
    return Sheet(title, _rows(book.elements(path, "worksheet", "row"), cells))


@dataclass(frozen=True, slots=True)
class _Book:
    """The files inside a workbook."""

    archive: zipfile.ZipFile
    name: str

    def check_size(self) -> None:
        unpacked = sum(member.file_size for member in self.archive.infolist())
        if unpacked > MAX_BYTES:
            raise ListFormatError(
                f"unpacks to {unpacked:,} bytes",
                where=self.name,
                why="no official list is that large; a decompression bomb is",
            )

    def elements(self, path: str, root: str, *names: str) -> Iterator[etree._Element]:
        """The elements of these names in one of the files, which is read now."""
        file = Source.of_bytes("xml", self.archive.read(path), name=f"{self.name}: {path}")
        return read_elements(file, frozenset(names), root=root)

    def related(self, path: str, kind: str) -> dict[str, str]:
        """The files of a kind that a file refers to, by the key it refers with."""
        folder, name = posixpath.split(path)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        return {
            str(each.get("Id")): posixpath.normpath(
                posixpath.join("/", folder, str(each.get("Target")))
            ).lstrip("/")
            for each in self.elements(relations, "Relationships", "Relationship")
            if str(each.get("Type")).endswith(f"/{kind}")
        }


def _first_sheet(book: _Book, main: str) -> tuple[str, str]:
    """Its title, and its file."""
    files = book.related(main, "worksheet")
    for sheet in book.elements(main, "workbook", "sheet"):
        for name, key in sheet.attrib.items():
            if local_name(str(name)) == "id" and str(key) in files:
                return str(sheet.get("name")), files[str(key)]
    raise ValueError("it has no sheet")


def _shared_words(book: _Book, main: str) -> list[str]:
    files = book.related(main, "sharedStrings").values()
    return [_words(each) for path in files for each in book.elements(path, "sst", "si")]


def _date_styles(book: _Book, main: str) -> list[bool]:
    """For each style of cells by number, whether it shows a day."""
    codes: dict[int, str] = {}
    found: list[bool] = []
    for path in book.related(main, "styles").values():
        for each in book.elements(path, "styleSheet", "numFmt", "cellXfs"):
            if local_name(each.tag) == "numFmt":
                codes[int(each.get("numFmtId", 0))] = str(each.get("formatCode"))
            else:
                found += [_is_date(int(style.get("numFmtId", 0)), codes) for style in each]
    return found


def _is_date(number: int, codes: Mapping[int, str]) -> bool:
    code = codes.get(number)
    if code is None:
        return number in _DATE_FORMATS
    return bool(_DAY_OR_YEAR.search(_NO_KIND.sub("", code.partition(";")[0])))


class _Cells:
    """What cells refer to: words by number, whether a style shows a day, and day 0."""

    def __init__(
        self, words: Sequence[str], dates: Sequence[bool], epoch: date, *, where: str
    ) -> None:
        self._words = words
        self._dates = dates
        self._epoch = epoch
        self._where = where

    def text(self, cell: etree._Element, row: int) -> str:
        """What a cell shows; ``""`` for an empty one.

        Raises:
            ListFormatError: it is not what it says it is.
        """
        try:
            return self._read(cell)
        except (IndexError, OverflowError, ValueError) as error:
            raise ListFormatError(
                f"the cell {cell.get('r') or ''} cannot be read: {error}",
                where=f"{self._where} row {row:,}",
                mend="fetch the file again; if the publisher saved it so, tell us",
            ) from error

    def _read(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _words(cell)
        value = next((each.text for each in cell if local_name(each.tag) == "v"), None)
        if not value:
            return ""
        if kind == "s":
            return self._words[int(value)]
        if kind == "n":
            return self._number(float(value), int(cell.get("s", 0)))
        if kind == "b":
            return str(value == "1")
        return value[:10] if kind == "d" else value.strip()

    def _number(self, number: float, style: int) -> str:
        if style < len(self._dates) and self._dates[style]:
            return (self._epoch + timedelta(days=number)).isoformat()
        return str(int(number)) if number.is_integer() else str(number)


def _rows(rows: Iterator[etree._Element], cells: _Cells) -> Iterator[tuple[int, dict[int, str]]]:
    number = 0
    for row in rows:
        number = int(row.get("r") or number + 1)
        found: dict[int, str] = {}
        column = -1
        for cell in row:
            place = cell.get("r")
            column = _column(place.rstrip("0123456789")) if place else column + 1
            if len(cell) and (text := cells.text(cell, number)):
                found[column] = text
        yield number, found


@lru_cache(maxsize=1 << 14)
def _column(letters: str) -> int:
    """``A`` is 0, ``AB`` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _words(element: etree._Element) -> str:
    """The words of a string, its runs joined; how they are pronounced is left out."""
    runs = []
    for each in element.iter("{*}t"):
        parent = each.getparent()
        if parent is None or local_name(parent.tag) != "rPh":
            runs.append(each.text or "")
    text = "".join(runs)
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.strip()
