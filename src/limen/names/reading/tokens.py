"""Type the words of a name: the kind of each, its weight, and the names it is equal to.

A token is made from one word alone; ``normalise`` then settles what depends on its neighbours.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from limen.names.reading.phonetics import sound
from limen.names.reading.tables import ABJAD_MARK, tables

WORD, INITIAL, NUMBER, LEGAL, TITLE, PARTICLE = range(6)

#: Weights are thousandths; a rare word of a name weighs 1000. An initial narrows little, a particle
#: and a part of Arabic names (abd-, -din) next to nothing, a number nearly as much as a word.
INITIAL_WEIGHT, NUMBER_WEIGHT, PARTICLE_WEIGHT, PART_WEIGHT = 250, 900, 50, 180
#: A particle or letter that is all a name has.
PROMOTED_WEIGHT = 600
#: An abjad word has several readings; one of Han or Hangul characters shares its with many.
ABJAD_WEIGHT, SYLLABLE_WEIGHT, SYLLABLES_WEIGHT = 850, 400, 700
#: A patronymic repeats the father's first name, and many bear the same.
PATRONYMIC_WEIGHT = 600
#: The index finds a word within one edit only from so many sounds on
#: (``limen.names.index.blocking_keys``).
LEAST_WHOLE = 5
_COUNTED = re.compile(r"0*(\d+)(?:st|nd|rd|th)?")
_PATRONYMICS = ("ovich", "evich", "ovna", "evna", "ovych", "evych", "ivna", "yevich", "yovych")


class Token(NamedTuple):
    """One word of a name, in ``a-z0-9``.

    Attributes:
        text: the word as read.
        sound: its coarse sound; for an abjad word, its letters.
        kind: WORD, INITIAL, NUMBER, LEGAL, TITLE or PARTICLE.
        weight: how much it distinguishes a name, in thousandths.
        classes: the names it is equal to, as ``2 * class + short``.
        abjad: whether its short vowels are missing.
        syllabic: whether Han or Hangul characters wrote it.
        whole: the sound of the undivided word, where it was split into parts: an edit may hide
            where to split, so the index also finds the word by its whole.
        patronymic: whether it ends as a patronymic does, for matchers that place father's names.
    """

    text: str
    sound: str
    kind: int
    weight: int
    classes: tuple[int, ...] = ()
    abjad: bool = False
    syllabic: bool = False
    whole: str = ""
    patronymic: bool = False


def make_token(text: str, *, abjad: bool = False) -> Token:
    """Type one word, without regard to its neighbours."""
    data = tables()
    if text[:1].isdigit() and (digits := _COUNTED.fullmatch(text)) is not None:
        return number_token(digits[1])
    if abjad:
        classes = data.classes.get(ABJAD_MARK + text, ())
        weight = data.weights.get(ABJAD_MARK + text, ABJAD_WEIGHT)
        weight = min(weight, data.weights.get(text, 1000))
        return Token(text, text, WORD, weight, classes, abjad=True)
    classes = data.classes.get(text, ())
    if len(text) == 1:
        return Token(text, text, INITIAL, INITIAL_WEIGHT, classes)
    sounds = sound(text)
    if text in data.particles:
        return Token(text, sounds, PARTICLE, PARTICLE_WEIGHT, classes)
    if text in data.titles:
        return Token(text, sounds, TITLE, PARTICLE_WEIGHT, classes)
    weight = data.weights.get(text, 1000)
    if len(text) > 7 and text.endswith(_PATRONYMICS):
        weight = min(weight, PATRONYMIC_WEIGHT)
    return Token(text, sounds, WORD, weight, classes)


def syllabic_token(text: str, *, known: bool) -> Token:
    """Type a word of Han or Hangul characters.

    Args:
        text: its reading in Latin letters.
        known: whether it has the equal names of that reading, as a family name and a word of a
            company do; a given name does not.
    """
    token = make_token(text)
    weight = SYLLABLE_WEIGHT if len(text) <= 4 else SYLLABLES_WEIGHT
    classes = token.classes if known else ()
    return Token(token.text, token.sound, WORD, min(weight, token.weight), classes, syllabic=True)


def initial_token(letters: str) -> Token:
    """Return an initial that Latin writes with several letters: ``Yu.``, ``Zh.``, Ю, Ж."""
    return Token(letters, sound(letters), INITIAL, INITIAL_WEIGHT)


def part_token(part: str, written: str = "") -> Token:
    """Return a part of Arabic and Turkic names, in its one spelling."""
    if part in ("al", "bin"):
        return Token(part, part, PARTICLE, PARTICLE_WEIGHT)
    return Token(part, part, WORD, PART_WEIGHT, whole=_whole(written))


def legal_token(form: str, written: str) -> Token:
    """Return a legal form as its class, with its first letter as ``written``, for acronyms."""
    return Token(form, written[:1], LEGAL, PARTICLE_WEIGHT)


def number_token(value: str, written: str = "") -> Token:
    """Return a number, however it was written."""
    whole = "" if written == value else _whole(written)
    return Token(value, value, NUMBER, NUMBER_WEIGHT, whole=whole)


def _whole(written: str) -> str:
    """Return the sound of a word as written, to find it by; none for a short one."""
    sounds = sound(written)
    return sounds if len(sounds) >= LEAST_WHOLE else ""


def with_whole(token: Token, written: str) -> Token:
    """Return a part's token that the index also finds by the ``written`` word."""
    return token if token.text == written else token._replace(whole=_whole(written))
