"""Tell messages apart in a file: envelopes, headers (head.001), documents, and their kinds.

The walk through the file's roots reports where something begins and ends, and each value. What is
ready for the caller waits in ``events``: a message that began, its transactions, and its end.
"""

from __future__ import annotations

import re
from collections import deque
from typing import NamedTuple

from msgspec.structs import replace

from limen.payments.iso20022.collect import Collector, Part, Value
from limen.payments.iso20022.role_table import Node, role_table
from limen.payments.message import Element, Message, Problem, Transaction

_KIND = re.compile(r"(?:^|[:/])([a-z]{4}\.\d{3}(?:\.\d{3}\.\d{2})?)$")
_OLD_ELEMENT = re.compile(r"[a-z]{4}\.\d{3}\.\d{3}\.\d{2}")
#: The namespace of ISO's schemas, before the kind; the second is that of the very first.
_ISO = ("urn:iso:std:iso:20022:tech:xsd:", "urn:iso:std:iso:20022:xsd:")


class End(NamedTuple):
    """Represents the end of a message: where it is, and what was wrong."""

    at: int
    problems: tuple[Problem, ...]


Event = Message | Transaction | End


class CurrentMessage:
    """Represents the message that is being read, or what is before it."""

    def __init__(self) -> None:
        self.events: deque[Event] = deque()
        #: Messages begun, with those that were refused before they began.
        self.count = 0
        #: Line and column that are being read, from 1.
        self.place = (0, 0)
        #: Whether the next message is in a root that should not be there, unless it has a header.
        self.in_second_root = False
        self._header = Part(None, "", 0)
        self._header_problems: list[Problem] = []
        self._starts_at = -1
        self._namespace = ""
        self._document: Node | None = None
        self._body: Node | None = None
        self._collector: Collector | None = None

    @property
    def part(self) -> Part:
        """Return the part that values are added to."""
        return self._collector.part if self._collector else self._header

    @property
    def has_header(self) -> bool:
        """Return whether there are values of a header, and no message for them yet."""
        return bool(self._header.values) and self._body is None

    def add(self, value: Value, currency: str = "") -> None:
        """Take a value; those of a message that was refused are not read."""
        if self._collector:
            self._collector.add(value, currency)
        elif self._body is None:
            self._header.values.append(value)

    def start(self, node: Node, path: str, at: int, namespace: str) -> None:
        """Take the beginning of a header, document, message or part of one."""
        if self._collector:
            if self._collector.opens(node):
                self._collector.open(node, path, at)
        elif self._body is None:
            if self._starts_at < 0 and (node.name in ("Document", "AppHdr")):
                self._starts_at = at
            if node.name == "Document":
                self._document, self._namespace = node, namespace
            elif self._document is not None or node.name in role_table().messages.values():
                self._begin(node, at, namespace or self._namespace)

    def end(self, node: Node, at: int) -> None:
        """Take the end of a part, message or document."""
        if node is self._body and self._document is None:
            self._finish(at)
            self._body = None
        elif node is self._document:
            self._finish(at)
            if self._body is None:
                what = "a document without a message in it"
                self.refuse(self._placed(Problem("no-message", what, "refused"), at), at)
            self._document = self._body = None
        elif self._collector and self._collector.part.node is node:
            self._collector.close(at)
        self._flush()

    def doubt_encoding(self, element: Element, declared: str, line: int) -> None:
        """Note that a value was probably read in the wrong encoding."""
        what = f"declared as {declared}, and its bytes are UTF-8"
        problem = Problem(
            "encoding-doubt", what, "unread", element.path, line, 0, element.span[0],
            hint="declare the encoding in which the file is written",
        )  # fmt: skip
        (self.part.problems if self._collector else self._header_problems).append(problem)

    def refuse(self, problem: Problem, at: int) -> None:
        """End the message that is being read, or say that none could begin."""
        if self._collector:
            self._finish(at, problem)
        elif self._body is None:
            self._announce(
                Message(self.count + 1, format="iso20022", kind="", problems=[problem]), at
            )
            self.events.append(End(at, ()))
        self._document = self._body = self._collector = None
        self._flush()

    def _begin(self, node: Node, at: int, namespace: str) -> None:
        """Begin a message; its kind is its namespace's, else that of its element."""
        self._body = node
        kind, problem = _kind_of(node.name, namespace)
        problems = [*self._header_problems]
        if self.in_second_root and not self._header.values:
            what = "a second root in one XML document"
            hint = "begin each document with its own XML declaration, or put them into an envelope"
            problems.append(self._placed(Problem("second-root", what, "unread", hint=hint), at))
        self.in_second_root = False
        if problem:
            problems.append(self._placed(problem, at))
        parties, _ = self._header.grouped()
        header = self._header.elements
        message = Message(
            self.count + 1, format="iso20022", kind=kind, header=header, parties=parties,
            problems=problems,
        )  # fmt: skip
        self._announce(message, at)
        if message.refused:
            self.events.append(End(at, ()))
            return
        self._collector = Collector()
        self._collector.part.problems += [each for each in problems if each.severity != "note"]

    def _placed(self, problem: Problem, at: int) -> Problem:
        line, column = self.place
        return replace(problem, offset=at, line=line, column=column)

    def _announce(self, message: Message, at: int) -> None:
        self.count += 1
        start = at if self._starts_at < 0 else self._starts_at
        message.span = (start, at)
        self.events.append(message)
        self._header = Part(None, "", 0)
        self._header_problems = []
        self._starts_at = -1

    def _finish(self, at: int, problem: Problem | None = None) -> None:
        """End the message; what of it was unfinished has the problem."""
        if self._collector is None:
            return
        problems = (problem,) if problem else ()
        self._collector.finish(at, *problems)
        self._flush()
        self.events.append(End(at, problems))
        self._collector = None

    def _flush(self) -> None:
        if self._collector and self._collector.ready:
            self.events.extend(self._collector.ready)
            self._collector.ready.clear()


def _kind_of(element: str, namespace: str) -> tuple[str, Problem | None]:
    """Return the kind of a message, and what is wrong with its namespace or kind."""
    named = _KIND.search(namespace)
    known = {name: kind for kind, name in role_table().messages.items()}
    by_element = element if _OLD_ELEMENT.fullmatch(element) else known.get(element, "")
    kind = named[1] if named else by_element
    if namespace and not (named and namespace.startswith(_ISO)):
        what = f"{namespace[:100]!r} is no namespace of ISO 20022"
        hint = f"the namespace of a message is {_ISO[0]} and its version, as pacs.008.001.08"
        return kind, Problem("wrong-namespace", what, "refused", hint=hint)
    if kind[:8] not in role_table().messages:
        what = f"{kind or element[:50]} is no payment message that is read"
        return kind, Problem("unknown-message", what, "refused")
    if by_element and by_element[:8] != kind[:8]:
        what = f"the namespace is of {kind}, and the message is a {by_element}"
        return kind, Problem("wrong-namespace", what, "refused")
    if not namespace:
        return kind, Problem("no-namespace", "no namespace names the version", "note")
    return kind, None
