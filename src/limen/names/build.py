"""Build the arrays of a name index from a snapshot's names."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from limen.model.schemata import MATCHABLE
from limen.names.keys import KEYS, token_keys
from limen.names.normalise import alternatives, normalise
from limen.names.pack import as_arrays, pack
from limen.names.tokens import Token

#: The order in which schemas are numbered in an index.
SCHEMAS = MATCHABLE
Arrays = dict[str, NDArray[np.generic]]

PACK_PARTS = (
    "letters", "letters_at", "heard", "heard_at", "kinds", "weights", "classes", "masks", "words",
)  # fmt: skip
#: Weights of keys are this many times the natural logarithm of their rarity.
RARITY = 16
#: So many names are posted at a time, so that building takes little more memory than its result.
SLICE = 250_000
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
    """The arrays of an index over ``rows``; row ``i`` of every answer is ``rows[i]``.

    Args:
        rows: every name of every party, in the snapshot's order.
        parties: how many parties there are; every ``party`` is below it.

    Returns:
        Arrays by their file name in a snapshot. Names that are the same words are kept once.
    """
    with collector_at_rest():
        ids, words, words_at, lengths, named, owners = _read(rows)
    arrays: Arrays = dict(zip(PACK_PARTS, as_arrays(pack(ids, words)), strict=True))
    places = _shortest_first(arrays, words_at, lengths, list(ids))
    arrays["row_party"] = np.array([row.party for row in rows], dtype="i4")
    arrays["row_schema"] = np.array([SCHEMAS.index(row.schema) for row in rows], dtype="u1")
    arrays["parties"] = np.array([parties], dtype="i8")
    _add_owners(arrays, places[np.array(named, dtype="i8")], owners)
    _add_postings(arrays, list(ids), len(lengths))
    return arrays


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the collector from going through millions of new things again and again.

    What is read and compiled makes no cycles to speak of; counting references is enough.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(
    rows: Sequence[NameRow],
) -> tuple[dict[Token, int], list[int], list[int], list[int], list[int], list[int]]:
    """Words by number; each name's words, end to end, where they start, and its length if it was
    cut; and for each reading of a row the name that it is, and the row.
    """
    ids: dict[Token, int] = {}
    names: dict[tuple[int, ...], int] = {}
    words: list[int] = []
    words_at = [0]
    lengths: list[int] = []
    named: list[int] = []
    owners: list[int] = []
    for row, (_, text, _, schema) in enumerate(rows):
        for alternative in alternatives(text):
            name = normalise(alternative, person=schema == "Person")
            if not name.tokens:
                continue
            length = min(name.length, 36) if name.length >= 30 else 0
            tokens = [ids.setdefault(token, len(ids)) for token in name.tokens]
            number = names.setdefault((length, *tokens), len(lengths))
            if number == len(lengths):
                words.extend(tokens)
                words_at.append(len(words))
                lengths.append(length)
            named.append(number)
            owners.append(row)
    return ids, words, words_at, lengths, named, owners


def _shortest_first(
    arrays: Arrays, words_at: list[int], lengths: list[int], tokens: list[Token]
) -> NDArray[np.int64]:
    """Number the names by how many keys they have; the new number of each.

    Names of like norms stand together, so that a ranking can pass over a block at a glance.
    """
    at = np.array(words_at, dtype="i8")
    words = arrays["words"].astype("i8")
    counts = np.array([len(token_keys(token)) for token in tokens], dtype="i8")
    sums = np.concatenate(([0], np.cumsum(counts[words])))
    order = np.argsort(sums[at[1:]] - sums[at[:-1]], kind="stable")
    sizes = np.diff(at)[order]
    starts = np.concatenate(([0], np.cumsum(sizes)))
    moved = np.repeat(at[:-1][order] - starts[:-1], sizes) + np.arange(words.size)
    arrays["words"] = words[moved].astype("i4")
    arrays["words_at"] = starts.astype("i4")
    arrays["lengths"] = np.array(lengths, dtype="i2")[order]
    places = np.empty(order.size, dtype="i8")
    places[order] = np.arange(order.size)
    return places


def _add_owners(arrays: Arrays, named: NDArray[np.int64], owners: Sequence[int]) -> None:
    """``rows[rows_at[n] : rows_at[n + 1]]`` are the rows of name ``n``, in order."""
    pairs = _distinct((named << 32) | np.array(owners, dtype="i8"))
    names = arrays["lengths"].size
    arrays["rows"] = (pairs & LOW).astype("i4")
    arrays["rows_at"] = np.searchsorted(pairs >> 32, np.arange(names + 1)).astype("i4")


def _distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The values in order, each once: ``np.unique`` hashes, which takes many times as long."""
    values.sort()
    return values[np.concatenate(([True], values[1:] != values[:-1]))] if values.size else values


def _add_postings(arrays: Arrays, tokens: list[Token], names: int) -> None:
    """The names of each key, the weight of each key, and the inverse norm of each name."""
    slices = list(_postings(arrays, tokens, names))
    shares = [np.bincount(postings >> 32, minlength=KEYS) for postings in slices]
    shared = np.sum(shares, axis=0, dtype="i8") if shares else np.zeros(KEYS, dtype="i8")
    rarity = np.rint(RARITY * np.log1p(names / np.maximum(shared, 1))).astype("i4")
    rarity = np.maximum(rarity, 1)
    arrays["key_weights"] = rarity * rarity
    arrays["postings_at"] = np.concatenate(([0], np.cumsum(shared))).astype("i8")
    posted = np.empty(int(shared.sum()), dtype="u4")
    squares = np.zeros(names)
    free = arrays["postings_at"][:-1].astype("i8")
    for at, (postings, share) in enumerate(zip(slices, shares, strict=True)):
        keys, found = postings >> 32, postings & LOW
        posted[(free - np.cumsum(share) + share)[keys] + np.arange(keys.size)] = found
        free += share
        part = squares[at * SLICE : (at + 1) * SLICE]
        part += np.bincount(found - at * SLICE, arrays["key_weights"][keys], minlength=part.size)
    arrays["posting_names"] = posted
    arrays["inverse_norms"] = 1 / np.sqrt(np.maximum(squares, 1))


def _postings(arrays: Arrays, tokens: list[Token], names: int) -> Iterator[NDArray[np.int64]]:
    """``key << 32 | name`` of every key of every name, in order, for ``SLICE`` names at a time."""
    keys_of = [token_keys(token) for token in tokens]
    counts = np.array([len(keys) for keys in keys_of], dtype="i8")
    flat = np.array([key for keys in keys_of for key in keys], dtype="i8")
    at = np.cumsum(counts) - counts
    words, words_at = arrays["words"], arrays["words_at"].astype("i8")
    for first in range(0, names, SLICE):
        bounds = words_at[first : first + SLICE + 1]
        own = words[bounds[0] : bounds[-1]].astype("i8")
        each = counts[own]
        of_name = np.repeat(np.arange(first, first + bounds.size - 1), np.diff(bounds))
        place = np.repeat(at[own] - np.cumsum(each) + each, each)
        keys = flat[place + np.arange(place.size)]
        yield _distinct((keys << 32) | np.repeat(of_name, each))
