"""Recognise the format of bytes, and call its reader."""

from __future__ import annotations

import io
import zipfile
from importlib import import_module
from pathlib import Path

from limen.documents.document import Raw
from limen.documents.readers.limits import Nesting
from limen.model import DataError
from limen.util.workbooks.zip_errors import DAMAGED_ZIP

#: Format -> module and function that read it: first those of text, which has an encoding.
_TEXTS = {
    "text": ("plain", "read_plain"),
    "csv": ("plain", "read_csv"),
    "html": ("html", "read_html"),
}
_READERS = {
    "pdf": ("pdf", "read_pdf"),
    "docx": ("docx", "read_docx"),
    "pptx": ("docx", "read_pptx"),
    "odf": ("open_document", "read_open_document"),
    "workbook": ("workbook", "read_workbook"),
    "eml": ("eml", "read_eml"),
}
_SUFFIXES = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".eml": "eml",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".csv": "csv",
    ".tsv": "csv",
    ".xls": "workbook",
}
#: A part by which a zip is known, and what it is then.
_PACKAGES = (
    ("word/", "docx"),
    ("ppt/", "pptx"),
    ("xl/", "workbook"),
    ("content.xml", "odf"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_raw(
    data: bytes,
    name: str,
    media: str,
    encoding: str | None = None,
    *,
    nesting: Nesting | None = None,
) -> Raw:
    """Return the text of bytes of one format.

    Args:
        data: the bytes.
        name: how to call them.
        media: the format, as :func:`media_of` names it.
        encoding: of text.
        nesting: what may still be read of files inside files.

    Raises:
        DataError: they are not in that format, or nested deeper than any document is.
    """
    module, function = _TEXTS.get(media) or _READERS[media]
    reader = getattr(import_module(f"limen.documents.readers.{module}"), function)
    try:
        raw: Raw = reader(data, name, encoding if media in _TEXTS else nesting or Nesting())
    except RecursionError as error:
        raise DataError(
            "its parts are nested too deep to be read", where=name, hint="save it again as text"
        ) from error
    return raw


def media_of(data: bytes, name: str) -> str:
    """Return the format: ``"pdf"``, ``"docx"``, ``"workbook"``, ..., or ``"text"``."""
    head = data[:1024].lstrip()
    if head.startswith(b"%PDF"):
        return "pdf"
    suffix = _SUFFIXES.get(Path(name).suffix.lower())
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    if suffix == "workbook":
        return "workbook" if data.startswith(_OLE) else "text"
    low = head[:512].lower()
    if low.startswith((b"<!doctype html", b"<html", b"<?xml")) and (
        b"<html" in low or suffix == "html"
    ):
        return "html"
    return suffix or "text"


def _package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
    except DAMAGED_ZIP:
        return "docx"  # its reader says what is broken
    return next(
        (media for part, media in _PACKAGES if any(name.startswith(part) for name in names)),
        "docx",
    )
