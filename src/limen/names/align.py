"""Align two names and score them: the evidence of ``limen-1``, peeled in order.

Runs interpreted or compiled, like ``limen.names.kernels``, and on integers alone. Identical
words first, then equal symbols (number, legal form, known equivalents), then words by spelling
and sound, words written together, initials, a last word that was cut; what is left on one side
is an omission, what is left on both is a contradiction.
"""

from __future__ import annotations

from limen.names.kernels import (
    CUT,
    GRID,
    INITIAL,
    JOINED_PAIR,
    LEAST,
    LEGAL,
    MAX_N,
    NUMBER,
    PARTICLE,
    SIM_CUT,
    TITLE,
    USED_A,
    USED_B,
    WORD,
    Numbers,
    Pack,
    Scratch,
    join_similarity,
    similarity,
)

PERSON, ORGANISATION, THING, ANY = 0, 1, 2, 3

#: ``pairs[0]`` counts; then five numbers a pair: first and last place in one, in two, and
#: ``16 * similarity + kind``.
PAIR = 5
PAIRS = 1 + PAIR * MAX_N
ENOUGH = 700


def weight_of(pack: Pack, token: int, mode: int) -> int:
    """What a word says in a name of this sort, in thousandths."""
    if pack[4][token] & 7 == TITLE and mode != PERSON:
        return 450
    weight: int = pack[5][token]
    return weight


def fill_grid(
    one: Pack, a: int, m: int, two: Pack, b: int, n: int, costs: Numbers, space: Scratch
) -> None:
    """Every word against every word, into ``space[GRID:]``."""
    for i in range(m):
        space[USED_A + i] = 0
        for j in range(n):
            space[GRID + i * MAX_N + j] = similarity(
                one, one[8][a + i], two, two[8][b + j], costs, space
            )
    for j in range(n):
        space[USED_B + j] = 0


def add_pair(pairs: Scratch, first: int, last: int, begin: int, stop: int, found: int) -> None:
    """Write one pair down."""
    count = pairs[0]
    place = 1 + PAIR * count
    pairs[place] = first
    pairs[place + 1] = last
    pairs[place + 2] = begin
    pairs[place + 3] = stop
    pairs[place + 4] = found
    pairs[0] = count + 1


def best_in_row(space: Scratch, i: int, n: int) -> int:
    """The best similarity of a word of one, in thousandths."""
    best = 0
    for j in range(n):
        if space[GRID + i * MAX_N + j] > best:
            best = space[GRID + i * MAX_N + j]
    return best >> 4


def best_in_column(space: Scratch, m: int, j: int) -> int:
    """The best similarity of a word of two, in thousandths."""
    best = 0
    for i in range(m):
        if space[GRID + i * MAX_N + j] > best:
            best = space[GRID + i * MAX_N + j]
    return best >> 4


def may_join(pack: Pack, first: int, last: int, space: Scratch, used: int, base: int) -> bool:
    """Whether neighbours are free and are words."""
    for place in range(first, last):
        kind = pack[4][pack[8][place]] & 7
        if kind == NUMBER or space[used + place - base]:
            return False
    return True


def join_words(
    one: Pack, a: int, m: int, two: Pack, b: int, n: int,
    costs: Numbers, space: Scratch, pairs: Scratch,
) -> None:  # fmt: skip
    """Pair the words of one that are two to four neighbours of two, written together."""
    for i in range(m):
        token = one[8][a + i]
        if one[4][token] != WORD or space[USED_A + i] or best_in_row(space, i, n) >= 900:
            continue
        best, begin, stop = 0, 0, 0
        for first in range(n - 1):
            for last in range(first + 2, min(first + 4, n) + 1):
                if not may_join(two, b + first, b + last, space, USED_B, b):
                    break
                found = join_similarity(one, token, two, b + first, b + last, costs, space)
                if found > best:
                    best, begin, stop = found, first, last
        if best > best_in_row(space, i, n):
            space[USED_A + i] = 1
            for j in range(begin, stop):
                space[USED_B + j] = 1
            add_pair(pairs, i, i + 1, begin, stop, best * 16 + JOINED_PAIR)


def split_words(
    one: Pack, a: int, m: int, two: Pack, b: int, n: int,
    costs: Numbers, space: Scratch, pairs: Scratch,
) -> None:  # fmt: skip
    """Pair the words of two that are two to four neighbours of one, written together."""
    for j in range(n):
        token = two[8][b + j]
        if two[4][token] != WORD or space[USED_B + j] or best_in_column(space, m, j) >= 900:
            continue
        best, begin, stop = 0, 0, 0
        for first in range(m - 1):
            for last in range(first + 2, min(first + 4, m) + 1):
                if not may_join(one, a + first, a + last, space, USED_A, a):
                    break
                found = join_similarity(two, token, one, a + first, a + last, costs, space)
                if found > best:
                    best, begin, stop = found, first, last
        if best > best_in_column(space, m, j):
            space[USED_B + j] = 1
            for i in range(begin, stop):
                space[USED_A + i] = 1
            add_pair(pairs, begin, stop, j, j + 1, best * 16 + JOINED_PAIR)


