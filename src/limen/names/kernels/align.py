"""Align two names: find which words of one are which words of the other.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``, on integers alone.
Identical words come first, then equal symbols (number, legal form, known equivalents), then words
by spelling and sound, words written together, initials, a last word that was cut.
``limen.names.kernels.score`` scores the pairs.
"""

from __future__ import annotations

from limen.names.kernels.acronyms import is_acronym
from limen.names.kernels.arrays import Bytes, Numbers, Scratch
from limen.names.kernels.edit_distance import same
from limen.names.kernels.evidence.weigh import has_rules, least_pair, weigh_evidence
from limen.names.kernels.joined_words import join_similarity
from limen.names.kernels.score import (
    ACRONYM,
    PAIR,
    PERSON,
    TOGETHER,
    banded,
    together_score,
    weigh,
)
from limen.names.kernels.word_similarity import (
    CUT,
    GRID,
    JOINED_PAIR,
    KIND,
    LEAST,
    LENGTH,
    MAX_N,
    NUMBER,
    ONE,
    RECORD,
    SIM_CUT,
    TEXT,
    TWO,
    USED,
    WORD,
    load,
    similarity,
)

PAIRS = 1 + PAIR * MAX_N
#: A word this similar to one word is not compared with neighbours written together.
FOUND = 860
#: Payment fields cut names to 30 to 35 characters.
CUT_FROM, CUT_TO = 30, 35


def fill_grid(m: int, n: int, model: Numbers, space: Scratch) -> None:
    """Compare every word with every word, into ``space[GRID:]``."""
    for i in range(m):
        one = ONE + i * RECORD
        for j in range(n):
            space[GRID + i * MAX_N + j] = similarity(space, one, TWO + j * RECORD, model)


def turn_grid(size: int, space: Scratch) -> None:
    """Exchange the rows and the columns of the grid."""
    for i in range(size):
        for j in range(i):
            here, there = GRID + i * MAX_N + j, GRID + j * MAX_N + i
            kept = space[here]
            space[here] = space[there]
            space[there] = kept


def add_pair(pairs: Scratch, first: int, last: int, begin: int, stop: int, found: int) -> None:
    """Append one pair."""
    place = 1 + PAIR * pairs[0]
    pairs[place] = first
    pairs[place + 1] = last
    pairs[place + 2] = begin
    pairs[place + 3] = stop
    pairs[place + 4] = found
    pairs[0] += 1


def best_of(space: Scratch, at: int, step: int, count: int) -> int:
    """Return the best similarity in a row or a column of the grid, in thousandths."""
    best = 0
    for place in range(count):
        best = max(best, space[at + place * step])
    return best >> 4


def join_words(m: int, n: int, side: int, model: Numbers, space: Scratch, pairs: Scratch) -> None:
    """Pair the words of one side that are two to four neighbours of the other, joined.

    ``m`` words on ``side``, ``n`` on the other.
    """
    other = TWO if side == ONE else ONE
    row = MAX_N if side == ONE else 1
    step = 1 if side == ONE else MAX_N
    for i in range(m):
        word = side + i * RECORD
        if space[word + KIND] & 15 != WORD or space[word + LENGTH] < 4 or space[word + USED]:
            continue
        rival = best_of(space, GRID + i * row, step, n)
        if rival >= FOUND:
            continue
        best, begin, stop = neighbours(word, other, n, rival, model, space)
        if stop == 0:
            continue
        space[word + USED] = 1
        for j in range(begin, stop):
            space[other + j * RECORD + USED] = 1
        if side == ONE:
            add_pair(pairs, i, i + 1, begin, stop, best * 16 + JOINED_PAIR)
        else:
            add_pair(pairs, begin, stop, i, i + 1, best * 16 + JOINED_PAIR)


def neighbours(
    word: int, other: int, n: int, rival: int, model: Numbers, space: Scratch
) -> tuple[int, int, int]:
    """Return the neighbours that joined are nearest to a word: similarity, first, end; else 0."""
    best, begin, stop = rival, 0, 0
    for first in range(n - 1):
        if space[other + first * RECORD + USED]:
            continue
        for last in range(first + 2, min(first + 4, n) + 1):
            slot = other + (last - 1) * RECORD
            if space[slot + USED] or space[slot + KIND] & 7 == NUMBER:
                break
            found = join_similarity(space, word, other + first * RECORD, last - first, model)
            if found > best:
                best, begin, stop = found, first, last
    return best, begin, stop


def pair_words(m: int, n: int, least: int, space: Scratch, pairs: Scratch) -> None:
    """Pair the remaining words that are similar enough, the most similar first."""
    for _ in range(min(m, n)):
        best, at, to = 0, 0, 0
        for i in range(m):
            if space[ONE + i * RECORD + USED]:
                continue
            for j in range(n):
                found = space[GRID + i * MAX_N + j]
                if found > best and not space[TWO + j * RECORD + USED]:
                    best, at, to = found, i, j
        if best < least * 16:
            return
        space[ONE + at * RECORD + USED] = 1
        space[TWO + to * RECORD + USED] = 1
        add_pair(pairs, at, at + 1, to, to + 1, best)


