"""Read e-mail: headers, every part of the body, and every attachment that is a document itself."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import Policy
from email.utils import parsedate_to_datetime
from typing import Any

from limen.documents.document import Raw
from limen.documents.readers.file_format import media_of, read_raw
from limen.documents.readers.gathered import Gathered
from limen.documents.readers.limits import MAX_NESTED, MAX_PARTS, Nesting
from limen.documents.readers.mail_headers import bounded_policy
from limen.model import DataError, LimenError

_HEADERS = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date")
#: Characters up to which a header's addresses are read one by one, which takes quadratic time.
_LONG_HEADER = 10_000
_WORD = re.compile(r"[^\W_]+")
#: An equals sign that no quoted-printable text has.
_NOT_QUOTED = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*$)")
_WESTERN = frozenset({"iso8859-1", "iso8859-15", "cp1252"})
_CODINGS = frozenset(
    {
        *("", "7bit", "8bit", "binary", "base64", "quoted-printable"),
        *("x-uuencode", "uuencode", "uue", "x-uue"),
    }
)


def read_eml(data: bytes, name: str, nesting: Nesting) -> Raw:
    """Return a message with its headers, its body, and the documents attached to it.

    Raises:
        DataError: it is no message.
    """
    rules, headers = bounded_policy()
    message = _parsed(data, rules)
    if not message.keys():
        raise DataError("it has no headers of a message", where=name, hint="save it as .eml again")
    gathered = Gathered(nesting)
    _message(gathered, message, ())
    if headers.cut:
        gathered.limit("headers that are longer than those of messages were read only in part")
    return gathered.raw("eml", title=_header(message, "Subject"), dated=_dated(message))


def _parsed(data: bytes, rules: Policy[Any]) -> EmailMessage:
    message = message_from_bytes(data, policy=rules)
    return message if isinstance(message, EmailMessage) else EmailMessage()


def _limit(gathered: Gathered, inside: tuple[str, ...], limitation: str) -> None:
    """Note what could not be read, and in which message."""
    gathered.limit(" > ".join((*inside, limitation)))


def _message(gathered: Gathered, message: EmailMessage, inside: tuple[str, ...]) -> None:
    """Read one message; ``inside`` are the messages around it, as limitations name them."""
    if len(inside) > MAX_NESTED:
        _limit(gathered, inside, f"messages nested deeper than {MAX_NESTED} were not read")
        return
    headers = (f"{key}: {value}" for key in _HEADERS if (value := _header(message, key)))
    gathered.lines(headers, "heading")
    for part in _leaves(message):
        left = gathered.nesting.parts
        if left <= 0:
            _limit(gathered, inside, f"parts beyond the first {MAX_PARTS} were not read")
            return
        _part(gathered, part, inside)
        # A part that no reader counted, as an empty one or a message, counts too.
        gathered.nesting.parts = min(gathered.nesting.parts, left - 1)


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that hold something; of alternatives all that say something of their own."""
    kind = message.get_content_type()
    if not message.is_multipart() or kind == "message/rfc822":
        yield message
        return
    parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
    if kind == "multipart/alternative":
        parts = list(_different(parts))
    for part in parts:
        yield from _leaves(part)


def _different(parts: list[EmailMessage]) -> Iterator[EmailMessage]:
    """Yield alternatives, the fullest first, without those that say nothing more."""
    words = [(_words(part), at) for at, part in enumerate(parts[: MAX_PARTS + 1])]
    known: list[str] = []
    chosen = []
    for content, at in sorted(words, key=lambda entry: (-entry[0].count(" "), entry[1])):
        if not content or not any(content in other for other in known):
            known.append(content)
            chosen.append(at)
    yield from (parts[at] for at in sorted(chosen))
    yield from parts[MAX_PARTS + 1 :]


