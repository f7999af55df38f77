"""Compile ``data/*.yml`` into ``data/tables.json``: ``python -m limen.names.reading.build_tables``.

Run it after a change of the reviewed files. It needs PyYAML; a query does not. Spellings are
folded with the reading that folds a query, so the reviewed files hold names as people write them.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from typing import Any

import msgspec
import yaml

from limen.names.reading import tables as compiled
from limen.names.reading.tables import ABJAD_MARK, COMPILED, DATA, Tables
from limen.names.reading.transliterate import SYLLABIC

#: Signs that are part of a word: apostrophes, middle dots, joiners, the soft hyphen, the tatweel.
_INSIDE_WORDS = frozenset("'’‘`´ʼʻʿʾʹʺ′ˈ·・‧\u200c\u200d\u00ad\u0640")


def _load(name: str) -> Any:
    with (DATA / f"{name}.yml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def _separators() -> str:
    """Return the inside of a character class: punctuation, symbols, blanks, controls, as ranges."""
    ranges: list[list[int]] = []
    for point in range(0x11_0000):
        character = chr(point)
        if unicodedata.category(character)[0] not in "PSZC" or character in _INSIDE_WORDS:
            continue
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)


def _letters(characters: dict[str, Any]) -> dict[str, str]:
    letters: dict[str, str] = {}
    for alphabet in ("cyrillic", "greek", "latin", "abjad"):
        letters.update(characters[alphabet])
    return letters


def _fold(spelling: str) -> str:
    """Fold a spelling into the words that a name is cut into, before they are split and typed."""
    import re

    from limen.names.reading.transliterate import read_piece

    pieces = re.findall(f"[^{compiled.tables().separators}]+", spelling)
    return " ".join(reading.text for piece in pieces for reading in read_piece(piece))


def _legal_forms(classes: dict[str, list[str]]) -> dict[str, str]:
    forms: dict[str, str] = {}
    for name, spellings in classes.items():
        form = _fold(name).replace(" ", "")
        for spelling in spellings:
            folded = _fold(spelling)
            if len(folded) < 2:
                continue
            forms[folded] = form
            together = folded.replace(" ", "")
            if "." in spelling and len(together) <= 6:
                forms.setdefault(together, form)
            if len(folded) <= 5 and " " not in folded:
                forms.setdefault(" ".join(folded), form)
    return forms


def _legal_runs(classes: dict[str, list[str]]) -> frozenset[str]:
    """Return the spellings that are one run of Han or Hangul characters."""
    return frozenset(
        spelling
        for spellings in classes.values()
        for spelling in spellings
        if len(spelling) > 1 and SYLLABIC.fullmatch(spelling)
    )


def _classes(names: dict[str, Any], words: dict[str, list[str]]) -> dict[str, list[int]]:
    codes: dict[str, list[int]] = {}
    heads: dict[str, int] = {}
    number = 0
    for group in [*names["spellings"], *words.values()]:
        number += 1
        heads.setdefault(_fold(group[0]), number)
        for spelling in group:
            _add_code(codes, _fold(spelling), 2 * number)
    for head, *shorts in names["short"]:
        folded = _fold(head)
        if folded not in heads:
            first = [code // 2 for code in codes.get(folded, ()) if code % 2 == 0]
            number += 1
            heads[folded] = first[0] if first else number
            _add_code(codes, folded, 2 * heads[folded])
        for spelling in shorts:
            _add_code(codes, _fold(spelling), 2 * heads[folded] + 1)
    for head, spellings in names["arabic"].items():
        for code in codes.get(_fold(head), ())[:1]:
            for spelling in spellings:
                _add_code(codes, ABJAD_MARK + _fold(spelling).removeprefix("al"), code)
    return codes


def _add_code(codes: dict[str, list[int]], folded: str, code: int) -> None:
    """Give a spelling a class, if it has room: a kernel's record of a word holds four codes."""
    own = codes.setdefault(folded, [])
    if code // 2 not in [other // 2 for other in own] and len(own) < 4:
        own.append(code)


def _substitutions(costs: dict[str, Any]) -> list[int]:
    """Return the symmetric 37 x 37 costs over blank, a-z and 0-9."""
    table = [costs["different"]] * (37 * 37)
    for letter in range(27, 37):
        for other in range(37):
            table[letter * 37 + other] = table[other * 37 + letter] = costs["digit"]
    for cost, pairs in costs["pairs"].items():
        for pair in pairs:
            one, two = (_code(letter) for letter in pair)
            table[one * 37 + two] = table[two * 37 + one] = int(cost)
    for letter in range(37):
        table[letter * 37 + letter] = 0
    return table


def _code(letter: str) -> int:
    return ord(letter) - ord("a") + 1 if letter.isalpha() else ord(letter) - ord("0") + 27


def _weights() -> dict[str, int]:
    path = DATA / "weights.yml"
    return _load("weights") if path.exists() else {}


def _abjad_weights(names: dict[str, list[str]], weights: dict[str, int]) -> dict[str, int]:
    """Give a name that an abjad wrote the weight that it has in Latin letters."""
    return {
        ABJAD_MARK + _fold(spelling).removeprefix("al"): weights[head]
        for head, spellings in names.items()
        for spelling in spellings
        if head in weights
    }


def _flat(groups: dict[str, list[str]]) -> dict[str, str]:
    return {spelling: part for part, spellings in groups.items() for spelling in spellings}


def build() -> Tables:
    """Build the tables from the reviewed files."""
    characters, words = _load("characters"), _load("words")
    homoglyphs: dict[str, str] = characters["homoglyphs"]
    empty: dict[str, Any] = {}
    base = Tables(
        letters=_letters(characters),
        homoglyphs=homoglyphs,
        homoglyphs_cyrillic={v: k for k, v in homoglyphs.items() if "\u0400" <= k < "\u0530"},
        homoglyphs_greek={v: k for k, v in homoglyphs.items() if "\u0370" <= k < "\u0400"},
        hangul=(
            characters["hangul"]["initial"],
            characters["hangul"]["vowel"],
            characters["hangul"]["final"],
        ),
        compound_surnames=frozenset(characters["compound_surnames"]),
        separators=_separators(),
        legal_forms=empty,
        legal_runs=_legal_runs(_load("legal_forms")),
        legal_leading=frozenset(words["legal_leading"]),
        legal_anywhere=frozenset(words["legal_anywhere"]),
        legal_words=frozenset(words["legal_words"]),
        titles=frozenset(words["titles"]),
        anywhere=frozenset(words["titles_anywhere"]),
        particles=frozenset(words["particles"]),
        parts=_flat(words["name_parts"]),
        numbers={word: str(value) for word, value in words["numbers"].items()},
        classes=empty,
        weights=_weights(),
        substitutions=_substitutions(_load("costs")),
    )
    names = _load("given_names")
    with compiled.override(base):  # spellings are folded with the tables that are being built
        return msgspec.structs.replace(
            base,
            legal_forms=_legal_forms(_load("legal_forms")),
            weights=base.weights | _abjad_weights(names["arabic"], base.weights),
            classes={
                word: tuple(codes)
                for word, codes in _classes(names, words["organisation_words"]).items()
            },
        )


def encoded(built: Tables) -> bytes:
    """Return the bytes of the compiled file: the same tables give the same bytes."""
    return msgspec.json.format(msgspec.json.encode(built, order="deterministic"), indent=0)


def main(arguments: Iterable[str] = ()) -> None:
    """Write the compiled file."""
    del arguments
    COMPILED.write_bytes(encoded(build()))


if __name__ == "__main__":
    main(sys.argv[1:])
