"""Bound the work that one input may cause: a deadline, and how much of what it may hold.

A budget is passed to whatever loops over what a caller sent. A loop runs over
``budget.checked(items)``, which ends it when the time is over; a count is admitted with
``budget.admit`` before anything is done with it. Callers that trust their input pass ``UNLIMITED``.
Of many rows each takes ``budget.begun()``, so that one slow row costs no other its answer.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from math import inf
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from limen.model.errors import LimitError, TimeLimitError

Item = TypeVar("Item")


class Budget(msgspec.Struct, frozen=True, omit_defaults=True):
    """Represents what one question, or each row of many, may cost.

    Attributes:
        seconds: the time allowed; ``deadline`` when it ends, by the monotonic clock.
        names: names that are compared, with the readings of each.
        addresses: addresses that are located.
        values: values of all properties; ``properties`` their names.
        characters: characters of one value.
    """

    seconds: float = inf
    deadline: float = inf
    names: float = inf
    addresses: float = inf
    properties: float = inf
    values: float = inf
    characters: float = inf

    def begun(self) -> Budget:
        """Return this budget with its seconds beginning now; its deadline stays."""
        if self.seconds == inf:
            return self
        return replace(self, deadline=min(self.deadline, time.monotonic() + self.seconds))

    def check(self) -> None:
        """Check the time.

        Raises:
            TimeLimitError: it is over.
        """
        if self.deadline < inf and time.monotonic() > self.deadline:
            raise TimeLimitError(
                f"the time allowed, {self.seconds:g} s, was over before the answer was found",
                hint="send less, or raise the limit `seconds`",
            )

    def checked(self, items: Iterable[Item]) -> Iterator[Item]:
        """Return an iterator over items that raises what :meth:`check` does, when it does."""
        return iter(items) if self.deadline == inf else self._checked(items)

    def _checked(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            self.check()
            yield item

    def admit(self, what: str, count: int, *, where: str) -> None:
        """Check a count against the limit of that name.

        Raises:
            LimitError: it is larger.
        """
        most = getattr(self, what)
        if count > most:
            raise LimitError(
                f"{count:,} {what}, and {most:,.0f} are allowed",
                where=where,
                hint=f"send less, or raise the limit `{what}`",
            )


UNLIMITED = Budget()
