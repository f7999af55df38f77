"""What a payment message is read into: messages, transactions, parties, texts, elements.

One shape for ISO 20022 and MT, so that whatever screens a payment knows no format. Every value
of a message is an :class:`Element`, with its place and what it is; parties and texts are the
elements that belong together. Spans are byte offsets in the source, which is the file or the body
of a request; ``Message.span`` is the message's own part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

#: How an element is used: as a part of its party, as free text, or not at all.
Use = Literal["party", "text", "none"]
#: ``refused``: the rest of the message is not read. ``unread``: an element could not be read, so
#: that its transaction cannot pass. ``note``: everything was read, and something is odd.
Severity = Literal["refused", "unread", "note"]
Format = Literal["iso20022", "mt"]
#: Lengths at which fields end, so that a value of that length may be cut.
FIELD_ENDS = frozenset({35, 70, 140})
#: A name of so many characters may have been cut, whatever its field holds.
LONG_NAME = 30


class Element(msgspec.Struct, frozen=True, gc=False):
    """Represents one value of a message.

    Attributes:
        path: an XPath of local names (``/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/Dbtr/Nm``), or
            block, tag and line (``4/59F/2``, ``4/59F[2]/1`` where a tag is repeated, ``3/433``).
        role: of its party (``debtor``), or what it is for (``remittance``, ``purpose``).
        kind: what the value is: ``name``, ``town``, ``bic``, ``text``, ``amount``. An element that
            no rule knows is ``unknown``; its use is ``text``, so that it is screened too.
        text: the value without blanks around it; references and escapes are replaced.
        span: where the value is in the source, from its first byte to after its last.
        use: how it is screened; ``none`` is only listed.
        cut_at: the length where more may have been cut off: 35, 70 or 140 where the value fills
            its field, or its own of a long name, as systems cut names at lengths of their own.
        scheme: which number it is, as the message says: ``CCPT``, ``TXID``, ``TELE``.
        country: the country of a number, as the message says.
    """

    path: str
    role: str
    kind: str
    text: str
    span: tuple[int, int]
    use: Use = "none"
    cut_at: int | None = None
    scheme: str = ""
    country: str = ""

    @property
    def fills_field(self) -> bool:
        """Return whether the value fills its field."""
        return self.cut_at in FIELD_ENDS


class PaymentParty(msgspec.Struct, frozen=True, gc=False):
    """Represents a customer or an institution in a payment, with its account.

    ``path`` is where it is in the message. ``limen.payments.as_party`` makes FollowTheMoney
    JSON of it.
    """

    role: str
    kind: Literal["customer", "institution"]
    path: str
    elements: tuple[Element, ...]

    def values(self, *kinds: str) -> tuple[str, ...]:
        """Return the texts of the elements of these kinds, in the message's order."""
        return tuple(element.text for element in self.elements if element.kind in kinds)


class PaymentText(msgspec.Struct, frozen=True, gc=False):
    """Represents free text of one role: lines of a field, or repetitions of an element.

    A line that fills its field (``cut_at``) may go on in the next in the middle of a word.
    """

    role: str
    path: str
    elements: tuple[Element, ...]

    @property
    def text(self) -> str:
        """Return the lines, one below the other."""
        return "\n".join(element.text for element in self.elements)

    def element_at(self, offset: int) -> Element:
        """Return the element in which an offset of ``text`` is."""
        for element in self.elements:
            if offset <= len(element.text):
                return element
            offset -= len(element.text) + 1
        return self.elements[-1]


class Problem(msgspec.Struct, frozen=True, gc=False):
    """Represents something in a message that cannot be used as it is.

    ``code`` is stable; ``line`` and ``column`` count from 1, and 0 is unknown. ``offset`` is
    the byte in the source.
    """

    code: str
    what: str
    severity: Severity
    path: str = ""
    line: int = 0
    column: int = 0
    offset: int = 0
    hint: str = ""


class Transaction(msgspec.Struct, frozen=True, gc=False):
    """Represents one transaction, entry or instruction, with what its group gives to all.

    ``position`` counts from 1 in its message. Position 0 is no transaction: what the message has
    outside of all of them, after the first. ``references`` has the message's words for them
    (``EndToEndId``, ``UETR``, ``20``). ``amount`` is a decimal number with a point; ``date`` is as
    the message writes it, in ISO form. ``elements`` has every value, those of parties and
    texts too; those of the group are the same objects in each transaction.
    """

    position: int
    path: str
    span: tuple[int, int]
    references: Mapping[str, str]
    amount: str = ""
    currency: str = ""
    date: str = ""
    parties: tuple[PaymentParty, ...] = ()
    texts: tuple[PaymentText, ...] = ()
    elements: tuple[Element, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def unscreened(self) -> tuple[Element, ...]:
        """Return the elements that no rule screens."""
        return tuple(element for element in self.elements if element.use == "none")

    @property
    def is_read(self) -> bool:
        """Return whether every element could be read; otherwise the transaction cannot pass."""
        return all(problem.severity == "note" for problem in self.problems)


class Message:
    """Represents a message while it is read: its header, then its transactions once.

    ``transactions`` reads on as it is consumed, so that a file of any size takes the memory of one
    transaction. Reading the next message loses what is left of this one. ``problems``
    and the end of ``span`` are complete when ``transactions`` is exhausted.

    Attributes:
        number: the message's place in the source, from 1.
        format: ``iso20022`` or ``mt``.
        kind: ``pacs.008.001.08``, ``MT103``, ``MT202COV``; empty where it is not known.
        header: the elements of head.001 and of the envelope, or those of blocks 1, 2, 3 and 5.
        parties: sender and receiver.
    """

    __slots__ = (
        "format",
        "header",
        "kind",
        "number",
        "parties",
        "problems",
        "span",
        "transactions",
    )

    def __init__(
        self,
        number: int,
        *,
        format: Format,  # noqa: A002
        kind: str,
        header: tuple[Element, ...] = (),
        parties: tuple[PaymentParty, ...] = (),
        transactions: Iterable[Transaction] = (),
        problems: Iterable[Problem] = (),
        span: tuple[int, int] = (0, 0),
    ) -> None:
        self.number = number
        self.format = format
        self.kind = kind
        self.header = header
        self.parties = parties
        self.transactions: Iterator[Transaction] = iter(transactions)
        self.problems = list(problems)
        self.span = span

    @property
    def refused(self) -> Problem | None:
        """Return why the message, or the rest of it, could not be read."""
        return next((each for each in self.problems if each.severity == "refused"), None)
