"""The names a query is compared under: as given, joined from their parts, and as they are seen.

A form puts a surname under ``name`` and the rest under ``firstName``; a file hides letters; an
export writes ``N/A``. Nothing that was given is taken away: each reading is compared with the
others, and what may be no name any more is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from limen import names
from limen.model import Notice, Party
from limen.model.identifier_text import is_placeholder
from limen.model.schemata import NAME_PROPERTIES
from limen.names.reading.normalise import MAX_LETTERS, MAX_TOKENS
from limen.util.repair import repair

_GIVEN = ("firstName", "secondName", "middleName", "fatherName")
_CUT = (
    f"only the first {MAX_TOKENS} words of a name and {MAX_LETTERS} letters of a word were compared"
)
#: What separates two names in one cell.
_BETWEEN = (";", "|", " / ", "\n")


class QueryNames(msgspec.Struct, frozen=True):
    """The names of a query.

    Attributes:
        names: all that are compared, those as given first.
        odd: those that cannot be compared as names are, only as they are written.
        notices: what a reader of the answer must know of them.
    """

    names: tuple[str, ...]
    odd: frozenset[str]
    notices: tuple[Notice, ...]


def query_names(party: Party) -> QueryNames:
    """Return every name a party is to be compared under."""
    every = party.values(*NAME_PROPERTIES)
    given = [name for name in every if not is_placeholder(name)] or [
        name for name in every if not any(char.isalnum() for char in name)
    ]
    compared = dict.fromkeys([*given, *_joined(party, given)])
    notices: list[Notice] = []
    for name in tuple(compared):
        seen = repair(name)
        compared.update(dict.fromkeys(seen.readings))
        if _is_cut(name):
            notices.append(Notice("cut-name", _CUT, "name"))
        if seen.lost:
            notices.append(Notice("damaged-name", f"{name!r}: {seen.lost}", "name"))
        elif seen.undone:
            what = ", ".join(seen.undone)
            notices.append(
                Notice("repaired-name", f"{name!r} was also read without {what}", "name")
            )
    for name in tuple(compared):
        compared.update(dict.fromkeys(_several(name)))
    odd = _odd(party, tuple(compared))
    if all(name in odd for name in compared):
        notices += [Notice("unusable-name", reason, "name") for reason in odd.values()]
    else:
        notices += [Notice("unusable-name", odd[name], "name") for name in given if name in odd]
    return QueryNames(tuple(compared), frozenset(odd), tuple(dict.fromkeys(notices)))


def _is_cut(name: str) -> bool:
    """Return whether a name has more words, or a longer word, than are compared."""
    words = name.split()
    return len(words) > MAX_TOKENS or any(len(word) > MAX_LETTERS for word in words)


def _odd(party: Party, compared: Sequence[str]) -> dict[str, str]:
    """Return the names that cannot be compared as names are, each with the reason."""
    person = party.schema == "Person"
    reasons = {name: names.usable(name, person=person) for name in compared}
    return {name: reason for name, reason in reasons.items() if reason is not None}


def _joined(party: Party, given: Sequence[str]) -> Iterator[str]:
    """Yield names joined from parts; a name with parts may be a title or the surname alone."""
    parts = [value for part in _GIVEN for value in party.properties.get(part, ())[:1]]
    parts = [part for part in parts if not is_placeholder(part)]
    last = [part for part in party.properties.get("lastName", ())[:1] if not is_placeholder(part)]
    if parts or last:
        yield " ".join([*parts, *last])
    if parts and not last:
        yield from (" ".join([*parts, name]) for name in given)
    if last and not parts:
        yield from (" ".join([name, *last]) for name in given)


def _several(name: str) -> Iterator[str]:
    """Yield the names in a cell that holds more than one."""
    for between in _BETWEEN:
        if between in name:
            yield from (part.strip() for part in name.split(between) if part.strip())
