"""The words of the UK's lists, in all their spellings, from ``words.yml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from limen.model import ListFormatError


def name_kind(printed: str, quality: str, *, where: str) -> str:
    """The property a name of this type and quality stands in.

    A name without a type is an alias, for it is not said to be the primary name.

    Raises:
        ListFormatError: a type or quality in no known spelling.
    """
    qualities, kinds = _qualities(), _kinds()
    if quality and fold(quality) not in qualities:
        raise _unknown("alias quality", quality, _words()["weak"] + _words()["strong"], where)
    if printed and fold(printed) not in kinds:
        known = [each for spellings in _words()["name_kinds"].values() for each in spellings]
        raise _unknown("name type", printed, known, where)
    if quality and qualities[fold(quality)] == "weak":
        return "weakAlias"
    return kinds[fold(printed)] if printed else "alias"


@cache
def heading(printed: str) -> str:
    """The field of the UK Sanctions List that a column or element is; itself when unknown."""
    return _headings().get(fold(printed), printed.strip())


@cache
def ofsi_heading(printed: str) -> str:
    """The field of the UK Sanctions List that a column of OFSI's list is."""
    renamed = {fold(each): field for each, field in _words()["ofsi_fields"].items()}
    return renamed.get(fold(printed)) or heading(printed)


def fold(text: str) -> str:
    """Letters and digits in lower case: ``Nationality(/ies)`` -> ``nationalityies``."""
    return "".join(char for char in text.casefold() if char.isalnum())


@cache
def _headings() -> dict[str, str]:
    found: dict[str, str] = {}
    for each, others in _words()["fields"].items():
        found |= dict.fromkeys(map(fold, (each, *others)), each)
    return found


@cache
def _words() -> dict[str, Any]:
    text = files("limen.lists.readers.uk").joinpath("words.yml").read_text("utf-8")
    words: dict[str, Any] = yaml.safe_load(text)
    return words


@cache
def _kinds() -> dict[str, str]:
    return _by_spelling(_words()["name_kinds"])


@cache
def _qualities() -> dict[str, str]:
    return _by_spelling({quality: _words()[quality] for quality in ("weak", "strong")})


def _by_spelling(words: dict[str, list[str]]) -> dict[str, str]:
    return {fold(each): meaning for meaning, spellings in words.items() for each in spellings}


def _unknown(what: str, printed: str, known: list[str], where: str) -> ListFormatError:
    return ListFormatError(
        f"{what} {printed!r} is not one of {', '.join(known)}",
        where=where,
        why="the name would be searched with the wrong weight",
        hint="if the publisher has a new word, add it to src/limen/lists/readers/uk/words.yml",
    )
