"""Weigh an alignment: what is paired, what is omitted on one side, what contradicts on both.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``, on integers alone.
Omission is not contradiction: words that only one name has cost a part of their weight; words that
are left on both sides contradict each other.
"""

from __future__ import annotations

from limen.names.kernels.arrays import Numbers, Scratch
from limen.names.kernels.joined_words import blanks_moved
from limen.names.kernels.word_similarity import (
    EQUIVALENT,
    FULL,
    INITIAL,
    JOINED_PAIR,
    KIND,
    LEGAL,
    LENGTH,
    NUMBER,
    NUMBERS,
    ONE,
    PARTICLE,
    RECORD,
    SAME,
    TITLE,
    TWO,
    USED,
    WEIGHT,
    WORD,
)

PERSON, ORGANISATION, THING, ANY = 0, 1, 2, 3

#: ``pairs[0]`` counts; then five numbers a pair: first and last place in one, in two, and
#: ``16 * similarity + kind``.
PAIR = 5
#: From this similarity on a pair counts as the same word.
ENOUGH = 700
#: What a title weighs in the name of an organisation.
TITLE_WEIGHT = 450

# The places of a matcher's numbers in its model, after those of words; all in thousandths.
(
    LOSS_940, LOSS_850, LOSS_750, LOSS_650, LOSS_560, LOSS_460,
    CONFLICT_SHARE, CONTRADICTION, CONFLICT_FULL,
    OMISSION_PERSON, OMISSION_OTHER, OMISSION_CUT, OMITTED_SHARE, SMALL_SHARE,
    NUMBERS_DIFFER, NUMBER_MISSING, LEGAL_DIFFERS, LEGAL_MISSING,
    ONE_WORD, EVIDENCE, EVIDENCE_SCALE, ACRONYM, RARE, COMMON, DISTINCT, GENERAL,
    SURE, CAREFUL, CAREFUL_STEP, TOGETHER, COINED, UNSURE,
    OMISSION_THING, NUMBER_MISSING_THING, JOINED_LOSS,
) = range(NUMBERS, NUMBERS + 35)  # fmt: skip

# After them the bands: pairs of a weighed score and the score given for it.
BAND, BANDS = NUMBERS + 35, 6


def weight_of(slot: int, mode: int, space: Scratch) -> int:
    """Return the weight of a word in a name of this mode, in thousandths."""
    if mode != PERSON and space[slot + KIND] & 7 == TITLE:
        return TITLE_WEIGHT
    return space[slot + WEIGHT]


def loss_of(found: int, model: Numbers) -> int:
    """Return the loss of a pair that is not identical, in thousandths of its weight.

    Straight lines between the model's losses at similarities of 1000, 940, 850, 750, 650, 560, 460.
    """
    gap = FULL - found
    if gap <= 60:
        return gap * model[LOSS_940] // 60
    if gap <= 150:
        return model[LOSS_940] + (gap - 60) * (model[LOSS_850] - model[LOSS_940]) // 90
    if gap <= 250:
        return model[LOSS_850] + (gap - 150) * (model[LOSS_750] - model[LOSS_850]) // 100
    if gap <= 350:
        return model[LOSS_750] + (gap - 250) * (model[LOSS_650] - model[LOSS_750]) // 100
    if gap <= 440:
        return model[LOSS_650] + (gap - 350) * (model[LOSS_560] - model[LOSS_650]) // 90
    return model[LOSS_560] + (gap - 440) * (model[LOSS_460] - model[LOSS_560]) // 100


