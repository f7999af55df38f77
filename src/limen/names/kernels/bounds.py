"""Prove early that two names cannot reach a score, before they are aligned.

Runs interpreted or compiled, like ``limen.names.kernels.word_similarity``, on integers alone. The
argument: words that match no word of the other name, on both sides, contradict each other,
whatever else the alignment finds. The penalty of a contradiction is least when every other word
is paired at no loss; if the score is too low even then, no alignment reaches it.
"""

from __future__ import annotations

from limen.names.kernels.acronyms import count_words
from limen.names.kernels.align import FOUND, best_of
from limen.names.kernels.arrays import Bytes, Listed, Numbers, Scratch
from limen.names.kernels.edit_distance import bits
from limen.names.kernels.evidence.bound import (
    longest_acronym,
    most_by_evidence,
    most_of_blanks,
)
from limen.names.kernels.evidence.weigh import has_rules
from limen.names.kernels.joined_words import (
    LEAST_TOGETHER,
    blanks_moved,
    ends_meet,
    join_similarity,
)
from limen.names.kernels.score import (
    ACRONYM,
    CONFLICT_FULL,
    CONFLICT_SHARE,
    CONTRADICTION,
    PERSON,
    TOGETHER,
    banded,
    loss_of,
    speaks,
    weight_of,
)
from limen.names.kernels.word_similarity import (
    CLASSES,
    FULL,
    GRID,
    KIND,
    LEAST,
    LEGAL,
    LENGTH,
    LETTERS,
    MASK,
    MAX_N,
    MEMO,
    MEMO_SLOT,
    MEMO_SLOTS,
    ONE,
    RECORD,
    SOUND_LENGTH,
    SPARE,
    TEXT,
    TWO,
    WEIGHT,
    WORD,
    load_word,
    mask_of,
    similarity,
)

#: Spreads the places of records, which are some thirty bytes apart, over the cache.
SCATTER = 40_503


def compare_words(
    query: int, count: int, listed: Listed, start: int, n: int, model: Numbers, space: Scratch
) -> None:
    """Compare the words in ``space[ONE:]`` with the ``n`` of a listed name, into the grid.

    The similarities of a listed word are cached for its next name, under the query's number.
    Writes what ``hopeless`` needs of the listed words into ``space[TWO:]``.
    """
    for j in range(n):
        word = listed.words[start + j]
        slot = MEMO + (word * SCATTER >> 16 & (MEMO_SLOTS - 1)) * MEMO_SLOT
        key = ((query + 1) << 32) + word
        if space[slot] != key:
            compare_word(listed.records, word, count, slot + 1, model, space)
            space[slot] = key
        load_outline(listed.records, word, TWO + j * RECORD, space)
        for i in range(count):
            space[GRID + i * MAX_N + j] = space[slot + 1 + i]


def compare_word(
    records: Bytes, at: int, count: int, place: int, model: Numbers, space: Scratch
) -> None:
    """Compare the word of a record with those in ``space[ONE:]``, into ``space[place:]``."""
    loaded = False
    for i in range(count):
        space[place + i] = 0
        if not is_apart(records, at, ONE + i * RECORD, space):
            if not loaded:
                load_word(records, at, SPARE, space)
            loaded = True
            found = similarity(space, ONE + i * RECORD, SPARE, model)
            space[place + i] = found


def is_apart(records: Bytes, at: int, slot: int, space: Scratch) -> bool:
    """Return whether the word of a record is surely not similar to one in a slot.

    ``similarity`` is 0 for two plain words without a class in common whose sounds have other
    letters, or are of other lengths, as ``written`` says before it compares letters in order.
    """
    letters = records[at]
    if records[at + 2] != WORD or space[slot + KIND] != WORD:
        return False
    if letters == space[slot + LENGTH] and records[at + LETTERS] == space[slot + TEXT]:
        return False  # it may be the same word
    if space[slot + CLASSES] and (records[at + 5] or records[at + 6]):
        return False
    mask = mask_of(records, at + LETTERS - 5)
    if mask == space[slot + MASK]:
        return False  # it may have the same sound
    length = max(letters, space[slot + LENGTH])
    sounds = abs(records[at + 1] - space[slot + SOUND_LENGTH])
    return sounds * 2 > length + 2 or 2 * bits(mask ^ space[slot + MASK]) > length + 4


def load_outline(records: Bytes, at: int, slot: int, space: Scratch) -> None:
    """Copy the kind, the weight, the length, the first and the last letter of a word to a slot."""
    letters = records[at]
    space[slot + KIND] = records[at + 2]
    space[slot + WEIGHT] = records[at + 3] | (records[at + 4] << 8)
    space[slot + LENGTH] = letters
    space[slot + TEXT] = records[at + LETTERS]
    space[slot + TEXT + letters - 1] = records[at + LETTERS + letters - 1]


def forget(space: Scratch) -> None:
    """Empty the cache of ``compare_words``, for other queries."""
    for slot in range(MEMO_SLOTS):
        space[MEMO + slot * MEMO_SLOT] = 0


def load_listed(listed: Listed, start: int, n: int, space: Scratch) -> None:
    """Copy the ``n`` words of a listed name into ``space[TWO:]``."""
    for j in range(n):
        load_word(listed.records, listed.words[start + j], TWO + j * RECORD, space)