def pair_words(m: int, n: int, space: Scratch, pairs: Scratch) -> None:
    """Pair what is left, the most similar first."""
    for _ in range(min(m, n)):
        best, at, to = 0, 0, 0
        for i in range(m):
            if space[USED_A + i]:
                continue
            for j in range(n):
                found = space[GRID + i * MAX_N + j]
                if found > best and not space[USED_B + j]:
                    best, at, to = found, i, j
        if best < LEAST * 16:
            return
        space[USED_A + at] = 1
        space[USED_B + to] = 1
        add_pair(pairs, at, at + 1, to, to + 1, best)


def pair_cut(
    one: Pack, a: int, m: int, two: Pack, b: int, n: int, space: Scratch, pairs: Scratch
) -> bool:
    """Pair the last word of a name that was cut with the word it is the beginning of."""
    if space[USED_A + m - 1] or m < 3:
        return False
    token = one[8][a + m - 1]
    at = one[1]
    length = at[token + 1] - at[token]
    for j in range(n):
        other = two[8][b + j]
        start = two[1][other]
        if space[USED_B + j] or two[1][other + 1] - start < length:
            continue
        agree = True
        for offset in range(length):
            if one[0][at[token] + offset] != two[0][start + offset]:
                agree = False
                break
        if agree:
            space[USED_A + m - 1] = 1
            space[USED_B + j] = 1
            add_pair(pairs, m - 1, m, j, j + 1, SIM_CUT * 16 + CUT)
            return True
    return False


def loss_of(found: int) -> int:
    """What a pair that is not identical takes away, in thousandths of its weight."""
    gap = 1000 - found
    if gap <= 60:
        return gap * 5 // 6
    if gap <= 150:
        return 50 + (gap - 60) * 70 // 90
    if gap <= 250:
        return 120 + (gap - 150) * 140 // 100
    if gap <= 350:
        return 260 + (gap - 250) * 260 // 100
    return 520 + (gap - 350) * 480 // 150


def is_acronym(short: Pack, place: int, full: Pack, b: int, n: int) -> bool:
    """Whether a word is the first letters of a name's words, small words counted or not."""
    token = short[8][place]
    start, end = short[1][token], short[1][token + 1]
    if end - start < 3 or end - start > 8 or short[4][token] != WORD:
        return False
    for skip in range(2):
        at = start
        whole = True
        for j in range(n):
            other = full[8][b + j]
            kind = full[4][other] & 7
            if kind == LEGAL or (skip and kind == PARTICLE):
                continue
            if at >= end or short[0][at] != full[0][full[1][other]]:
                whole = False
                break
            at += 1
        if whole and at == end:
            return True
    return False


def count_words(pack: Pack, a: int, m: int) -> int:
    """How many words of a name are neither legal form, title nor particle."""
    count = 0
    for i in range(m):
        kind = pack[4][pack[8][a + i]] & 7
        if kind == WORD or kind == NUMBER or kind == INITIAL:
            count += 1
    return count


def acronym_score(one: Pack, a: int, m: int, two: Pack, b: int, n: int) -> int:
    """The score of an acronym and the name it stands for, else 0."""
    if count_words(one, a, m) == 1 and count_words(two, b, n) > 2:
        for i in range(m):
            if one[4][one[8][a + i]] == WORD and is_acronym(one, a + i, two, b, n):
                return 800
    return 0


def stands_first(one: Pack, a: int, m: int, two: Pack, b: int, n: int) -> bool:
    """Whether a name sorts before another, word by word; names are aligned in this order."""
    for place in range(min(m, n)):
        token, other = one[8][a + place], two[8][b + place]
        at, at2 = one[1][token], two[1][other]
        length, length2 = one[1][token + 1] - at, two[1][other + 1] - at2
        if length != length2:
            return bool(length < length2)
        for offset in range(length):
            if one[0][at + offset] != two[0][at2 + offset]:
                return bool(one[0][at + offset] < two[0][at2 + offset])
        if one[4][token] != two[4][other]:
            return bool(one[4][token] < two[4][other])
    return m <= n


def align(
    one: Pack, a: int, m: int, length: int,
    two: Pack, b: int, n: int, length2: int,
    mode: int, costs: Numbers, space: Scratch, pairs: Scratch,
) -> int:  # fmt: skip
    """Align two names; their score in thousandths, the same both ways round.

    Args:
        one, a, m, length: a pack, the place and number of the name's words in it, and how long
            the raw name was.
        two, b, n, length2: the same of the other name.
        mode: PERSON, ORGANISATION, THING or ANY.
        costs: 37 x 37 costs of a substitution.
        space: at least ``SPACE`` integers of scratch.
        pairs: at least ``PAIRS`` integers; receives the alignment.
    """
    if stands_first(one, a, m, two, b, n):
        return align_in_order(one, a, m, length, two, b, n, length2, mode, costs, space, pairs)
    found = align_in_order(two, b, n, length2, one, a, m, length, mode, costs, space, pairs)
    for pair in range(pairs[0]):
        place = 1 + PAIR * pair
        for side in range(2):
            kept = pairs[place + side]
            pairs[place + side] = pairs[place + 2 + side]
            pairs[place + 2 + side] = kept
    return found


