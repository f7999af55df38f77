"""What the law says, asked of a snapshot: what stood on a date, and what an event comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from limen.law import Assessment, Clocks, Regimes
from limen.law.overlay import overlay
from limen.model import InputError, Instant, Party
from limen.simulation.what_if import Holding, WhatIf, simulate

if TYPE_CHECKING:
    from limen.engine.engine import Engine


def assess(
    regimes: Regimes,
    event: str,
    *,
    at: Instant | None,
    known_at: Instant | None,
    trigger: str | None,
    policy: str | None,
) -> Assessment:
    """Assess an event at an instant, with what was known at another (the same, if none).

    Raises:
        InputError: no instant was named, or an event, trigger or policy is not known.
    """
    at = _named(at)
    return regimes.assess(event, at=at, known_at=known_at, trigger=trigger, policy=policy)


def what_if(
    engine: Engine,
    event: str | None,
    portfolio: Iterable[Mapping[str, Any] | Party | Holding],
    *,
    at: Instant | None,
    known_at: Instant | None,
    reading: str | None,
    authority: str | None,
    assume: Sequence[str],
    hindsight: bool,
) -> WhatIf:
    """Simulate an overlay over a portfolio.

    Raises:
        InputError: no instant was named, or something supposed cannot be.
    """
    clocks = Clocks(_named(at), known_at or _named(at))
    supposed = overlay(
        engine.regimes.law,
        clocks,
        event=event,
        reading=reading,
        authority=authority,
        assume=assume,
        hindsight=hindsight,
    )
    holdings = (each if isinstance(each, Holding) else Holding(each) for each in portfolio)
    return simulate(
        engine, supposed, holdings, event=event, at=clocks.as_of, known_at=clocks.known_at
    )


def _named(at: Instant | None) -> Instant:
    if at is None:
        raise InputError(
            "no instant was named",
            where="at",
            why="who had said what by then is the whole question",
            hint="name it, as 2022-02-21T23:59-05:00",
        )
    return at