def _words(part: EmailMessage) -> str:
    """Return the words that a part says, each between blanks; none where reading must show it."""
    kind = part.get_content_type()
    if kind not in ("text/plain", "text/html"):
        return ""
    media = "html" if kind == "text/html" else "text"
    try:
        content = part.get_payload(decode=True)
        data = content if isinstance(content, bytes) else b""
        text = read_raw(data, kind, media, _charset(part, data)).text
    except (LimenError, ValueError, LookupError):
        return ""
    words = _WORD.findall(text.casefold())
    return f" {' '.join(words)} " if words else ""


def _part(gathered: Gathered, part: EmailMessage, inside: tuple[str, ...]) -> None:
    kind = part.get_content_type()
    label = _filename(part) or kind
    if kind == "message/rfc822":
        inner = _inner_message(part)
        if inner is not None:
            _message(gathered, inner, (*inside, f"message “{_header(inner, 'Subject')}”"))
        else:
            _limit(gathered, inside, f"the message attached as {label} could not be read")
        return
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError) as error:
        _limit(gathered, inside, f"attachment {label} could not be read: {error}")
        return
    data = content if isinstance(content, bytes) else b""
    if damage := _damage(part, data):
        _limit(gathered, inside, f"{label}: {damage}")
    if data.strip():
        _document(gathered, data, label, part, inside)


def _inner_message(part: EmailMessage) -> EmailMessage | None:
    """Return the message in a part, also where it was encoded against the rules."""
    inner = next(iter(part.iter_parts()), None) if part.is_multipart() else None
    if not isinstance(inner, EmailMessage):
        return None
    if inner.keys() or _coding(part) != "base64":
        return inner
    try:
        return _parsed(binascii.a2b_base64(str(inner.get_payload())), part.policy)
    except (binascii.Error, ValueError):
        return None


def _coding(part: EmailMessage) -> str:
    return _header(part, "Content-Transfer-Encoding").lower()


def _damage(part: EmailMessage, data: bytes) -> str:
    """Return why a part's bytes cannot all be those that were sent; empty where they can."""
    coding = _coding(part)
    if coding not in _CODINGS:
        return f"its encoding {coding[:40]!r} is unknown, so it was read as it is"
    raw = part.get_payload()
    sent = raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""
    defects = [type(each).__name__ for each in part.defects]
    if any(each.startswith("InvalidBase64") for each in defects):
        return "its base64 is broken, so parts of it are lost"
    if coding == "quoted-printable" and _NOT_QUOTED.search(sent):
        return "its quoted-printable is broken, so parts of it are lost"
    return "nothing of it could be decoded" if sent.strip() and not data.strip() else ""


def _filename(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        return ""


def _document(
    gathered: Gathered, data: bytes, label: str, part: EmailMessage, inside: tuple[str, ...]
) -> None:
    """Read an attachment, or the body, by its own reader."""
    page = part.get_content_type() == "text/html"
    media = "html" if page else media_of(data, label)
    ahead = "".join(f"{message} > " for message in inside)
    gathered.inner(data, label, media=media, encoding=_charset(part, data), ahead=ahead)


def _charset(part: EmailMessage, data: bytes) -> str | None:
    """Return the encoding that a part declares; ``None`` where its bytes show another, or none.

    Many programs declare ASCII or a Western page and write UTF-8.
    """
    charset = part.get_content_charset()
    try:
        codec = codecs.lookup(charset).name if charset else None
    except LookupError:
        return None
    return None if codec == "ascii" or (codec in _WESTERN and _is_utf8(data)) else codec


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _header(message: EmailMessage, key: str) -> str:
    """Return all that the headers of one name say; very long ones without reading addresses."""
    raw = " ".join(text for name, text in message.raw_items() if name.lower() == key.lower())
    try:
        if len(raw) > _LONG_HEADER:
            return " ".join(str(make_header(decode_header(raw))).split())
        return " ".join(" ".join(map(str, message.get_all(key, ()))).split())
    except (ValueError, LookupError, IndexError, AttributeError, HeaderParseError, RecursionError):
        return " ".join(raw.split())


def _dated(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date()
    except (ValueError, TypeError, IndexError):
        return None
