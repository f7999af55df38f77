"""Read PDF by pypdf (the ``[pdf]`` extra): pages in order, then forms, notes and attached files.

A page without a text layer, or with a large picture and no text of it, is a limitation of the
document, and so is what is drawn or attached and has no reader.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from limen.documents.document import Raw
from limen.documents.readers.gathered import Gathered
from limen.documents.readers.limits import Nesting
from limen.documents.readers.pdf_parts import Annotations, attached, form_values, xfa_values
from limen.documents.readers.pdf_pictures import Watch
from limen.model import DataError, InputError

_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
#: Pages named one by one in a limitation; more are counted.
_NAMED = 12


def read_pdf(data: bytes, name: str, nesting: Nesting) -> Raw:
    """Return the text of every page that has any, of its forms, notes and attached files.

    Raises:
        InputError: pypdf is not installed.
        DataError: the file is broken, or locked by a password.
    """
    reader = _opened(data, name)
    gathered = Gathered(nesting)
    notes = Annotations()
    dark: list[str] = []
    for number, page in enumerate(_pages(reader, name), start=1):
        text, trouble = _text(page)
        if not text.strip() and not trouble:
            trouble = "has no text layer"
        if trouble:
            dark.append(f"page {number} {trouble}")
        gathered.add(text, page=number)
        notes.read(page, number)
    for limitation in _limits(dark):
        gathered.limit(limitation)
    _gather_rest(gathered, reader, notes)
    title, made = _about(reader)
    return gathered.raw("pdf", title=title, dated=made)


def _limits(dark: list[str]) -> Iterator[str]:
    yield from dark[:_NAMED]
    if len(dark) > _NAMED:
        yield f"{len(dark) - _NAMED} more pages could not be read either"


def _gather_rest(gathered: Gathered, reader: Any, notes: Annotations) -> None:
    """Gather what is not on the pages themselves; what fails is a limitation."""
    gathered.lines([*form_values(reader, gathered.limit), *notes.values])
    gathered.lines(xfa_values(reader, gathered.limit))
    for text in notes.texts:
        gathered.paragraph(text, "caption")
    for limitation in notes.limitations:
        gathered.limit(limitation)
    for label, content in (*attached(reader, gathered.limit), *notes.files):
        if content.strip():
            gathered.inner(content, label)


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
    """Return a page's text, and why it is not all of it."""
    if page is None:
        return "", "is damaged"
    try:
        watch = Watch(page)
        text = page.extract_text(visitor_operand_before=watch) or ""
    except Exception as error:  # one page's damage is that page's limitation
        return "", f"could not be read: {type(error).__name__}"
    return _HYPHEN.sub("", text.replace("\x00", "")), watch.trouble(text)


def _about(reader: Any) -> tuple[str, date | None]:
    """Return title and day of making, where the metadata can be read."""
    try:
        about = reader.metadata
        title = str(about.title or "") if about else ""
        made = about.creation_date if about else None
    except Exception:  # metadata are a courtesy
        return "", None
    return " ".join(title.split()), made.date() if made else None
