"""Compare two words by letters, sounds and classes, in plain Python over sequences of integers.

Every kernel in this folder runs in two ways: interpreted, over lists or views of arrays, and
compiled ahead of time (``limen.names.kernels.backend``). All arithmetic is on
integers, so that the two agree to the last bit. Words come as the records that
``limen.names.kernels.encode`` makes.

``space`` is scratch of at least ``SPACE`` integers. The two names under comparison are copied
into it, a record a word, so that the loops touch nothing else. A *slot* is where a record
starts in ``space``. ``model`` is a matcher's numbers: 37 x 37 costs of reading one letter as
another, then the entries that ``limen.names.kernels.score`` names.
"""

from __future__ import annotations

from limen.names.kernels.arrays import Bytes, Numbers, Scratch
from limen.names.kernels.edit_distance import (
    GAPS,
    ROW,
    abjad_cost,
    bits,
    edit_cost,
    same,
)
from limen.names.kernels.scripts.abjad_letters import letters_cost, reads_letters

MAX_N = 24
MAX_LETTERS = 40
# a record of a word
KIND, WEIGHT, CLASSES, MASK, LENGTH, SOUND_LENGTH, USED, TEXT = 0, 1, 2, 6, 7, 8, 9, 10
HEARD = TEXT + MAX_LETTERS
RECORD = HEARD + MAX_LETTERS + 4
# where the letters of a word are in its record (``limen.names.kernels.encode``), after the mask
LETTERS = 18
# the layout of ``space``
JOINED = GAPS + ROW
JOINED_TOO = JOINED + ROW
GRID = JOINED_TOO + ROW
ONE = GRID + MAX_N * MAX_N
TWO = ONE + MAX_N * RECORD
MEMO = TWO + MAX_N * RECORD
MEMO_SLOTS, MEMO_SLOT = 512, 1 + MAX_N
SPARE = MEMO + MEMO_SLOTS * MEMO_SLOT
FETCHED = SPARE + RECORD
SPACE = FETCHED + 1
# ``model``: the costs of letters, then what it costs that two words are alike by sound only, not by
# spelling; that they are known names of two classes; common words both; that characters are read
# otherwise, alone or joined; and what an abjad's letters cost, in thousandths
COSTS = 37 * 37
HEARD_ONLY, NAME_APART, WORD_APART, SYLLABLE_APART, JOIN_APART, ABJAD_COST = range(COSTS, COSTS + 6)
NUMBERS = COSTS + 6

WORD, INITIAL, NUMBER, LEGAL, TITLE, PARTICLE = 0, 1, 2, 3, 4, 5
ABJAD, SYLLABIC = 8, 16

# the kinds of a pair of words
SAME, EQUIVALENT, SHORT, SOUND, SPELLING, INITIAL_OF, JOINED_PAIR, CUT = 1, 2, 3, 4, 5, 6, 7, 8

# similarities, in thousandths
FULL, SIM_EQUIVALENT, SIM_SOUND, SIM_SHORT, SIM_BOTH_SHORT = 1000, 960, 955, 890, 820
SIM_INITIAL, SIM_JOINED, SIM_ABJAD, SIM_CUT = 880, 985, 940, 940
LEAST = 460

A, C, I_, N, V = 1, 3, 9, 14, 22


def load(records: Bytes, at: int, count: int, side: int, space: Scratch) -> None:
    """Copy a name's words, of which the first one's record is at ``at``, from ``side`` on."""
    for place in range(count):
        at = load_word(records, at, side + place * RECORD, space)


def load_word(records: Bytes, at: int, slot: int, space: Scratch) -> int:
    """Copy the word of a record (``limen.names.kernels.encode``) to a slot; return its end."""
    letters, sounds = records[at], records[at + 1]
    space[slot + LENGTH] = letters
    space[slot + SOUND_LENGTH] = sounds
    space[slot + KIND] = records[at + 2]
    space[slot + WEIGHT] = records[at + 3] | (records[at + 4] << 8)
    at += 5
    for part in range(4):
        space[slot + CLASSES + part] = records[at] | (records[at + 1] << 8)
        at += 2
    space[slot + MASK] = mask_of(records, at)
    at += 5
    space[slot + USED] = 0
    for letter in range(letters):
        space[slot + TEXT + letter] = records[at + letter]
    at += letters
    for letter in range(sounds):
        space[slot + HEARD + letter] = records[at + letter]
    return at + sounds


def mask_of(records: Bytes, at: int) -> int:
    """Return the mask of the letters of a sound, which takes five bytes of a record."""
    mask = 0
    for part in range(5):
        byte = records[at + part]  # compiled, an integer of 64 bits, as a letter of 8 is none
        mask |= byte << (8 * part)
    return mask


def shared_class(space: Scratch, one: int, two: int) -> int:
    """Return 0 for no class in common, else 1 + the number of short forms among the two."""
    for a in range(4):
        code = space[one + CLASSES + a]
        if code == 0:
            break
        for b in range(4):
            other = space[two + CLASSES + b]
            if other and code >> 1 == other >> 1:
                return 1 + (code & 1) + (other & 1)
    return 0


