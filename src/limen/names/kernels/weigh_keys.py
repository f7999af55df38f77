"""Look up the keys of queries: where their names are, what they weigh, the heaviest first.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``.
"""

from __future__ import annotations

from math import sqrt

from limen.names.kernels.arrays import Floats, Ints, Keys, Postings


def weigh_keys(count: int, own: Ints, keys: Keys, postings: Postings, blocks: int) -> None:
    """Fill in the keys of several queries.

    Args:
        count: how many queries there are.
        own: the distinct keys of each, query after query.
        keys: says where each query's keys start; receives all else.
        postings: the listed names of every key.
        blocks: how many blocks of listed names there are.
    """
    for query in range(count):
        first, last = keys.at[query], keys.at[query + 1]
        for at in range(first, last):
            place_key(own[at], at, first, keys, postings)
        total = 0
        for at in range(last - 1, first - 1, -1):
            total += keys.weights[at]
            keys.rests[at] = total
        norm: float = sqrt(max(total, 1))
        keys.scales[query] = 1.0 / norm
        keys.nearest[query] = block_of(norm, postings.gates, blocks)


def place_key(key: int, at: int, first: int, keys: Keys, postings: Postings) -> None:
    """Insert a key among those from ``first`` to ``at``, behind all that weigh as much."""
    weight = postings.weights[key]
    while at > first and keys.weights[at - 1] < weight:
        keys.weights[at] = keys.weights[at - 1]
        keys.starts[at] = keys.starts[at - 1]
        keys.stops[at] = keys.stops[at - 1]
        at -= 1
    keys.weights[at] = weight
    keys.starts[at] = postings.names_at[key]
    keys.stops[at] = postings.names_at[key + 1]


def block_of(norm: float, gates: Floats, blocks: int) -> int:
    """Return the block in which the names of a norm begin."""
    first, last = 1, max(blocks, 1)
    while first < last:
        middle = (first + last) >> 1
        if gates[middle] < norm:
            first = middle + 1
        else:
            last = middle
    return first - 1