def align_in_order(
    one: Pack, a: int, m: int, length: int,
    two: Pack, b: int, n: int, length2: int,
    mode: int, costs: Numbers, space: Scratch, pairs: Scratch,
) -> int:  # fmt: skip
    """``align`` for names in their order."""
    pairs[0] = 0
    if m == 0 or n == 0:
        return 0
    fill_grid(one, a, m, two, b, n, costs, space)
    if n > 1:
        join_words(one, a, m, two, b, n, costs, space, pairs)
    if m > 1:
        split_words(one, a, m, two, b, n, costs, space, pairs)
    pair_words(m, n, space, pairs)
    cut = False
    if 30 <= length <= 35 and length < length2:
        cut = pair_cut(one, a, m, two, b, n, space, pairs)
    elif 30 <= length2 <= 35 and length2 < length:
        cut = pair_cut_back(one, a, m, two, b, n, space, pairs)
    found = weigh(one, a, m, two, b, n, mode, cut, space, pairs)
    if found < 800 and mode != PERSON:
        found = max(found, acronym_score(one, a, m, two, b, n), acronym_score(two, b, n, one, a, m))
    return found


def pair_cut_back(
    one: Pack, a: int, m: int, two: Pack, b: int, n: int, space: Scratch, pairs: Scratch
) -> bool:
    """``pair_cut`` where the second name is the one that was cut."""
    if space[USED_B + n - 1] or n < 3:
        return False
    token = two[8][b + n - 1]
    at = two[1]
    length = at[token + 1] - at[token]
    for i in range(m):
        other = one[8][a + i]
        start = one[1][other]
        if space[USED_A + i] or one[1][other + 1] - start < length:
            continue
        agree = True
        for offset in range(length):
            if two[0][at[token] + offset] != one[0][start + offset]:
                agree = False
                break
        if agree:
            space[USED_B + n - 1] = 1
            space[USED_A + i] = 1
            add_pair(pairs, i, i + 1, n - 1, n, SIM_CUT * 16 + CUT)
            return True
    return False


def weigh(
    one: Pack, a: int, m: int, two: Pack, b: int, n: int,
    mode: int, cut: bool, space: Scratch, pairs: Scratch,
) -> int:  # fmt: skip
    """The score of an alignment, in thousandths."""
    total, loss, words = 0, 0, 0
    for pair in range(pairs[0]):
        place = 1 + PAIR * pair
        found = pairs[place + 4] >> 4
        said, kind = 0, PARTICLE
        for i in range(pairs[place], pairs[place + 1]):
            said += weight_of(one, one[8][a + i], mode)
            kind = min(kind, one[4][one[8][a + i]] & 7)
        for j in range(pairs[place + 2], pairs[place + 3]):
            said += weight_of(two, two[8][b + j], mode)
            kind = min(kind, two[4][two[8][b + j]] & 7)
        said //= 2
        total += said
        loss += said * loss_of(found) // 1000
        if found >= ENOUGH and (kind == WORD or kind == NUMBER):
            words += 1
    left_a, small_a, numbers_a, legal_a = left_over(one, a, m, mode, space, USED_A)
    left_b, small_b, numbers_b, legal_b = left_over(two, b, n, mode, space, USED_B)
    conflict = min(left_a, left_b)
    omitted = left_a + left_b - 2 * conflict
    omission = 300 if mode == PERSON else 450
    if cut:
        omission = 40
    whole = total + conflict + omitted * 2 // 5
    if whole == 0 or words == 0:
        return 0
    penalty = (
        loss * 1000 + conflict * 1300 + omitted * omission + (small_a + small_b) * 100
    ) // whole
    penalty += 220 * min(conflict, 500) // 500
    if numbers_a and numbers_b:
        penalty += 300
    elif numbers_a or numbers_b:
        penalty += 130
    if legal_a and legal_b:
        penalty += 60
    elif mode == ORGANISATION and (legal_a or legal_b):
        penalty += 10
    if words == 1 and omitted > 300 and not cut:
        penalty += 120
    if total < 1200:
        penalty = penalty * (2400 - total) // 1200
    return max(0, 1000 - penalty)


def left_over(
    pack: Pack, a: int, m: int, mode: int, space: Scratch, used: int
) -> tuple[int, int, int, int]:
    """The weight of the words without a partner, of the small ones, and numbers and legal forms."""
    left, small, numbers, legal = 0, 0, 0, 0
    for i in range(m):
        if space[used + i]:
            continue
        token = pack[8][a + i]
        kind = pack[4][token] & 7
        if kind == NUMBER:
            numbers += 1
        elif kind == LEGAL:
            legal += 1
        elif kind == PARTICLE or (kind == TITLE and mode == PERSON):
            small += weight_of(pack, token, mode)
        else:
            left += weight_of(pack, token, mode)
    return left, small, numbers, legal
