"""A trial: what is tried, what it answers now, and which answers are right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.false_clear.ways import judge

#: What is right where a listed party is plainly there; where it may be; where nothing is known.
FOUND = ("hit",)
SEEN = ("hit", "review")
NO_CLEAR = ("hit", "review", "cannot say", "refused")
UNKNOWN = ("cannot say", "refused")


@dataclass(frozen=True, slots=True)
class Trial:
    """Represents one command of a kind.

    Attributes:
        kind: its number among the kinds.
        what: what is odd about the input.
        command: the input as it is given.
        run: gives it, and returns the answer in words.
        right: answers that are right.
    """

    kind: int
    what: str
    command: str
    run: Callable[[], str]
    right: Sequence[str]


def of_answer(answer: dict) -> str:
    """Return an Answer in words; a clear says whether it has a notice."""
    seen = judge(answer)
    if answer.get("outcome") in ("hit", "review"):
        return str(answer["outcome"])
    words = {"told": "cannot say", "silent": "clear"}
    return words.get(seen.verdict, seen.verdict)
