"""Open the reviewed tables in their compiled form: one file, read in milliseconds.

``data/*.yml`` is the source; ``python -m limen.names.reading.build_tables`` writes
``data/tables.json`` from it, and a test fails when the two differ.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

DATA = Path(__file__).parents[1] / "data"
COMPILED = DATA / "tables.json"
#: Marks a word of ``classes`` that an abjad wrote: ``~hsn`` is not the Latin ``hsn``.
ABJAD_MARK = "~"


class Tables(msgspec.Struct, frozen=True):
    """The data that names are read and compared with.

    Attributes:
        letters: a character, casefolded, to its Latin reading.
        homoglyphs: a Cyrillic or Greek letter to the Latin letter that looks like it.
        homoglyphs_cyrillic, homoglyphs_greek: the Latin letter back to each.
        hangul: initials, vowels and finals of a syllable.
        compound_surnames: Chinese family names of two characters.
        separators: every character that ends a word, as the inside of a character class.
        legal_forms: folded words of a legal form, joined by spaces, to its class.
        legal_runs: the legal forms that Han or Hangul characters write, as written.
        legal_leading: the short ones that may also come first.
        legal_anywhere: the short ones that are a form in any place.
        legal_words: words of legal forms that are no name where the rest is missing.
        titles, particles: words that are no name by themselves.
        anywhere: the titles that may also be in the middle of a name.
        parts: a spelling of a part of Arabic names to the part (``uddin`` to ``din``).
        numbers: a word to the number it writes.
        classes: a word to the classes of equal names it belongs to, as ``2 * class + short``.
        weights: a common word to its weight in thousandths; every other word weighs 1000.
        substitutions: 37 x 37 costs, in thousandths, of reading one letter as another.
    """

    letters: dict[str, str]
    homoglyphs: dict[str, str]
    homoglyphs_cyrillic: dict[str, str]
    homoglyphs_greek: dict[str, str]
    hangul: tuple[list[str], list[str], list[str]]
    compound_surnames: frozenset[str]
    separators: str
    legal_forms: dict[str, str]
    legal_runs: frozenset[str]
    legal_leading: frozenset[str]
    legal_anywhere: frozenset[str]
    legal_words: frozenset[str]
    titles: frozenset[str]
    anywhere: frozenset[str]
    particles: frozenset[str]
    parts: dict[str, str]
    numbers: dict[str, str]
    classes: dict[str, tuple[int, ...]]
    weights: dict[str, int]
    substitutions: list[int]


_overrides: list[Tables] = []


def tables() -> Tables:
    """Return the compiled tables, read once, or those of an ``override``."""
    return _overrides[-1] if _overrides else _compiled()


@cache
def _raw() -> bytes:
    return COMPILED.read_bytes()


@cache
def _compiled() -> Tables:
    return msgspec.json.decode(_raw(), type=Tables)


@cache
def fingerprint() -> bytes:
    """Return eight bytes of the compiled tables' hash, which an index carries: names that were
    read with other tables cannot be compared.
    """
    return sha256(_raw()).digest()[:8]


@contextmanager
def override(built: Tables) -> Iterator[None]:
    """Use other tables than the compiled ones, while those are being built."""
    _overrides.append(built)
    try:
        yield
    finally:
        _overrides.pop()