def pair_cut(m: int, n: int, side: int, words_only: bool, space: Scratch, pairs: Scratch) -> bool:
    """Pair the last word of a name that was cut with the word it is the beginning of.

    With ``words_only`` that is no legal form: ``L`` is no beginning of ``Ltd``.
    """
    other = TWO if side == ONE else ONE
    word = side + (m - 1) * RECORD
    if m < 3 or space[word + USED]:
        return False
    length = space[word + LENGTH]
    for j in range(n):
        slot = other + j * RECORD
        if space[slot + USED] or space[slot + LENGTH] < length:
            continue
        if words_only and space[slot + KIND] & 7 != WORD:
            continue
        if same(space, word + TEXT, slot + TEXT, length):
            space[word + USED] = 1
            space[slot + USED] = 1
            if side == ONE:
                add_pair(pairs, m - 1, m, j, j + 1, SIM_CUT * 16 + CUT)
            else:
                add_pair(pairs, j, j + 1, m - 1, m, SIM_CUT * 16 + CUT)
            return True
    return False


def was_cut(length: int, length2: int) -> bool:
    """Return whether a raw name of one length may be a longer name that was cut."""
    return CUT_FROM <= length <= CUT_TO and length < length2


def stands_first(m: int, n: int, space: Scratch) -> bool:
    """Return whether the first name sorts before the second, word by word."""
    for place in range(min(m, n)):
        one, two = ONE + place * RECORD, TWO + place * RECORD
        if space[one + LENGTH] != space[two + LENGTH]:
            return space[one + LENGTH] < space[two + LENGTH]
        if space[one + KIND] != space[two + KIND]:
            return space[one + KIND] < space[two + KIND]
        for letter in range(space[one + LENGTH]):
            code, other = space[one + TEXT + letter], space[two + TEXT + letter]
            if code != other:
                return code < other
    return m <= n


def align(
    one: Bytes, a: int, m: int, length: int,
    two: Bytes, b: int, n: int, length2: int,
    mode: int, model: Numbers, space: Scratch, pairs: Scratch,
) -> int:  # fmt: skip
    """Align two names and return their score in thousandths, the same both ways round.

    Args:
        one: records of words.
        a: where that of the first name's first word is; the others follow.
        m: how many words it has.
        length: how long the raw name was.
        two: records of words.
        b: where that of the second name's first word is.
        n: how many words it has.
        length2: how long the raw name was.
        mode: PERSON, ORGANISATION, THING or ANY.
        model: the matcher's numbers.
        space: at least ``SPACE`` integers of scratch.
        pairs: at least ``PAIRS`` integers; receives the alignment.
    """
    load(one, a, m, ONE, space)
    load(two, b, n, TWO, space)
    fill_grid(m, n, model, space)
    return align_compared(m, length, n, length2, mode, model, space, pairs)


def align_compared(
    m: int, length: int, n: int, length2: int,
    mode: int, model: Numbers, space: Scratch, pairs: Scratch,
) -> int:  # fmt: skip
    """Align as ``align`` does, with the words and the grid in ``space``; it may turn them."""
    pairs[0] = 0
    if m == 0 or n == 0:
        return 0
    if stands_first(m, n, space):
        return align_loaded(m, length, n, length2, mode, model, space, pairs)
    exchange_words(max(m, n), space)
    return align_turned(m, length, n, length2, mode, model, space, pairs)


def exchange_words(count: int, space: Scratch) -> None:
    """Exchange the first words of the two names."""
    for place in range(count * RECORD):
        kept = space[ONE + place]
        space[ONE + place] = space[TWO + place]
        space[TWO + place] = kept


def align_turned(
    m: int, length: int, n: int, length2: int,
    mode: int, model: Numbers, space: Scratch, pairs: Scratch,
) -> int:  # fmt: skip
    """Align two names of which the second one's words are first in ``space``."""
    turn_grid(max(m, n), space)
    found = align_loaded(n, length2, m, length, mode, model, space, pairs)
    for pair in range(pairs[0]):
        place = 1 + PAIR * pair
        for half in range(2):
            kept = pairs[place + half]
            pairs[place + half] = pairs[place + 2 + half]
            pairs[place + 2 + half] = kept
    return found


def align_loaded(
    m: int, length: int, n: int, length2: int,
    mode: int, model: Numbers, space: Scratch, pairs: Scratch,
) -> int:  # fmt: skip
    """Align the names with their words in ``space``, in this order, and the grid."""
    if n > 1:
        join_words(m, n, ONE, model, space, pairs)
    if m > 1:
        join_words(n, m, TWO, model, space, pairs)
    pair_words(m, n, max(LEAST, least_pair(mode, model)), space, pairs)
    cut, ruled = False, has_rules(model)
    if was_cut(length, length2):
        cut = pair_cut(m, n, ONE, ruled, space, pairs)
    elif was_cut(length2, length):
        cut = pair_cut(n, m, TWO, ruled, space, pairs)
    if ruled:
        return weigh_evidence(m, n, mode, cut, model, space, pairs)
    found = weigh(m, n, mode, cut, model, space, pairs)
    if mode != PERSON and found < model[ACRONYM] and is_acronym(m, n, space):
        found = model[ACRONYM]
    if found < model[TOGETHER] and (m > 1 or n > 1):
        found = max(found, together_score(m, n, model, space))
    return banded(found, model)
