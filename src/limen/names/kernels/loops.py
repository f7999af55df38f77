"""Loops over many names around the kernels; interpreted or compiled, like them."""

from __future__ import annotations

from typing import Any

from limen.names.kernels.align import align, align_compared, was_cut
from limen.names.kernels.bounds import compare_words, forget, hopeless
from limen.names.kernels.edit_distance import Numbers, Scratch
from limen.names.kernels.word_similarity import ONE, TWO, Pack, load

#: Names are ranked a block at a time, so that the sums stay in a core's cache.
BLOCK = 32_768
#: Within a block, so many names are passed over at a glance.
GROUP = 32


def align_pairs(
    pack: Pack, starts: Numbers, counts: Numbers, lengths: Numbers,
    modes: Numbers, model: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Score names two by two: name ``2k`` against name ``2k + 1``, into ``scores[k]``."""
    for k in range(len(scores)):
        i, j = 2 * k, 2 * k + 1
        scores[k] = align(
            pack, starts[i], counts[i], lengths[i],
            pack, starts[j], counts[j], lengths[j],
            modes[k], model, space, pairs,
        )  # fmt: skip


def align_names(
    query: Pack, begin: int, count: int, length: int,
    listed: Pack, words_at: Numbers, lengths: Numbers, names: Numbers,
    mode: int, least: int, model: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Score one name against listed names: ``names[k]`` into ``scores[k]``.

    What surely scores below ``least`` is given 0 without a closer look.
    """
    forget(space)
    loaded = False
    for k in range(len(scores)):
        name = names[k]
        start = words_at[name] + 0  # to the integers that every caller has: compiled once
        size, length2 = words_at[name + 1] - start, lengths[name] + 0
        if not loaded:
            load(query, begin, count, ONE, space)
        compare_words(count, listed, start, size, model, space)
        loaded = least > 0 and not (was_cut(length, length2) or was_cut(length2, length))
        loaded = loaded and hopeless(count, listed, start, size, mode, least, model, space)
        if loaded:
            scores[k] = 0
        else:
            load(listed, start, size, TWO, space)
            scores[k] = align_compared(
                query, begin, count, length, listed, start, size, length2,
                mode, model, space, pairs,
            )  # fmt: skip


def ask_names(
    asked: Pack, asked_at: Numbers, asked_lengths: Numbers,
    keys_at: Numbers, starts: Any, stops: Numbers, weights: Numbers, scales: Any,
    pack: Pack, words_at: Numbers, lengths: Numbers, posted: Numbers, norms: Any, gates: Any,
    active: Numbers, mode: int, least: int, few: int, most: int, wanted: int,
    usual: float, sure: float, model: Numbers, shared: Scratch, space: Scratch, pairs: Scratch,
    names: Scratch, ranks: Any, scores: Scratch, ends: Scratch,
) -> None:  # fmt: skip
    """For each of several names asked about, the listed names worth comparing and their scores.

    Args:
        asked: a pack of the names asked about.
        asked_at: where the words of each start in it, and where the last end.
        asked_lengths: how long each was as written.
        keys_at: where the keys of each start, and where the last end.
        starts: for every key, where its names lie in ``posted``; used up.
        stops: where they end.
        weights: what each weighs.
        scales: the inverse norm of each name asked about.
        pack: the listed names' words.
        words_at: where each listed name's start.
        lengths: how long each was as written, if it may have been cut.
        posted: the names of every key, end to end.
        norms: the inverse norm of each listed name.
        gates: the least norm in each group.
        active: 1 where a listed name may answer.
        mode: PERSON, ORGANISATION, THING or ANY.
        least: scores below may be given as 0.
        few: so many of the best ranked are scored at least.
        most: so many are scored at most.
        wanted: so many are scored whatever their rank.
        usual: so many mostly rank as high as this, and then the rest need not be ordered.
        sure: all of this rank or more are scored.
        model: the matcher's numbers.
        shared: ``BLOCK`` zeros of scratch.
        space: at least ``SPACE`` integers of scratch.
        pairs: at least ``PAIRS`` integers of scratch.
        names: ``most`` for each name asked about; receives the listed names.
        ranks: as many; receives their ranks.
        scores: as many; receives their scores.
        ends: receives where each one's answers end.
    """
    first = 0
    for k in range(len(scales)):
        low, high = keys_at[k], keys_at[k + 1]
        size = 0
        for floor in (usual, 0.0):
            if size < few:
                size = rank_names(
                    posted, starts[low:high].copy(), stops[low:high], weights[low:high],
                    norms, gates, scales[k], floor, active, shared,
                    ranks[first : first + few], names[first : first + few],
                )  # fmt: skip
        if size == few and (wanted > few or ranks[first] >= sure):
            heap, found = ranks[first : first + most], names[first : first + most]
            size = rank_names(
                posted, starts[low:high], stops[low:high], weights[low:high],
                norms, gates, scales[k], 0.0, active, shared, heap, found,
            )  # fmt: skip
            size = keep_best(heap, found, size, max(few, wanted), sure)
        align_names(
            asked, asked_at[k], asked_at[k + 1] - asked_at[k], asked_lengths[k],
            pack, words_at, lengths, names[first : first + size],
            mode, least, model, space, pairs, scores[first : first + size],
        )  # fmt: skip
        first += size
        ends[k] = first


def keep_best(ranks: Any, names: Any, size: int, wanted: int, sure: float) -> int:
    """Drop the worst of a heap until so many are left, or all are sure; how many there are."""
    while size > wanted and ranks[0] < sure:
        size -= 1
        ranks[0], names[0] = ranks[size], names[size]
        sink(ranks, names, size)
    return size


def worse(ranks: Any, names: Any, one: int, two: int) -> bool:
    """Whether a heap's entry ranks below another: a lower rank, or a later name."""
    if ranks[one] != ranks[two]:
        return bool(ranks[one] < ranks[two])
    return bool(names[one] > names[two])


def sink(ranks: Any, names: Any, size: int) -> None:
    """Let the first entry of a heap, whose worst stands first, find its place."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            return
        if child + 1 < size and worse(ranks, names, child + 1, child):
            child += 1
        if worse(ranks, names, at, child):
            return
        ranks[at], ranks[child] = ranks[child], ranks[at]
        names[at], names[child] = names[child], names[at]
        at = child


def rise(ranks: Any, names: Any, at: int) -> None:
    """Let the last entry of a heap find its place."""
    while at > 0:
        parent = (at - 1) >> 1
        if worse(ranks, names, parent, at):
            return
        ranks[at], ranks[parent] = ranks[parent], ranks[at]
        names[at], names[parent] = names[parent], names[at]
        at = parent


def rank_names(
    posted: Numbers, starts: Scratch, stops: Numbers, weights: Numbers,
    norms: Any, gates: Any, scale: float, floor: float, active: Numbers, shared: Scratch,
    ranks: Any, names: Scratch,
) -> int:  # fmt: skip
    """The names that share the most rarity with a query, as a heap; how many there are.

    Args:
        posted: the names of every key, end to end.
        starts: where each of the query's keys lies in ``posted``; used up.
        stops: where each of them ends.
        weights: what each of them weighs.
        norms: the inverse norm of each name.
        gates: the least norm in each group.
        scale: the inverse norm of the query.
        floor: names of a lower rank are left out.
        active: 1 where a name may answer.
        shared: ``BLOCK`` zeros of scratch.
        ranks: as many entries as names are wanted; receives their ranks.
        names: as many entries; receives the names, ties to the first name.
    """
    most, size, lowest = len(names), 0, floor / scale
    for begin in range(0, len(norms), BLOCK):
        end = min(begin + BLOCK, len(norms))
        add_block(posted, starts, stops, weights, begin, end, shared)
        for group in range(0, end - begin, GROUP):
            least = max(1, int(lowest * gates[(begin + group) // GROUP]) - 1)
            if not any_reaches(shared[group : group + GROUP], least):
                continue
            for place in range(group, min(group + GROUP, end - begin)):
                value = shared[place]
                if value < least:
                    continue
                name = begin + place
                rank = value * norms[name] * scale
                if rank < floor or (size == most and rank <= ranks[0]) or not active[name]:
                    continue
                if size < most:
                    ranks[size], names[size] = rank, name
                    rise(ranks, names, size)
                    size += 1
                else:
                    ranks[0], names[0] = rank, name
                    sink(ranks, names, size)
                if size == most:
                    lowest = ranks[0] / scale
        for place in range(end - begin):
            shared[place] = 0
    return size


def any_reaches(values: Numbers, least: int) -> bool:
    """Whether one of some values is at least so much; no early end, so that it is vectorised."""
    reached = 0
    for place in range(len(values)):
        reached += values[place] >= least
    return reached > 0


def add_block(
    posted: Numbers, starts: Scratch, stops: Numbers, weights: Numbers,
    begin: int, end: int, shared: Scratch,
) -> None:  # fmt: skip
    """Add every key's weight to the names of one block that have it."""
    for key in range(len(stops)):
        at, stop, weight = starts[key], stops[key], weights[key]
        while at < stop and posted[at] < end:
            shared[posted[at] - begin] += weight
            at += 1
        starts[key] = at
