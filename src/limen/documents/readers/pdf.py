"""Read PDF by pypdf (the ``[pdf]`` extra): text page by page, in the order of the page.

A page without a text layer is a picture; it becomes a limitation of the document.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from limen.documents.document import Paragraph, Raw
from limen.documents.text.layout import paragraphs_of
from limen.model import DataError, InputError

_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
#: Pages named one by one in a limitation; more are counted.
_NAMED = 12


def read_pdf(data: bytes, name: str) -> Raw:
    """Return the text of every page that has any.

    Raises:
        InputError: pypdf is not installed.
        DataError: the file is broken, or locked by a password.
    """
    reader = _opened(data, name)
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    dark: list[str] = []
    at = 0
    for number, page in enumerate(_pages(reader, name), start=1):
        text, trouble = _text(page)
        if trouble or not text.strip():
            dark.append(f"page {number} {trouble or 'has no text layer'}")
        paragraphs.extend(paragraphs_of(text, at, number))
        parts.append(text)
        at += len(text) + 2
    about = _about(reader)
    return Raw(
        text="\n\n".join(parts),
        media="pdf",
        paragraphs=tuple(paragraphs),
        title=about[0],
        dated=about[1],
        limitations=tuple(_limits(dark)),
    )


def _limits(dark: list[str]) -> Iterator[str]:
    yield from dark[:_NAMED]
    if len(dark) > _NAMED:
        yield f"{len(dark) - _NAMED} more pages could not be read either"


def _opened(data: bytes, name: str) -> Any:
    try:
        import pypdf
    except ImportError as error:
        raise InputError(
            "reading PDF needs pypdf", where=name, hint="pip install 'limen[pdf]'"
        ) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
    except Exception as error:  # a broken file breaks pypdf in many ways
        raise _broken(name, error) from error
    if locked:
        raise DataError(
            "it is locked by a password",
            where=name,
            why="nothing in it can be compared",
            hint="save it without a password, and read that",
        )
    return reader


def _broken(name: str, error: Exception) -> DataError:
    return DataError(
        f"it is not a whole PDF: {error or type(error).__name__}",
        where=name,
        hint="fetch the file again",
    )


def _pages(reader: Any, name: str) -> Iterator[Any]:
    try:
        count = len(reader.pages)
    except Exception as error:
        raise _broken(name, error) from error
    if not count:
        raise DataError("it has no pages", where=name, hint="fetch the file again")
    for number in range(count):
        try:
            yield reader.pages[number]
        except Exception:  # one page's damage is that page's limitation
            yield None


def _text(page: Any) -> tuple[str, str]:
    """Return a page's text, or why there is none."""
    if page is None:
        return "", "is damaged"
    try:
        text = page.extract_text() or ""
    except Exception as error:  # one page's damage is that page's limitation
        return "", f"could not be read: {type(error).__name__}"
    return _HYPHEN.sub("", text.replace("\x00", "")), ""


def _about(reader: Any) -> tuple[str, date | None]:
    """Return title and day of making, where the metadata can be read."""
    try:
        about = reader.metadata
        title = str(about.title or "") if about else ""
        made = about.creation_date if about else None
    except Exception:  # metadata are a courtesy
        return "", None
    return " ".join(title.split()), made.date() if made else None
