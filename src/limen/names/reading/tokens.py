"""The words of a name, typed: what each is, how much it says, and what it is equal to."""

from __future__ import annotations

import re
from typing import NamedTuple

from limen.names.reading.phonetics import sound
from limen.names.reading.tables import ABJAD_MARK, tables

WORD, INITIAL, NUMBER, LEGAL, TITLE, PARTICLE = range(6)

#: Weights are thousandths; a rare word of a name weighs 1000.
INITIAL_WEIGHT, NUMBER_WEIGHT, PARTICLE_WEIGHT, PART_WEIGHT = 250, 900, 50, 180
PROMOTED_WEIGHT = 600
#: An abjad word has several readings; one of Han or Hangul characters shares its with many.
ABJAD_WEIGHT, SYLLABLE_WEIGHT, SYLLABLES_WEIGHT = 850, 400, 700
PATRONYMIC_WEIGHT = 600
#: Words of fewer sounds are not promised to be found within an edit
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
        weight: what it says, in thousandths.
        classes: the names it is equal to, as ``2 * class + short``.
        abjad: whether its short vowels are missing.
        syllabic: whether Han or Hangul characters wrote it.
        whole: the sound of the word as it was written, where it is read as parts of it: an edit
            may hide the seam, so the word is found by its whole too.
    """

    text: str
    sound: str
    kind: int
    weight: int
    classes: tuple[int, ...] = ()
    abjad: bool = False
    syllabic: bool = False
    whole: str = ""


def make_token(text: str, *, abjad: bool = False) -> Token:
    """Type one word, away from its neighbours."""
    known = tables()
    if text[:1].isdigit() and (found := _COUNTED.fullmatch(text)) is not None:
        return number_token(found[1])
    if abjad:
        classes = known.classes.get(ABJAD_MARK + text, ())
        weight = known.weights.get(ABJAD_MARK + text, ABJAD_WEIGHT)
        return Token(text, text, WORD, min(weight, known.weights.get(text, 1000)), classes, True)
    classes = known.classes.get(text, ())
    if len(text) == 1:
        return Token(text, text, INITIAL, INITIAL_WEIGHT, classes)
    heard = sound(text)
    if text in known.particles:
        return Token(text, heard, PARTICLE, PARTICLE_WEIGHT, classes)
    if text in known.titles:
        return Token(text, heard, TITLE, PARTICLE_WEIGHT, classes)
    weight = known.weights.get(text, 1000)
    if len(text) > 7 and text.endswith(_PATRONYMICS):
        weight = min(weight, PATRONYMIC_WEIGHT)
    return Token(text, heard, WORD, weight, classes)


def syllabic_token(text: str, *, known: bool) -> Token:
    """A word of Han or Hangul characters.

    A family name has the ``known`` romanisations of one, and the word of a company its meaning; a
    given name has neither.
    """
    token = make_token(text)
    weight = SYLLABLE_WEIGHT if len(text) <= 4 else SYLLABLES_WEIGHT
    classes = token.classes if known else ()
    return Token(token.text, token.sound, WORD, min(weight, token.weight), classes, syllabic=True)


def initial_token(letters: str) -> Token:
    """An initial whose letter is written with several: ``Yu.``, ``Zh.``, Ю, Ж."""
    return Token(letters, sound(letters), INITIAL, INITIAL_WEIGHT)


def part_token(part: str, written: str = "") -> Token:
    """A part that Arabic and Turkic names are put together from, in its one spelling."""
    if part in ("al", "bin"):
        return Token(part, part, PARTICLE, PARTICLE_WEIGHT)
    return Token(part, part, WORD, PART_WEIGHT, whole=_whole(written))


def legal_token(form: str, written: str) -> Token:
    """A legal form, as its class; its sound is the letter it was ``written`` with, for acronyms."""
    return Token(form, written[:1], LEGAL, PARTICLE_WEIGHT)


def number_token(value: str, written: str = "") -> Token:
    """A number, however it was written."""
    whole = "" if written == value else _whole(written)
    return Token(value, value, NUMBER, NUMBER_WEIGHT, whole=whole)


def _whole(written: str) -> str:
    """The sound to find a word by that is read as something else; short ones are let be."""
    heard = sound(written)
    return heard if len(heard) >= LEAST_WHOLE else ""


def with_whole(token: Token, written: str) -> Token:
    """The token of a part, found by the ``written`` word too."""
    return token if token.text == written else token._replace(whole=_whole(written))
