"""Build the arrays of a name index from a snapshot's names."""

from __future__ import annotations

from collections.abc import Sequence
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
    ids: dict[Token, int] = {}
    names: dict[tuple[object, ...], int] = {}
    words: list[int] = []
    words_at = [0]
    lengths: list[int] = []
    owners: list[tuple[int, int]] = []
    for row, (_, text, _, schema) in enumerate(rows):
        for alternative in alternatives(text):
            name = normalise(alternative, person=schema == "Person")
            if not name.tokens:
                continue
            length = min(name.length, 36) if name.length >= 30 else 0
            key = (length, *name.tokens)
            number = names.get(key)
            if number is None:
                number = names[key] = len(names)
                words.extend([ids.setdefault(token, len(ids)) for token in name.tokens])
                words_at.append(len(words))
                lengths.append(length)
            owners.append((number, row))
    arrays: Arrays = dict(zip(PACK_PARTS, as_arrays(pack(ids, words)), strict=True))
    places = _shortest_first(arrays, words_at, lengths, list(ids))
    owners = [(int(places[name]), row) for name, row in owners]
    arrays["row_party"] = np.array([row.party for row in rows], dtype="i4")
    arrays["row_schema"] = np.array([SCHEMAS.index(row.schema) for row in rows], dtype="u1")
    arrays["parties"] = np.array([parties], dtype="i8")
    _add_owners(arrays, owners, len(names))
    _add_postings(arrays, list(ids), len(names))
    return arrays


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


def _add_owners(arrays: Arrays, owners: list[tuple[int, int]], names: int) -> None:
    """``rows[rows_at[n] : rows_at[n + 1]]`` are the rows of name ``n``, in order."""
    pairs = np.array(sorted(set(owners)), dtype="i8").reshape(-1, 2)
    arrays["rows"] = pairs[:, 1].astype("i4")
    arrays["rows_at"] = np.searchsorted(pairs[:, 0], np.arange(names + 1)).astype("i4")


def _add_postings(arrays: Arrays, tokens: list[Token], names: int) -> None:
    """The names of each key, the weight of each key, and the inverse norm of each name."""
    keys_of = [token_keys(token) for token in tokens]
    counts = np.array([len(keys) for keys in keys_of], dtype="i8")
    flat = np.array([key for keys in keys_of for key in keys], dtype="u8")
    at = np.concatenate(([0], np.cumsum(counts))).astype("i8")
    words, words_at = arrays["words"].astype("i8"), arrays["words_at"].astype("i8")
    of_name = np.repeat(np.arange(names, dtype="u8"), np.diff(words_at))
    each = counts[words]
    place = np.repeat(at[:-1][words] - np.concatenate(([0], np.cumsum(each)[:-1])), each)
    keys = flat[place + np.arange(place.size)] if place.size else flat[:0]
    postings = np.unique((keys << np.uint64(32)) | np.repeat(of_name, each))
    owned = (postings >> np.uint64(32)).astype("i8")
    arrays["posting_names"] = (postings & np.uint64(0xFFFFFFFF)).astype("u4")
    arrays["postings_at"] = np.searchsorted(owned, np.arange(KEYS + 1)).astype("i8")
    shared = np.diff(arrays["postings_at"].astype("i8"))
    rarity = np.rint(RARITY * np.log1p(names / np.maximum(shared, 1))).astype("i4")
    rarity = np.maximum(rarity, 1)
    arrays["key_weights"] = rarity * rarity
    squares = np.bincount(
        arrays["posting_names"].astype("i8"), arrays["key_weights"][owned], minlength=names
    )
    arrays["inverse_norms"] = 1 / np.sqrt(np.maximum(squares, 1))
