"""Look up the words of the UK's lists, in all their spellings, from ``words.yml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from limen.model import ListFormatError
from limen.util.text import squash


def name_kind(printed: str, quality: str, *, where: str) -> str:
    """Return the property for a name of this type and quality.

    A name without a type is an alias, for it is not marked as the primary name.

    Raises:
        ListFormatError: a type or quality in no known spelling.
    """
    qualities, kinds = _qualities(), _kinds()
    if quality and squash(quality) not in qualities:
        raise _unknown("alias quality", quality, _words()["weak"] + _words()["strong"], where)
    if printed and squash(printed) not in kinds:
        known = [word for spellings in _words()["name_kinds"].values() for word in spellings]
        raise _unknown("name type", printed, known, where)
    if quality and qualities[squash(quality)] == "weak":
        return "weakAlias"
    return kinds[squash(printed)] if printed else "alias"


@cache
def heading(printed: str) -> str:
    """Return the field of the UK Sanctions List for a heading; itself when unknown."""
    return _headings().get(squash(printed), printed.strip())


@cache
def ofsi_heading(printed: str) -> str:
    """Return the field of the UK Sanctions List for a column of OFSI's list."""
    renamed = {squash(column): field for column, field in _words()["ofsi_fields"].items()}
    return renamed.get(squash(printed)) or heading(printed)


@cache
def _headings() -> dict[str, str]:
    fields: dict[str, str] = {}
    for field, others in _words()["fields"].items():
        fields |= dict.fromkeys(map(squash, (field, *others)), field)
    return fields


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
    return {squash(word): meaning for meaning, spellings in words.items() for word in spellings}


def _unknown(what: str, printed: str, known: list[str], where: str) -> ListFormatError:
    return ListFormatError(
        f"{what} {printed!r} is not one of {', '.join(known)}",
        where=where,
        why="the name would be searched with the wrong weight",
        hint="if the publisher has a new word, add it to src/limen/lists/readers/uk/words.yml",
    )
