"""Weigh an alignment by measures, each of which can only lower the score: ``limen-2``.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``, on integers alone. The
score is 1000 less each measure times its slope. No measure and no slope is negative, so that more
agreement never lowers a score and more contradiction never raises one; and what each word adds or
takes can be told exactly. The slopes are fitted on lists (``tools/fit_matcher.py``).
"""

from __future__ import annotations

from limen.names.kernels.acronyms import is_acronym
from limen.names.kernels.arrays import Numbers, Scratch
from limen.names.kernels.evidence.full_names import fullness, left_of, lower_fathers
from limen.names.kernels.evidence.spent_words import is_acronym_behind, spend_words
from limen.names.kernels.evidence.word_order import letters_exchanged, out_of_order
from limen.names.kernels.joined_words import blanks_moved
from limen.names.kernels.score import (
    BAND,
    BANDS,
    ENOUGH,
    PAIR,
    PERSON,
    THING,
    is_organised,
    left_over,
    speaks,
    weight_of,
)
from limen.names.kernels.word_similarity import (
    ABJAD,
    EQUIVALENT,
    FULL,
    INITIAL,
    INITIAL_OF,
    JOINED_PAIR,
    KIND,
    LENGTH,
    MAX_N,
    NUMBER,
    ONE,
    RECORD,
    SAME,
    SHORT,
    SIM_ABJAD,
    SIM_JOINED,
    TWO,
    USED,
    WORD,
)

# The places of the matcher's numbers in its model, after those of ``limen-1``: whether these rules
# apply; the least similarity of a pair, by mode; the score of an acronym of three, four and more
# letters, and of a name with its blanks in other places; then the slopes of the measures, for
# people, organisations, and vessels and the like.
RULES = BAND + 2 * BANDS
PAIR_LEAST = RULES + 1
ACRONYM_SCORE = PAIR_LEAST + 4
BLANKS_SCORE = ACRONYM_SCORE + 3
SLOPES = BLANKS_SCORE + 1

# The measures, in thousandths. Of pairs, as shares of all words' weight: how far they are from
# identical, in four steps; initials, nicknames, joined words.
NEAR, UNLIKE, UNLIKER, FAR, INITIALS, NICKNAMES, BLANKS = 0, 1, 2, 3, 4, 5, 6
# Of words left: in contradiction, as a share and the heaviest; on one side alone, likewise; small;
# the heaviest of all where both names have some.
CONFLICT, PEAK, OMITTED, OMITTED_PEAK, SMALL, DIFFERS = 7, 8, 9, 10, 11, 23
# Numbers that differ or are missing; legal forms.
NUMBERS_APART, NUMBER_LACKS, FORMS_APART, FORM_LACKS = 12, 13, 14, 15
# What the pairs weigh less than one, two and three and a half rare words; the second of these,
# times the share that is left. No identical word; letters too few for an error; one word alone.
LACK, LACK_MORE, LACK_MOST, GENERAL_WORDS = 16, 17, 18, 19
NONE_SAME, SHORT_WORD, LONE_WORD = 20, 21, 22
MEASURES = 24
#: Where ``pairs`` receives the measures: after the alignment.
MEASURED = 1 + PAIR * MAX_N
#: Words of so many letters or more bear an error.
BEARS_ERROR = 7
#: What two letters exchanged count as, and so many letters of a company's word bear it.
EXCHANGE_GAP, EXCHANGE_LETTERS = 60, 5


def has_rules(model: Numbers) -> bool:
    """Return whether a matcher's numbers are for these kernels."""
    return model[RULES] == 1


def least_pair(mode: int, model: Numbers) -> int:
    """Return the least similarity at which two words are a pair."""
    return model[PAIR_LEAST + mode]


def column_of(m: int, n: int, mode: int, space: Scratch) -> int:
    """Return whose slopes count: a person's, an organisation's, or a vessel's."""
    if mode == THING:
        return 2
    return 1 if is_organised(m, n, mode, space) else 0


def weigh_evidence(
    m: int, n: int, mode: int, cut: bool, model: Numbers, space: Scratch, pairs: Scratch
) -> int:
    """Score an alignment, in thousandths, and leave the measures in ``pairs``."""
    for measure in range(MEASURES):
        pairs[MEASURED + measure] = 0
    found = 0
    if measure_pairs(m, n, mode, cut, space, pairs):
        found = summed(column_of(m, n, mode, space), model, pairs)
    if mode != PERSON and found < model[ACRONYM_SCORE + 2] and stands_for_other(m, n, space):
        found = max(found, acronym_score(m, n, model, space))
    if found < model[BLANKS_SCORE] and (m > 1 or n > 1):
        moved = blanks_moved(m, n, model, space)
        if moved:
            found = max(found, model[BLANKS_SCORE] - 2 * (FULL - moved))
    return found


