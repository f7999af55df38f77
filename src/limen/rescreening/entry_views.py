"""Digest what a question sees of each listed party, so that two views can be compared.

A view is everything of an entry that a finding about it depends on: its names, dates, numbers and
other values as known, its listings with the measures in force behind them, and the party that it
is of. Where a view is equal, so is the finding of every customer; where a party is not listed at
the instant of the question, no finding is possible and there is no view.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec
import numpy as np
from xxhash import xxh3_128_digest

from limen.engine import Engine
from limen.screening.coverage import Scope

Views = Mapping[str, bytes]
Kind = Literal["added", "removed", "changed"]
_encode = msgspec.json.Encoder(order="sorted").encode


class ChangedEntry(msgspec.Struct, frozen=True):
    """An entry of which two views differ: ``added`` and ``removed`` are of who is listed."""

    id: str
    kind: Kind


def views_of(engine: Engine, scope: Scope) -> dict[str, bytes]:
    """Return the digest of every listed party under a question, by ``list:record``."""
    question, snapshot = scope.question, engine.snapshot
    views = {}
    for position in np.flatnonzero(scope.parties).tolist():
        states = [engine.listed.at(position, *known) for known in scope.known]
        seen = (
            [(each.profile.party, each.extra, each.provenance) for each in states if each],
            engine.listed.listings(position, question.as_of, question.known_at),
            snapshot.party_of(position, question.known_at),
        )
        views[engine.party_id(position)] = xxh3_128_digest(_encode(seen))
    return views


def changed_entries(before: Views, after: Views) -> list[ChangedEntry]:
    """Return the entries of which two views differ, in the order of their ids."""
    removed = [ChangedEntry(each, "removed") for each in before.keys() - after.keys()]
    others = [
        ChangedEntry(each, "changed" if each in before else "added")
        for each, digest in after.items()
        if before.get(each) != digest
    ]
    return sorted([*removed, *others], key=lambda entry: entry.id)
