"""The names a query is compared under: as given, joined from their parts, and as they are seen.

A form puts a surname under ``name`` and the rest under ``firstName``; a file hides letters; an
export writes ``N/A``. Nothing that was given is taken away: each reading is compared, or looked up
as it is written where it stands for another one; what may be no name any more is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

import msgspec

from limen import names
from limen.model import Notice, Party
from limen.model.identifier_text import is_placeholder
from limen.model.schemata import NAME_PROPERTIES
from limen.names.reading.normalise import MAX_LETTERS, MAX_TOKENS
from limen.util.budget import UNLIMITED, Budget
from limen.util.disguise.repair import Repaired, repair
from limen.util.lazy_patterns import lazy

_GIVEN = ("firstName", "secondName", "middleName", "fatherName")
#: Scripts that write a whole name without a blank.
_UNSPACED = lazy("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_CUT = (
    f"only the first {MAX_TOKENS} words of a name and {MAX_LETTERS} letters of a word were compared"
)
#: A person may be asked for as what may be anything; no company is called so.
_ADDRESS = lazy(
    r"(?:mr|mrs|ms|miss|mister|dr|herr|frau|monsieur|madame|mme|mlle|senora?|sra?|г-н|г-жа"
    r"|господин|госпожа)[.]?[ ]+(?=\S+[ ]+\S)",
    re.IGNORECASE,
)
#: A label before a name: ``Name: Ivan``, ``CN=Ivan``.
_LABEL = lazy(r"\s{0,9}[^\W\d_]{2,20}(?: [^\W\d_]{2,20})?\s{0,9}[:=]\s{0,9}(?=[^\W\d_])")
#: What separates two names in one cell.
_BETWEEN = (";", "|", " / ", "\n")
#: One of these, or what a label ends with.
_SEVERAL = lazy(r"[;|\n:=]| / ")


class QueryNames(msgspec.Struct, frozen=True, gc=False):
    """The names of a query.

    Attributes:
        names: all that are compared, those as given first.
        odd: those that cannot be compared as names are: a legal form, single letters.
        written: those that are only looked up as they are written, and stand last: a title next
            to other names, a word of one, what is no text before its markup is removed.
        notices: what a reader of the answer must know of them.
    """

    names: tuple[str, ...]
    odd: frozenset[str]
    written: frozenset[str]
    notices: tuple[Notice, ...]


def query_names(party: Party, budget: Budget = UNLIMITED) -> QueryNames:
    """Return every name a party is to be compared under.

    Raises:
        LimitError: there are more than the budget allows.
        TimeLimitError: the time is over.
    """
    given = _given(party)
    joined = tuple(_joined(party, given))
    budget.admit("names", len(given) + len(joined), where="party.properties.name")
    alone = _alone(party, joined) | _looked_up(party)
    if (
        len(given) == 1
        and not (joined or alone)
        and _is_plain(given[0], person=party.schema == "Person")
    ):
        budget.check()
        return QueryNames(given, frozenset(), frozenset(), ())
    read = {name: repair(name) for name in budget.checked((*given, *joined, *alone))}
    written = _only_written(read, alone, person=party.schema == "Person")
    readings = dict.fromkeys([*read, *(each for seen in read.values() for each in seen.readings)])
    cells = {name: _several(name) for name in readings if name not in written}
    written |= {name for name, parts in cells.items() if _are_whole(parts)}
    readings.update(dict.fromkeys(part for parts in cells.values() for part in parts))
    readings.update(dict.fromkeys(filter(None, map(_behind_label, tuple(readings)))))
    if party.schema != "Person":  # of a person the matcher reads it
        readings.update(dict.fromkeys(filter(None, map(_behind_address, tuple(readings)))))
    budget.admit("names", len(readings), where="party.properties.name")
    odd = _odd(party, tuple(readings))
    compared = [name for name in readings if name not in written]
    notices = [
        *(notice for name, seen in read.items() for notice in _repaired(name, seen)),
        *(Notice("cut-name", _CUT, "name") for name in compared if _is_cut(name)),
        *(Notice("unusable-name", reason, "name") for reason in _unusable(odd, given, compared)),
    ]
    names_in_order = (*compared, *(name for name in readings if name in written))
    return QueryNames(names_in_order, frozenset(odd), written, tuple(dict.fromkeys(notices)))


def _only_written(read: Mapping[str, Repaired], alone: Set[str], *, person: bool) -> frozenset[str]:
    """Return the readings that are only looked up; what one name is as it came, is compared.

    Words are parted by their capitals in people's names; a company may be called ``SimCorp``.
    """
    written = {*alone}
    compared: set[str] = set()
    for name, seen in read.items():
        doubtful = seen.coded if person else seen.coded | seen.guessed
        written |= doubtful
        if name not in alone:
            compared |= set(seen.readings) - doubtful
    return frozenset(written - (compared - alone))


def _is_plain(name: str, *, person: bool) -> bool:
    """Return whether a name has one reading, is one name, and is compared whole: most are."""
    seen = repair(name)
    return (
        seen.readings == (name,)
        and not (seen.undone or seen.lost or seen.coded)
        and not _SEVERAL.search(name)
        and not _is_cut(name)
        and (person or not _behind_address(name))
        and names.usable(name, person=person) is None
    )


def _behind_label(name: str) -> str:
    """Return the name behind a label; empty where there is none."""
    found = _LABEL.match(name)
    return name[found.end() :] if found else ""


def _behind_address(name: str) -> str:
    """Return the name behind a form of address; empty where there is none."""
    found = _ADDRESS.match(name)
    return name[found.end() :] if found else ""


def _given(party: Party) -> tuple[str, ...]:
    """Return the names as they were given, without those that say that there is none."""
    every = party.values(*NAME_PROPERTIES)
    named = [name for name in every if not is_placeholder(name)]
    return tuple(named or [name for name in every if not any(map(str.isalnum, name))])


def _repaired(name: str, seen: Repaired) -> Iterator[Notice]:
    """Yield what was lost or undone in one name."""
    if seen.lost:
        yield Notice("damaged-name", f"{name!r}: {seen.lost}", "name")
    elif seen.undone:
        what = ", ".join(seen.undone)
        yield Notice("repaired-name", f"{name!r} was also read without {what}", "name")


def _are_whole(parts: Sequence[str]) -> bool:
    """Return whether the names of a cell are complete; all of it is then no further name."""
    return bool(parts) and all(" " in part for part in parts)


def _unusable(
    odd: Mapping[str, str], given: Sequence[str], compared: Sequence[str]
) -> Iterator[str]:
    """Yield why names cannot be compared: those given, or all where none can be."""
    alone = all(name in odd for name in compared)
    yield from (odd[name] for name in compared if name in odd and (alone or name in given))


def _is_cut(name: str) -> bool:
    """Return whether a name has more words, or a longer word, than are compared."""
    if len(name) <= MAX_LETTERS:
        return False  # a word and a blank have two letters, so it has few words as well
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
    if (parts and last) or ((parts or last) and not given):
        yield " ".join([*parts, *last])
    if parts and not last:
        yield from (" ".join([*parts, name]) for name in given)
    if last and not parts:
        yield from (" ".join([name, *last]) for name in given)


def _alone(party: Party, joined: Sequence[str]) -> frozenset[str]:
    """Return what is a part of a joined name: a title, one word of it, a surname next to a name.

    Alone they are the names of many. They are looked up as they are written, because some listed
    parties have no other name.
    """
    if not joined:
        return frozenset()
    words = {word.casefold() for name in joined for word in name.split()}
    parts = [name for name in party.properties.get("name", ()) if _is_part(name, words)]
    if not any(name in party.properties for name in _GIVEN):
        parts += party.properties.get("lastName", ())[:1]
    return frozenset(part for part in parts if part not in joined and not is_placeholder(part))


def _looked_up(party: Party) -> frozenset[str]:
    """Return the words of a name that stand under ``indexText`` as well: they are looked up too.

    They only add to what is found; tables put there what they cut out of a name.
    """
    texts = party.properties.get("indexText", ())
    if not texts:
        return frozenset()
    given = party.values(*NAME_PROPERTIES)
    words = {word.casefold() for name in given for word in name.split()}
    return frozenset(text for text in texts if text.casefold() in words and text not in given)


def _is_part(name: str, words: Set[str]) -> bool:
    """Return whether a name is a title or one of the words; some scripts write names in one."""
    if names.usable(name, person=True) == names.ONLY_A_TITLE:
        return True
    return name.casefold() in words and not _UNSPACED.search(name)


def _several(name: str) -> tuple[str, ...]:
    """Return the names in a cell that holds more than one; lines of one word each are one name."""
    found: list[str] = []
    for between in _BETWEEN:
        if between in name:
            parts = [part.strip() for part in name.split(between)]
            if between != "\n" or any(" " in part for part in parts):
                found += [part for part in parts if part]
    return tuple(found)
