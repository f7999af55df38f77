"""Open a portfolio: find the file or report what is wrong with it, and detect its format.

The format is detected from the first bytes rather than from the name, since files are renamed.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from msgspec.structs import replace

from limen.batch.file_arguments import STDIN
from limen.batch.tables.encoding import Encoding, named_encoding, sniff_encoding
from limen.batch.tables.table import SAMPLE_ROWS, SAMPLE_ROWS_OF_A_PIPE, Row, Table
from limen.model import DataError, InputError
from limen.util.suggest import closest

_MAGICS = (
    (b"PK\x03\x04", "a spreadsheet or an archive", "save it as CSV (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "save it as CSV (UTF-8)"),
    (b"%PDF", "a PDF document", "copy its table into a CSV file"),
)
_CHUNK = 1 << 20


@contextmanager
def open_table(
    argument: str,
    *,
    encoding: str | None = None,
    header: bool | None = None,
    named: Collection[str] = (),
) -> Iterator[Table]:
    """Open a portfolio by its path, or standard input by ``-``, for as long as it is read.

    Args:
        argument: the path as typed.
        encoding: of text files; ``None`` finds out.
        header: whether a CSV file begins with headings; ``None`` finds out.
        named: columns that the user named, which are therefore headings.

    Raises:
        InputError: no such file, a directory, or one that may not be read.
        DataError: empty, or nothing that is a portfolio.
    """
    with ExitStack() as stack:
        name, stream, position = _open_bytes(argument, stack)
        start = _first_bytes(stream, name)
        _refuse_foreign(start, name)
        if start.startswith(b"PAR1"):
            from limen.batch.tables.parquet_table import read_parquet

            yield read_parquet(stream, name=name)
            return
        found = named_encoding(encoding) if encoding else _sniff(stream, name)
        sample = SAMPLE_ROWS if stream.seekable() else SAMPLE_ROWS_OF_A_PIPE
        text = io.TextIOWrapper(stream, encoding=found.codec, errors="replace", newline="")
        stack.callback(text.detach)  # or it would close standard input when it goes
        with _decoding(name, found):
            if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
                from limen.batch.tables.json_table import read_json

                table = read_json(text, name=name, position=position, sample=sample)
            else:
                from limen.batch.tables.csv_table import read_csv

                table = read_csv(
                    text, name=name, position=position, sample=sample, header=header, named=named
                )
        yield replace(
            table,
            rows=_guarded(table.rows, name, found),
            facts=(found.title, *table.facts),
            warnings=(*((found.warning,) if found.warning else ()), *table.warnings),
        )


def _open_bytes(
    argument: str, stack: ExitStack
) -> tuple[str, BinaryIO, Callable[[], tuple[int, int]]]:
    if argument == STDIN:
        return "standard input", sys.stdin.buffer, lambda: (0, 0)
    path = Path(argument).expanduser()
    if path.is_dir():
        raise InputError(
            "this is a directory",
            where=argument,
            hint=f"name the files in it: limen screen {argument.rstrip('/')}/*.csv",
        )
    try:
        raw = stack.enter_context(path.open("rb"))
    except FileNotFoundError as error:
        raise _not_there(argument, path) from error
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror or error}", where=argument) from error
    size = path.stat().st_size
    stream = cast("BinaryIO", raw)
    if _first_bytes(stream, path.name).startswith(b"\x1f\x8b"):
        stream = cast("BinaryIO", stack.enter_context(gzip.GzipFile(fileobj=raw)))
    return path.name, stream, lambda: (raw.tell(), size)


def _not_there(argument: str, path: Path) -> InputError:
    try:
        neighbours = [neighbour.name for neighbour in path.parent.iterdir()]
    except OSError:
        neighbours = []
    near = closest(path.name, neighbours)
    hint = f"did you mean {path.parent / near}?" if near else "check the path"
    return InputError("there is no such file", where=argument, hint=hint)


def _first_bytes(stream: BinaryIO, name: str) -> bytes:
    with _breaking_off(name):
        return cast("io.BufferedReader", stream).peek(64)


def _refuse_foreign(start: bytes, name: str) -> None:
    if not start:
        raise DataError("the file is empty", where=name, hint="write it again with its rows")
    for magic, what, hint in _MAGICS:
        if start.startswith(magic):
            raise DataError(
                f"this is {what}, not CSV, JSON lines or Parquet", where=name, hint=hint
            )


def _sniff(stream: BinaryIO, name: str) -> Encoding:
    if not stream.seekable():
        return sniff_encoding([cast("io.BufferedReader", stream).peek(1)], where=name)
    with _breaking_off(name):
        found = sniff_encoding(_chunks(stream), where=name)
        stream.seek(0)
    return found


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _guarded(rows: Iterator[Row], name: str, encoding: Encoding) -> Iterator[Row]:
    with _breaking_off(name), _decoding(name, encoding):
        yield from rows


@contextmanager
def _decoding(name: str, encoding: Encoding) -> Iterator[None]:
    """Report a file that is not in its encoding at all, such as UTF-16 without its mark."""
    try:
        yield
    except UnicodeError as error:
        raise DataError(
            f"it is not {encoding.title}: {error}",
            where=name,
            why="a name read in the wrong encoding is never found",
            hint="leave --encoding out, or name another",
        ) from error


@contextmanager
def _breaking_off(name: str) -> Iterator[None]:
    """Report a stream that breaks off as a damaged file."""
    try:
        yield
    except (EOFError, OSError, zlib.error) as error:
        raise DataError(
            f"the file breaks off: {error}",
            where=name,
            why="the rows after this point would not be screened",
            hint="fetch or copy it again",
        ) from error
