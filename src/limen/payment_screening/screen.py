"""Screen payment messages, element by element, and decide each transaction.

Each part of a message is screened as what it is: a party by its names, numbers and addresses, a
text by what it names. A question that comes again in a file, as a debtor or an agent does, is
answered once. The same message, snapshot, channel and instants give the same answers.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from threading import Lock
from traceback import extract_tb

import msgspec

from limen.mentions.document_screen import DocumentScreen
from limen.model import Answer, Finding, LimenError, TimeLimitError
from limen.payment_screening import texts
from limen.payment_screening.cut_names import CutNames
from limen.payment_screening.decision import decided
from limen.payment_screening.element_findings import CLEAR, Result
from limen.payment_screening.found_elements import each_once, screened
from limen.payment_screening.inside_party import is_distinctive
from limen.payment_screening.payment_answer import (
    PaymentAnswer,
    PaymentProblem,
    PaymentStamp,
)
from limen.payment_screening.policy import Channel, Policy
from limen.payment_screening.questions import (
    Part,
    PartyQuestion,
    TextQuestion,
    of_message,
    of_transactions,
)
from limen.payments import Message, Problem, Transaction
from limen.screening import Refused
from limen.screening.coverage import Scope
from limen.screening.findings import Comparer
from limen.screening.outcome import NOTHING_TO_COMPARE
from limen.screening.parties import PartyScreen, When
from limen.util.budget import UNLIMITED, Budget
from limen.util.cache import BoundedCache

#: Transactions of which the questions are answered in one go: as many as a core has use for.
_CHUNK = 32
#: Answers to questions that are remembered: the debtors, agents and texts of a file repeat. Most
#: are empty, and one with findings has some 10 kB.
_REMEMBERED = 1 << 13
#: Texts of more characters are screened again where they repeat.
_TEXT_MOST = 1_000
#: Channels with their instants that are remembered with their answers; a server has a few.
_RUNS = 4
#: The reason of a name without words of its own, and the digits that make it a company's number.
_ONLY_A_FORM, _LEAST_DIGITS = "name: the name is only a legal form", 5
_LOG = logging.getLogger("limen.payments")
_FAILED = "it could not be screened: an unexpected {}; please report it with the line of the log"
_LATE = "it was not answered within {:g} s"


class PaymentScreen:
    """Represents the screening of payments against one snapshot.

    Args:
        screen: screens parties.
        documents: searches texts.
    """

    def __init__(self, screen: PartyScreen, documents: DocumentScreen) -> None:
        self._screen = screen
        self._documents = documents
        self._cut = CutNames(screen)
        self._runs: BoundedCache[tuple[object, ...], _Run] = BoundedCache(_RUNS)
        self._ready = False
        self._preparing = Lock()

    @property
    def is_ready(self) -> bool:
        """Return whether everything is open that a first message would wait for."""
        return self._ready

    def prepare(self) -> None:
        """Open what a first message would wait for: a second or two."""
        with self._preparing:
            if not self._ready:
                scope = self._screen.scope(None, None, (), None, ())
                self._documents.findings("A", scope)
                self._screen.whereabouts.law_if_any(scope)
                self._cut.prepare()
                self._ready = True

    def answers(
        self,
        message: Message,
        policy: Policy,
        channel: str | None = None,
        *,
        as_of: When = None,
        known_at: When = None,
        allow_stale: Sequence[str] = (),
        budget: Budget = UNLIMITED,
        done: Callable[[Transaction], bool] = lambda _: False,
    ) -> Iterator[PaymentAnswer]:
        """Yield the answer to each transaction of a message, in order.

        A message that could not be read, or not to its end, ends with an answer that is a hold.

        Args:
            message: as :func:`limen.payments.read_payments` yields it.
            policy: the channels.
            channel: one of them by name; the policy's default.
            as_of: when listings and measures must have applied; today.
            known_at: when they must have been known; everything the snapshot knows.
            allow_stale: lists to accept in spite of failing coverage, by name.
            budget: the time all of it may take; each transaction has the channel's seconds.
            done: returns whether a transaction is to be passed over, as an earlier run did it.

        Raises:
            InputError: an argument cannot be understood.
        """
        chosen = policy.channel(channel)
        scope = self._screen.scope(
            as_of, known_at, chosen.authorities, chosen.lists or None, allow_stale
        )
        key = (policy.sha256, chosen.name, scope.question)
        run = self._runs.get_or_make(
            key,
            lambda: _Run(self._screen, self._documents, self._cut, scope, chosen, policy.sha256),
        )
        return run.answers(message, budget, done)


class _Run:
    """Represents a channel at two instants, with the answers it remembers."""

    def __init__(
        self,
        screen: PartyScreen,
        documents: DocumentScreen,
        cut: CutNames,
        scope: Scope,
        channel: Channel,
        policy_sha256: str,
    ) -> None:
        self._screen = screen
        self._all_documents = documents
        self._cut = cut
        self._scope = scope
        self._channel = channel
        self._judge = screen.judge(channel.matcher, channel.threshold)
        self._stamp = screen.stamp(scope, self._judge)
        self._payment = PaymentStamp(channel.name, policy_sha256, channel.seconds)
        self._results: BoundedCache[object, Result] = BoundedCache(_REMEMBERED)
        self._by_threshold: dict[float, DocumentScreen] = {}
        self._notices = tuple(_notices(channel))

    def _documents(self, threshold: float) -> DocumentScreen:
        """Return the search of texts at a threshold; a channel has one, or a few by role."""
        known = self._by_threshold.get(threshold)
        if known is None:
            judge = self._screen.judge(self._channel.matcher, threshold)
            known = self._all_documents.under(judge, rare_alone=True)
            self._by_threshold[threshold] = known
        return known

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
            header = of_message(message, self._channel)
            parts = [[*header, *own] for own in of_transactions(chunk, self._channel)]
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
        """Return the time of some transactions, which ends no later than that of all."""
        seconds = self._channel.seconds
        deadline = min(budget.deadline, time.monotonic() + seconds * transactions)
        return msgspec.structs.replace(budget, seconds=seconds, deadline=deadline)

    def _answered(self, parts: Sequence[Sequence[Part]], budget: Budget) -> dict[object, Result]:
        """Answer the questions of some transactions: those that are not remembered, each once."""
        found: dict[object, Result] = {}
        new: dict[object, PartyQuestion | TextQuestion] = {}
        for part in (part for own in parts for part in own):
            key = part.question.key
            known = self._results.get(key)
            if known is not None:
                found[key] = known
            elif key not in new:
                new[key] = part.question
        parties = [each for each in new.values() if isinstance(each, PartyQuestion)]
        for question, result, lasting in self._parties(parties, budget):
            found[question.key] = self._results.put(question.key, result) if lasting else result
        for text in (each for each in new.values() if isinstance(each, TextQuestion)):
            result, lasting = self._text(text, budget)
            found[text.key] = self._results.put(text.key, result) if lasting else result
        return found

    def _parties(
        self, questions: Sequence[PartyQuestion], budget: Budget
    ) -> Iterator[tuple[PartyQuestion, Result, bool]]:
        """Yield the answer to each question, and whether it is to be remembered."""
        question = self._scope.question
        by_threshold = sorted(questions, key=lambda each: each.threshold)
        for threshold, same in groupby(by_threshold, key=lambda each: each.threshold):
            group = list(same)
            answers = self._screen.screen_many(
                (each.wire for each in group),
                as_of=question.as_of,
                known_at=question.known_at,
                authorities=question.authorities,
                lists=question.lists or None,
                threshold=threshold,
                matcher=self._channel.matcher,
                allow_stale=question.allow_stale,
                on_error="row",
                budget=budget,
            )
            for each, answer in zip(group, answers, strict=True):
                if isinstance(answer, Refused):
                    yield each, self._unanswered(answer.error), False
                else:
                    yield each, self._party(each, answer, budget), True

    def _party(self, question: PartyQuestion, answer: Answer, budget: Budget) -> Result:
        general = frozenset(self._scope.reasons)
        reasons = [each for each in answer.reasons if each not in general]
        reasons = [each for each in reasons if not _is_harmless(each, question)]
        findings = {finding.id: _as_whole(finding) for finding in answer.party_findings}
        judge = self._screen.judge(self._channel.matcher, question.threshold)
        comparer = Comparer(self._screen.snapshot, self._screen.listed, self._scope, judge, budget)
        for name in question.cut:
            begun, many = self._cut.findings(name, question.wire["schema"], comparer)
            for finding in begun:
                known = findings.get(finding.id)
                if known is None or known.score < finding.score:
                    findings[finding.id] = finding
            if many:
                reasons.append(f"{name!r} is cut where many listed names go on")
        if not findings and not answer.places and not reasons:
            return CLEAR
        ranked = sorted(findings.values(), key=lambda each: (-each.score, each.id))
        found: list[texts.Found] = [*ranked, *answer.places]
        return Result(tuple((0, each) for each in found), tuple(reasons))

    def _text(self, question: TextQuestion, budget: Budget) -> tuple[Result, bool]:
        """Return the answer to a text, and whether it is to be remembered."""
        try:
            found = texts.findings_in(
                question.elements,
                self._documents(question.threshold),
                self._screen.whereabouts,
                self._scope,
                budget,
            )
            result = Result(tuple(each_once(found)), acts=tuple(texts.acts_in(question.elements)))
        except TimeLimitError as error:
            return self._unanswered(error), False
        some = result if result.findings or result.acts else CLEAR
        return some, question.size <= _TEXT_MOST

    def _unanswered(self, error: LimenError) -> Result:
        late = isinstance(error, TimeLimitError)
        what = _LATE.format(self._channel.seconds) if late else error.what
        return Result(reasons=(what,))

    def _answer(
        self,
        message: Message,
        transaction: Transaction,
        parts: Sequence[Part],
        results: dict[object, Result],
        failed: Sequence[str] = (),
    ) -> PaymentAnswer:
        elements = tuple(screened(parts, results))
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


def _as_whole(finding: Finding) -> Finding:
    """Return a finding as a hit where a part of a longer name reaches the threshold."""
    part = finding.level == "review" and finding.score >= finding.threshold
    part = part and is_distinctive(finding)
    return msgspec.structs.replace(finding, level="hit") if part else finding


def _is_harmless(reason: str, question: PartyQuestion) -> bool:
    """Return whether a reason against a clear is none in a payment.

    A part of a message without a name, as an account, has nothing to compare. A numbered company
    (``01175729 LIMITED``) has no words that could be compared, and is looked up as it is written.
    """
    if reason == NOTHING_TO_COMPARE:
        return not question.named or _is_numbered(question)
    return reason == _ONLY_A_FORM and _is_numbered(question)


def _is_numbered(question: PartyQuestion) -> bool:
    names = question.wire["properties"].get("name", ())
    return any(sum(map(str.isdigit, name)) >= _LEAST_DIGITS for name in names)


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


def _notices(channel: Channel) -> Iterator[str]:
    if channel.unverified:
        yield f"{', '.join(channel.unverified)}: not compared with the lists. {channel.because}"
    if channel.roles:
        yield f"only these roles are screened in this channel: {', '.join(channel.roles)}"


def _problem(problem: Problem) -> PaymentProblem:
    return PaymentProblem(
        problem.code, problem.what, problem.severity, problem.path, problem.line,
        problem.column, problem.hint,
    )  # fmt: skip