def weigh(
    m: int, n: int, mode: int, cut: bool, model: Numbers, space: Scratch, pairs: Scratch
) -> int:
    """Score an alignment, in thousandths."""
    total, loss, words, sure, shortest, longest = weigh_pairs(mode, cut, model, space, pairs)
    left, small, numbers, legal = left_over(ONE, m, mode, space)
    left2, small2, numbers2, legal2 = left_over(TWO, n, mode, space)
    conflict = min(left, left2)
    omitted = left + left2 - 2 * conflict
    whole = total + conflict + omitted * model[OMITTED_SHARE] // 1000
    if whole == 0 or words == 0:
        return 0
    organised = is_organised(m, n, mode, space)
    omission = model[OMISSION_OTHER] if organised else model[OMISSION_PERSON]
    if mode == THING:
        omission = model[OMISSION_THING]
    if cut:
        omission = model[OMISSION_CUT]
    penalty = loss * 1000 + conflict * model[CONFLICT_SHARE] + omitted * omission
    penalty = (penalty + (small + small2) * model[SMALL_SHARE]) // whole
    full = model[CONFLICT_FULL]
    penalty += model[CONTRADICTION] * min(conflict, full) // full
    if words == 1 and omitted > 250 and not cut:
        penalty += model[ONE_WORD]
    penalty += symbols(numbers, numbers2, legal, legal2, mode, model)
    enough = model[EVIDENCE]
    if total < enough:
        penalty += penalty * (enough - total) * model[EVIDENCE_SCALE] // (1000 * enough)
    if mode == PERSON and sure == 0:
        penalty += model[UNSURE]
    if organised and not cut and shortest and sure < model[SURE]:
        penalty += max(0, model[CAREFUL] - model[CAREFUL_STEP] * shortest)
    common = total < model[RARE] and may_be_common(m, n, mode, space)
    penalty += doubt(total, left + left2, longest, common, organised and not cut, model)
    return max(0, FULL - penalty)


def doubt(
    total: int, left: int, longest: int, common: bool, organised: bool, model: Numbers
) -> int:
    """Return the penalty for words in common that many people bear, or that are general.

    Only the greater of the two, since a name is a person's or an organisation's.
    """
    taken, general = 0, 0
    if common:
        taken = model[COMMON] * (model[RARE] - total) // model[RARE]
    if organised:
        general = too_general(total, left, model)
        if longest > 6:
            general = general * model[COINED] // 1000
    return max(taken, general)


def is_organised(m: int, n: int, mode: int, space: Scratch) -> bool:
    """Return whether one of the names is of an organisation or a thing, with its general words."""
    if mode != ANY:
        return mode != PERSON
    return has_form(ONE, m, space) or has_form(TWO, n, space)


def may_be_common(m: int, n: int, mode: int, space: Scratch) -> bool:
    """Return whether many people may bear the match: not if both are organisations' names."""
    if mode != ANY:
        return mode == PERSON
    return not (has_form(ONE, m, space) and has_form(TWO, n, space))


def has_form(side: int, count: int, space: Scratch) -> bool:
    """Return whether a name has a legal form."""
    for place in range(count):  # noqa: SIM110 - compiled: no generators
        if space[side + place * RECORD + KIND] & 7 == LEGAL:
            return True
    return False


def too_general(total: int, left: int, model: Numbers) -> int:
    """Return the penalty where the words in common are general, and much else is unpaired.

    ``Capital`` alone does not make two banks one; two words that few names have do, whatever
    follows them.
    """
    need = model[DISTINCT]
    if total >= need or left == 0:
        return 0
    short = (need - total) * 1000 // need
    lack = left * 1000 // (total + left)
    return model[GENERAL] * short // 1000 * lack // 1000


def banded(found: int, model: Numbers) -> int:
    """Map a weighed score to the score that is given, linearly between the model's bands."""
    for band in range(BANDS - 1):
        at, to = model[BAND + 2 * band], model[BAND + 2 * band + 2]
        if found <= to:
            shown, most = model[BAND + 2 * band + 1], model[BAND + 2 * band + 3]
            return shown + (found - at) * (most - shown) // (to - at)
    return FULL


def symbols(numbers: int, numbers2: int, legal: int, legal2: int, mode: int, model: Numbers) -> int:
    """Return the penalty of numbers and legal forms without a partner."""
    penalty = 0
    if numbers and numbers2:
        penalty += model[NUMBERS_DIFFER]
    elif numbers or numbers2:
        penalty += model[NUMBER_MISSING_THING] if mode == THING else model[NUMBER_MISSING]
    if legal and legal2:
        penalty += model[LEGAL_DIFFERS]
    elif mode == ORGANISATION and (legal or legal2):
        penalty += model[LEGAL_MISSING]
    return penalty


