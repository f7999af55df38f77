"""Screen the payment messages of files, in order: no transaction is lost, none comes twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

from limen.batch.payments.screened_payment import ScreenedPayment, row_of
from limen.batch.payments.sources import Sources
from limen.batch.tables.table import Row
from limen.model import Instant
from limen.payment_screening import PaymentAnswer, Policy
from limen.payment_screening.policy import Decided
from limen.payments import Message, Transaction, read_payments

if TYPE_CHECKING:  # only a run with a file of stakes loads its module
    from limen.law.ownership.stakes_file import Stakes


class PaymentEngine(Protocol):
    """Represents whatever screens payment messages: an :class:`limen.Engine`."""

    def screen_payments(
        self,
        messages: Iterable[Message],
        *,
        channel: str | None = None,
        policy: Policy | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
        allow_stale: Sequence[str] = (),
        ownership: Stakes | None = None,
        done: Callable[[Transaction], bool] = ...,
    ) -> Iterator[PaymentAnswer]: ...


class PaymentArguments(msgspec.Struct, frozen=True, kw_only=True):
    """Represents the question about every transaction.

    ``as_of`` and ``known_at`` are settled; a look-back takes each transaction as of its own day.
    ``ownership`` is who owns whom, where a file says it.
    """

    policy: Policy
    channel: str
    as_of: str
    known_at: str
    allow_stale: tuple[str, ...] = ()
    look_back: bool = False
    ownership: Stakes | None = None


def screen_files(
    engine: PaymentEngine,
    sources: Sources,
    arguments: PaymentArguments,
    *,
    done: Callable[[Row], bool] = lambda _: False,
) -> Iterator[ScreenedPayment]:
    """Screen every transaction of every file.

    ``done`` is called with what recognises each transaction, in order, and returns whether an
    earlier run has done it.
    """
    number = 0
    for name, file in sources.files():
        for message in read_payments(file):
            waiting: deque[tuple[Row, Transaction]] = deque()

            def is_done(
                transaction: Transaction,
                message: Message = message,
                name: str = name,
                waiting: deque[tuple[Row, Transaction]] = waiting,
            ) -> bool:
                nonlocal number
                number += 1
                row = row_of(number, name, message, transaction)
                if done(row):
                    return True
                waiting.append((row, transaction))
                return False

            for answer, then in _answers(engine, message, arguments, is_done):
                row, _ = waiting.popleft()
                yield ScreenedPayment(name, answer, row, then)


def _answers(
    engine: PaymentEngine,
    message: Message,
    arguments: PaymentArguments,
    is_done: Callable[[Transaction], bool],
) -> Iterator[tuple[PaymentAnswer, Decided | None]]:
    if arguments.look_back:
        yield from _looked_back(engine, message, arguments, is_done)
        return
    answers = engine.screen_payments(
        [message],
        channel=arguments.channel,
        policy=arguments.policy,
        as_of=arguments.as_of,
        known_at=arguments.known_at,
        allow_stale=arguments.allow_stale,
        ownership=arguments.ownership,
        done=is_done,
    )
    yield from ((answer, None) for answer in answers)


def _looked_back(
    engine: PaymentEngine,
    message: Message,
    arguments: PaymentArguments,
    is_done: Callable[[Transaction], bool],
) -> Iterator[tuple[PaymentAnswer, Decided]]:
    """Yield each transaction as of its own day, and the decision with what was known on it."""
    empty = True
    for transaction in message.transactions:
        empty = False
        if is_done(transaction):
            continue
        day = _day_of(transaction, arguments)
        now, then = (
            _one(engine, message, [transaction], arguments, day, known)
            for known in (arguments.known_at, day)
        )
        yield now, then.decision
    if not empty and message.refused is None:
        return
    rest = engine.screen_payments(
        [_with(message, [])], channel=arguments.channel, policy=arguments.policy,
        as_of=arguments.as_of, known_at=arguments.known_at, allow_stale=arguments.allow_stale,
        ownership=arguments.ownership, done=is_done,
    )  # fmt: skip
    yield from ((answer, answer.decision) for answer in rest)


def _one(
    engine: PaymentEngine,
    message: Message,
    transactions: Sequence[Transaction],
    arguments: PaymentArguments,
    as_of: str,
    known_at: str,
) -> PaymentAnswer:
    readable = Message(
        message.number, format=message.format, kind=message.kind, header=message.header,
        parties=message.parties, transactions=transactions, span=message.span,
    )  # fmt: skip
    (answer,) = engine.screen_payments(
        [readable], channel=arguments.channel, policy=arguments.policy, as_of=as_of,
        known_at=known_at, allow_stale=arguments.allow_stale, ownership=arguments.ownership,
    )  # fmt: skip
    return answer


def _with(message: Message, transactions: Sequence[Transaction]) -> Message:
    return Message(
        message.number, format=message.format, kind=message.kind, header=message.header,
        parties=message.parties, transactions=transactions, problems=message.problems,
        span=message.span,
    )  # fmt: skip


def _day_of(transaction: Transaction, arguments: PaymentArguments) -> str:
    """Return the transaction's own day; the query's where it has none, or a later one."""
    try:
        day = Instant.parse(transaction.date[:10])
    except ValueError:
        return arguments.as_of
    latest = Instant.parse(arguments.as_of)
    return str(day) if day.last_second <= latest.last_second else arguments.as_of
