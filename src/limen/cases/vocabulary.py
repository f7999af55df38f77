"""The words of the desk: states, outcomes, reasons, and what each reason must rest on."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import msgspec

State = Literal[
    "new", "in_progress", "escalated", "rfi_open", "pending_approval", "returned", "reopened",
    "closed_fp", "closed_true", "closed_not_applicable", "suppressed",
]  # fmt: skip
Outcome = Literal["closed_fp", "closed_true", "closed_not_applicable"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
#: States in which someone has to do something.
OPEN: frozenset[str] = frozenset(
    {"new", "in_progress", "escalated", "rfi_open", "pending_approval", "returned", "reopened"}
)
#: States from which a decision can be proposed.
UNDECIDED: frozenset[str] = OPEN - {"pending_approval"}
#: An outcome -> nomenklatura's word for it.
JUDGEMENTS = {"closed_fp": "negative", "closed_true": "positive"}


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents a reason code: what it may close an alert as, and what it must rest on.

    ``level`` is that of an analyst who may give it.
    """

    outcomes: tuple[Outcome, ...]
    fields: tuple[str, ...]
    says: str
    level: int = 1


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents all reasons, and the fields that tell two parties apart.

    Attributes:
        fields: each with ``"hard"`` where one difference decides, else ``"soft"``.
        listed_properties: field -> the listed record's properties that have its value.
        reasons: by code.
    """

    fields: dict[str, Literal["hard", "soft"]]
    listed_properties: dict[str, tuple[str, ...]]
    reasons: dict[str, Reason]


@cache
def vocabulary() -> Vocabulary:
    """Return the reasons and fields that decisions may name."""
    data = (files("limen.cases") / "data/reasons.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(data), Vocabulary)
