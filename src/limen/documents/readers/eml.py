"""E-mail: who wrote to whom, the words, and every attachment that is a document itself."""

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
_SHOWN = ("From", "To", "Cc", "Subject", "Date")


@dataclass(slots=True)
class _Gathered:
    """The text so far, what could not be read, and how many parts were seen."""

    parts: list[str] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    limitations: list[str] = field(default_factory=list)
    at: int = 0
    seen: int = 0

    def limit(self, inside: tuple[str, ...], told: str) -> None:
        """Say what could not be read, and in which message it stands."""
        self.limitations.append(" > ".join((*inside, told)))

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
    """One message; ``inside`` are the messages around it, as limitations name them."""
    if len(inside) > MAX_NESTED:
        gathered.limit(inside, f"messages nested deeper than {MAX_NESTED} were not read")
        return
    head = "\n".join(f"{key}: {value}" for key in _SHOWN if (value := _header(message, key)))
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
    """The parts that hold something; of alternatives the one that says more."""
    kind = message.get_content_type()
    if kind == "multipart/alternative":
        plain, page = (message.get_body(preferencelist=(each,)) for each in ("plain", "html"))
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
    """Whether a page has far more words than the plain text that stands in for it."""
    told, shown = (each.get_payload(decode=True) for each in (plain, page))
    if not isinstance(told, bytes) or not isinstance(shown, bytes):
        return False
    return len(_MARKUP.sub(b" ", shown).split()) > 3 * len(told.split()) + 20


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
    """An attachment, or the body, by its own reader."""
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
    for each in raw.limitations:
        gathered.limit(inside, f"{label}: {each}")
    if raw.paragraphs is None:
        gathered.add(raw.text, paragraphs_of(raw.text, at))
        return
    moved = (
        Paragraph(each.start + at, each.end + at, each.page, each.hint) for each in raw.paragraphs
    )
    gathered.add(raw.text, moved)


def _charset(part: EmailMessage) -> str | None:
    """The encoding a part says it has; one that nobody knows is found out instead."""
    said = part.get_content_charset()
    try:
        return codecs.lookup(said).name if said else None
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
