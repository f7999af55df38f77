"""Read delimited text as located rows: strict about encoding, quotes, columns, line length."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from limen.lists.audit import Audit, Record
from limen.lists.source import Source
from limen.model import ListFormatError
from limen.util.text import repeated

#: The longest line any list prints is under 200 kB; a file without line ends is not a table.
MAX_LINE_BYTES = 8 << 20
_DOS_END_OF_FILE = b"\x1a"
#: The first bytes of a ZIP archive.
_ARCHIVE = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Dialect:
    """A publisher's way of writing tables; ``quoting=False`` reads quotes as text."""

    encoding: str = "utf-8-sig"
    delimiter: str = ","
    quoting: bool = True


def read_rows(source: Source, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield ``(line number, cells)`` for every non-blank row; the line is where the row ends.

    Raises:
        ListFormatError: undecodable bytes, a NUL, an unbalanced quote, or a line without end.
    """
    csv.field_size_limit(MAX_LINE_BYTES)
    rows = csv.reader(
        _lines(source, dialect),
        delimiter=dialect.delimiter,
        quoting=csv.QUOTE_MINIMAL if dialect.quoting else csv.QUOTE_NONE,
        strict=True,
    )
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise ListFormatError(
                f"the row cannot be split into columns: {error}",
                where=f"{source.name} line {rows.line_num:,}",
                why="one unbalanced quote swallows every record up to the next one",
                hint="fetch the file again; if the publisher prints it so, report it",
            ) from error
        if any(map(str.strip, row)):
            yield rows.line_num, row


def read_records(
    source: Source, columns: Sequence[str], *, dialect: Dialect, audit: Audit
) -> Iterator[Record]:
    """Yield the rows of a table without header, as records under the ``columns`` given.

    Raises:
        ListFormatError: a row with another number of columns.
    """
    yield from records_below(source, read_rows(source, dialect), columns, audit)


def read_headed(
    source: Source, *, required: Sequence[str], dialect: Dialect, audit: Audit
) -> Iterator[Record]:
    """Yield the rows of a table with a header line, as records under its headings.

    Raises:
        ListFormatError: no header, a heading missing or twice, or a row of another width.
    """
    rows = read_rows(source, dialect)
    line, header = next(rows, (0, []))
    columns = [cell.strip() for cell in header]
    if not columns:
        raise ListFormatError("the file is empty", where=source.name)
    hint = "compare the header with the publisher's description of the format"
    check_header(f"{source.name} line {line:,}", columns, required, hint)
    yield from records_below(source, rows, columns, audit)


def records_below(
    source: Source, rows: Iterable[tuple[int, list[str]]], columns: Sequence[str], audit: Audit
) -> Iterator[Record]:
    """Yield rows as records under the given columns.

    Raises:
        ListFormatError: a row of another width.
    """
    name, width = source.name, len(columns)
    for line, row in rows:
        where = f"{name} line {line:,}"
        if len(row) != width:
            raise ListFormatError(
                f"{len(row)} columns where {width} are expected",
                where=where,
                why="values would land under the wrong heading",
            )
        yield Record(dict(zip(columns, row, strict=False)), where=where, audit=audit)


def split_cell(text: str, *, where: str) -> tuple[str, ...]:
    """Split a cell that is itself a line of CSV, with values separated by semicolons.

    Quotes in a cell without semicolons may be part of its one value (``"Alfa" LLC``).

    Raises:
        ListFormatError: several values, and a quote that is not closed or goes on after it was.
    """
    if ";" not in text and '"' not in text:
        return (text.strip(),) if text.strip() else ()
    try:
        rows = list(csv.reader([text], delimiter=";", skipinitialspace=True, strict=True))
    except csv.Error as error:
        if ";" not in text:
            return (text.strip(),)
        raise ListFormatError(
            f"the values cannot be separated: {error}",
            where=where,
            why="an unbalanced quote joins values that are not one",
            hint="put a value that contains quotes in quotes, and double those inside",
        ) from error
    return tuple(value for row in rows for raw in row if (value := raw.strip()))


def check_header(where: str, columns: Sequence[str], required: Sequence[str], hint: str) -> None:
    """Check that a header has every heading that is required, and none twice.

    Raises:
        ListFormatError: it has not.
    """
    missing = [name for name in required if name not in columns]
    if missing:
        raise ListFormatError(
            f"the header lacks {', '.join(missing)}",
            where=where,
            why="the list may have changed its format",
            hint=hint,
        )
    twice = sorted(repeated(filter(None, columns)))
    if twice:
        raise ListFormatError(f"the header has {', '.join(twice)} more than once", where=where)


def _lines(source: Source, dialect: Dialect) -> Iterator[str]:
    number = 0
    codec, plain = dialect.encoding, dialect.encoding.removesuffix("-sig")
    with source.open() as stream:
        while raw := stream.readline(MAX_LINE_BYTES):
            number += 1
            if number == 1:
                _check_first_line(raw, source, dialect)
            if len(raw) >= MAX_LINE_BYTES and not raw.endswith(b"\n"):
                raise ListFormatError(
                    f"a line longer than {MAX_LINE_BYTES:,} bytes",
                    where=f"{source.name} line {number:,}",
                    why="not a table",
                )
            if raw.strip() == _DOS_END_OF_FILE:
                continue
            if b"\0" in raw:
                column = raw.index(b"\0") + 1
                raise ListFormatError(
                    "a NUL byte", where=f"{source.name} line {number:,}, byte {column:,}"
                )
            try:
                yield raw.decode(codec)
            except UnicodeDecodeError as error:
                raise ListFormatError(
                    f"byte 0x{raw[error.start]:02x} is not {plain}",
                    where=f"{source.name} line {number:,}, byte {error.start + 1:,}",
                    why="a name read in the wrong encoding is never found",
                    hint="check that the file was not re-saved by a spreadsheet",
                ) from error
            codec = plain


def _check_first_line(raw: bytes, source: Source, dialect: Dialect) -> None:
    """Refuse what is no table of this dialect at first sight, for its own reason."""
    if raw.startswith(_ARCHIVE):
        raise ListFormatError(
            "not a table of text, but an archive, as workbooks and OpenDocument files are",
            where=source.name,
            hint="give the file of the format that the publisher offers next to it",
        )
    if b"\t" in raw and dialect.delimiter.encode() not in raw:
        raise ListFormatError(
            f"its columns are separated by tabs, not by {dialect.delimiter!r}",
            where=f"{source.name} line 1",
            why="it is another list, or another format of this one",
            hint="compare the file with the publisher's description of the format",
        )
