"""Gather the values of one message into transactions, each with what its groups give to all.

A message is a stack of parts: the message itself, groups (``PmtInf``), entries (``Ntry``) and
transactions. A transaction is made when its part ends. What is in a part after its last
transaction, or without one, is made into a transaction of position 0, so that nothing is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from limen.payments.iso20022.role_table import Node, role_table
from limen.payments.message import Element, PaymentParty, PaymentText, Problem, Transaction

#: Elements of one part. The largest real transactions have some hundred; a made one must not fill
#: the memory.
MOST_ELEMENTS = 50_000
#: Of a group or message, which each transaction in it has; the largest real ones have hundreds.
_MOST_SHARED = 5_000
#: What follows the number in the path of its scheme: ``Othr/SchmeNm/Cd``.
_SCHEME_NAMES = ("/Cd", "/Prtry", "/SchmeNm", "/Tp", "/ChanlTp", "/IdTp")


class Value(NamedTuple):
    """Represents an element, the path that says what it is, and the instance of its owner."""

    element: Element
    node: Node
    owner: str


class Part:
    """Represents a message, group, entry or transaction while it is read."""

    __slots__ = ("_built", "emitted", "facts", "node", "path", "problems", "start", "values")

    def __init__(self, node: Node | None, path: str, start: int) -> None:
        self.node = node
        self.path = path
        self.start = start
        self.values: list[Value] = []
        self.facts: dict[str, tuple[str, str]] = {}
        self.problems: list[Problem] = []
        #: Values that a transaction has had.
        self.emitted = 0
        self._built: tuple[int, tuple[PaymentParty, ...], tuple[PaymentText, ...]] = (0, (), ())

    @property
    def is_full(self) -> bool:
        """Return whether the part has as many values as it may have."""
        whole = self.node is not None and self.node.scope == "transaction"
        return len(self.values) >= (MOST_ELEMENTS if whole else _MOST_SHARED)

    @property
    def elements(self) -> tuple[Element, ...]:
        """Return the elements read so far."""
        return tuple([value.element for value in self.values])

    def grouped(self, since: int = 0) -> tuple[tuple[PaymentParty, ...], tuple[PaymentText, ...]]:
        """Return the parties and texts of the values; those of all of them are made once."""
        if since:
            return _grouped(self.values[since:])
        if self._built[0] != len(self.values):
            self.values = _with_schemes(self.values)
            self._built = (len(self.values), *_grouped(self.values))
        return self._built[1:]


class Collector:
    """Represents the transactions of one message; those that are whole wait in ``ready``."""

    def __init__(self) -> None:
        self.ready: deque[Transaction] = deque()
        self._parts = [Part(None, "", 0)]
        self._count = 0

    @property
    def part(self) -> Part:
        """Return the innermost part that is being read."""
        return self._parts[-1]

    @property
    def message_problems(self) -> list[Problem]:
        """Return the problems of the message as a whole, which each transaction has."""
        return self._parts[0].problems

    def opens(self, node: Node) -> bool:
        """Return whether an element begins a part: no part begins in a transaction."""
        innermost = self._parts[-1].node
        return bool(node.scope) and (innermost is None or innermost.scope != "transaction")

    def open(self, node: Node, path: str, start: int) -> None:
        """Begin a part."""
        self._parts.append(Part(node, path, start))

    def close(self, end: int) -> None:
        """End the innermost part."""
        part = self._parts[-1]
        assert part.node is not None  # noqa: S101 - the message itself is ended by finish
        if part.node.scope == "transaction" or (part.node.scope == "entry" and not part.emitted):
            self._emit(end)
        else:
            self._emit_rest(part, end)
        self._parts.pop()

    def finish(self, end: int, *problems: Problem) -> None:
        """End the message, whole or not; what is unfinished has the problems."""
        while len(self._parts) > 1:
            self.part.problems += problems
            self.close(end)
        self._emit_rest(self._parts[0], end)

    def add(self, value: Value, currency: str = "") -> None:
        """Add a value to the innermost part."""
        part = self._parts[-1]
        part.values.append(value)
        if value.node.fact:
            part.facts.setdefault(value.node.fact, (value.element.text, currency))

    def _emit(self, end: int) -> None:
        """Make a transaction of the innermost part and all that it is in."""
        self._count += 1
        part = self._parts[-1]
        grouped = [each.grouped() for each in self._parts]
        amount, currency = self._fact(role_table().amounts, self._parts[-1:])
        self.ready.append(
            Transaction(
                position=self._count,
                path=part.path,
                span=(part.start, end),
                references=self._references(),
                amount=amount,
                currency=currency,
                date=self._fact(role_table().dates, self._parts[::-1])[0],
                parties=tuple([party for parties, _ in grouped for party in parties]),
                texts=tuple([text for _, texts in grouped for text in texts]),
                elements=tuple([value.element for each in self._parts for value in each.values]),
                problems=tuple([problem for each in self._parts for problem in each.problems]),
            )
        )
        for each in self._parts:
            each.emitted = len(each.values)

    def _emit_rest(self, part: Part, end: int) -> None:
        """Make a transaction of position 0 of what no transaction has had."""
        fresh = part.emitted
        if fresh == len(part.values):
            return
        parties, texts = part.grouped(fresh)
        self.ready.append(
            Transaction(
                position=0,
                path=part.path,
                span=(part.start, end),
                references={name: text for name, (text, _) in part.facts.items() if not fresh},
                parties=parties,
                texts=texts,
                elements=part.elements[fresh:],
                problems=tuple(dict.fromkeys([*self._parts[0].problems, *part.problems])),
            )
        )
        part.emitted = len(part.values)

    def _fact(self, names: Iterable[str], parts: Iterable[Part]) -> tuple[str, str]:
        for name in names:
            for part in parts:
                if name in part.facts:
                    return part.facts[name]
        return "", ""

    def _references(self) -> dict[str, str]:
        known = {*role_table().amounts, *role_table().dates}
        return {
            name: text
            for part in self._parts
            for name, (text, _) in part.facts.items()
            if name not in known
        }


def _grouped(
    values: Iterable[Value],
) -> tuple[tuple[PaymentParty, ...], tuple[PaymentText, ...]]:
    """Put the values of one party together, and those of one text."""
    groups: dict[tuple[bool, str], list[Value]] = {}
    for value in values:
        owner = value.node.owner
        is_text = value.element.use == "text"
        is_party = owner is not None and owner.is_party and not is_text
        if is_party or is_text:
            groups.setdefault((is_party, value.owner), []).append(value)
    parties, texts = [], []
    for (is_party, path), group in groups.items():
        elements = tuple([value.element for value in group])
        if is_party:
            institution = any(map(_is_institution, group))
            kind = "institution" if institution else "customer"
            parties.append(PaymentParty(elements[0].role, kind, path, elements))  # type: ignore[arg-type]
        else:
            texts.append(PaymentText(elements[0].role, path, elements))
    return tuple(parties), tuple(texts)


def _is_institution(value: Value) -> bool:
    owner = value.node.owner
    return (owner is not None and owner.is_agent) or "FinInstnId" in value.node.path


def _with_schemes(values: list[Value]) -> list[Value]:
    """Return the values, each number with the scheme that is next to it."""
    schemes: dict[str, str] = {}
    for element, _, _ in values:
        if element.kind == "scheme":
            schemes.setdefault(_above_scheme(element.path), element.text)
    if not schemes:
        return values
    paired = []
    for element, node, owner in values:
        scheme = schemes.get(element.path.rpartition("/")[0], "")
        if scheme and element.kind in ("number", "proxy", "account", "tax_number"):
            element = replace(element, scheme=scheme)
        paired.append(Value(element, node, owner))
    return paired


def _above_scheme(path: str) -> str:
    """Return the path of the number's parent: ``Othr`` of ``Othr/SchmeNm/Cd``."""
    while path.endswith(_SCHEME_NAMES):
        path = path.rpartition("/")[0]
    return path
