"""Read the names of a row under one heading: names of their own, or the parts of one.

A table that repeats its heading of names may cut a person's name (``Roman,Abramovich``) or give
two names of one party (``Sberbank,Rosneft``). Where it is open both are read: the joined name is
compared, and each word that is not usual in names. The usual ones (``Anna``, ``Mr``) would find
namesakes, and are only looked up as they are written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from limen import names as compared_names
from limen.batch.tables.repeated_headings import RepeatedCells
from limen.model import Notice
from limen.model.identifier_text import is_placeholder
from limen.names.reading.normalise import normalise

#: Names in one list that may be the parts of one name; more are aliases.
_PARTS_MOST = 3
#: Schemata of parties that may be people.
_MAY_BE_PEOPLE = frozenset(("Person", "LegalEntity", "Thing"))
#: Scripts that write a whole name without a blank, as Unicode calls them.
_UNSPACED = frozenset(
    ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
)


class NamesRead(msgspec.Struct, frozen=True):
    """Represents the names of one heading.

    Attributes:
        compared: those that are names, or may be.
        looked_up: the words that are only looked up as they are written.
        notices: what a reader of the answer must know of it.
    """

    compared: tuple[str, ...]
    looked_up: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


def read_names(cell: Any, texts: Sequence[str], schema: str) -> NamesRead:
    """Return the names in a cell, or in the cells under one heading, of a party of a schema."""
    single = [name for name in texts if " " not in name]
    if len(texts) < 2 or not single:
        return NamesRead(tuple(texts))
    if not isinstance(cell, RepeatedCells):
        joined = [" ".join(texts)] if len(texts) <= _PARTS_MOST else []
        return NamesRead((*texts, *joined))
    filled = [name for name in texts if not is_placeholder(name)]
    joined = list(filter(None, dict.fromkeys((" ".join(filled), " ".join(texts)))))
    usual = [name for name in single if is_placeholder(name)]
    if len(filled) > 1 and schema in _MAY_BE_PEOPLE and _may_be_parts(filled):
        usual = [name for name in texts if _is_part(name, schema)]
    compared = tuple(dict.fromkeys((*joined, *(name for name in texts if name not in usual))))
    words = tuple(name for name in usual if name not in compared and not is_placeholder(name))
    return NamesRead(compared, words, (_notice(compared, words),) if len(filled) > 1 else ())


def add_names(values: dict[str, list[str]], read: NamesRead) -> None:
    """Add names to the properties of a party; ``indexText`` holds what is only looked up."""
    found: Mapping[str, Sequence[str]] = {"name": read.compared, "indexText": read.looked_up}
    for target, texts in found.items():
        if texts:
            values.setdefault(target, []).extend(texts)


def _may_be_parts(words: Sequence[str]) -> bool:
    """Return whether cells can be the parts of a person's name: single words of one script."""
    return all(" " not in word for word in words) and len(set(map(_scripts, words))) == 1


def _is_part(word: str, schema: str) -> bool:
    """Return whether a word is compared only as a part of a name.

    A person's are all; of what may be a company too, those that are usual in names.
    """
    if is_placeholder(word) or schema == "Person":
        return not _is_unspaced(word)
    if len(word.rstrip(".")) == 1 or compared_names.usable(word, person=True) is not None:
        return True
    return all(token.classes for token in normalise(word, person=True).tokens)


def _is_unspaced(word: str) -> bool:
    """Return whether a word is of a script that writes a whole name without a blank."""
    return not _scripts(word).isdisjoint(_UNSPACED)


def _scripts(word: str) -> frozenset[str]:
    """Return the scripts of a word's letters, as Unicode calls them."""
    letters = filter(str.isalpha, word)
    return frozenset(unicodedata.name(char, "OTHER").split()[0] for char in letters)


def _notice(compared: Sequence[str], words: Sequence[str]) -> Notice:
    what = f"the heading is repeated, so {', '.join(map(repr, compared))} were compared as names"
    if words:
        what += f"; {', '.join(map(repr, words))} only looked up as written, as parts of them"
    return Notice("name-parts", what, "name")
