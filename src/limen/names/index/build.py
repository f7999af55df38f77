"""Build the arrays of a name index from a snapshot's names.

Once for each snapshot; ``NameIndex`` opens them. The arrays are files of the snapshot, so their
names and types are part of its format.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from limen.model.schemata import MATCHABLE
from limen.names.index.acronym_keys import acronym_arrays
from limen.names.index.blocking_keys import KEYS, token_keys
from limen.names.index.interning import Numbering, Numbers
from limen.names.kernels import backend
from limen.names.kernels.arrays import NameKeys
from limen.names.kernels.encode import record
from limen.names.matchers import limen_2
from limen.names.reading.tables import fingerprint
from limen.names.reading.tokens import Token
from limen.util.gc import collector_at_rest

#: The order in which schemas are numbered in an index.
SCHEMAS = MATCHABLE
_SCHEMA_NUMBERS = {schema: number for number, schema in enumerate(SCHEMAS)}
Arrays = dict[str, NDArray[np.generic]]
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
    words = list(numbering.ids)
    records, keys = list(map(record, words)), list(map(token_keys, words))
    of_people = [record(limen_2.as_person(word)) for word in words]
    of_others = [record(limen_2.as_organisation(word)) for word in words]
    arrays: Arrays = {
        "row_party": np.array(owners, dtype="i4"),
        "row_schema": np.array(schemas, dtype="u1"),
        "parties": np.array([parties], dtype="i8"),
        "tables": np.frombuffer(fingerprint(), dtype="u1"),
        "records": np.frombuffer(b"".join(records), dtype="u1"),
        "person_records": np.frombuffer(b"".join(of_people), dtype="u1"),
        "organisation_records": np.frombuffer(b"".join(of_others), dtype="u1"),
    }
    flat = np.array([key for own in keys for key in own], dtype="i4")
    _add_names(arrays, numbering, flat, _starts(keys), _starts(records))
    return arrays


def _starts(runs: Sequence[Sized]) -> Numbers:
    """Return where each of some runs starts when they are laid end to end, and the end."""
    return np.concatenate(([0], np.cumsum([len(run) for run in runs], dtype="i8")))


def _add_names(
    arrays: Arrays, numbering: Numbering, keys: NDArray[np.int32], keys_at: Numbers,
    records_at: Numbers,
) -> None:  # fmt: skip
    """Add the names in the order of their norms, with their words, rows and postings.

    So a search can pass over all names of a block at once, whose norms are nearly alike. Names of
    one norm are in the order of their keys' number, then of their first rows. The rows of name
    ``n`` are ``rows[rows_at[n] : rows_at[n + 1]]``, in order.
    """
    names, readings = numbering.distinct()
    counts = np.diff(keys_at)[np.asarray(numbering.words, dtype="i4")]
    sums = np.concatenate(([0], np.cumsum(counts)))[np.asarray(numbering.words_at, dtype="i8")]
    order = np.argsort(np.diff(sums)[readings], kind="stable")
    words, words_at = _laid_out(numbering, readings[order])
    weighed: tuple[Any, ...] = (words, words_at, keys, keys_at)
    weights, shares, squares = _weighed(NameKeys(*weighed), order.size)
    by_norm = np.argsort(squares, kind="stable")
    order = order[by_norm]
    words, words_at = _laid_out(numbering, readings[order])
    posted: tuple[Any, ...] = (words, words_at, keys, keys_at)
    _add_postings(arrays, NameKeys(*posted), order.size, shares)
    arrays["key_weights"] = weights.astype("i4")
    arrays["inverse_norms"] = 1 / np.sqrt(np.maximum(squares[by_norm], 1))
    arrays["words"] = records_at[words].astype("i4")
    arrays["words_at"] = words_at.astype("i4")
    arrays["lengths"] = np.asarray(numbering.lengths, dtype="i2")[readings[order]]
    places = np.empty(order.size, dtype="i8")
    places[order] = np.arange(order.size)
    pairs = _distinct((places[names] << 32) | np.asarray(numbering.owners, dtype="i8"))
    arrays["rows"] = (pairs & LOW).astype("i4")
    arrays["rows_at"] = np.searchsorted(pairs >> 32, np.arange(order.size + 1)).astype("i4")
    arrays |= acronym_arrays(_organised(arrays, list(numbering.ids), words, words_at))


def _organised(
    arrays: Arrays, tokens: Sequence[Token], words: NDArray[np.int32], words_at: Numbers
) -> Iterator[tuple[int, list[Token]]]:
    """Yield the names that are not people's alone, with their words."""
    no_person = np.array([schema != "Person" for schema in SCHEMAS])[arrays["row_schema"]]
    sums = np.concatenate(([0], np.cumsum(no_person[arrays["rows"]])))[arrays["rows_at"]]
    for name in np.flatnonzero(np.diff(sums)).tolist():
        yield name, [tokens[word] for word in words[words_at[name] : words_at[name + 1]]]


def _laid_out(numbering: Numbering, readings: Numbers) -> tuple[NDArray[np.int32], Numbers]:
    """Return the words of some names, end to end, and where each name's start, and the end."""
    words = np.asarray(numbering.words, dtype="i4")
    at = np.asarray(numbering.words_at, dtype="i8")
    sizes = np.diff(at)[readings]
    starts = np.concatenate(([0], np.cumsum(sizes)))
    moved = np.repeat(at[:-1][readings] - starts[:-1], sizes) + np.arange(starts[-1])
    return words[moved], starts


def _distinct(values: Numbers) -> Numbers:
    """Return the distinct values, sorted; ``np.unique`` hashes, which takes many times as long."""
    values.sort()
    return values[np.concatenate(([True], values[1:] != values[:-1]))] if values.size else values


def _weighed(names: NameKeys, size: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return the weight of each key, how many names have it, and each name's squared norm."""
    kernels, own = backend.kernels(), np.empty(len(names.keys), dtype="i8")
    shares, squares = np.zeros(KEYS, dtype="i8"), np.empty(size, dtype="i8")
    kernels.count_names(size, names, np.zeros(KEYS, dtype="i8"), own, shares)
    rarity = np.rint(RARITY * np.log1p(size / np.maximum(shares, 1))).astype("i8")
    weights = np.maximum(rarity, 1) ** 2
    kernels.weigh_names(size, names, weights, np.zeros(KEYS, dtype="i8"), own, squares)
    return weights, shares, squares


def _add_postings(arrays: Arrays, names: NameKeys, size: int, shares: Numbers) -> None:
    """Add the names of each key."""
    starts = np.concatenate(([0], np.cumsum(shares)))
    posted = np.empty(int(starts[-1]), dtype="u4")
    own, seen, free = np.empty(len(names.keys), dtype="i8"), np.zeros(KEYS, dtype="i8"), starts[:-1]
    backend.kernels().post_names(size, names, seen, own, free.copy(), posted)
    arrays["postings_at"] = starts
    arrays["postings"] = posted