def weigh_pairs(
    mode: int, cut: bool, model: Numbers, space: Scratch, pairs: Scratch
) -> tuple[int, int, int, int, int, int]:
    """Return the weight of the paired words, the loss of their differences, how many are words, the
    weight of those that are the same word, the letters of the shortest that is spelt otherwise,
    and of the longest that is the same and rare: such a word is not coined twice.
    """
    total, loss, words, sure, shortest, longest = 0, 0, 0, 0, 0, 0
    for pair in range(pairs[0]):
        place = 1 + PAIR * pair
        found = pairs[place + 4] >> 4
        said, said2, kind, initial = 0, 0, PARTICLE, False
        for i in range(pairs[place], pairs[place + 1]):
            said += weight_of(ONE + i * RECORD, mode, space)
            kind = min(kind, space[ONE + i * RECORD + KIND] & 7)
            initial |= space[ONE + i * RECORD + KIND] & 7 == INITIAL
        for j in range(pairs[place + 2], pairs[place + 3]):
            said2 += weight_of(TWO + j * RECORD, mode, space)
            kind = min(kind, space[TWO + j * RECORD + KIND] & 7)
            initial |= space[TWO + j * RECORD + KIND] & 7 == INITIAL
        if initial and kind == WORD and mode != PERSON and not cut:
            loss += max(said, said2) // 4  # few companies go by the first letter of a word
        said = min(said, said2)  # a misspelt common name is still a common name
        total += said
        loss += said * loss_of(found, model) // 1000
        if mode != PERSON and pairs[place + 4] & 15 == JOINED_PAIR:
            loss += said * (FULL - found) * model[JOINED_LOSS] // 1_000_000
        if found >= ENOUGH and kind in (WORD, NUMBER) and not initial:
            words += 1
            if pairs[place + 4] & 15 in (SAME, EQUIVALENT, JOINED_PAIR):
                sure += said
                if said >= FULL and kind == WORD:
                    longest = max(longest, space[ONE + pairs[place] * RECORD + LENGTH])
            else:
                letters = space[ONE + pairs[place] * RECORD + LENGTH]
                letters = min(letters, space[TWO + pairs[place + 2] * RECORD + LENGTH])
                shortest = min(shortest, letters) if shortest else letters
    return total, loss, words, sure, shortest, longest


def left_over(side: int, count: int, mode: int, space: Scratch) -> tuple[int, int, int, int]:
    """Return the weights of unpaired words and small words, and how many numbers and forms."""
    left, small, numbers, legal = 0, 0, 0, 0
    for place in range(count):
        slot = side + place * RECORD
        if space[slot + USED]:
            continue
        kind = space[slot + KIND] & 7
        if kind == NUMBER:
            numbers += 1
        elif kind == LEGAL:
            legal += 1
        elif kind == PARTICLE or (kind == TITLE and mode == PERSON):
            small += weight_of(slot, mode, space)
        else:
            left += weight_of(slot, mode, space)
    return left, small, numbers, legal


def speaks(slot: int, mode: int, space: Scratch) -> bool:
    """Return whether a word without a partner contradicts: small words and symbols do not."""
    kind = space[slot + KIND] & 7
    return not (kind in (NUMBER, LEGAL, PARTICLE) or (kind == TITLE and mode == PERSON))


def together_score(m: int, n: int, model: Numbers, space: Scratch) -> int:
    """Return the score of two names that differ in their blanks alone, else 0."""
    found = blanks_moved(m, n, model, space)
    if found == 0:
        return 0
    said, said2 = 0, 0
    for place in range(m):
        said += space[ONE + place * RECORD + WEIGHT]
    for place in range(n):
        said2 += space[TWO + place * RECORD + WEIGHT]
    lack = max(0, model[RARE] // 2 - min(said, said2))
    return model[TOGETHER] - loss_of(found, model) - model[COMMON] * lack // model[RARE]
