"""Check that the records of a version say what they said in the version before.

From one version to the next most records stay as they are. Where columns changed places, numbers
were cut, a date is printed in another way or a label means something else, one field changes in
most records at once, however many of them are filled: the values of the version before are gone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from limen.lists.audit import Audit
from limen.lists.fill_rates import FEWEST
from limen.lists.registry import ListInfo
from limen.model import Entry, ListCheckError

#: Fields that a publisher may write anew for everybody; nobody is found by them.
_RESTLESS = frozenset({"notes", "modifiedAt", "retrievedAt", "sourceUrl"})
#: Days are counted by themselves: where their form changes, years are read as before.
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TO_THE_DAY = " to the day"
#: Of measures only the wording changes: Canada's schedules had other names in 2020.
_LISTING = ("programmes", "acts")
#: UTF-8 that was read as Latin-1 or Windows-1252, or a character that was lost on the way.
_MISREAD = re.compile(
    r"[\u00c2-\u00f4](?:[\u0080-\u00bf]|[\u2018-\u201d\u20ac\u2122\u0160])|\ufffd"
)

Records = Mapping[tuple[str, str], Entry]


def by_key(entries: Iterable[Entry]) -> Records:
    """Return entries by part and record id."""
    return {(entry.part, entry.record_id): entry for entry in entries}


def check_continuity(
    info: ListInfo, entries: Records, before: Iterable[Entry], *, published: date
) -> None:
    """Check that records keep their ids, and their values in each field.

    Raises:
        ListCheckError: more records than the list's ``max_shrink`` have lost their ids, or a
            field has lost more than ``max_fill_drop`` of its values in records that stayed.
    """
    whole: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    had: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for old in before:
        whole[old.part] += 1
        new = entries.get((old.part, old.record_id))
        if new is None:
            gone[old.part] += 1
            continue
        for name, values in _fields(old):
            had[name] += len(values)
            lost[name] += len(set(values).difference(_values(new, name)))
    present = {part for part, _ in entries}
    falls = [
        f"{gone[part]:,} of {count:,} records of part {part} have no successor under their id"
        for part, count in whole.items()
        if part in present and count >= FEWEST and gone[part] > count * info.max_shrink
    ]
    falls += [
        f"{name}: {lost[name]:,} of {count:,} values are others now"
        for name, count in had.items()
        if count >= FEWEST and lost[name] > count * info.max_fill_drop
    ]
    if falls:
        raise ListCheckError(
            f"records say something else than before: {'; '.join(falls)}",
            where=f"{info.id} of {published}",
            why="columns that changed places, cut numbers or dates in another form read as values "
            "that nobody has, and whoever has the real ones would be clear",
            hint="compare the file with the version before; if the publisher really changed them "
            f"all, raise max_fill_drop (or max_shrink, for ids) in {info.id}.yml for this update",
        )


def report_misread(entries: Iterable[Entry], audit: Audit) -> None:
    """Report names and addresses that were read in a wrong encoding on their way."""
    for entry in entries:
        for name, values in _fields(entry):
            if not all(map(str.isascii, values)) and any(map(_MISREAD.search, values)):
                audit.report_oddity(
                    f"{name} looks like text that was read in a wrong encoding",
                    f"record {entry.record_id}",
                )


def _fields(entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, values in entry.properties.items():
        if name not in _RESTLESS:
            yield name, values
            if days := tuple(filter(_DAY.fullmatch, values)):
                yield f"{name}{_TO_THE_DAY}", days
    for name in _LISTING:
        if values := getattr(entry, name):
            yield name, values
    if entry.listed_on:
        yield "listed_on", (entry.listed_on,)


def _values(entry: Entry, name: str) -> tuple[str, ...]:
    if name == "listed_on":
        return (entry.listed_on,) if entry.listed_on else ()
    if name in _LISTING:
        values: tuple[str, ...] = getattr(entry, name)
        return values
    return entry.properties.get(name.removesuffix(_TO_THE_DAY), ())
