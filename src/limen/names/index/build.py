"""Build the arrays of a name index from a snapshot's names.

Once for each snapshot; ``NameIndex`` opens them. The arrays are files of the snapshot, so their
names and types are part of its format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from limen.model.schemata import MATCHABLE
from limen.names.index.blocking_keys import KEYS, token_keys
from limen.names.index.interning import Numbering
from limen.names.kernels.encode import pack
from limen.names.reading.tables import fingerprint
from limen.util.gc import collector_at_rest

#: The order in which schemas are numbered in an index.
SCHEMAS = MATCHABLE
Arrays = dict[str, NDArray[np.generic]]
Keys = tuple[int, ...]

#: The arrays of a ``Pack`` by their file names, in the order of its fields.
PACK_PARTS = (
    "letters", "letters_at", "heard", "heard_at", "kinds", "weights", "classes", "masks", "words",
)  # fmt: skip
#: Weights of keys are integers: this many times the natural logarithm of their rarity, fine enough
#: to order names by.
RARITY = 16
#: So many names are posted at a time, so that building takes little more memory than its result.
SLICE = 250_000
#: The lower half of a pair of 32-bit numbers that is sorted as one of 64.
LOW = 0xFFFFFFFF


class NameRow(NamedTuple):
    """One name of one party.

    ``kind`` is 0 name, 1 alias, 2 previousName, 3 weakAlias, 4 abbreviation.
    """

    party: int
    text: str
    kind: int
    schema: str


def build_index(rows: Sequence[NameRow], parties: int) -> Arrays:
    """Build the arrays of an index over ``rows``; row ``i`` of every answer is ``rows[i]``.

    Args:
        rows: every name of every party, in the snapshot's order.
        parties: how many parties there are; every ``party`` is below it.

    Returns:
        Arrays by their file name in a snapshot. Names of the same words are stored once.
    """
    numbering = Numbering()
    with collector_at_rest():
        for at, row in enumerate(rows):
            numbering.add(at, row.text, person=row.schema == "Person")
    tokens = list(numbering.ids)
    packed: tuple[Any, ...] = pack(tokens, ())
    arrays: Arrays = dict(zip(PACK_PARTS, packed, strict=True))
    keys = [token_keys(token) for token in tokens]
    places = _shortest_first(arrays, numbering, keys)
    arrays["row_party"] = np.array([row.party for row in rows], dtype="i4")
    arrays["row_schema"] = np.array([SCHEMAS.index(row.schema) for row in rows], dtype="u1")
    arrays["parties"] = np.array([parties], dtype="i8")
    arrays["tables"] = np.frombuffer(fingerprint(), dtype="u1")
    _add_owners(arrays, places[np.array(numbering.named)], np.array(numbering.owners))
    _add_postings(arrays, keys, len(numbering.lengths))
    return arrays


def _shortest_first(
    arrays: Arrays, numbering: Numbering, keys: Sequence[Keys]
) -> NDArray[np.int64]:
    """Order the names by how many keys they have, and return the new number of each.

    Names of similar norms become neighbours, so that a ranking can skip a block with one test.
    """
    at, words = np.array(numbering.words_at), np.array(numbering.words)
    counts = np.array([len(own) for own in keys], dtype="i8")
    sums = np.concatenate(([0], np.cumsum(counts[words])))
    order = np.argsort(sums[at[1:]] - sums[at[:-1]], kind="stable")
    sizes = np.diff(at)[order]
    starts = np.concatenate(([0], np.cumsum(sizes)))
    moved = np.repeat(at[:-1][order] - starts[:-1], sizes) + np.arange(words.size)
    arrays["words"] = words[moved].astype("i4", copy=False)
    arrays["words_at"] = starts.astype("i4")
    arrays["lengths"] = np.array(numbering.lengths, dtype="i2")[order]
    places = np.empty(order.size, dtype="i8")
    places[order] = np.arange(order.size)
    return places


def _add_owners(arrays: Arrays, named: NDArray[np.int64], owners: NDArray[np.int64]) -> None:
    """Add the rows of each name: ``rows[rows_at[n] : rows_at[n + 1]]`` for name ``n``, in order."""
    pairs = _distinct((named << 32) | owners)
    names = arrays["lengths"].size
    arrays["rows"] = (pairs & LOW).astype("i4")
    arrays["rows_at"] = np.searchsorted(pairs >> 32, np.arange(names + 1)).astype("i4")


def _distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the distinct values, sorted; ``np.unique`` hashes, which takes many times as long."""
    values.sort()
    return values[np.concatenate(([True], values[1:] != values[:-1]))] if values.size else values


def _add_postings(arrays: Arrays, keys: Sequence[Keys], names: int) -> None:
    """Add the names of each key, the weight of each key, and the inverse norm of each name."""
    slices = list(_postings(arrays, keys, names))
    shared = np.sum([part.shares for part in slices], axis=0, dtype="i8")
    if not slices:
        shared = np.zeros(KEYS, dtype="i8")
    rarity = np.rint(RARITY * np.log1p(names / np.maximum(shared, 1))).astype("i4")
    rarity = np.maximum(rarity, 1)
    arrays["key_weights"] = rarity * rarity
    arrays["postings_at"] = np.concatenate(([0], np.cumsum(shared))).astype("i8")
    posted = np.empty(int(shared.sum()), dtype="u4")
    squares = np.zeros(names)
    free = arrays["postings_at"][:-1].astype("i8")
    for at, (names_of_keys, shares) in enumerate(slices):
        of_key = np.repeat(np.arange(KEYS), shares)
        posted[(free - np.cumsum(shares) + shares)[of_key] + np.arange(of_key.size)] = names_of_keys
        free += shares
        part = squares[at * SLICE : (at + 1) * SLICE]
        weights = arrays["key_weights"][of_key]
        own = names_of_keys - np.uint32(at * SLICE)
        part += np.bincount(own, weights, minlength=part.size)
    arrays["posting_names"] = posted
    arrays["inverse_norms"] = 1 / np.sqrt(np.maximum(squares, 1))


class _Slice(NamedTuple):
    """The postings of a slice of names: names key by key, and how many of them each key has."""

    names: NDArray[np.uint32]
    shares: NDArray[np.int64]


def _postings(arrays: Arrays, keys_of: Sequence[Keys], names: int) -> Iterator[_Slice]:
    """Yield every key of every name, for ``SLICE`` names at a time."""
    counts = np.array([len(keys) for keys in keys_of], dtype="i8")
    flat = np.array([key for keys in keys_of for key in keys], dtype="i8")
    at = np.cumsum(counts) - counts
    words, words_at = arrays["words"], arrays["words_at"].astype("i8")
    for first in range(0, names, SLICE):
        bounds = words_at[first : first + SLICE + 1]
        own = words[bounds[0] : bounds[-1]].astype("i8")
        sizes = counts[own]
        of_name = np.repeat(np.arange(first, first + bounds.size - 1), np.diff(bounds))
        place = np.repeat(at[own] - np.cumsum(sizes) + sizes, sizes)
        keys = flat[place + np.arange(place.size)]
        postings = _distinct((keys << 32) | np.repeat(of_name, sizes))
        shares = np.bincount(postings >> 32, minlength=KEYS)
        yield _Slice((postings & LOW).astype("u4"), shares)
