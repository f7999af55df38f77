"""E-mail: who wrote to whom, the words, and every attachment that is a document itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from limen.documents.document import Paragraph, Raw
from limen.documents.layout import paragraphs_of
from limen.documents.readers.limits import MAX_NESTED, MAX_PARTS
from limen.model import DataError, LimenError

_SHOWN = ("From", "To", "Cc", "Subject", "Date")


@dataclass(slots=True)
class _Gathered:
    """The text so far, what could not be read, and how many parts were seen."""

    parts: list[str] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    limitations: list[str] = field(default_factory=list)
    at: int = 0
    seen: int = 0

    def add(self, text: str, paragraphs: Iterator[Paragraph]) -> None:
        self.paragraphs.extend(paragraphs)
        self.parts.append(text)
        self.at += len(text) + 2


def read_eml(data: bytes, name: str) -> Raw:
    """A message with its headers, its body, and the documents attached to it.

    Raises:
        DataError: it is no message.
    """
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise DataError("it has no headers of a message", where=name, mend="save it as .eml again")
    gathered = _Gathered()
    _message(gathered, message, 0)
    return Raw(
        text="\n\n".join(gathered.parts),
        media="eml",
        paragraphs=tuple(gathered.paragraphs),
        title=_header(message, "Subject"),
        dated=_dated(message),
        limitations=tuple(gathered.limitations),
    )


def _message(gathered: _Gathered, message: EmailMessage, depth: int) -> None:
    if depth > MAX_NESTED:
        gathered.limitations.append(f"messages nested deeper than {MAX_NESTED} were not read")
        return
    head = "\n".join(f"{key}: {value}" for key in _SHOWN if (value := _header(message, key)))
    at = gathered.at
    gathered.add(head, (Paragraph(at + a, at + b, None, "heading") for a, b in _lines(head)))
    for part in _leaves(message):
        gathered.seen += 1
        if gathered.seen > MAX_PARTS:
            gathered.limitations.append(f"parts beyond the first {MAX_PARTS} were not read")
            return
        _part(gathered, part, depth)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something; of alternatives the plainest."""
    if message.get_content_type() == "multipart/alternative":
        chosen = message.get_body(preferencelist=("plain", "html"))
        if isinstance(chosen, EmailMessage):
            yield chosen
            return
    if message.is_multipart() and message.get_content_type() != "message/rfc822":
        for part in message.iter_parts():
            if isinstance(part, EmailMessage):
                yield from _leaves(part)
        return
    yield message


def _part(gathered: _Gathered, part: EmailMessage, depth: int) -> None:
    kind = part.get_content_type()
    label = _filename(part) or kind
    if kind == "message/rfc822":
        inner = next(iter(part.iter_parts()), None) if part.is_multipart() else None
        if isinstance(inner, EmailMessage):
            _message(gathered, inner, depth + 1)
        return
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError) as error:
        gathered.limitations.append(f"attachment {label} could not be read: {error}")
        return
    data = content if isinstance(content, bytes) else b""
    if data.strip():
        _document(gathered, data, label, kind, part.get_content_charset())


def _filename(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        return ""


def _document(gathered: _Gathered, data: bytes, label: str, kind: str, charset: str | None) -> None:
    """An attachment, or the body, by its own reader."""
    from limen.documents.readers import media_of, read_raw

    media = "html" if kind == "text/html" else media_of(data, label)
    if media == "eml":
        media = "text"
    try:
        raw = read_raw(data, label, media, charset if media == "text" else None)
    except LimenError as error:
        gathered.limitations.append(f"{error.where}: {error.what}")
        return
    at = gathered.at
    gathered.limitations.extend(f"{label}: {each}" for each in raw.limitations)
    if raw.paragraphs is None:
        gathered.add(raw.text, paragraphs_of(raw.text, at))
        return
    moved = (
        Paragraph(each.start + at, each.end + at, each.page, each.hint) for each in raw.paragraphs
    )
    gathered.add(raw.text, moved)


def _header(message: EmailMessage, key: str) -> str:
    try:
        return " ".join(str(message.get(key, "")).split())
    except (ValueError, LookupError, IndexError, AttributeError):
        return ""


def _dated(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date()
    except (ValueError, TypeError, IndexError):
        return None
