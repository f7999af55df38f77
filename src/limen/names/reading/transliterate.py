"""Read any script as Latin letters, one piece of a name at a time.

A piece is a run of characters without separators. Most scripts go letter by letter through one
table; four need more: Han characters (the family name comes first), Hangul syllables (composed
by arithmetic), kana and the scripts of India (``limen.names.reading.syllabic_scripts``), and the
abjads (Arabic, Hebrew), which leave the short vowels out and are therefore marked, so that they
are compared by consonants. Source of the readings: ``data/characters.yml``, then the Unicode
decomposition, then anyascii.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from limen.names.reading.syllabic_scripts import read_syllables
from limen.names.reading.tables import tables

_DOTS = "·・‧"
#: Separates the names of a foreigner in kana; the other dots also occur inside words.
_KANA_DOT = "・"
#: Runs of Han characters and Hangul syllables, and the first of these characters.
FIRST_SYLLABIC = "\u3400"
SYLLABIC = re.compile("[\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+")
LATIN, ABJAD, HAN, OTHER = 0, 1, 2, 3
#: Letters below it are of one kind, and none is part of a syllabic script.
_FIRST_ABJAD = "\u0590"
_ASCII_LETTER = re.compile("[A-Za-z]")


class Reading(NamedTuple):
    """A word in ``a-z0-9``.

    ``abjad`` where short vowels are missing; ``syllabic`` where it was in Han or Hangul characters.
    """

    text: str
    abjad: bool = False
    syllabic: bool = False


class _Letters(dict[int, str]):
    """Code point -> Latin lower-case reading, filled on demand."""

    def __missing__(self, point: int) -> str:
        reading = _read_character(chr(point))
        self[point] = reading
        return reading


def _read_character(character: str) -> str:
    letters = tables().letters
    lowered = character.casefold()
    if lowered in letters:
        return letters[lowered]
    parts = []
    for part in unicodedata.normalize("NFKD", lowered):
        if part in letters:
            parts.append(letters[part])
        elif part.isascii():
            parts.append(part.lower() if part.isalnum() else " " if part.isspace() else "")
        elif not unicodedata.combining(part):
            parts.append(_long_tail(part))
    return "".join(parts)


def _long_tail(character: str) -> str:
    if unicodedata.category(character)[0] not in "LMN":
        return ""
    from anyascii import anyascii

    return "".join(letter for letter in anyascii(character).lower() if letter.isalnum())


_LETTERS = _Letters()


def read_piece(piece: str, *, alone: bool = True) -> list[Reading]:
    """Read one separator-free piece as words in Latin letters.

    Args:
        piece: characters without separators, in any script or mixture of scripts.
        alone: whether the piece is a whole name; in Han and Hangul characters it then starts
            with the family name. Where blanks separate such names, each piece is one word.

    Returns:
        One reading, except where Han characters write several words without a space; none
        where nothing readable is left.
    """
    if piece.isascii():
        text = piece.lower()
        return [Reading(text if text.isalnum() else _alphanumeric(text))]
    if max(piece) < _FIRST_ABJAD:
        return _read_letters(_replace_homoglyphs(piece), abjad=False)
    readings: list[Reading] = []
    for script, run in _runs(_replace_homoglyphs(read_syllables(piece))):
        if script == HAN or _is_hangul(run[0]):
            readings.extend(_read_characters(run, han=script == HAN, alone=alone))
            continue
        for word in run.split(_KANA_DOT):
            readings.extend(_read_letters(word, abjad=script == ABJAD))
    return readings


def _read_letters(word: str, *, abjad: bool) -> list[Reading]:
    """Read a word of one kind of letters; nothing where none can be read."""
    text = word.translate(_LETTERS)
    text = text if text.isalnum() and text.isascii() else _alphanumeric(text)
    return [Reading(text, abjad)] if text else []


def _alphanumeric(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum())


def _script(character: str) -> int:
    point = ord(character)
    if character < _FIRST_ABJAD:
        return LATIN
    if point <= 0x6FF or 0x750 <= point <= 0x77F or 0xFB1D <= point <= 0xFDFF:
        return ABJAD
    if 0xFE70 <= point <= 0xFEFC:
        return ABJAD
    if 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x3FFFF:
        return HAN
    return OTHER


def count_syllabic(raw: str) -> int:
    """Return how many runs of Han or Hangul characters a raw name has."""
    return len(SYLLABIC.findall(raw))


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"


class _Kinds(dict[str, tuple[int, bool]]):
    """Character -> the kind of its run, and whether it continues any run; filled on demand."""

    def __missing__(self, character: str) -> tuple[int, bool]:
        script = _script(character)
        kind = script if script in (ABJAD, HAN) else (OTHER if _is_hangul(character) else LATIN)
        goes_on = unicodedata.combining(character) > 0 or character in _DOTS
        self[character] = kind, goes_on
        return kind, goes_on


_KINDS = _Kinds()


def _runs(piece: str) -> list[tuple[int, str]]:
    """Cut a piece where the script changes; Latin and other alphabets stay together."""
    if not piece:
        return []
    runs: list[tuple[int, str]] = []
    start, before = 0, _KINDS[piece[0]][0]
    for at, character in enumerate(piece):
        kind, goes_on = _KINDS[character]
        if kind != before and not goes_on:
            runs.append((before, piece[start:at]))
            start, before = at, kind
    return [*runs, (before, piece[start:])]


def _replace_homoglyphs(piece: str) -> str:
    """Replace Latin look-alikes inside a Cyrillic or Greek word by its letters, and the reverse."""
    if _ASCII_LETTER.search(piece) is None:
        return piece
    twins = tables().homoglyphs
    latin = sum(character.isascii() and character.isalpha() for character in piece)
    foreign = sum(0x370 <= ord(character) < 0x530 for character in piece)
    if not foreign:
        return piece
    lowered = piece.casefold()
    if latin >= foreign:
        return "".join(twins.get(character, character) for character in lowered)
    cyrillic = sum(0x400 <= ord(character) < 0x530 for character in piece) * 2 >= foreign
    back = tables().homoglyphs_cyrillic if cyrillic else tables().homoglyphs_greek
    return "".join(back.get(character, character) for character in lowered)


@cache
def _legal_runs() -> re.Pattern[str]:
    """Return a pattern of the legal forms in Han or Hangul characters, the longest first."""
    forms = sorted(tables().legal_runs, key=lambda run: (-len(run), run))
    return re.compile("|".join(map(re.escape, forms)) or "(?!)")


def _read_characters(run: str, *, han: bool, alone: bool) -> list[Reading]:
    """Read a run of Han or Hangul characters as words.

    A legal form is a word of its own. A middle dot separates the names of a foreigner, which are
    written by their sound and so read like any other word.
    """
    if any(dot in run for dot in _DOTS):
        words = ["".join(word).translate(_LETTERS) for word in re.split(f"[{_DOTS}]", run)]
        return [Reading(word) for word in words if word]
    form = _legal_runs().search(run)
    if form is None:
        words = _read_syllables(run, han=han, alone=alone)
    elif form.group() == run:
        words = [_together(run, han=han)]
    else:
        before = _pairs(run[: form.start()], han=han)
        after = _pairs(run[form.end() :], han=han)
        words = [*before, _together(form.group(), han=han), *after]
    return [Reading(word, syllabic=True) for word in words if word]


def _together(run: str, *, han: bool) -> str:
    if han:
        return run.translate(_LETTERS)
    return "".join(_compose_hangul(character) for character in run)


def _pairs(run: str, *, han: bool) -> list[str]:
    """Cut Han into words of two characters, as most Chinese words are; Hangul has blanks."""
    step = 2 if han else len(run) or 1
    return [_together(run[at : at + step], han=han) for at in range(0, len(run), step)]


def _read_syllables(run: str, *, han: bool, alone: bool) -> list[str]:
    """Split a run into family name and given name, if it is two or three characters alone.

    Four or more Han characters are words of two, unless they begin with a family name of two.
    """
    compound = run[:2] in tables().compound_surnames and 2 < len(run) < 5
    if len(run) > 3 and han and not compound:
        return _pairs(run, han=han)
    if len(run) == 1 or len(run) > 4 or not alone:
        return [_together(run, han=han)]
    cut = 2 if compound else 1
    return [_together(run[:cut], han=han), _together(run[cut:], han=han)]


def _compose_hangul(character: str) -> str:
    """Read one Hangul syllable by its parts."""
    if not _is_hangul(character):
        return character.translate(_LETTERS)
    initials, vowels, finals = tables().hangul
    index = ord(character) - 0xAC00
    vowel, final = divmod(index % 588, 28)
    return initials[index // 588] + vowels[vowel] + finals[final]