def similarity(space: Scratch, one: int, two: int, model: Numbers) -> int:
    """Return how similar two words are: ``16 * thousandths + kind``, 0 for not at all."""
    kind, other = space[one + KIND] & 7, space[two + KIND] & 7
    length = space[one + LENGTH]
    if length == space[two + LENGTH] and same(space, one + TEXT, two + TEXT, length):
        return FULL * 16 + SAME
    if kind in (NUMBER, LEGAL) or other in (NUMBER, LEGAL):
        return 0
    if kind == INITIAL or other == INITIAL:
        return initial(space, one, two)
    joint = shared_class(space, one, two)
    if joint == 1:
        return SIM_EQUIVALENT * 16 + EQUIVALENT
    best = 0
    if joint:
        best = (SIM_SHORT if joint == 2 else SIM_BOTH_SHORT) * 16 + SHORT
    return max(best, spelled(space, one, two, model))


def initial(space: Scratch, one: int, two: int) -> int:
    """Compare a single letter with a word."""
    kind, other = space[one + KIND] & 7, space[two + KIND] & 7
    if kind == other or PARTICLE in (kind, other):
        return 0
    if space[one + TEXT] == space[two + TEXT] or space[one + HEARD] == space[two + HEARD]:
        return SIM_INITIAL * 16 + INITIAL_OF
    return 0


def spelled(space: Scratch, one: int, two: int, model: Numbers) -> int:
    """Compare two words by letters and sounds alone."""
    abjad, abjad2 = space[one + KIND] & ABJAD, space[two + KIND] & ABJAD
    if abjad and not abjad2:
        return across(space, one, two, model)
    if abjad2 and not abjad:
        return across(space, two, one, model)
    if space[one + KIND] & SYLLABIC and space[two + KIND] & SYLLABIC:
        return 0  # another character is another name
    return written(space, one, two, model)


def written(space: Scratch, one: int, two: int, model: Numbers) -> int:
    """Compare two words of one kind of script, by sounds and letters."""
    heard, heard2 = space[one + SOUND_LENGTH], space[two + SOUND_LENGTH]
    tail = 0
    if patronymic(space, one + HEARD, heard) and patronymic(space, two + HEARD, heard2):
        tail = 4
    if heard == heard2 and same(space, one + HEARD, two + HEARD, heard):
        return (SIM_SOUND if heard > 2 else SIM_SOUND - 60) * 16 + SOUND
    length = max(space[one + LENGTH], space[two + LENGTH]) - tail
    if abs(heard - heard2) * 2 > length + 2:
        return 0
    if 2 * bits(space[one + MASK] ^ space[two + MASK]) > length + 4:
        return 0  # so many letters differ that the words cannot be near
    sounds = (length + max(heard, heard2) - tail) // 2  # few sounds are soon alike
    limit = sounds * (FULL - LEAST)
    cost = edit_cost(space, one + HEARD, heard - tail, two + HEARD, heard2 - tail, limit, model)
    if cost > limit:
        return 0
    cost = (cost + model[HEARD_ONLY]) * length // sounds
    if tail == 0:
        spelling = edit_cost(
            space, one + TEXT, space[one + LENGTH], two + TEXT, space[two + LENGTH], cost, model
        )
        cost = min(cost, spelling)
    if length < 4 or space[one + KIND] & ABJAD:
        cost = cost * 5 // 4
    cost += apart(space, one, two, model)
    found = FULL - cost // length
    return found * 16 + SPELLING if found >= LEAST else 0


def apart(space: Scratch, one: int, two: int, model: Numbers) -> int:
    """Return the cost of two words that are hardly misspellings of each other.

    Maria is not Mario, two names that many bear are two, and a word of Han or Hangul characters
    is read in one way.
    """
    if space[one + KIND] & SYLLABIC or space[two + KIND] & SYLLABIC:
        return model[SYLLABLE_APART]
    if space[one + CLASSES] and space[two + CLASSES]:
        return model[NAME_APART]
    if space[one + WEIGHT] < FULL and space[two + WEIGHT] < FULL:
        return model[WORD_APART]
    return 0


def across(space: Scratch, abjad: int, latin: int, model: Numbers) -> int:
    """Compare an abjad word with a Latin one, by consonants."""
    consonants = space[abjad + SOUND_LENGTH]
    width = space[latin + SOUND_LENGTH]
    if width > 3 * consonants + 2:
        return 0
    cost = abjad_cost(space, abjad + HEARD, consonants, latin + HEARD, width, model)
    if reads_letters(model) and cost:
        width = space[latin + LENGTH]
        cost = min(cost, letters_cost(space, abjad + HEARD, consonants, latin + TEXT, width, model))
    if space[latin + KIND] & SYLLABIC:
        cost += model[SYLLABLE_APART]
    found = SIM_ABJAD - cost * model[ABJAD_COST] // (1000 * (consonants + 1))
    return found * 16 + SOUND if found >= LEAST else 0


def patronymic(space: Scratch, start: int, length: int) -> bool:
    """Return whether a sound ends as a patronymic does: ``ovic``, ``evna``."""
    if length < 7 or space[start + length - 3] != V:
        return False
    middle, last = space[start + length - 2], space[start + length - 1]
    return (middle == I_ and last == C) or (middle == N and last == A)
