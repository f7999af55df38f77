"""Read the ISO 20022 messages of a stream, one after the other, in the memory of one transaction.

A stream holds one XML root, or several: messages put one after the other, headers before their
documents. Where a root cannot be read any further, the message in it is refused with its place, and
reading goes on at the next header, document or XML declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from limen.payments.iso20022.messages import CurrentMessage, End
from limen.payments.iso20022.walk import Root, XmlFault
from limen.payments.message import Message, Problem, Transaction

_CHUNK = 1 << 16
#: Where reading can go on: a declaration, or the tag of a header or document.
_NEXT_ROOT = re.compile(rb"<\?xml\s|<(?:[A-Za-z][\w.-]{0,40}:)?(?:Document|AppHdr)[\s>/]")
#: Where it can go on when the prolog of a document cannot be read: what follows belongs to it.
_NEXT_DOCUMENT = re.compile(rb"<\?xml\s")
#: More than the longest match of either, less one.
_OVERLAP = 64
#: What may stand between roots.
_BLANK = b" \t\r\n\x00\xef\xbb\xbf"
_HINTS = {
    "cut-off": "send the whole file again",
    "doctype": "remove the document type declaration; no payment message has one",
    "unknown-encoding": "declare the encoding in which the file is written",
    "not-well-formed": "the file is no XML from here on, or its encoding is not the declared one",
}


def read_iso20022(file: IO[bytes]) -> Iterator[Message]:
    """Yield the messages of a stream; what was not read of one is skipped before the next."""
    stream = _Stream(file)
    while (message := stream.next_message()) is not None:
        message.transactions = stream.transactions(message)
        yield message
        for _ in message.transactions:
            pass


class _Stream:
    """Represents a stream that is read as far as its messages are consumed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._current = CurrentMessage()
        self._root: Root | None = None
        self._roots = 0
        self._searching: re.Pattern[bytes] | None = None
        self._rest = b""
        self._offset = 0
        self._line = 1
        self._line_start = 0
        self._ended = False

    def next_message(self) -> Message | None:
        """Return the next message; ``None`` at the end."""
        while self._current.events or self._advance():
            while self._current.events:
                event = self._current.events.popleft()
                if isinstance(event, Message):
                    return event
        return None

    def transactions(self, message: Message) -> Iterator[Transaction]:
        """Yield the transactions of a message that has begun, and complete it at its end."""
        while self._current.events or self._advance():
            while self._current.events:
                event = self._current.events[0]
                if isinstance(event, Message):
                    return
                self._current.events.popleft()
                if isinstance(event, End):
                    message.span = (message.span[0], event.at)
                    message.problems += event.problems
                    return
                yield event

    def _advance(self) -> bool:
        """Read on; return whether there was anything left to read."""
        if self._ended:
            return False
        chunk = self._file.read(_CHUNK)
        data, at = self._rest + chunk, self._offset - len(self._rest)
        self._offset += len(chunk)
        self._rest = b""
        self._ended = not chunk
        while data:
            data, at = self._feed(data, at) if self._root else self._begin_root(data, at)
        if self._ended:
            self._finish()
        return True

    def _begin_root(self, data: bytes, at: int) -> tuple[bytes, int]:
        """Begin the root that is next, or wait for more bytes; return what is left."""
        if self._searching:
            found = self._searching.search(data)
            if not found:
                return self._skip(data, at, max(0, len(data) - _OVERLAP + 1), wait=True)
            data, at = self._skip(data, at, found.start())
        elif self._roots:
            data, at = self._skip(data, at, len(data) - len(data.lstrip(_BLANK)))
        if not data or (len(data) < _OVERLAP and not self._ended):
            return self._skip(data, at, 0, wait=True)
        if self._roots and not re.match(rb"<[?!A-Za-z_]", data):
            self._refuse_between(data, at)
            self._searching = _NEXT_ROOT
            return self._skip(data, at, 1)
        expected = data.startswith(b"<?xml") or self._searching is not None
        self._current.in_second_root = self._current.count > 0 and not expected
        self._searching = None
        self._roots += 1
        self._root = Root(at, (self._line, at - self._line_start), self._current)
        return data, at

    def _skip(self, data: bytes, at: int, count: int, *, wait: bool = False) -> tuple[bytes, int]:
        """Skip bytes, counting lines; return the others, or hold them until there are more."""
        lines = data.count(b"\n", 0, count)
        if lines:
            self._line += lines
            self._line_start = at + data.rindex(b"\n", 0, count) + 1
        if wait:
            self._rest = data[count:]
            return b"", at
        return data[count:], at + count

    def _feed(self, data: bytes, at: int) -> tuple[bytes, int]:
        """Feed the root; return what is left where it ended."""
        root = self._root
        assert root is not None  # noqa: S101 - only called with one
        try:
            root.feed(data)
        except XmlFault as fault:
            left = max(at, root.base + fault.offset)
            if root.ended and data[left - at - 1 : left - at] == b"<":
                left -= 1  # of an end tag, expat gives the place of its slash
            elif not root.ended:
                self._refuse(root, fault)
                self._searching = _NEXT_ROOT if root.began else _NEXT_DOCUMENT
            self._end_root(root)
            if fault.line > 1:
                self._line += fault.line - 1
                self._line_start = root.base + fault.offset - fault.column
            return data[left - at :], left
        return b"", at + len(data)

    def _end_root(self, root: Root) -> None:
        self._root = None
        if self._current.has_header and root.name != "AppHdr":
            self._refuse_unbegun(
                "not-a-payment", "no payment message is in this document", root.base
            )

    def _finish(self) -> None:
        """End the stream, and refuse what had no end."""
        root = self._root
        if root:
            try:
                root.feed(b"", final=True)
            except XmlFault as fault:
                self._refuse(root, fault)
            self._end_root(root)
        if self._current.has_header:
            self._refuse_unbegun("no-document", "a header without its document", self._offset)
        if not self._current.count and self._offset:
            self._refuse_unbegun("not-a-payment", "no payment message is in it", 0)
        elif not self._current.count:
            self._refuse_unbegun("empty", "there is nothing in it", 0)

    def _refuse(self, root: Root, fault: XmlFault) -> None:
        at = root.base + fault.offset
        line, column = root.place(fault.line, fault.column)
        hint = _HINTS.get(fault.code, "")
        problem = Problem(fault.code, fault.what, "refused", "", line, column, at, hint)
        self._current.refuse(problem, at)

    def _refuse_between(self, data: bytes, at: int) -> None:
        """Refuse what is between two roots; the end tag of an envelope is none of it."""
        if not data.startswith(b"</"):
            self._refuse_unbegun("not-well-formed", "what follows the document is no XML", at)

    def _refuse_unbegun(self, code: str, what: str, at: int) -> None:
        column = max(0, at - self._line_start) + 1
        problem = Problem(code, what, "refused", "", self._line, column, at, _HINTS.get(code, ""))
        self._current.refuse(problem, at)
