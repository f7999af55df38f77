"""The engine: every question that a snapshot answers, in one object.

What screens parties is inherited from :class:`limen.screening.parties.PartyScreen`, which may
not know the law's or the documents' questions; those are added here. A room that a process does
not need is not loaded: each is imported by its first question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from limen._version import __version__
from limen.model import Answer, InputError, Instant
from limen.model.instant import read_instant
from limen.screening.parties import PartyScreen, When
from limen.screening.query.read_query import Wire
from limen.util.budget import UNLIMITED, Budget

if TYPE_CHECKING:
    import pyarrow as pa

    from limen.batch.columns.dates import Order
    from limen.documents import Document
    from limen.law import Assessment, Regimes
    from limen.law.ownership.stakes_file import Stakes
    from limen.mentions.document_screen import DocumentScreen
    from limen.payment_screening.payment_answer import MessageAnswer, PaymentAnswer
    from limen.payment_screening.policy import Policy
    from limen.payment_screening.screen import PaymentScreen
    from limen.payments import Message, Transaction
    from limen.places import Location
    from limen.simulation.between import Between
    from limen.simulation.holding import Holding
    from limen.simulation.results import WhatIf


#: Free text, the fields of an address, or (latitude, longitude).
Address = str | Mapping[str, Any] | tuple[float, float]


class Engine(PartyScreen):
    """Represents one open snapshot: screens parties, addresses and documents, applies its law.

    The arguments are those of :class:`PartyScreen`.
    """

    def __repr__(self) -> str:
        return f"<limen.Engine on snapshot {self.snapshot.manifest.id}>"

    def screen_table(
        self,
        table: Any,
        *,
        columns: Mapping[str, str] | None = None,
        schema: str | None = None,
        date_order: Order | None = None,
        as_of: When = None,
        known_at: When = None,
        authorities: Sequence[str] = (),
        lists: Sequence[str] | None = None,
        threshold: float | None = None,
        matcher: str | None = None,
        allow_stale: Sequence[str] = (),
        ownership: Stakes | None = None,
        processes: int = 1,
    ) -> pa.RecordBatchReader:
        """Screen a table of any library that speaks Arrow, in row order, as it is read.

        Every row of the input is one row of the output: its own columns, which are not copied,
        then ``limen_outcome`` and the other columns of
        :mod:`limen.batch.arrow.answer_columns`. A row that cannot be read is ``refused``, with
        its reason in ``limen_error``.

        ``table`` is a pyarrow ``Table``, ``RecordBatch`` or ``RecordBatchReader``, or a DataFrame
        of polars, pandas or DuckDB. ``columns`` maps columns to FollowTheMoney properties, ``id``
        or ``schema``, or to ``""`` to leave them out; the others are found out from headings and
        values. ``schema`` is of rows that do not say, ``date_order`` of dates that read both ways.
        ``processes`` is how many processes answer: one fills two cores, more need as many.
        The other arguments are those of :meth:`screen`.

        Raises:
            InputError: no table, a column or property that does not exist, no column with a name
                or number, or an argument that cannot be understood.
            DataError: a column of a type that cannot be read as text.
        """
        from limen.batch.arrow.screen_table import screen_table, wishes_of
        from limen.batch.screen_arguments import ScreenArguments

        known = read_instant(known_at, "known_at")
        arguments = ScreenArguments(
            as_of=str(self.applied(as_of)),
            known_at=str(known) if known else None,
            authorities=tuple(authorities),
            lists=None if lists is None else tuple(lists),
            threshold=threshold,
            matcher=matcher,
            allow_stale=tuple(allow_stale),
            ownership=ownership,
        )
        self.scope(arguments.as_of, known, authorities, lists, allow_stale)
        self.judge(matcher, threshold)
        wishes = wishes_of(columns, schema, date_order)
        return screen_table(self, table, arguments, wishes, processes=_at_least_one(processes))

    def locate(
        self,
        address: Address,
        *,
        country: str | None = None,
        as_of: When = None,
        known_at: When = None,
        authorities: Sequence[str] = (),
        budget: Budget = UNLIMITED,
    ) -> Location:
        """Locate an address, and find the territories under embargo that contain it.

        Args:
            address: free text, the fields of an address (ISO 20022's names), or (lat, lon).
            country: a code or name, where it is known from elsewhere.
            as_of: when the measures must have applied and the ground been held; today.
            known_at: when both must have been known; everything known today.
            authorities: ``"US"``, ``"EU"``, ...; all that have territorial measures.
            budget: how long it may take; unlimited.

        Raises:
            InputError: an argument cannot be understood.
            TimeLimitError: the time of the budget is over.
        """
        return self.places.locate(
            address,
            as_of=self.applied(as_of),
            known_at=read_instant(known_at, "known_at") or Instant.parse(self._clock().date()),
            authorities=authorities,
            country=country,
            engine=__version__,
            snapshot=self.snapshot.manifest.id,
            budget=budget,
        )

    def screen_document(
        self,
        document: str | Document,
        as_of: When = None,
        *,
        known_at: When = None,
        authorities: Sequence[str] = (),
        lists: Sequence[str] | None = None,
        allow_stale: Sequence[str] = (),
    ) -> Answer:
        """Screen a text, or a document that was read: find every listed party that it names.

        The spans of findings are offsets into the text. The other arguments are those of
        :meth:`screen`.

        Raises:
            InputError: an argument cannot be understood.
        """
        scope = self.scope(as_of, known_at, authorities, lists, allow_stale)
        return self.documents.answer(document, scope, self.stamp(scope, self.judge(None, None)))

    @cached_property
    def documents(self) -> DocumentScreen:
        """Return the search for listed names in texts; its table is built on first use."""
        from limen.mentions.document_screen import DocumentScreen

        return DocumentScreen(self.snapshot, self.listed, self.judge(None, None))

    def screen_payment(
        self,
        message: bytes | str | Message,
        *,
        channel: str | None = None,
        policy: Policy | str | Path | None = None,
        as_of: When = None,
        known_at: When = None,
        allow_stale: Sequence[str] = (),
        ownership: Stakes | None = None,
        budget: Budget = UNLIMITED,
    ) -> MessageAnswer:
        """Screen a payment message, element by element, and decide: pass, hold or reject.

        Args:
            message: ISO 20022 or MT, one message or several, or one that was read.
            channel: a channel of the policy by name; its default.
            policy: what channels screen, or the path of its file; the shipped one.
            as_of: when listings and measures must have applied; today.
            known_at: when they must have been known; everything the snapshot knows.
            allow_stale: lists to accept in spite of failing coverage, by name.
            ownership: who owns whom, to find that listed parties own a party.
            budget: the time all of it may take; what is not answered in time is a hold.

        Raises:
            InputError: an argument cannot be understood, or the budget has no time.
            PolicyError: the policy's file has errors.
        """
        from limen.payment_screening.payment_answer import message_answer
        from limen.payments import Message, read_payment_bytes

        if isinstance(message, str):
            message = message.encode()
        messages = [message] if isinstance(message, Message) else read_payment_bytes(message)
        return message_answer(
            self.screen_payments(
                messages, channel=channel, policy=policy, as_of=as_of, known_at=known_at,
                allow_stale=allow_stale, ownership=ownership, budget=budget,
            )
        )  # fmt: skip

    def screen_payments(
        self,
        messages: Iterable[Message],
        *,
        channel: str | None = None,
        policy: Policy | str | Path | None = None,
        as_of: When = None,
        known_at: When = None,
        allow_stale: Sequence[str] = (),
        ownership: Stakes | None = None,
        budget: Budget = UNLIMITED,
        done: Callable[[Transaction], bool] = lambda _: False,
    ) -> Iterator[PaymentAnswer]:
        """Screen messages as they are read, of any size; yield the answer to each transaction.

        The arguments are those of :meth:`screen_payment`; ``done`` returns whether a transaction
        is to be passed over.
        """
        from limen.payment_screening import policy_of

        if budget.seconds <= 0:
            raise InputError(
                f"{budget.seconds:g} s is no time to answer in", where="budget: seconds",
                hint="give more than 0; what is not answered in it is a hold",
            )  # fmt: skip
        chosen, budget = policy_of(policy), budget.begun()
        for message in messages:
            yield from self.payments.answers(
                message, chosen, channel, as_of=as_of, known_at=known_at,
                allow_stale=allow_stale, ownership=ownership, budget=budget, done=done,
            )  # fmt: skip

    @cached_property
    def payments(self) -> PaymentScreen:
        """Return the screening of payments, with what it remembers."""
        from limen.payment_screening.screen import PaymentScreen

        return PaymentScreen(self, self.documents)

    def assess(
        self,
        event: str,
        trigger: str | None = None,
        *,
        at: When,
        known_at: When = None,
        policy: str | None = None,
    ) -> Assessment:
        """Assess an event at an instant, by every statement on record and by the law.

        Args:
            event: an event by id (``"EV05"``) or slug (``"troops-into-occupied-donbas"``).
            trigger: one trigger by id; all of the event's regime.
            at: the instant; a day, or with its hour and zone.
            known_at: when it must have been known; ``at`` itself, so without later knowledge.
            policy: a view in addition to the readings: ``"latest_named"``, ``"most_senior"``,
                ``"strictest"`` or ``"legal_only"``.

        Raises:
            InputError: an argument cannot be understood, or ``at`` is ``None``.
        """
        known = read_instant(known_at, "known_at")
        return self.regimes_known(known).assess(
            event,
            at=_required(at),
            known_at=known,
            trigger=trigger,
            policy=policy,
        )

    def what_if(
        self,
        event: str | None,
        portfolio: Iterable[Wire | Holding],
        *,
        at: When,
        known_at: When = None,
        reading: str | None = None,
        authority: str | None = None,
        assume: Sequence[str] = (),
        hindsight: bool = True,
        ownership: Stakes | None = None,
        budget: Budget = UNLIMITED,
    ) -> WhatIf:
        """Simulate an event: who of a portfolio would be hit by what waits for it.

        Each reading of the event is evaluated by itself; only what waits for a trigger that it
        meets is supposed, and an event that meets none supposes nothing.

        Args:
            event: an event by id or slug; ``None`` where ``assume`` is enough.
            portfolio: parties, or :class:`limen.simulation.holding.Holding` with an amount.
            at: the instant from which it is supposed.
            known_at: when the prepared measures must have been known; ``at``.
            reading: a statement by id: only this reading.
            authority: only this authority's measures.
            assume: further suppositions: ``"party=NAME@US"``,
                ``"territory=ua-ngc-kherson@us-eo-14065"``, ``"licence-ends=PROGRAMME/8A"``.
            hindsight: also whom the measures did reach when they were released.
            ownership: who owns whom: what a supposed party would own, by each rule.
            budget: how much each party may hold, and how long it may take; unlimited.

        Raises:
            InputError: an argument cannot be understood, ``at`` is ``None``, or a party exceeds
                the budget.
            TimeLimitError: the time of the budget is over.
        """
        from limen.law import Clocks
        from limen.law.suppose.overlay import overlay
        from limen.simulation.holding import Holding
        from limen.simulation.what_if import simulate

        as_of = _required(at)
        clocks = Clocks(as_of, read_instant(known_at, "known_at") or as_of)
        supposed = overlay(
            self.regimes.law,
            clocks,
            event=event,
            reading=reading,
            authority=authority,
            assume=assume,
            hindsight=hindsight,
        )
        holdings = (row if isinstance(row, Holding) else Holding(row) for row in portfolio)
        return simulate(
            self, supposed, holdings, event=event, at=clocks.as_of, known_at=clocks.known_at,
            ownership=ownership, budget=budget,
        )  # fmt: skip

    def between(
        self,
        first: When,
        second: When,
        portfolio: Iterable[Wire | Holding],
        *,
        known_at: When = None,
        ownership: Stakes | None = None,
        budget: Budget = UNLIMITED,
    ) -> Between:
        """Compare a portfolio on two actual days: what began, ended or changed, by which acts.

        Args:
            first: a day or an instant.
            second: another.
            portfolio: parties, or :class:`limen.simulation.holding.Holding` with an amount.
            known_at: when both must have been known; everything known today.
            ownership: who owns whom, as for :meth:`screen`.
            budget: how much each party may hold, and how long it may take; unlimited.

        Raises:
            InputError: an argument cannot be understood, or a party exceeds the budget.
            TimeLimitError: the time of the budget is over.
        """
        from limen.simulation.between import compare_days
        from limen.simulation.holding import Holding

        holdings = (row if isinstance(row, Holding) else Holding(row) for row in portfolio)
        return compare_days(
            self, holdings, first=_required(first), second=_required(second),
            known_at=read_instant(known_at, "known_at"), ownership=ownership, budget=budget,
        )  # fmt: skip

    @property
    def regimes(self) -> Regimes:
        """Return the law in use in this snapshot, opened on first use."""
        return self.listed.regimes

    def regimes_known(self, known_at: When) -> Regimes:
        """Return the law as the pack known at an instant has it; that in use without one.

        Before the first pack it is the first: its records say since when each was known.

        Raises:
            InputError: the instant cannot be understood.
            SnapshotError: this engine does not read the pack of then.
        """
        return self.listed.regimes_known(read_instant(known_at, "known_at"))


def _at_least_one(processes: int) -> int:
    if processes < 1:
        raise InputError(f"{processes} processes cannot answer anything", where="processes")
    return processes


def _required(at: When) -> Instant:
    instant = read_instant(at, "at")
    if instant is None:
        raise InputError(
            "no instant was named",
            where="at",
            why="an assessment depends on which statements had been made by then",
            hint="name it, as 2022-02-21T23:59-05:00",
        )
    return instant
