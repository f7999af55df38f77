"""Score many names around the kernels of two; interpreted or compiled, like them.

``search_queries`` scores the best ranked names. The last three serve a search that may leave
nothing out: each word of a query is compared once with every distinct word of an index, and a
name is scored if it has a word that may carry a score.
"""

from __future__ import annotations

from limen.names.kernels.align import align, align_compared, was_cut
from limen.names.kernels.arrays import (
    Bytes,
    Heap,
    Ints,
    Keys,
    Listed,
    Names,
    Numbers,
    Posted,
    Postings,
    Scratch,
    Shown,
    Sums,
)
from limen.names.kernels.bounds import (
    compare_word,
    compare_words,
    forget,
    hopeless,
    load_listed,
    load_outline,
)
from limen.names.kernels.rank import rank_queries
from limen.names.kernels.word_similarity import FETCHED, GRID, MAX_N, MEMO, ONE, RECORD, TWO, load


def align_pairs(
    count: int, records: Bytes, starts: Numbers, counts: Numbers, lengths: Numbers,
    modes: Numbers, model: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Score names two by two: name ``2k`` against name ``2k + 1``, into ``scores[k]``."""
    for k in range(count):
        i, j = 2 * k, 2 * k + 1
        scores[k] = align(
            records, starts[i], counts[i], lengths[i],
            records, starts[j], counts[j], lengths[j],
            modes[k], model, space, pairs,
        )  # fmt: skip


def search_queries(
    count: int, own: Ints, keys: Keys, size: int, postings: Postings, active: Bytes,
    few: int, most: int, usual: float, sure: float,
    cursor: Scratch, sums: Sums, best: Heap, ends: Scratch,
    queries: Bytes, queries_at: Numbers, query_counts: Numbers, query_lengths: Numbers,
    listed: Listed,
    mode: int, least: int, model: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Rank the listed names for each of several queries, and score the best ranked.

    The arguments are those of ``rank_queries``, then those of ``score_queries``.
    """
    rank_queries(
        count, own, keys, size, postings, active, few, most, usual, sure,
        cursor, sums, best, ends,
    )  # fmt: skip
    score_queries(
        count, queries, queries_at, query_counts, query_lengths, listed, best.names, ends,
        mode, least, model, space, pairs, scores,
    )  # fmt: skip


def score_queries(
    count: int, queries: Bytes, queries_at: Numbers, query_counts: Numbers,
    query_lengths: Numbers, listed: Listed, names: Numbers, ends: Numbers,
    mode: int, least: int, model: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Score each of several queries against the listed names that were found for it.

    Args:
        count: how many queries there are.
        queries: the records of their words, end to end.
        queries_at: where those of each start.
        query_counts: how many words each has.
        query_lengths: how long each was as written.
        listed: the words of the listed names.
        names: the listed names, query after query.
        ends: where each query's names end.
        mode: PERSON, ORGANISATION, THING or ANY.
        least: scores below may be given as 0.
        model: the matcher's numbers.
        space: at least ``SPACE`` integers of scratch.
        pairs: at least ``PAIRS`` integers of scratch.
        scores: receives the scores of ``names``.
    """
    forget(space)
    first = 0
    for query in range(count):
        space[FETCHED] = fetch(listed, names, first, ends[query])
        score_names(
            query, queries, queries_at[query], query_counts[query], query_lengths[query],
            listed, names, first, ends[query],
            mode, least, model, space, pairs, scores,
        )  # fmt: skip
        first = ends[query]


def fetch(listed: Listed, names: Numbers, first: int, last: int) -> int:
    """Read a byte of every word of some listed names, and return the sum.

    Reads that do not wait for each other overlap; in between comparisons, each would be waited for.
    """
    total = 0
    for k in range(first, last):
        total += listed.words[listed.words_at[names[k]]] + listed.lengths[names[k]]
    for k in range(first, last):
        for place in range(listed.words_at[names[k]], listed.words_at[names[k] + 1]):
            total += listed.records[listed.words[place]]
    return total


def score_names(
    query: int, records: Bytes, begin: int, count: int, length: int,
    listed: Listed, names: Numbers, first: int, last: int,
    mode: int, least: int, model: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Score one query against listed names: ``names[k]`` into ``scores[k]``, ``first`` to ``last``.

    A name that surely scores below ``least`` is given 0 without an alignment.
    """
    loaded = False
    for k in range(first, last):
        name = names[k]
        start = listed.words_at[name]
        size, length2 = listed.words_at[name + 1] - start, listed.lengths[name]
        if not loaded:
            load(records, begin, count, ONE, space)
        compare_words(query, count, listed, start, size, model, space)
        loaded = least > 0 and not (was_cut(length, length2) or was_cut(length2, length))
        loaded = loaded and hopeless(count, listed, start, size, mode, least, model, space)
        if loaded:
            scores[k] = 0
        else:
            load_listed(listed, start, size, space)
            scores[k] = align_compared(count, length, size, length2, mode, model, space, pairs)


def similar_words(
    count: int, vocabulary: Ints, records: Bytes, word: Bytes, model: Numbers, space: Scratch,
    found: Shown,
) -> None:  # fmt: skip
    """Compare a word with every distinct word of an index.

    Args:
        count: how many distinct words there are.
        vocabulary: where the record of each starts.
        records: the records of the words.
        word: the record of the word that is compared.
        model: the matcher's numbers.
        space: scratch.
        found: receives ``16 * similarity + kind`` of each; 0 for none.
    """
    load(word, 0, 1, ONE, space)
    for at in range(count):
        compare_word(records, vocabulary[at], 1, MEMO, model, space)
        found[at] = space[MEMO]


def names_of_words(
    count: int, words: Ints, posted_at: Numbers, posted: Names, active: Bytes, seen: Posted,
    turn: int, names: Scratch, found: int,
) -> int:  # fmt: skip
    """Append the names that have one of some words to ``found`` names; return how many there are.

    Args:
        count: how many words there are.
        words: the words, by their numbers.
        posted_at: word -> where its names start.
        posted: the names of the words.
        active: 1 where a name may answer.
        seen: the turn in which each name was appended last.
        turn: the number of this turn; another one for each query.
        names: receives the names.
        found: how many names there are already.
    """
    for place in range(count):
        word = words[place]
        for at in range(posted_at[word], posted_at[word + 1]):
            name = posted[at]
            if seen[name] != turn and active[name]:
                seen[name] = turn
                names[found] = name
                found += 1
    return found


def score_alike(
    query: Bytes, count: int, length: int, listed: Listed, places: Ints, alike: Shown,
    first: int, last: int, names: Numbers,
    mode: int, least: int, model: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Score a query against names of which the words have been compared with its own.

    Args:
        query: the records of its words.
        count: how many it has.
        length: how long it was as written, if it may have been cut.
        listed: the words of the names.
        places: place in a name -> the number of the word.
        alike: ``count`` numbers a word: what ``similar_words`` found.
        first: the place of the first name in ``names``.
        last: the place behind the last.
        names: the names.
        mode: PERSON, ORGANISATION, THING or ANY.
        least: scores below may be given as 0.
        model: the matcher's numbers.
        space: scratch.
        pairs: scratch.
        scores: receives a score for each name.
    """
    loaded = False
    for k in range(first, last):
        name = names[k]
        start = listed.words_at[name]
        size, length2 = listed.words_at[name + 1] - start, listed.lengths[name]
        if not loaded:
            load(query, 0, count, ONE, space)
        for j in range(size):
            at = places[start + j] * count
            load_outline(listed.records, listed.words[start + j], TWO + j * RECORD, space)
            for i in range(count):
                space[GRID + i * MAX_N + j] = alike[at + i]
        loaded = least > 0 and not (was_cut(length, length2) or was_cut(length2, length))
        loaded = loaded and hopeless(count, listed, start, size, mode, least, model, space)
        if loaded:
            scores[k] = 0
        else:
            load_listed(listed, start, size, space)
            scores[k] = align_compared(count, length, size, length2, mode, model, space, pairs)
