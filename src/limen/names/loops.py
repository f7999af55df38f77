"""Loops over many names around the kernels; interpreted or compiled, like them."""

from __future__ import annotations

from typing import Any

from limen.names.align import align
from limen.names.kernels import MEMO, MEMO_SLOTS, Numbers, Pack, Scratch

#: Names are ranked a block at a time, so that the sums stay in the processor's cache.
BLOCK = 8_192
#: Within a block, so many names are passed over at a glance.
GROUP = 64


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
            modes[k], model, space, pairs, 0,
        )  # fmt: skip


def align_names(
    query: Pack, count: int, length: int, listed: Pack, words_at: Numbers, lengths: Numbers,
    names: Numbers, mode: int, model: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Score one name against listed names: ``names[k]`` into ``scores[k]``."""
    for slot in range(MEMO_SLOTS):
        space[MEMO + 2 * slot] = 0
    for k in range(len(scores)):
        name = names[k]
        start = words_at[name] + 0  # to the integers that every caller has: compiled once
        scores[k] = align(
            query, 0, count, length,
            listed, start, words_at[name + 1] - start, lengths[name] + 0,
            mode, model, space, pairs, 1,
        )  # fmt: skip


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
    norms: Any, tops: Any, scale: float, active: Numbers, shared: Scratch,
    ranks: Any, names: Scratch,
) -> int:  # fmt: skip
    """The names that share the most rarity with a query, as a heap; how many there are.

    Args:
        posted: the names of every key, end to end.
        starts: where each of the query's keys lies in ``posted``; used up.
        stops: where each of them ends.
        weights: what each of them weighs.
        norms: the inverse norm of each name.
        tops: the greatest of them in each block.
        scale: the inverse norm of the query.
        active: 1 where a name may answer.
        shared: ``BLOCK`` zeros of scratch.
        ranks: as many entries as names are wanted; receives their ranks.
        names: as many entries; receives the names, ties to the first name.
    """
    most, size = len(names), 0
    for begin in range(0, len(norms), BLOCK):
        end = min(begin + BLOCK, len(norms))
        add_block(posted, starts, stops, weights, begin, end, shared)
        for group in range(0, end - begin, GROUP):
            least = 1
            if size == most:
                least = max(1, int(ranks[0] / (scale * tops[begin // BLOCK])) - 1)
            if not any_reaches(shared[group : group + GROUP], least):
                continue
            for place in range(group, min(group + GROUP, end - begin)):
                name, value = begin + place, shared[place]
                rank = value * norms[name] * scale
                if value < least or not active[name] or (size == most and rank <= ranks[0]):
                    continue
                if size < most:
                    ranks[size], names[size] = rank, name
                    rise(ranks, names, size)
                    size += 1
                else:
                    ranks[0], names[0] = rank, name
                    sink(ranks, names, size)
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
