"""Rank the listed names by how much rarity they share with a query, and keep the best.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``. A rank is a sum of
integers, scaled by two floats in a fixed order, so it is the same to the last bit in both.
"""

from __future__ import annotations

from limen.names.kernels.arrays import (
    Bytes,
    Heap,
    Int32,
    Ints,
    Keys,
    Names,
    Postings,
    Scratch,
    Sums,
)
from limen.names.kernels.post import weigh_keys

#: Names are ranked a block at a time, so that the sums stay in a core's nearest cache.
BLOCK = 4096
#: Within a block, so many names are skipped with one test.
GROUP = 32
#: The rarest keys are added to the sums of a block until the others weigh one of so many parts of
#: what a name needs, and are looked up name by name. Fewer parts cost more on real lists, more
#: of them on a million parties.
PROBED = 8


def rank_queries(
    count: int, own: Ints, keys: Keys, size: int, postings: Postings, active: Bytes,
    few: int, most: int, usual: float, sure: float,
    cursor: Scratch, sums: Sums, best: Heap, ends: Scratch,
) -> None:  # fmt: skip
    """Find for each of several queries the listed names to compare with it.

    Args:
        count: how many queries there are.
        own: the distinct keys of each, query after query.
        keys: where those of each start; receives what ``weigh_keys`` looks up.
        size: how many listed names there are.
        postings: the listed names of every key.
        active: 1 where a listed name may answer.
        few: at least so many of the best ranked are returned.
        most: at most so many are returned.
        usual: a rank that ``few`` names mostly reach; then names below it are not ordered.
        sure: all of at least this rank are returned.
        cursor: scratch, an integer a key.
        sums: ``BLOCK`` zeros of scratch.
        best: ``most`` places for each query; receives the listed names, query after query.
        ends: receives where each query's names end.
    """
    weigh_keys(count, own, keys, postings, (size + BLOCK - 1) // BLOCK)
    first = 0
    for query in range(count):
        found = rank_names(
            query, keys, usual, size, postings, active, few, most, sure, cursor, sums, best, first
        )
        if found < few:
            found = rank_names(
                query, keys, 0.0, size, postings, active, few, most, sure, cursor, sums, best, first
            )
        first += found
        ends[query] = first


def rank_names(
    query: int, keys: Keys, floor: float, size: int, postings: Postings, active: Bytes,
    few: int, most: int, sure: float,
    cursor: Scratch, sums: Sums, best: Heap, first: int,
) -> int:  # fmt: skip
    """Find the names that share the most rarity with one query; return how many.

    They are a heap from ``first`` on in ``best``; of equal ranks the first names remain. Names
    that rank below ``floor`` are left out. The other arguments are those of ``rank_queries``.
    """
    found = 0
    scale: float = keys.scales[query]
    blocks = (size + BLOCK - 1) // BLOCK
    for step in range(blocks):
        block = (keys.nearest[query] + step) % blocks
        if step == 0 or block == 0:
            for key in range(keys.at[query], keys.at[query + 1]):
                cursor[key] = keys.starts[key]
        begin, end = block * BLOCK, min((block + 1) * BLOCK, size)
        gate: float = postings.gates[block]
        lowest: float = bar(found, few, most, floor, sure, best, first) / scale
        if block + 1 < blocks and postings.gates[block + 1] + 1 < lowest:
            continue  # a sum is at most the square of a norm
        last = last_to_add(query, keys, lowest, gate)
        if last == keys.at[query] or keys.rests[keys.at[query]] + 1 < lowest * gate:
            continue
        add_block(keys.at[query], last, keys, postings.names, begin, end, cursor, sums)
        found = scan_block(
            query, last, keys, begin, end, gate, floor, postings, active, few, most, sure,
            cursor, sums, best, first, found,
        )  # fmt: skip
        for place in range(end - begin):
            sums[place] = 0
    return found


def bar(
    found: int, few: int, most: int, floor: float, sure: float, best: Heap, first: int
) -> float:
    """Return the rank that one more name needs at least, beside a heap of ``found``."""
    if is_full(found, few, most, sure, best, first):
        return best.ranks[first]
    return sure if found >= few else floor


def is_full(found: int, few: int, most: int, sure: float, best: Heap, first: int) -> bool:
    """Return whether one more name takes the place of a heap's worst.

    Beyond ``few``, all of its names are sure.
    """
    return found == most or (found == few and best.ranks[first] < sure)


def last_to_add(query: int, keys: Keys, lowest: float, gate: float) -> int:
    """Return the end of the keys that are added to the sums of a block.

    A name that has none of them ranks too low. The proof: the sum of its keys is at most what the
    keys from there on weigh. That is too little for the least norm in the block, or for its own
    norm, which is at least the root of its sum. A sum is an integer, so that one more outweighs
    every rounding. In fact they weigh only a part of what would be too little, because a search
    for the keys of one name takes longer than adding them to those of many.
    """
    least: float = lowest * max(gate, lowest) / PROBED
    last = keys.at[query + 1]
    while last > keys.at[query] and keys.rests[last - 1] + 1 < least:
        last -= 1
    return last


def scan_block(
    query: int, last: int, keys: Keys, begin: int, end: int, gate: float, floor: float,
    postings: Postings, active: Bytes, few: int, most: int, sure: float,
    cursor: Scratch, sums: Sums, best: Heap, first: int, found: int,
) -> int:  # fmt: skip
    """Insert the names of one block that rank high enough into a heap of ``found``.

    ``gate`` is the least of their norms; the keys from ``last`` on are not in their sums yet. The
    names of a group that surely rank too low are skipped with one test. Returns the heap's new
    size.
    """
    rest = keys.rests[last] if last < keys.at[query + 1] else 0
    lowest: float = bar(found, few, most, floor, sure, best, first) / keys.scales[query]
    least: Int32 = max(1, int(lowest * gate) - 1 - rest)
    for group in range((end - begin + GROUP - 1) // GROUP):
        start, stop = group * GROUP, min((group + 1) * GROUP, end - begin)
        if not any_reaches(sums, start, stop, least):
            continue
        needed: float = lowest / postings.norms[begin + start]  # the least norm of the group
        enough: Int32 = max(1, int(needed) - 1 - rest)
        for place in range(start, stop):
            if sums[place] < enough or not active[begin + place]:
                continue
            name, value = begin + place, sums[place]
            value += completed(query, last, keys, name, postings.names, needed - value, cursor)
            if value + 1 < needed:
                continue
            rank: float = value * postings.norms[name] * keys.scales[query]
            found = consider(rank, name, floor, few, most, sure, best, first, found)
            lowest = bar(found, few, most, floor, sure, best, first) / keys.scales[query]
            needed = lowest / postings.norms[begin + start]
        least = max(1, int(lowest * gate) - 1 - rest)
    return found


def consider(
    rank: float, name: int, floor: float, few: int, most: int, sure: float,
    best: Heap, first: int, found: int,
) -> int:  # fmt: skip
    """Insert a name into a heap of ``found`` if it ranks high enough; return its new size."""
    if rank < bar(found, few, most, floor, sure, best, first):
        return found
    full = is_full(found, few, most, sure, best, first)
    if full and not beats(rank, name, best.ranks[first], best.names[first]):
        return found
    return insert(best, first, found, found if full else most, rank, name)


def any_reaches(values: Sums, first: int, last: int, least: Int32) -> bool:
    """Return whether a value is at least ``least``; no early end, so that it is vectorised."""
    reached: Int32 = 0
    for place in range(first, last):
        reached += values[place] >= least
    return reached > 0


def completed(
    query: int, key: int, keys: Keys, name: int, posted: Names, needed: float, cursor: Scratch,
) -> int:  # fmt: skip
    """Return the weights of the keys from ``key`` on that a name has.

    It stops where ``needed`` is out of reach. Names come in order, so that every search begins
    where the last one of its key ended.
    """
    value = 0
    while key < keys.at[query + 1] and value + keys.rests[key] + 1 >= needed:
        at = first_from(posted, cursor[key], keys.stops[key], name)
        if at < keys.stops[key] and posted[at] == name:
            value += keys.weights[key]
        cursor[key] = at
        key += 1
    return value


def first_from(posted: Names, start: int, stop: int, name: int) -> int:
    """Return where the first of a key's names is that is ``name`` or comes after it.

    It is mostly near: the steps double until they are past it.
    """
    step = 1
    while start + step < stop and posted[start + step] < name:
        start += step
        step *= 2
    stop = min(stop, start + step)
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
    key: int, last: int, keys: Keys, posted: Names, begin: int, end: int,
    cursor: Scratch, sums: Sums,
) -> None:  # fmt: skip
    """Add the weights of the keys before ``last`` to the names of one block that have them."""
    while key < last:
        stop, weight = keys.stops[key], keys.weights[key]
        at = first_from(posted, cursor[key], stop, begin)
        while at < stop and posted[at] < end:
            sums[posted[at] - begin] += weight
            at += 1
        cursor[key] = at
        key += 1


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
