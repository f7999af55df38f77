"""Lay out the postings of an index: which listed names have each key.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``. Each kernel goes once
through all names, so that what an index is built from takes no more memory than the index.
"""

from __future__ import annotations

from limen.names.kernels.arrays import NameKeys, Numbers, Posted, Scratch


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