def hopeless(
    count: int, listed: Listed, start: int, n: int, mode: int, least: int, model: Numbers,
    space: Scratch,
) -> bool:  # fmt: skip
    """Return whether the name in ``space[ONE:]`` and a listed one surely score below ``least``.

    Neither may be a name that was cut, and their words must have been compared. Writes the listed
    words into ``space[TWO:]``, if it compares their letters.
    """
    if has_rules(model):
        most = most_by_evidence(count, n, mode, model, space)
    else:
        most = most_by_conflict(count, n, mode, model, space)
    if most >= least:
        return False
    if mode != PERSON and may_stand_for(count, n, least, model, space):
        return False
    if most_together(model) >= least and near_in_size(count, n, space):
        load_listed(listed, start, n, space)
        if blanks_moved(count, n, model, space):
            return False
    return not (
        may_be_joined(ONE, count, TWO, n, listed, start, n, model, space)
        or may_be_joined(TWO, n, ONE, count, listed, start, n, model, space)
    )


def near_in_size(m: int, n: int, space: Scratch) -> bool:
    """Return whether two names have about as many letters, as those with blanks moved have."""
    size, width = letters_of(ONE, m, space), letters_of(TWO, n, space)
    return size >= LEAST_TOGETHER and abs(size - width) <= 2


def letters_of(side: int, count: int, space: Scratch) -> int:
    """Return how many letters a name has without its legal forms."""
    size = 0
    for place in range(count):
        slot = side + place * RECORD
        if space[slot + KIND] & 15 != LEGAL:
            size += space[slot + LENGTH]
    return size


def most_by_conflict(count: int, n: int, mode: int, model: Numbers, space: Scratch) -> int:
    """Return the most that the names in ``space`` can score by ``limen-1``."""
    whole, loss, left, lone = side_of(ONE, count, TWO, n, mode, model, space)
    whole2, loss2, left2, lone2 = side_of(TWO, n, ONE, count, mode, model, space)
    whole = max(whole, whole2, 1)
    conflict = min(max(left, lone), max(left2, lone2))
    full = model[CONFLICT_FULL]
    penalty = conflict * model[CONFLICT_SHARE] // whole
    penalty += model[CONTRADICTION] * min(conflict, full) // full
    if left == 0:
        penalty = min(penalty, loss * 1000 // whole)
    if left2 == 0:
        penalty = min(penalty, loss2 * 1000 // whole)
    return banded(max(0, FULL - penalty), model)


def side_of(
    side: int, m: int, other: int, n: int, mode: int, model: Numbers, space: Scratch
) -> tuple[int, int, int, int]:
    """Return the weight of a name's words; and of those that can contradict, the least loss if all
    are paired, the weight of those that cannot be paired, and the weight of the lightest.
    """
    row = MAX_N if side == ONE else 1
    step = 1 if side == ONE else MAX_N
    whole, loss, left, lone = 0, 0, 0, 0
    for i in range(m):
        slot = side + i * RECORD
        said = weight_of(slot, mode, space)
        whole += said
        if not speaks(slot, mode, space):
            continue
        lone = min(lone, said) if lone else said
        lost = -1
        for j in range(n):
            found = space[GRID + i * row + j * step] >> 4
            if found >= LEAST:
                share = min(said, weight_of(other + j * RECORD, mode, space))
                share = share * loss_of(found, model) // 1000
                lost = share if lost < 0 else min(lost, share)
        if lost < 0:
            left += said
        else:
            loss += lost
    return whole, loss, left, lone


def may_be_joined(
    side: int, m: int, other: int, n: int, listed: Listed, start: int, words: int,
    model: Numbers, space: Scratch,
) -> bool:  # fmt: skip
    """Return whether a word of one name may be neighbours of the other, written together.

    The listed name's ``words`` words are loaded when their letters are compared.
    """
    row = MAX_N if side == ONE else 1
    step = 1 if side == ONE else MAX_N
    for i in range(m):
        word = side + i * RECORD
        length = space[word + LENGTH]
        if length < 4 or best_of(space, GRID + i * row, step, n) >= FOUND:
            continue
        for first in range(n - 1):
            slot = other + first * RECORD
            size = space[slot + LENGTH]
            for count in range(2, min(4, n - first) + 1):
                size += space[slot + (count - 1) * RECORD + LENGTH]
                if size > length + 2:
                    break
                last = slot + (count - 1) * RECORD
                if size >= length - 2 and ends_meet(space, word, slot, last):
                    load_listed(listed, start, words, space)
                    if join_similarity(space, word, slot, count, model):
                        return True
    return False


def may_stand_for(m: int, n: int, least: int, model: Numbers, space: Scratch) -> bool:
    """Return whether one name may be an acronym of the other, by their numbers of words."""
    if most_of_acronym(model) < least:
        return False
    words, words2 = count_words(ONE, m, space), count_words(TWO, n, space)
    return (words == 1 and words2 > 1) or (words2 == 1 and words > 1)


def most_together(model: Numbers) -> int:
    """Return the most that names score whose blanks are in other places."""
    return most_of_blanks(model) if has_rules(model) else banded(model[TOGETHER], model)


def most_of_acronym(model: Numbers) -> int:
    """Return the most that an acronym scores."""
    return longest_acronym(model) if has_rules(model) else banded(model[ACRONYM], model)
