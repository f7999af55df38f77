"""Rank the listed names by how much rarity they share with a query, and keep the best.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``. A rank is a sum of
integers, scaled by two floats in a fixed order, so it is the same to the last bit in both.
"""

from __future__ import annotations

from limen.names.kernels.arrays import Bytes, Floats, Names, Numbers, Ranks, Scratch, Sums

#: Names are ranked a block at a time, so that the sums stay in a core's cache.
BLOCK = 32_768
#: Within a block, so many names are passed over at a glance.
GROUP = 32


def rank_queries(
    count: int, keys_at: Numbers, starts: Numbers, stops: Numbers, weights: Numbers,
    scales: Floats,
    size: int, posted: Names, norms: Floats, gates: Floats, active: Bytes,
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
        size: how many listed names there are.
        posted: the names of every key, end to end.
        norms: the inverse norm of each listed name.
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
                    low, high, starts, stops, weights, scale, floor,
                    size, posted, norms, gates, active, few,
                    cursor, shared, names, ranks, first,
                )  # fmt: skip
        if found == few and (wanted > few or ranks[first] >= sure):
            found = rank_names(
                low, high, starts, stops, weights, scale, 0.0,
                size, posted, norms, gates, active, most,
                cursor, shared, names, ranks, first,
            )  # fmt: skip
            found = keep_best(ranks, names, first, found, max(few, wanted), sure)
        first += found
        ends[query] = first


def rank_names(
    low: int, high: int, starts: Numbers, stops: Numbers, weights: Numbers,
    scale: float, floor: float,
    size: int, posted: Names, norms: Floats, gates: Floats, active: Bytes, most: int,
    cursor: Scratch, shared: Sums, names: Scratch, ranks: Ranks, first: int,
) -> int:  # fmt: skip
    """The names that share the most rarity with one query; how many there are.

    They are a heap from ``first`` on in ``names`` and ``ranks``, the worst first; of equal ranks
    the first names are kept. The arguments are those of ``rank_queries``, for the query with the
    keys from ``low`` to ``high``; names that rank below ``floor`` are left out, and ``most``
    are kept.
    """
    for key in range(low, high):
        cursor[key] = starts[key]
    found = 0
    lowest: float = floor / scale
    for block in range((size + BLOCK - 1) // BLOCK):
        begin = block * BLOCK
        end = min(begin + BLOCK, size)
        add_block(low, high, stops, weights, posted, begin, end, cursor, shared)
        for group in range((end - begin + GROUP - 1) // GROUP):
            last = min((group + 1) * GROUP, end - begin)
            least = max(1, int(lowest * gates[begin // GROUP + group]) - 1)
            if not any_reaches(shared, group * GROUP, last, least):
                continue
            for place in range(group * GROUP, last):
                value = shared[place]
                if value < least:
                    continue
                name = begin + place
                rank: float = value * norms[name] * scale
                if rank < floor or (found == most and rank <= ranks[first]) or not active[name]:
                    continue
                found = insert(ranks, names, first, found, most, rank, name)
                if found == most:
                    lowest = ranks[first] / scale
        for place in range(end - begin):
            shared[place] = 0
    return found


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


def any_reaches(values: Sums, first: int, last: int, least: int) -> bool:
    """Whether one of some values is at least so much; no early end, so that it is vectorised."""
    reached = 0
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
    """Whether a heap's entry ranks below another: a lower rank, or a later name."""
    if ranks[one] != ranks[two]:
        return ranks[one] < ranks[two]
    return names[one] > names[two]


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