def summed(column: int, model: Numbers, pairs: Scratch) -> int:
    """Return the score that the measures leave."""
    taken, slopes = 0, SLOPES + column * MEASURES
    for measure in range(MEASURES):
        taken += pairs[MEASURED + measure] * model[slopes + measure]
    return max(0, FULL - taken // 1000)


def stands_for_other(m: int, n: int, space: Scratch) -> bool:
    """Return whether one name is the acronym of the other, or the one that is behind it."""
    return is_acronym(m, n, space) or is_acronym_behind(m, n, space)


def acronym_score(m: int, n: int, model: Numbers, space: Scratch) -> int:
    """Return the score of an acronym by its length: three letters stand for many names."""
    letters = min(longest(ONE, m, space), longest(TWO, n, space))
    return model[ACRONYM_SCORE + min(max(letters - 3, 0), 2)]


def longest(side: int, count: int, space: Scratch) -> int:
    """Return the letters of a name's longest word that is no legal form or small word."""
    found = 0
    for place in range(count):
        slot = side + place * RECORD
        if space[slot + KIND] & 7 == WORD:
            found = max(found, space[slot + LENGTH])
    return found


def measure_pairs(m: int, n: int, mode: int, cut: bool, space: Scratch, pairs: Scratch) -> bool:
    """Measure an alignment into ``pairs``; return whether it has a pair of words."""
    if mode == PERSON:
        lower_fathers(ONE, m, space)
        lower_fathers(TWO, n, space)
    total, words, sure, shortest = measure_likeness(mode, space, pairs)
    spend_words(ONE, m, mode, space)
    spend_words(TWO, n, mode, space)
    left, small, numbers, legal = left_over(ONE, m, mode, space)
    left2, small2, numbers2, legal2 = left_over(TWO, n, mode, space)
    conflict = min(left, left2)
    omitted = left + left2 - 2 * conflict
    whole = total + conflict + omitted
    for measure in range(BLANKS + 1):
        pairs[MEASURED + measure] = pairs[MEASURED + measure] // max(whole, 1)
    if words == 0:
        return False
    peak, peak2 = heaviest(ONE, m, mode, space), heaviest(TWO, n, mode, space)
    conflict += out_of_order(m, n, mode, space, pairs)
    pairs[MEASURED + CONFLICT] = min(conflict, whole) * FULL // whole
    pairs[MEASURED + PEAK] = min(peak, peak2)
    pairs[MEASURED + DIFFERS] = max(peak, peak2) if peak and peak2 else 0
    if not cut:
        pairs[MEASURED + OMITTED] = omitted * FULL // whole
        pairs[MEASURED + OMITTED_PEAK] = max(peak, peak2) - min(peak, peak2)
        if words == 1 and omitted > 250 and pairs[MEASURED + INITIALS] == 0:
            pairs[MEASURED + LONE_WORD] = FULL
    pairs[MEASURED + SMALL] = (small + small2) * FULL // whole
    measure_symbols(numbers, numbers2, legal, legal2, pairs)
    if is_identical(pairs):
        return True  # the same words, however common, are the same name
    lack = max(0, 2 * FULL - total) // 2
    pairs[MEASURED + LACK] = max(0, FULL - total)
    pairs[MEASURED + LACK_MORE] = lack
    pairs[MEASURED + LACK_MOST] = max(0, 3500 - total) * 2 // 7
    pairs[MEASURED + GENERAL_WORDS] = lack * (left + left2) // (total + left + left2)
    if sure == 0:
        pairs[MEASURED + NONE_SAME] = FULL
    if shortest:
        pairs[MEASURED + SHORT_WORD] = max(0, BEARS_ERROR - shortest) * FULL // BEARS_ERROR
    if mode == PERSON and conflict == 0 and numbers + numbers2 == 0:
        relieve(fullness(space, pairs), pairs)
    return True


def relieve(full: int, pairs: Scratch) -> None:
    """Lower the measures of missing words by how surely the pairs are a full name."""
    for measure in range(OMITTED, OMITTED_PEAK + 1):
        pairs[MEASURED + measure] = left_of(pairs[MEASURED + measure], full)
    for measure in range(LACK, LACK_MOST + 1):
        pairs[MEASURED + measure] = left_of(pairs[MEASURED + measure], full)


def is_identical(pairs: Scratch) -> bool:
    """Return whether nothing that was measured so far speaks against the match."""
    found = 0
    for measure in range(MEASURES):
        found += pairs[MEASURED + measure]
    return found == 0


def measure_likeness(mode: int, space: Scratch, pairs: Scratch) -> tuple[int, int, int, int]:
    """Add up how the pairs differ, by weight; return what they weigh, how many are words, what the
    identical ones weigh, and the letters of the shortest that is spelt otherwise.
    """
    total, words, sure, shortest = 0, 0, 0, 0
    for pair in range(pairs[0]):
        place = 1 + PAIR * pair
        alike, how = pairs[place + 4] >> 4, pairs[place + 4] & 15
        weight = weight_between(ONE, pairs[place], pairs[place + 1], mode, space)
        other = weight_between(TWO, pairs[place + 2], pairs[place + 3], mode, space)
        most, weight = max(weight, other), min(weight, other)
        kind = space[ONE + pairs[place] * RECORD + KIND] & 7
        kind2 = space[TWO + pairs[place + 2] * RECORD + KIND] & 7
        if how == INITIAL_OF:
            total += weight if mode == PERSON else 0  # few companies go by a word's first letter
            pairs[MEASURED + INITIALS] += most * FULL
            continue
        total += weight
        exchanged = False
        if how == SHORT:
            pairs[MEASURED + NICKNAMES] += weight * (FULL - alike) * 5
        elif how == JOINED_PAIR:
            pairs[MEASURED + BLANKS] += weight * FULL
            measure_gap(weight, SIM_JOINED - alike, pairs)
        else:
            exchanged = is_exchanged(alike, pairs[place], pairs[place + 2], mode, space)
            gap = FULL - alike - unwritten(pairs[place], pairs[place + 2], space)
            measure_gap(weight, EXCHANGE_GAP if exchanged else gap, pairs)
        if alike >= ENOUGH and min(kind, kind2) in (WORD, NUMBER) and kind != INITIAL:
            words += 1
            if how in (SAME, EQUIVALENT, JOINED_PAIR):
                sure += weight
            elif not exchanged:
                letters = space[ONE + pairs[place] * RECORD + LENGTH]
                letters = min(letters, space[TWO + pairs[place + 2] * RECORD + LENGTH])
                shortest = min(shortest, letters) if shortest else letters
    return total, words, sure, shortest


def is_exchanged(alike: int, first: int, begin: int, mode: int, space: Scratch) -> bool:
    """Return whether the only error in a word is the most usual in writing: two letters exchanged.

    Few names differ in that; short words of companies do.
    """
    one = ONE + first * RECORD
    least = 3 if mode == PERSON else EXCHANGE_LETTERS
    if mode == THING or alike == FULL or space[one + LENGTH] < least:
        return False
    return letters_exchanged(one, TWO + begin * RECORD, space)


def unwritten(first: int, begin: int, space: Scratch) -> int:
    """Return what an abjad's word and a Latin one lack where all that both write is equal."""
    one, two = ONE + first * RECORD, TWO + begin * RECORD
    return FULL - SIM_ABJAD if (space[one + KIND] ^ space[two + KIND]) & ABJAD else 0


def measure_gap(weight: int, gap: int, pairs: Scratch) -> None:
    """Add how far a pair is from identical: steps of 60, 90, 100 and 200 thousandths."""
    pairs[MEASURED + NEAR] += weight * min(gap, 60) * FULL // 60
    pairs[MEASURED + UNLIKE] += weight * min(max(gap - 60, 0), 90) * FULL // 90
    pairs[MEASURED + UNLIKER] += weight * min(max(gap - 150, 0), 100) * 10
    pairs[MEASURED + FAR] += weight * min(max(gap - 250, 0), 200) * 5


def measure_symbols(numbers: int, numbers2: int, legal: int, legal2: int, pairs: Scratch) -> None:
    """Measure the numbers and legal forms that have no partner."""
    if numbers and numbers2:
        pairs[MEASURED + NUMBERS_APART] = FULL
    elif numbers or numbers2:
        pairs[MEASURED + NUMBER_LACKS] = FULL
    if legal and legal2:
        pairs[MEASURED + FORMS_APART] = FULL
    elif legal or legal2:
        pairs[MEASURED + FORM_LACKS] = FULL


def weight_between(side: int, first: int, last: int, mode: int, space: Scratch) -> int:
    """Return the weight of some words of a name."""
    weight = 0
    for place in range(first, last):
        weight += weight_of(side + place * RECORD, mode, space)
    return weight


def heaviest(side: int, count: int, mode: int, space: Scratch) -> int:
    """Return the weight of the heaviest word that has no partner; small words do not count."""
    found = 0
    for place in range(count):
        slot = side + place * RECORD
        if not space[slot + USED] and speaks(slot, mode, space):
            found = max(found, weight_of(slot, mode, space))
    return found
