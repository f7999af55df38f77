"""Read e-mail: headers, body, and every attachment that is a document itself."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from limen.documents.document import Paragraph, Raw
from limen.documents.readers.limits import MAX_NESTED, MAX_PARTS
from limen.documents.text.layout import paragraphs_of
from limen.model import DataError, LimenError

_MARKUP = re.compile(
    rb"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL | re.IGNORECASE
)
_HEADERS = ("From", "To", "Cc", "Subject", "Date")


@dataclass(slots=True)
class _Gathered:
    """Represents the text so far, what could not be read, and how many parts were seen."""

    parts: list[str] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    limitations: list[str] = field(default_factory=list)
    at: int = 0
    seen: int = 0

    def limit(self, inside: tuple[str, ...], limitation: str) -> None:
        """Note what could not be read, and in which message."""
        self.limitations.append(" > ".join((*inside, limitation)))

    def add(self, text: str, paragraphs: Iterator[Paragraph]) -> None:
        self.paragraphs.extend(paragraphs)
        self.parts.append(text)
        self.at += len(text) + 2


def read_eml(data: bytes, name: str) -> Raw:
    """Return a message with its headers, its body, and the documents attached to it.

    Raises:
        DataError: it is no message.
    """
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise DataError("it has no headers of a message", where=name, hint="save it as .eml again")
    gathered = _Gathered()
    _message(gathered, message)
    return Raw(
        text="\n\n".join(gathered.parts),
        media="eml",
        paragraphs=tuple(gathered.paragraphs),
        title=_header(message, "Subject"),
        dated=_dated(message),
        limitations=tuple(gathered.limitations),
    )


def _message(gathered: _Gathered, message: EmailMessage, inside: tuple[str, ...] = ()) -> None:
    """Read one message; ``inside`` are the messages around it, as limitations name them."""
    if len(inside) > MAX_NESTED:
        gathered.limit(inside, f"messages nested deeper than {MAX_NESTED} were not read")
        return
    head = "\n".join(f"{key}: {value}" for key in _HEADERS if (value := _header(message, key)))
    at = gathered.at
    gathered.add(head, (Paragraph(at + a, at + b, None, "heading") for a, b in _lines(head)))
    for part in _leaves(message):
        gathered.seen += 1
        if gathered.seen > MAX_PARTS:
            gathered.limit(inside, f"parts beyond the first {MAX_PARTS} were not read")
            return
        _part(gathered, part, inside)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that hold something; of alternatives the one that says more."""
    kind = message.get_content_type()
    if kind == "multipart/alternative":
        plain, page = (message.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
        chosen = page if plain is None or (page and _says_more(page, plain)) else plain
        if isinstance(chosen, EmailMessage):
            yield chosen
            return
    if message.is_multipart() and kind != "message/rfc822":
        for part in message.iter_parts():
            if isinstance(part, EmailMessage):
                yield from _leaves(part)
        return
    yield message


def _says_more(page: Message, plain: Message) -> bool:
    """Return whether a page has far more words than its plain alternative."""
    plain_bytes, page_bytes = (part.get_payload(decode=True) for part in (plain, page))
    if not isinstance(plain_bytes, bytes) or not isinstance(page_bytes, bytes):
        return False
    return len(_MARKUP.sub(b" ", page_bytes).split()) > 3 * len(plain_bytes.split()) + 20


def _part(gathered: _Gathered, part: EmailMessage, inside: tuple[str, ...]) -> None:
    kind = part.get_content_type()
    label = _filename(part) or kind
    if kind == "message/rfc822":
        inner = next(iter(part.iter_parts()), None) if part.is_multipart() else None
        if isinstance(inner, EmailMessage):
            _message(gathered, inner, (*inside, f"message “{_header(inner, 'Subject')}”"))
        else:
            gathered.limit(inside, f"the message attached as {label} could not be read")
        return
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError) as error:
        gathered.limit(inside, f"attachment {label} could not be read: {error}")
        return
    data = content if isinstance(content, bytes) else b""
    if data.strip():
        _document(gathered, data, label, part, inside)


def _filename(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        return ""


def _document(
    gathered: _Gathered, data: bytes, label: str, part: EmailMessage, inside: tuple[str, ...]
) -> None:
    """Read an attachment, or the body, by its own reader."""
    from limen.documents.readers import media_of, read_raw

    media = "html" if part.get_content_type() == "text/html" else media_of(data, label)
    if media == "eml":
        media = "text"
    try:
        raw = read_raw(data, label, media, _charset(part) if media == "text" else None)
    except LimenError as error:
        gathered.limit(inside, f"{error.where}: {error.what}")
        return
    at = gathered.at
    for limitation in raw.limitations:
        gathered.limit(inside, f"{label}: {limitation}")
    if raw.paragraphs is None:
        gathered.add(raw.text, paragraphs_of(raw.text, at))
        return
    moved = (
        Paragraph(paragraph.start + at, paragraph.end + at, paragraph.page, paragraph.hint)
        for paragraph in raw.paragraphs
    )
    gathered.add(raw.text, moved)


def _charset(part: EmailMessage) -> str | None:
    """Return the encoding that a part declares; ``None`` where it is unknown."""
    charset = part.get_content_charset()
    try:
        return codecs.lookup(charset).name if charset else None
    except LookupError:
        return None


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
