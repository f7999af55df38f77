"""Screen payment messages, element by element, and decide each transaction.

Each part of a message is screened as what it is: a party by its names, numbers and addresses, a
text by what it names. A question that comes again in a file, as a debtor or an agent does, is
answered once. The same message, snapshot, channel and instants give the same answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace

from limen.mentions.document_screen import DocumentScreen
from limen.payment_screening.channel_run import ChannelRun
from limen.payment_screening.listed_names.cut_names import CutNames
from limen.payment_screening.listed_names.short_names import ShortNames
from limen.payment_screening.payment_answer import PaymentAnswer
from limen.payment_screening.policy import Policy
from limen.payment_screening.question_screen import QuestionScreen, Searches
from limen.payments import Message, Transaction
from limen.screening.parties import PartyScreen, When
from limen.util.budget import UNLIMITED, Budget
from limen.util.cache import BoundedCache

if TYPE_CHECKING:
    from limen.law.ownership.stakes_file import Stakes

#: Channels with their instants that are remembered with their answers; a server has a few.
_RUNS = 4


class PaymentScreen:
    """Represents the screening of payments against one snapshot.

    Args:
        screen: screens parties.
        documents: searches texts.
    """

    def __init__(self, screen: PartyScreen, documents: DocumentScreen) -> None:
        self._screen = screen
        self._searches = Searches(screen, documents, CutNames(screen), ShortNames(screen))
        self._runs: BoundedCache[tuple[object, ...], ChannelRun] = BoundedCache(_RUNS)
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
                self._searches.documents.findings("A", scope)
                self._screen.whereabouts.law_if_any(scope)
                self._searches.cut.prepare()
                self._searches.short.prepare()
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
        ownership: Stakes | None = None,
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
            ownership: who owns whom, to find that listed parties own a party.
            budget: the time all of it may take; each transaction has the channel's seconds.
            done: returns whether a transaction is to be passed over, as an earlier run did it.

        Raises:
            InputError: an argument cannot be understood.
        """
        self.prepare()  # the first message's time does not pay for it
        chosen = policy.channel(channel)
        scope = self._screen.scope(
            as_of, known_at, chosen.authorities, chosen.lists or None, allow_stale
        )
        stakes = ownership.stamp if ownership else UNSET
        key = (policy.sha256, chosen.name, scope.question, stakes)
        run = self._runs.get_or_make(
            key,
            lambda: ChannelRun(
                QuestionScreen(self._searches, scope, chosen, ownership),
                replace(
                    self._screen.stamp(scope, self._screen.judge(chosen.matcher, chosen.threshold)),
                    ownership=stakes,
                ),
                policy.sha256,
            ),
        )
        return run.answers(message, budget, done)
