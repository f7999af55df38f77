"""Build the arrays of a name index from a snapshot's names.

Once for each snapshot; ``NameIndex`` opens them. The arrays are files of the snapshot, so their
names and types are part of its format.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from limen.model.schemata import MATCHABLE
from limen.names.index.blocking_keys import KEYS, token_keys
from limen.names.index.interning import Numbering
from limen.names.kernels import backend
from limen.names.kernels.arrays import NameKeys
from limen.names.kernels.encode import pack
from limen.names.reading.tables import fingerprint
from limen.util.gc import collector_at_rest

#: The order in which schemas are numbered in an index.
SCHEMAS = MATCHABLE
_SCHEMA_NUMBERS = {schema: number for number, schema in enumerate(SCHEMAS)}
Arrays = dict[str, NDArray[np.generic]]

#: The arrays of a ``Pack`` by their file names, in the order of its fields.
PACK_PARTS = (
    "letters", "letters_at", "heard", "heard_at", "kinds", "weights", "classes", "masks", "words",
)  # fmt: skip
#: Weights of keys are integers: this many times the natural logarithm of their rarity, fine enough
#: to order names by.
RARITY = 16
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


def build_index(rows: Iterable[NameRow], parties: int) -> Arrays:
    """Build the arrays of an index over ``rows``; row ``i`` of every answer is the ``i``-th.

    Args:
        rows: every name of every party, in the snapshot's order; they are read once.
        parties: how many parties there are; every ``party`` is below it.

    Returns:
        Arrays by their file name in a snapshot. Names of the same words are stored once.
    """
    numbering = Numbering()
    owners, schemas = array("i"), array("B")
    with collector_at_rest():
        for at, row in enumerate(rows):
            numbering.add(at, row.text, person=row.schema == "Person")
            owners.append(row.party)
            schemas.append(_SCHEMA_NUMBERS[row.schema])
    tokens = list(numbering.ids)
    packed: tuple[Any, ...] = pack(tokens, ())
    arrays: Arrays = dict(zip(PACK_PARTS, packed, strict=True))
    arrays["row_party"] = np.array(owners, dtype="i4")
    arrays["row_schema"] = np.array(schemas, dtype="u1")
    arrays["parties"] = np.array([parties], dtype="i8")
    arrays["tables"] = np.frombuffer(fingerprint(), dtype="u1")
    keys = [token_keys(token) for token in tokens]
    counts = np.array([len(own) for own in keys], dtype="i8")
    _add_names(arrays, numbering, counts)
    _add_postings(arrays, np.array([key for own in keys for key in own], dtype="i4"), counts)
    return arrays


def _add_names(arrays: Arrays, numbering: Numbering, counts: NDArray[np.int64]) -> None:
    """Add the names, those of the fewest keys first, and the rows of each.

    The rows of name ``n`` are ``rows[rows_at[n] : rows_at[n + 1]]``, in order.
    """
    names, readings = numbering.distinct()
    words = np.asarray(numbering.words, dtype="i4")
    at = np.asarray(numbering.words_at, dtype="i8")
    sums = np.concatenate(([0], np.cumsum(counts[words])))
    order = np.argsort((sums[at[1:]] - sums[at[:-1]])[readings], kind="stable")
    readings = readings[order]
    sizes = np.diff(at)[readings]
    starts = np.concatenate(([0], np.cumsum(sizes)))
    moved = np.repeat(at[:-1][readings] - starts[:-1], sizes) + np.arange(starts[-1])
    arrays["words"] = words[moved]
    arrays["words_at"] = starts.astype("i4")
    arrays["lengths"] = np.asarray(numbering.lengths, dtype="i2")[readings]
    places = np.empty(order.size, dtype="i8")
    places[order] = np.arange(order.size)
    pairs = _distinct((places[names] << 32) | np.asarray(numbering.owners, dtype="i8"))
    arrays["rows"] = (pairs & LOW).astype("i4")
    arrays["rows_at"] = np.searchsorted(pairs >> 32, np.arange(order.size + 1)).astype("i4")


def _distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the distinct values, sorted; ``np.unique`` hashes, which takes many times as long."""
    values.sort()
    return values[np.concatenate(([True], values[1:] != values[:-1]))] if values.size else values


def _add_postings(arrays: Arrays, keys: NDArray[np.int32], counts: NDArray[np.int64]) -> None:
    """Add the names of each key, the weight of each key, and the inverse norm of each name.

    Names are posted by their places in the order of their norms: so a search can pass over all
    names of a block at once, whose norms are nearly alike.
    """
    kernels, size = backend.kernels(), arrays["lengths"].size
    words_at = arrays["words_at"].astype("i8")
    keys_at = np.concatenate(([0], np.cumsum(counts)))
    parts: tuple[Any, ...] = (arrays["words"], words_at, keys, keys_at)
    names, own = NameKeys(*parts), np.empty(keys.size, dtype="i8")
    shares, sums = np.zeros(KEYS, dtype="i8"), np.empty(size, dtype="i8")
    kernels.count_names(size, names, np.zeros(KEYS, dtype="i8"), own, shares)
    rarity = np.rint(RARITY * np.log1p(size / np.maximum(shares, 1))).astype("i8")
    weights = np.maximum(rarity, 1) ** 2
    kernels.weigh_names(size, names, weights, np.zeros(KEYS, dtype="i8"), own, sums)
    order = np.argsort(sums, kind="stable")
    starts = np.concatenate(([0], np.cumsum(shares)))
    posted = np.empty(int(starts[-1]), dtype="u4")
    seen, free = np.zeros(KEYS, dtype="i8"), starts[:-1].copy()
    kernels.post_names(size, names, order, seen, own, free, posted)
    arrays["key_weights"] = weights.astype("i4")
    arrays["postings_at"] = starts
    arrays["posting_places"] = posted
    arrays["order"] = order.astype("i4")
    arrays["inverse_norms"] = 1 / np.sqrt(np.maximum(sums[order], 1))
