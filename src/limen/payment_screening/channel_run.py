"""Screen the transactions of messages by one channel at two instants, and decide each of them.

A question that comes again, as a debtor or an agent does, is answered once and remembered.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from traceback import extract_tb

import msgspec

from limen.model import Stamp
from limen.payment_screening.conflicting_countries import with_conflicts
from limen.payment_screening.decision import decided
from limen.payment_screening.element_findings import Result
from limen.payment_screening.found_elements import screened
from limen.payment_screening.payment_answer import PaymentAnswer, PaymentProblem, PaymentStamp
from limen.payment_screening.question_screen import QuestionScreen
from limen.payment_screening.questions import (
    Part,
    PartyQuestion,
    TextQuestion,
    of_message,
    of_transactions,
)
from limen.payments import Message, Problem, Transaction
from limen.util.budget import Budget
from limen.util.cache import BoundedCache
from limen.util.gc import collector_at_rest

#: Transactions of which the questions are answered in one go: as many as a core has use for.
_CHUNK = 32
#: Answers to questions that are remembered: the debtors, agents and texts of a file repeat. Most
#: are empty, and one with findings has some 10 kB.
_REMEMBERED = 1 << 13
_LOG = logging.getLogger("limen.payments")
_FAILED = "it could not be screened: an unexpected {}; please report it with the line of the log"


class ChannelRun:
    """Represents a channel at two instants, with the answers it remembers.

    Args:
        questions: answers the questions about a message.
        stamp: what the answers rest on.
        policy_sha256: the policy's.
    """

    def __init__(self, questions: QuestionScreen, stamp: Stamp, policy_sha256: str) -> None:
        self._questions = questions
        self._channel = questions.channel
        self._scope = questions.scope
        self._stamp = stamp
        self._payment = PaymentStamp(self._channel.name, policy_sha256, self._channel.seconds)
        self._results: BoundedCache[object, Result] = BoundedCache(_REMEMBERED)
        self._notices = tuple(questions.notices())

    def answers(
        self, message: Message, budget: Budget, done: Callable[[Transaction], bool]
    ) -> Iterator[PaymentAnswer]:
        seen = 0

        def is_new(transaction: Transaction) -> bool:
            nonlocal seen
            seen += transaction.position > 0  # what is outside of all transactions is none
            return not done(transaction)

        new = filter(is_new, message.transactions)
        waiting = iter(lambda: list(islice(new, _CHUNK)), [])
        position = 0
        for chunk in waiting:
            position = max(position, *(transaction.position for transaction in chunk))
            yield from self._of_chunk(message, chunk, budget)
        rest = _unread_rest(message, position + 1, empty=seen == 0)
        if rest is not None and not done(rest):
            yield from self._of_chunk(message, [rest], budget)

    def _of_chunk(
        self, message: Message, chunk: Sequence[Transaction], budget: Budget
    ) -> list[PaymentAnswer]:
        """Return the answers to some transactions; one in which an error is met is a hold.

        The others are answered as ever: no transaction ends the file.
        """
        try:
            terms = self._questions.terms(message)
            header = of_message(message, terms)
            parts = [[*header, *own] for own in of_transactions(chunk, terms)]
            with collector_at_rest():
                results = self._answered(parts, self._allowed(len(chunk), budget))
            return [
                self._answer(message, transaction, own, results)
                for transaction, own in zip(chunk, parts, strict=True)
            ]
        except Exception as error:
            if len(chunk) > 1:
                return [
                    answer for one in chunk for answer in self._of_chunk(message, [one], budget)
                ]
            _LOG.error("message %d, transaction %d: %s", message.number, chunk[0].position,
                       _without_text(error))  # fmt: skip
            reason = _FAILED.format(type(error).__name__)
            return [self._answer(message, chunk[0], (), {}, [reason])]

    def _allowed(self, transactions: int, budget: Budget) -> Budget:
        """Return the time of some transactions, which ends no later than that of all.

        Its seconds are those that end first, as a reason states them.
        """
        seconds = self._channel.seconds
        deadline = time.monotonic() + seconds * transactions
        if budget.deadline < deadline:
            return msgspec.structs.replace(budget, seconds=min(budget.seconds, seconds))
        return msgspec.structs.replace(budget, seconds=seconds, deadline=deadline)

    def _answered(self, parts: Sequence[Sequence[Part]], budget: Budget) -> dict[object, Result]:
        """Answer the questions of some transactions: those that are not remembered, each once."""
        found: dict[object, Result] = {}
        new: dict[object, PartyQuestion | TextQuestion] = {}
        for part in (part for own in parts for part in own):
            question = part.question
            known = self._results.get(question.key)
            if known is not None:
                found[question.key] = known
            else:
                new.setdefault(question.key, question)
        for key, result, lasting in self._questions.answered(new.values(), budget):
            found[key] = self._results.put(key, result) if lasting else result
        return found

    def _answer(
        self,
        message: Message,
        transaction: Transaction,
        parts: Sequence[Part],
        results: dict[object, Result],
        failed: Sequence[str] = (),
    ) -> PaymentAnswer:
        elements = tuple(with_conflicts(screened(parts, results), transaction.parties))
        problems = tuple(map(_problem, transaction.problems))
        decision, outcome, reasons = decided(
            elements, problems, (*self._general(), *failed), self._channel
        )
        return PaymentAnswer(
            decision=decision,
            outcome=outcome,
            message=message.number,
            kind=message.kind,
            position=transaction.position,
            path=transaction.path,
            span=transaction.span,
            references=transaction.references,
            amount=transaction.amount,
            currency=transaction.currency,
            date=transaction.date,
            reasons=reasons,
            notices=self._notices,
            elements=elements,
            unscreened=len(transaction.unscreened),
            problems=problems,
            coverage=self._scope.coverage,
            stamp=self._stamp,
            payment=self._payment,
        )

    def _general(self) -> tuple[str, ...]:
        if not self._scope.coverage:
            return ("no list was in service: nothing was compared",)
        return self._scope.reasons


def _without_text(error: Exception) -> str:
    """Return an error's class and where it was raised; its message may have text of a payment."""
    places = [f"{Path(at.filename).name}:{at.lineno}" for at in extract_tb(error.__traceback__)]
    return f"{type(error).__name__} at {' < '.join(reversed(places))}"


def _unread_rest(message: Message, position: int, *, empty: bool) -> Transaction | None:
    """Return what of a message was not read, as a transaction; ``None`` where all of it was."""
    problems = tuple(message.problems)
    if empty and message.refused is None:
        problems = (*problems, Problem("no-transaction", "it has no transaction", "unread"))
    elif message.refused is None:
        return None
    return Transaction(position, "", message.span, {}, problems=problems)


def _problem(problem: Problem) -> PaymentProblem:
    return PaymentProblem(
        problem.code, problem.what, problem.severity, problem.path, problem.line,
        problem.column, problem.hint,
    )  # fmt: skip
