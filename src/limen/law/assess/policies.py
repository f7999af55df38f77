"""Views on an assessment: which reading to look at first. The readings stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from limen.model import InputError
from limen.util.suggest import did_you_mean

_RANKS = ("head", "principal", "spokesperson", "official", "observer")
_STRICTNESS = ("true", "unknown", "false")


class Spoken(Protocol):
    """The part of a reading that a policy looks at; readings come in the order they were made."""

    @property
    def statement(self) -> str: ...
    @property
    def trigger(self) -> str: ...
    @property
    def authority(self) -> str: ...
    @property
    def attribution(self) -> str: ...
    @property
    def rank(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> Literal["true", "false", "unknown"]: ...


class View(msgspec.Struct, frozen=True):
    """One authority's answer to one trigger under a policy, and the statement it rests on."""

    authority: str
    trigger: str
    value: str
    statement: str


def latest_named(reads: Sequence[Spoken]) -> Spoken | None:
    """Return the last named statement; anonymous ones are passed over."""
    return next((each for each in reversed(reads) if each.attribution != "anonymous"), None)


def most_senior(reads: Sequence[Spoken]) -> Spoken | None:
    """Return the reading of the most senior speaker; of equals, the last."""
    latest = list(reversed(reads))
    return min(latest, key=lambda each: _RANKS.index(each.rank), default=None)


def strictest(reads: Sequence[Spoken]) -> Spoken | None:
    """Return the reading that is met most easily: true before unknown before false."""
    return min(reads, key=lambda each: _STRICTNESS.index(each.value), default=None)


def legal_only(reads: Sequence[Spoken]) -> Spoken | None:
    """Return the last legal act; statements of any other kind do not count."""
    return next((each for each in reversed(reads) if each.kind == "act"), None)


POLICIES: Mapping[str, Callable[[Sequence[Spoken]], Spoken | None]] = {
    "latest_named": latest_named,
    "most_senior": most_senior,
    "strictest": strictest,
    "legal_only": legal_only,
}


def views(active: Iterable[Spoken], policy: str | None) -> dict[str, View]:
    """Map ``"US further-invasion"`` to the view of a policy; empty without a policy.

    Raises:
        InputError: a policy that there is not.
    """
    if policy is None:
        return {}
    choose = POLICIES.get(policy)
    if choose is None:
        raise InputError(
            f"no policy is called {policy!r}", where="policy", hint=did_you_mean(policy, POLICIES)
        )
    grouped: dict[tuple[str, str], list[Spoken]] = {}
    for each in active:
        grouped.setdefault((each.authority, each.trigger), []).append(each)
    found = {}
    for (authority, trigger), reads in grouped.items():
        chosen = choose(reads)
        if chosen is not None:
            found[f"{authority} {trigger}"] = View(
                authority, trigger, chosen.value, chosen.statement
            )
    return found
