"""The result of each transaction of a file, and the counts of everything that was read."""

from __future__ import annotations

import msgspec

from limen.batch.tables.table import Row
from limen.batch.tally import Group, count
from limen.payment_screening import PaymentAnswer
from limen.payment_screening.policy import Decided
from limen.payments import Message, Transaction


class ScreenedPayment(msgspec.Struct, frozen=True):
    """Represents one transaction of a file with its answer.

    Attributes:
        file: the file's name.
        answer: the decision as of the query's instants.
        row: what recognises the transaction when it is read again.
        then: the decision with what was known on the transaction's own day, in a look-back.
    """

    file: str
    answer: PaymentAnswer
    row: Row
    then: Decided | None = None

    @property
    def where(self) -> str:
        """Return the transaction's place, for messages."""
        return f"{self.file} message {self.answer.message} transaction {self.answer.position}"

    @property
    def is_refused(self) -> bool:
        """Return whether this is of a message that was refused: cut off, or what is not read."""
        return any(problem.severity == "refused" for problem in self.answer.problems)


def row_of(number: int, file: str, message: Message, transaction: Transaction) -> Row:
    """Return what recognises a transaction when it is read again."""
    place = [file, message.number, transaction.position, *transaction.span]
    return Row(number, {"place": place, "references": dict(transaction.references)})


class PaymentTally(msgspec.Struct):
    """Counts what was read and decided.

    ``rows = passed + held + rejected``. ``refused`` are messages that were not read to their end,
    ``cannot_say`` transactions of other messages held for nothing but what is not known, and
    ``newly`` those that a look-back holds and that passed with what was known on their day.
    """

    rows: int = 0
    messages: int = 0
    elements: int = 0
    findings: int = 0
    passed: int = 0
    held: int = 0
    rejected: int = 0
    cannot_say: int = 0
    refused: int = 0
    newly: int = 0
    unscreened: int = 0
    last: tuple[str, int] = ("", 0)
    last_refused: tuple[str, int] = ("", 0)
    reasons: dict[str, Group] = {}

    @property
    def hit(self) -> int:
        """Return the transactions that do not pass."""
        return self.held + self.rejected

    def add(self, done: ScreenedPayment) -> None:
        """Count one transaction."""
        answer = done.answer
        self.rows += 1
        message = done.file, answer.message
        if message != self.last:
            self.messages += 1
            self.last = message
        if done.is_refused and message != self.last_refused:
            self.refused += 1
            self.last_refused = message
        self.elements += len(answer.elements)
        self.unscreened += answer.unscreened
        self.findings += len(answer.findings)
        self.passed += answer.decision == "pass"
        self.held += answer.decision == "hold"
        self.rejected += answer.decision == "reject"
        self.cannot_say += answer.outcome == "cannot_say" and not done.is_refused
        self.newly += done.then == "pass" and answer.decision != "pass"
        for problem in answer.problems:
            if problem.severity != "note":
                count(self.reasons, problem.code, done.where, problem.what)
        for element in answer.elements:
            for reason in element.reasons:
                key = f"{element.role} {element.kind}"
                count(self.reasons, key, done.where, f"{key}: {reason}")
