"""The answer to one transaction, as it goes over the wire.

``docs/schemas/payment.schema.json`` is generated from here. Findings, coverage and stamp are those
of every other answer. ``span`` is a pair of byte offsets in the file or body that was sent; the
spans of findings are offsets of characters in the element's own text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from limen.model import Finding, ListCoverage, Outcome, OwnershipFinding, PlaceFinding, Stamp
from limen.payment_screening.policy import Decided

SCHEMA_VERSION = "1"
GRAVEST_FIRST: tuple[Decided, ...] = ("reject", "hold", "pass")


class ConflictingCountry(msgspec.Struct, frozen=True, gc=False):
    """Represents another country than a second element of the payment gives.

    Attributes:
        code: ``country-conflict`` (lines and country of an address), ``country-differs-from-iban``,
            ``country-differs-from-bic`` or ``iban-differs-from-bic``, as of the lint.
        country: the country of this element, as a code.
        other_country: that of the second.
        other_path: where the second is.
    """

    code: str
    country: str
    other_country: str
    other_path: str


class ScreenedElement(msgspec.Struct, frozen=True, gc=False):
    """Represents one element of a message that was screened.

    Attributes:
        path: where it is in the message: an XPath of local names, or block, tag and line.
        role: of its party (``debtor``), or what it is for (``remittance``).
        kind: what the value is: ``name``, ``town``, ``bic``, ``text``.
        text: the value.
        span: from its first byte to after its last.
        findings: what it is like, of the lists and of the territories under embargo.
        reasons: why it cannot be cleared.
        acts: legal acts and licences that a text names.
        unverified: the channel does not verify it against some or all lists; the answer's notices
            say which, and why.
        conflicts: countries of other elements that contradict the one it gives.
    """

    path: str
    role: str
    kind: str
    text: str
    span: tuple[int, int]
    findings: tuple[Finding | PlaceFinding | OwnershipFinding, ...] = ()
    reasons: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    unverified: bool = False
    conflicts: tuple[ConflictingCountry, ...] = ()


class PaymentProblem(msgspec.Struct, frozen=True, gc=False):
    """Represents something in the message that cannot be used as it is; ``code`` is stable."""

    code: str
    what: str
    severity: Literal["refused", "unread", "note"]
    path: str
    line: int
    column: int
    hint: str


class PaymentStamp(msgspec.Struct, frozen=True, gc=False):
    """Represents what is needed to take a decision again, besides the answer's own stamp."""

    channel: str
    policy_sha256: str
    seconds: float


class PaymentAnswer(msgspec.Struct, frozen=True, gc=False):
    """Represents the decision about one transaction.

    Attributes:
        decision: ``pass``, ``hold`` or ``reject``.
        outcome: the gravest of its elements, as elsewhere; ``cannot_say`` is always a hold.
        message: the message's place in the source, from 1, and its kind (``pacs.008.001.08``).
        position: the transaction's place in its message, from 1; 0 is what the message has
            outside of all transactions.
        references: the message's words for them: ``EndToEndId``, ``UETR``, ``20``.
        reasons: why the decision is no pass: each element with what was found or is not known.
        notices: what the channel does not screen, and why.
        elements: every element that was screened, in the message's order.
        unscreened: how many elements no rule screens: amounts, dates, codes.
        coverage: what the lists could carry.
    """

    decision: Decided
    outcome: Outcome
    message: int
    kind: str
    position: int
    path: str
    span: tuple[int, int]
    references: Mapping[str, str]
    amount: str
    currency: str
    date: str
    reasons: tuple[str, ...]
    notices: tuple[str, ...]
    elements: tuple[ScreenedElement, ...]
    unscreened: int
    problems: tuple[PaymentProblem, ...]
    coverage: tuple[ListCoverage, ...]
    stamp: Stamp
    payment: PaymentStamp

    @property
    def findings(self) -> tuple[Finding | PlaceFinding | OwnershipFinding, ...]:
        """Return the findings of all elements."""
        return tuple(finding for element in self.elements for finding in element.findings)

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form, of plain dicts, lists, strings and numbers."""
        wire: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
        wire.update(msgspec.to_builtins(self))
        return wire


class MessageAnswer(msgspec.Struct, frozen=True, gc=False):
    """Represents the decisions about everything that was sent: the gravest, and each by itself.

    What holds no transaction is a hold.
    """

    decision: Decided
    transactions: tuple[PaymentAnswer, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form, of plain dicts, lists, strings and numbers."""
        wire: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
        wire.update(msgspec.to_builtins(self))
        return wire


def message_answer(answers: Iterable[PaymentAnswer]) -> MessageAnswer:
    """Return the answers with the gravest of their decisions."""
    transactions = tuple(answers)
    decisions = {answer.decision for answer in transactions} or {"hold"}
    return MessageAnswer(next(each for each in GRAVEST_FIRST if each in decisions), transactions)
