"""Rank the listed names by how much rarity they share with a query, and keep the best.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``. A rank is a sum of
integers, scaled by two floats in a fixed order, so it is the same to the last bit in both.
"""

from __future__ import annotations

from limen.names.kernels.arrays import (
    Bytes,
    Floats,
    Int32,
    Names,
    Numbers,
    Ranks,
    Scratch,
    Sizes,
    Sums,
)

#: Names are ranked a block at a time, so that the sums stay in a core's nearest cache.
BLOCK = 4096
#: Within a block, so many names are passed over at a glance.
GROUP = 32


def rank_queries(
    count: int, keys_at: Numbers, starts: Numbers, stops: Numbers, weights: Numbers,
    scales: Floats, nearest: Numbers,
    size: int, posted: Names, norms: Floats, sizes: Sizes, gates: Floats, active: Bytes,
    few: int, most: int, wanted: int, usual: float, sure: float,
    cursor: Scratch, shared: Sums, names: Scratch, ranks: Ranks, ends: Scratch,
) -> None:  # fmt: skip
    """For each of several queries, the listed names that are worth comparing with it.

    Args:
        count: how many queries there are.
        keys_at: where the keys of each query start, and where the last end.
        starts: for every key, where its names start in ``posted``.
        stops: where they end.
        weights: what each key weighs.
        scales: the inverse norm of each query.
        nearest: the block to begin with, where names are about as long as the query: the sooner
            good names are found, the more others are passed over.
        size: how many listed names there are.
        posted: the names of every key, end to end.
        norms: the inverse norm of each listed name.
        sizes: the norm of each listed name, rounded down.
        gates: the least norm in each group.
        active: 1 where a listed name may answer.
        few: so many of the best ranked are kept at least.
        most: so many are kept at most.
        wanted: so many are kept whatever their rank.
        usual: so many mostly rank as high as this, and then the rest need not be ordered.
        sure: all of this rank or more are kept.
        cursor: scratch, as long as ``starts``.
        shared: ``BLOCK`` zeros of scratch.
        names: ``most`` for each query; receives the listed names, query after query.
        ranks: as many; receives their ranks.
        ends: receives where each query's names end.
    """
    first = 0
    for query in range(count):
        low, high = keys_at[query], keys_at[query + 1]
        scale: float = scales[query]
        found = 0
        for attempt in range(2):
            if found < few:
                floor: float = usual if attempt == 0 else 0.0
                found = rank_names(
                    low, high, starts, stops, weights, scale, floor, nearest[query],
                    size, posted, norms, sizes, gates, active, few,
                    cursor, shared, names, ranks, first,
                )  # fmt: skip
        if found == few and (wanted > few or ranks[first] >= sure):
            found = rank_names(
                low, high, starts, stops, weights, scale, 0.0, nearest[query],
                size, posted, norms, sizes, gates, active, most,
                cursor, shared, names, ranks, first,
            )  # fmt: skip
            found = keep_best(ranks, names, first, found, max(few, wanted), sure)
        first += found
        ends[query] = first


def rank_names(
    low: int, high: int, starts: Numbers, stops: Numbers, weights: Numbers,
    scale: float, floor: float, nearest: int,
    size: int, posted: Names, norms: Floats, sizes: Sizes, gates: Floats, active: Bytes, most: int,
    cursor: Scratch, shared: Sums, names: Scratch, ranks: Ranks, first: int,
) -> int:  # fmt: skip
    """The names that share the most rarity with one query; how many there are.

    They are a heap from ``first`` on in ``names`` and ``ranks``, the worst first; of equal ranks
    the first names are kept. The arguments are those of ``rank_queries``, for the query with the
    keys from ``low`` to ``high``; names that rank below ``floor`` are left out, and ``most``
    are kept.
    """
    found = 0
    blocks = (size + BLOCK - 1) // BLOCK
    for step in range(blocks):
        block = (nearest + step) % blocks
        begin = block * BLOCK
        end = min(begin + BLOCK, size)
        if step == 0 or block == 0:
            for key in range(low, high):
                cursor[key] = first_from(posted, starts[key], stops[key], begin)
        add_block(low, high, stops, weights, posted, begin, end, cursor, shared)
        found = scan_block(
            begin, end, scale, floor, norms, sizes, gates, active, most,
            shared, names, ranks, first, found,
        )  # fmt: skip
        for place in range(end - begin):
            shared[place] = 0
    return found


