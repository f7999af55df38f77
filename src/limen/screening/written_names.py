"""Look up names as they are written, the names of many queries at once.

Each name is looked up under itself; a name of few words also with its words in another order
(``limen.screening.kinds``). One look-up serves a whole chunk of a batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from limen.screening.kinds import other_keys
from limen.snapshot import Snapshot
from limen.snapshot.format import EXACT_NAME, as_written


class Filed(NamedTuple):
    """A party that is filed under a key of one of a query's names.

    ``position`` is the name's in the query; ``turned`` says that its words are in another order.
    """

    key: str
    party: int
    position: int
    turned: bool


def parties_by_names(
    snapshot: Snapshot, queries: Sequence[Sequence[str]]
) -> list[tuple[Filed, ...]]:
    """Return for the names of each query the parties that are filed under their keys."""
    keys_of = [_keys(names) for names in queries]
    every = dict.fromkeys(key for keys in keys_of for key in keys)
    parties: dict[str, list[int]] = {}
    for key, party in snapshot.parties_with_each(EXACT_NAME, list(every)):
        parties.setdefault(key, []).append(party)
    return [
        tuple(
            Filed(key, party, position, turned)
            for key in keys
            if key in parties
            for party in parties[key]
            for position, turned in keys[key]
        )
        for keys in keys_of
    ]


def _keys(names: Sequence[str]) -> dict[str, list[tuple[int, bool]]]:
    """Return the keys of some names, each with the positions of its names; those as given first."""
    keys: dict[str, list[tuple[int, bool]]] = {}
    written = [as_written(name) for name in names]
    for position, key in enumerate(written):
        keys.setdefault(key, []).append((position, False))
    for key, position in other_keys(written).items():
        keys[key] = [(position, True)]
    return keys
