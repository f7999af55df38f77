"""Know a person's full name: a given name and a family name, with or without those between.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``, on integers alone. Few
people write their patronymic or their middle names, so that these say little by being missing. A
word that ends as a patronymic does is a father's name only between or behind two other words: it is
the family name of ``Roman Abramovich``.
"""

from __future__ import annotations

from limen.names.kernels.arrays import Scratch
from limen.names.kernels.score import PAIR
from limen.names.kernels.word_similarity import (
    FULL,
    I_,
    INITIAL,
    KIND,
    LENGTH,
    ONE,
    RECORD,
    TEXT,
    TWO,
    WEIGHT,
    WORD,
)

#: What is added to the kind of a word that ends as a patronymic does.
PATRONYMIC = 32
#: What a father's name weighs: another one is another person's, none is nothing.
FATHER_WEIGHT = 350
#: A family name of the first weight or less is many people's, and of the second few people's.
COMMON_FAMILY, RARE_FAMILY = 700, 950
#: A word of less weight is a part of a name, as ``Abd`` is; one of less than the second is a given
#: name that so many bear that what follows it is another given name: ``Muhammad Afzal``.
PART_OF_NAME, GIVEN = 250, 400
#: A family name from a place or a tribe has so many letters.
NISBA_LETTERS = 6
#: A given and a family name have so many letters; syllables of Chinese and Burmese names fewer.
FULL_LETTERS = 8
#: Words this alike are one word spelt in two ways.
ONE_WORD_ALIKE = 940
#: What a full name with a rare family name leaves of what is taken for all that is missing.
LEFT_OF_MISSING = 400


def lower_fathers(side: int, count: int, space: Scratch) -> None:
    """Lower the weight of a name's words that are a father's name."""
    words, marked = 0, 0
    for place in range(count):
        kind = space[side + place * RECORD + KIND]
        marked |= kind & PATRONYMIC
        words += is_name(kind)
    if marked == 0 or words < 3:
        return
    seen, between = 0, False
    for place in range(count):
        slot = side + place * RECORD
        kind = space[slot + KIND]
        seen += is_name(kind)
        if seen > 1 and kind & PATRONYMIC and not (seen == words and between):
            space[slot + WEIGHT] = min(space[slot + WEIGHT], FATHER_WEIGHT)
        between |= seen > 1 and is_name(kind) and (kind & 7 == INITIAL or kind & PATRONYMIC > 0)


def is_name(kind: int) -> bool:
    """Return whether a word is one of a person's names, or the first letter of one."""
    return kind & 7 in (WORD, INITIAL)


def fullness(space: Scratch, pairs: Scratch) -> int:
    """Return how surely the pairs are a given and a family name of few people, in thousandths."""
    words, own, letters, rarest, nisba = 0, 0, 0, 0, False
    for pair in range(pairs[0]):
        place = 1 + PAIR * pair
        one, two = ONE + pairs[place] * RECORD, TWO + pairs[place + 2] * RECORD
        weight = min(space[one + WEIGHT], space[two + WEIGHT])
        if pairs[place + 4] >> 4 < ONE_WORD_ALIKE or weight < PART_OF_NAME:
            continue
        words += 1
        letters += space[one + LENGTH]
        own += weight >= GIVEN
        if weight > rarest:
            rarest, nisba = weight, is_nisba(one, space)
    if words < 2 or letters < FULL_LETTERS or (own < 2 and not nisba):
        return 0
    share = (rarest - COMMON_FAMILY) * FULL // (RARE_FAMILY - COMMON_FAMILY)
    return min(max(share, 0), FULL)


def is_nisba(slot: int, space: Scratch) -> bool:
    """Return whether a word ends as the family names from places and tribes do: ``Larijani``."""
    length = space[slot + LENGTH]
    return length >= NISBA_LETTERS and space[slot + TEXT + length - 1] == I_


def left_of(missing: int, full: int) -> int:
    """Return what is left of a measure of missing words where a name is full to a degree."""
    return missing - missing * full * (FULL - LEFT_OF_MISSING) // (FULL * FULL)