def scan_block(
    begin: int, end: int, scale: float, floor: float,
    norms: Floats, sizes: Sizes, gates: Floats, active: Bytes, most: int,
    shared: Sums, names: Scratch, ranks: Ranks, first: int, found: int,
) -> int:  # fmt: skip
    """Take the names of one block that rank high enough into a heap of ``found``; its new size.

    A name that surely ranks too low is passed over by integers that lie close together: with its
    group first, then by itself.
    """
    lowest: float = (ranks[first] if found == most else floor) / scale
    for group in range((end - begin + GROUP - 1) // GROUP):
        last = min((group + 1) * GROUP, end - begin)
        least: Int32 = max(1, int(lowest * gates[begin // GROUP + group]) - 1)
        if not any_reaches(shared, group * GROUP, last, least):
            continue
        for place in range(group * GROUP, last):
            value = shared[place]
            name = begin + place
            if value < least or value + 1 < lowest * sizes[name]:
                continue
            rank: float = value * norms[name] * scale
            if rank < floor or not active[name]:
                continue
            if found < most or beats(rank, name, ranks[first], names[first]):
                found = insert(ranks, names, first, found, most, rank, name)
                if found == most:
                    lowest = ranks[first] / scale
    return found


def first_from(posted: Names, start: int, stop: int, name: int) -> int:
    """The place of the first of a key's names that is ``name`` or comes after it."""
    while start < stop:
        middle = (start + stop) >> 1
        if posted[middle] < name:
            start = middle + 1
        else:
            stop = middle
    return start


def beats(rank: float, name: int, other_rank: float, other: int) -> bool:
    """Whether a name is before another: of a higher rank, or of the same and the first."""
    return rank > other_rank or (rank == other_rank and name < other)


def add_block(
    low: int, high: int, stops: Numbers, weights: Numbers, posted: Names,
    begin: int, end: int, cursor: Scratch, shared: Sums,
) -> None:  # fmt: skip
    """Add every key's weight to the names of one block that have it."""
    for key in range(low, high):
        at, stop, weight = cursor[key], stops[key], weights[key]
        while at < stop and posted[at] < end:
            shared[posted[at] - begin] += weight
            at += 1
        cursor[key] = at


def any_reaches(values: Sums, first: int, last: int, least: Int32) -> bool:
    """Whether one of some values is at least so much; no early end, so that it is vectorised."""
    reached: Int32 = 0
    for place in range(first, last):
        reached += values[place] >= least
    return reached > 0


def keep_best(ranks: Ranks, names: Scratch, first: int, size: int, wanted: int, sure: float) -> int:
    """Drop the worst of a heap until so many are left, or all are sure; how many there are."""
    while size > wanted and ranks[first] < sure:
        size -= 1
        ranks[first] = ranks[first + size]
        names[first] = names[first + size]
        sink(ranks, names, first, size)
    return size


def insert(
    ranks: Ranks, names: Scratch, first: int, size: int, most: int, rank: float, name: int
) -> int:
    """Take a name into a heap, in place of its worst where there are ``most``; its new size."""
    if size < most:
        ranks[first + size] = rank
        names[first + size] = name
        rise(ranks, names, first, size)
        return size + 1
    ranks[first] = rank
    names[first] = name
    sink(ranks, names, first, size)
    return size


def worse(ranks: Ranks, names: Scratch, one: int, two: int) -> bool:
    """Whether a heap's entry is behind another."""
    return beats(ranks[two], names[two], ranks[one], names[one])


def exchange(ranks: Ranks, names: Scratch, one: int, two: int) -> None:
    """Exchange two entries of a heap."""
    ranks[one], ranks[two] = ranks[two], ranks[one]
    names[one], names[two] = names[two], names[one]


def sink(ranks: Ranks, names: Scratch, first: int, size: int) -> None:
    """Let the first entry of a heap, which has its worst first, find its place."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            return
        if child + 1 < size and worse(ranks, names, first + child + 1, first + child):
            child += 1
        if worse(ranks, names, first + at, first + child):
            return
        exchange(ranks, names, first + at, first + child)
        at = child


def rise(ranks: Ranks, names: Scratch, first: int, at: int) -> None:
    """Let the last entry of a heap find its place."""
    while at > 0:
        parent = (at - 1) >> 1
        if worse(ranks, names, first + parent, first + at):
            return
        exchange(ranks, names, first + parent, first + at)
        at = parent
