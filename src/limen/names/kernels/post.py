"""Lay out the postings of an index: which listed names have each key; and look keys up in them.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``. A kernel that builds
goes once through all names, so that what an index is built from takes no more memory than it.
"""

from __future__ import annotations

from math import sqrt

from limen.names.kernels.arrays import (
    Floats,
    Ints,
    Keys,
    NameKeys,
    Numbers,
    Posted,
    Postings,
    Scratch,
)


def count_names(count: int, names: NameKeys, seen: Scratch, own: Scratch, shares: Scratch) -> None:
    """Count the names of each key into ``shares``.

    Args:
        count: how many names there are.
        names: their words, and the keys of these.
        seen: scratch, a zero for each key.
        own: scratch, a place for each key that a name may have.
        shares: zeros; receives how many names have each key.
    """
    for name in range(count):
        for at in range(distinct_keys(name, names, seen, own)):
            shares[own[at]] += 1


def weigh_names(
    count: int, names: NameKeys, weights: Numbers, seen: Scratch, own: Scratch, sums: Scratch
) -> None:
    """Add up the weights of each name's keys into ``sums``; arguments as in ``count_names``."""
    for name in range(count):
        total = 0
        for at in range(distinct_keys(name, names, seen, own)):
            total += weights[own[at]]
        sums[name] = total


def post_names(
    count: int, names: NameKeys, seen: Scratch, own: Scratch, free: Scratch, posted: Posted
) -> None:
    """Write each name to the postings of its keys.

    ``free`` is where the postings of each key start, and then where they end. The other arguments
    are those of ``count_names``.
    """
    for name in range(count):
        for at in range(distinct_keys(name, names, seen, own)):
            key = own[at]
            posted[free[key]] = name
            free[key] += 1


def distinct_keys(name: int, names: NameKeys, seen: Scratch, own: Scratch) -> int:
    """Write the keys of a name to ``own``, each once, and return how many they are."""
    found = 0
    for at in range(names.words_at[name], names.words_at[name + 1]):
        word = names.words[at]
        for place in range(names.keys_at[word], names.keys_at[word + 1]):
            key = names.keys[place]
            if seen[key] != name + 1:
                seen[key] = name + 1
                own[found] = key
                found += 1
    return found


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
