"""Score many names around the kernels of two; interpreted or compiled, like them."""

from __future__ import annotations

from limen.names.kernels.align import align, align_compared, was_cut
from limen.names.kernels.arrays import (
    Bytes,
    Heap,
    Ints,
    Keys,
    Numbers,
    Pack,
    Postings,
    Scratch,
    Shorts,
    Sums,
)
from limen.names.kernels.bounds import compare_words, forget, hopeless
from limen.names.kernels.rank import rank_queries
from limen.names.kernels.word_similarity import ONE, TWO, load


def align_pairs(
    count: int, pack: Pack, starts: Numbers, counts: Numbers, lengths: Numbers,
    modes: Numbers, model: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Score names two by two: name ``2k`` against name ``2k + 1``, into ``scores[k]``."""
    for k in range(count):
        i, j = 2 * k, 2 * k + 1
        scores[k] = align(
            pack, starts[i], counts[i], lengths[i],
            pack, starts[j], counts[j], lengths[j],
            modes[k], model, space, pairs,
        )  # fmt: skip


def search_queries(
    count: int, keys: Keys, size: int, postings: Postings, active: Bytes,
    few: int, most: int, usual: float, sure: float,
    cursor: Scratch, sums: Sums, best: Heap, ends: Scratch,
    queries: Pack, queries_at: Numbers, query_lengths: Numbers,
    listed: Pack, words_at: Ints, lengths: Shorts,
    mode: int, least: int, model: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Rank the listed names for each of several queries, and score the best ranked.

    The arguments are those of ``rank_queries``, then those of ``score_queries``.
    """
    rank_queries(
        count, keys, size, postings, active, few, most, usual, sure,
        cursor, sums, best, ends,
    )  # fmt: skip
    score_queries(
        count, queries, queries_at, query_lengths, listed, words_at, lengths, best.names, ends,
        mode, least, model, space, pairs, scores,
    )  # fmt: skip


def score_queries(
    count: int, queries: Pack, queries_at: Numbers, query_lengths: Numbers,
    listed: Pack, words_at: Ints, lengths: Shorts, names: Numbers, ends: Numbers,
    mode: int, least: int, model: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Score each of several queries against the listed names that were found for it.

    Args:
        count: how many queries there are.
        queries: a pack of their words.
        queries_at: where the words of each start in it, and where the last end.
        query_lengths: how long each was as written.
        listed: a pack of the listed names' words.
        words_at: where each listed name's words start in it.
        lengths: how long each was as written, if it may have been cut.
        names: the listed names, query after query.
        ends: where each query's names end.
        mode: PERSON, ORGANISATION, THING or ANY.
        least: scores below may be given as 0.
        model: the matcher's numbers.
        space: at least ``SPACE`` integers of scratch.
        pairs: at least ``PAIRS`` integers of scratch.
        scores: receives the scores of ``names``.
    """
    first = 0
    for query in range(count):
        begin, length = queries_at[query], query_lengths[query]
        score_names(
            queries, begin, queries_at[query + 1] - begin, length,
            listed, words_at, lengths, names, first, ends[query],
            mode, least, model, space, pairs, scores,
        )  # fmt: skip
        first = ends[query]


def score_names(
    query: Pack, begin: int, count: int, length: int,
    listed: Pack, words_at: Ints, lengths: Shorts, names: Numbers, first: int, last: int,
    mode: int, least: int, model: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Score one query against listed names: ``names[k]`` into ``scores[k]``, ``first`` to ``last``.

    A name that surely scores below ``least`` is given 0 without an alignment.
    """
    forget(space)
    loaded = False
    for k in range(first, last):
        name = names[k]
        start = words_at[name]
        size, length2 = words_at[name + 1] - start, lengths[name]
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
