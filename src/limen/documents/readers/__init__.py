"""Read files as documents: recognise the format of a file and call its reader."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

from limen.documents.document import Document, Raw
from limen.documents.read import document_of
from limen.documents.readers.plain import read_plain
from limen.model import DataError, InputError

#: Larger files are refused before they are read: no report, contract or act is.
MAX_BYTES = 64 << 20
_READERS = {"pdf": "read_pdf", "docx": "read_docx", "eml": "read_eml", "html": "read_html"}
_SUFFIXES = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".eml": "eml",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}


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
    media = media_of(data, name)
    raw = read_raw(data, name, media, encoding)
    return document_of(raw, name, data, on=on)


def _check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise DataError(
            f"it has {size:,} bytes; a document has at most {MAX_BYTES:,}",
            where=name,
            hint="cut it into parts, and read each",
        )


def read_raw(data: bytes, name: str, media: str, encoding: str | None = None) -> Raw:
    """Return the text of bytes of one format."""
    if media == "text":
        return read_plain(data, name, encoding)
    module = import_module(f"limen.documents.readers.{media}")
    raw: Raw = getattr(module, _READERS[media])(data, name)
    return raw


def media_of(data: bytes, name: str) -> str:
    """Return ``"pdf"``, ``"docx"``, ``"html"``, ``"eml"`` or ``"text"``."""
    head = data[:1024].lstrip()
    if head.startswith(b"%PDF"):
        return "pdf"
    suffix = _SUFFIXES.get(Path(name).suffix.lower())
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    low = head[:512].lower()
    if low.startswith((b"<!doctype html", b"<html", b"<?xml")) and (
        b"<html" in low or suffix == "html"
    ):
        return "html"
    return suffix or "text"
