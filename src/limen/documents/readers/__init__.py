"""Read files as documents: recognise the format of a file and call its reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from limen.documents.document import Document
from limen.documents.read import document_of
from limen.documents.readers.file_format import media_of, read_raw
from limen.model import DataError, InputError

#: Larger files are refused before they are read: no report, contract or act is.
MAX_BYTES = 64 << 20


def read_file(path: Path, *, on: date | None = None, encoding: str | None = None) -> Document:
    """Read a file as a document.

    Args:
        path: the file.
        on: the document's day, where the caller knows it.
        encoding: of plain text, where the bytes do not show it.

    Raises:
        InputError: there is no such file.
        DataError: it cannot be read as a document.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputError("it is a folder", where=path.name, hint="name one document")
        _check_size(size, path.name)
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{error.strerror or error}", where=str(path)) from error
    return read_bytes(data, path.name, on=on, encoding=encoding)


def read_bytes(
    data: bytes, name: str, *, on: date | None = None, encoding: str | None = None
) -> Document:
    """Read bytes as a document; the format shows in them, else in the name.

    Args:
        data: the file's bytes.
        name: its name; its ending decides where the bytes do not show the format.
        on: the document's day, where the caller knows it.
        encoding: of plain text, where the bytes do not show it.

    Raises:
        DataError: they cannot be read as a document.
    """
    _check_size(len(data), name)
    if not data.strip():
        raise DataError("the file is empty", where=name, hint="check where it came from")
    raw = read_raw(data, name, media_of(data, name), encoding)
    return document_of(raw, name, data, on=on)


def _check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise DataError(
            f"it has {size:,} bytes; a document has at most {MAX_BYTES:,}",
            where=name,
            hint="cut it into parts, and read each",
        )
