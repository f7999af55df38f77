"""The vocabulary of regime files, and the words that a file adds to it for its own regime."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from limen.law.assess.conditions import Fact
from limen.law.files.checked_file import CheckedFile
from limen.law.records import (
    Authority,
    Codes,
    OwnershipRule,
    PrintedEffect,
    Programme,
)
from limen.util.suggest import did_you_mean

#: Parts of a declaration that are vocabulary under the same name.
_PARTS = ("authorities", "programmes", "sources", "territories", "facts")


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary that regime files may use."""

    authorities: dict[str, Authority]
    facts: dict[str, Fact]
    programmes: dict[str, Programme]
    sources: dict[str, str]
    territories: dict[str, str]
    ownership: Mapping[str, OwnershipRule]
    licence_parties: Mapping[str, tuple[str, ...]]
    printed_effects: Mapping[str, Mapping[str, PrintedEffect]]
    classifications: Mapping[str, Codes]
    overlaps: Mapping[str, dict[str, str]]


def declare(words: Words, files: Iterable[CheckedFile]) -> None:
    """Add the words that files declare.

    Raises:
        LimenError: a word that is known already, or further values of no such choice.
    """
    for file in files:
        declared = file.content.declares
        for part in _PARTS:
            _add(getattr(words, part), getattr(declared, part), file, part)
        for name, values in declared.values.items():
            fact = words.facts.get(name)
            if fact is None or fact.is_ != "choice":
                choices = [key for key, each in words.facts.items() if each.is_ == "choice"]
                raise file.located.refusal(
                    f"{name!r} is no fact with a choice of values",
                    ("declares", "values", name),
                    hint=did_you_mean(name, choices),
                )
            every = tuple(dict.fromkeys((*fact.values, *values)))
            words.facts[name] = msgspec.structs.replace(fact, values=every)


def _add(known: dict[str, Any], new: Mapping[str, Any], file: CheckedFile, part: str) -> None:
    for name, record in new.items():
        if known.get(name, record) != record:
            raise file.located.refusal(
                f"{name!r} is known already, as something else",
                ("declares", part, name),
                hint="give it another name, or leave it out and use the known one",
            )
        known[name] = record
