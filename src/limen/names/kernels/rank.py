"""Rank the listed names by how much rarity they share with a query, and keep the best.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``. A rank is a sum of
integers, scaled by two floats in a fixed order, so it is the same to the last bit in both.
"""

from __future__ import annotations

from limen.names.kernels.arrays import (
    Bytes,
    Heap,
    Int32,
    Keys,
    Names,
    Postings,
    Scratch,
    Sums,
)

#: Names are ranked a block at a time, so that the sums stay in a core's nearest cache.
BLOCK = 4096
#: Within a block, so many names are skipped with one test.
GROUP = 32


def rank_queries(
    count: int, keys: Keys, size: int, postings: Postings, active: Bytes,
    few: int, most: int, wanted: int, usual: float, sure: float,
    cursor: Scratch, sums: Sums, best: Heap, ends: Scratch,
) -> None:  # fmt: skip
    """Find for each of several queries the listed names to compare with it.

    Args:
        count: how many queries there are.
        keys: their keys.
        size: how many listed names there are.
        postings: the listed names of every key.
        active: 1 where a listed name may answer.
        few: at least so many of the best ranked are returned.
        most: at most so many are returned.
        wanted: so many are returned whatever their rank.
        usual: a rank that ``few`` names mostly reach; then names below it are not ordered.
        sure: all of at least this rank are returned.
        cursor: scratch, an integer a key.
        sums: ``BLOCK`` zeros of scratch.
        best: ``most`` places for each query; receives the listed names, query after query.
        ends: receives where each query's names end.
    """
    first = 0
    for query in range(count):
        found = 0
        for attempt in range(2):
            if found < few:
                floor: float = usual if attempt == 0 else 0.0
                found = rank_names(
                    query, keys, floor, size, postings, active, few, cursor, sums, best, first
                )
        if found == few and (wanted > few or best.ranks[first] >= sure):
            found = rank_names(
                query, keys, 0.0, size, postings, active, most, cursor, sums, best, first
            )
            found = keep_best(best, first, found, max(few, wanted), sure)
        first += found
        ends[query] = first


def rank_names(
    query: int, keys: Keys, floor: float, size: int, postings: Postings, active: Bytes, most: int,
    cursor: Scratch, sums: Sums, best: Heap, first: int,
) -> int:  # fmt: skip
    """Find the ``most`` names that share the most rarity with one query; return how many.

    They are a heap from ``first`` on in ``best``; of equal ranks the first names remain. Names
    that rank below ``floor`` are left out. The other arguments are those of ``rank_queries``.
    """
    found = 0
    blocks = (size + BLOCK - 1) // BLOCK
    for step in range(blocks):
        block = (keys.nearest[query] + step) % blocks
        begin = block * BLOCK
        end = min(begin + BLOCK, size)
        if step == 0 or block == 0:
            for key in range(keys.at[query], keys.at[query + 1]):
                cursor[key] = first_from(postings.names, keys.starts[key], keys.stops[key], begin)
        add_block(query, keys, postings, begin, end, cursor, sums)
        found = scan_block(
            begin, end, keys.scales[query], floor, postings, active, most, sums, best, first, found
        )
        for place in range(end - begin):
            sums[place] = 0
    return found


def scan_block(
    begin: int, end: int, scale: float, floor: float, postings: Postings, active: Bytes, most: int,
    sums: Sums, best: Heap, first: int, found: int,
) -> int:  # fmt: skip
    """Insert the names of one block that rank high enough into a heap of ``found``.

    A name that surely ranks too low is skipped by integers that are close together in memory: with
    its group first, then by itself. Returns the heap's new size.
    """
    lowest: float = (best.ranks[first] if found == most else floor) / scale
    for group in range((end - begin + GROUP - 1) // GROUP):
        last = min((group + 1) * GROUP, end - begin)
        least: Int32 = max(1, int(lowest * postings.gates[begin // GROUP + group]) - 1)
        if not any_reaches(sums, group * GROUP, last, least):
            continue
        for place in range(group * GROUP, last):
            value = sums[place]
            name = begin + place
            if value < least or value + 1 < lowest * postings.sizes[name]:
                continue
            rank: float = value * postings.norms[name] * scale
            if rank < floor or not active[name]:
                continue
            if found < most or beats(rank, name, best.ranks[first], best.names[first]):
                found = insert(best, first, found, most, rank, name)
                if found == most:
                    lowest = best.ranks[first] / scale
    return found


def first_from(posted: Names, start: int, stop: int, name: int) -> int:
    """Return the place of the first of a key's names that is ``name`` or comes after it."""
    while start < stop:
        middle = (start + stop) >> 1
        if posted[middle] < name:
            start = middle + 1
        else:
            stop = middle
    return start


def beats(rank: float, name: int, other_rank: float, other: int) -> bool:
    """Return whether a name is before another: of higher rank, or of equal rank and first."""
    return rank > other_rank or (rank == other_rank and name < other)


def add_block(
    query: int, keys: Keys, postings: Postings, begin: int, end: int, cursor: Scratch, sums: Sums,
) -> None:  # fmt: skip
    """Add every key's weight to the names of one block that have it."""
    posted: Names = postings.names
    for key in range(keys.at[query], keys.at[query + 1]):
        at, stop, weight = cursor[key], keys.stops[key], keys.weights[key]
        while at < stop and posted[at] < end:
            sums[posted[at] - begin] += weight
            at += 1
        cursor[key] = at


def any_reaches(values: Sums, first: int, last: int, least: Int32) -> bool:
    """Return whether a value is at least ``least``; no early end, so that it is vectorised."""
    reached: Int32 = 0
    for place in range(first, last):
        reached += values[place] >= least
    return reached > 0


def keep_best(best: Heap, first: int, size: int, wanted: int, sure: float) -> int:
    """Drop the worst of a heap until so many are left, or all are sure; return how many."""
    while size > wanted and best.ranks[first] < sure:
        size -= 1
        best.ranks[first] = best.ranks[first + size]
        best.names[first] = best.names[first + size]
        sink(best, first, size)
    return size


def insert(best: Heap, first: int, size: int, most: int, rank: float, name: int) -> int:
    """Insert a name into a heap, in place of its worst if it is full; return its new size."""
    if size < most:
        best.ranks[first + size] = rank
        best.names[first + size] = name
        rise(best, first, size)
        return size + 1
    best.ranks[first] = rank
    best.names[first] = name
    sink(best, first, size)
    return size


def worse(best: Heap, one: int, two: int) -> bool:
    """Return whether a heap's entry is behind another."""
    return beats(best.ranks[two], best.names[two], best.ranks[one], best.names[one])


def exchange(best: Heap, one: int, two: int) -> None:
    """Exchange two entries of a heap."""
    best.ranks[one], best.ranks[two] = best.ranks[two], best.ranks[one]
    best.names[one], best.names[two] = best.names[two], best.names[one]


def sink(best: Heap, first: int, size: int) -> None:
    """Move the first entry of a heap, which has its worst first, down to its place."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            return
        if child + 1 < size and worse(best, first + child + 1, first + child):
            child += 1
        if worse(best, first + at, first + child):
            return
        exchange(best, first + at, first + child)
        at = child


def rise(best: Heap, first: int, at: int) -> None:
    """Move the last entry of a heap up to its place."""
    while at > 0:
        parent = (at - 1) >> 1
        if worse(best, first + parent, first + at):
            return
        exchange(best, first + parent, first + at)
        at = parent
