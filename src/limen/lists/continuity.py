"""Check that the records of a version say what they said in the version before.

From one version to the next most records stay as they are. Where columns changed places, numbers
were cut, a date is printed in another way or a label means something else, one field changes in
most records at once, however many of them are filled: the values of the version before are gone.
A field of few records cannot refuse a version, as one correction may change it; what it lost is
reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from limen.lists.audit import Audit
from limen.lists.fill_rates import FEWEST
from limen.lists.registry import ListInfo
from limen.model import Entry, ListCheckError

#: Fields that a publisher may write anew for everybody (Canada's schedules had other names in
#: 2020): nobody is found by them.
_RESTLESS = frozenset(
    {"notes", "modifiedAt", "retrievedAt", "sourceUrl", "measures", "delisted_on"}
)
_ANY = ("any",)
_LISTING = ("schema", "programmes", "measures", "acts", "listed_on", "delisted_on")
#: Days are counted by themselves: where their form changes, years are read as before.
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TO_THE_DAY = " to the day"
#: The largest part of a field that a publisher's corrections change: of 39 pairs of real versions
#: in the benchmarks none lost more than 28 % of a field, and no field was lost whole.
_CORRECTED = 1 / 3
#: UTF-8 that was read as Latin-1 or Windows-1252.
_MISREAD = re.compile(r"[\u00c2-\u00f4](?:[\u0080-\u00bf]|[\u2018-\u201d\u20ac\u2122\u0160])")
#: What a decoder writes for a character that it cannot read.
_LOST = "\ufffd"

#: The part and the kind of party of a record.
Group = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Continuity:
    """What the next version made of a version's records and values.

    ``records`` and ``gone`` count records by part and kind; those that are newly marked as removed
    count as gone. ``lost`` counts values by field in records that stayed, ``values`` all that these
    had of the fields that lost any; ``first`` is the first record that lost one of the field.
    """

    records: Counter[Group] = field(default_factory=Counter)
    gone: Counter[Group] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)


def compare(
    unchanged: Iterable[Entry], changed: Iterable[tuple[Entry, Entry | None]], *, published: date
) -> Continuity:
    """Compare the records of a version with those of the next, published on that day.

    ``changed`` gives each record that is different with what became of it; ``None`` where the
    next version has none under its id.
    """
    result, stayed = Continuity(), list(unchanged)
    for old, new in changed:
        if new is None or (_is_removed(new, published) and not _is_removed(old, published)):
            result.gone[old.part, old.schema] += 1
        else:
            stayed.append(old)
            _count_lost(old, new, result)
    result.records.update(result.gone)
    for entry in stayed:
        result.records[entry.part, entry.schema] += 1
        for name in result.lost:
            result.values[name] += len(_values(entry, name))
    return result


def check_continuity(info: ListInfo, continuity: Continuity, *, published: date) -> None:
    """Check that records keep their ids, and their values in each field.

    Raises:
        ListCheckError: more records than the list's ``max_shrink`` have lost their ids or are
            newly marked as removed, or a field has lost more than ``max_fill_drop`` of its values
            in records that stayed.
    """
    records, gone = _by_part(continuity.records), _by_part(continuity.gone)
    falls = [
        f"{gone[part]:,} of {count:,} records of part {part} have no successor under their id, "
        "or one that is marked as removed"
        for part, count in records.items()
        if count >= FEWEST and gone[part] > count * info.max_shrink
    ]
    falls += [
        f"{name}: {continuity.lost[name]:,} of {count:,} values are others now"
        for name, count in continuity.values.items()
        if count >= FEWEST and continuity.lost[name] > count * info.max_fill_drop
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


def report_losses(continuity: Continuity, audit: Audit) -> None:
    """Report each field that lost more values than corrections change, however few it has.

    So are all records of a part and kind, where none of them is left.
    """
    for name, lost in continuity.lost.items():
        count = continuity.values[name]
        if lost == count or (lost > 1 and lost > count * _CORRECTED):
            where = f"record {continuity.first[name]}"
            audit.report_oddity(f"{name}: {lost:,} of {count:,} values are others now", where)
    for (part, kind), gone in continuity.gone.items():
        if gone == continuity.records[part, kind]:
            what = f"{kind or 'party'}: no record of part {part} is left of {gone:,}"
            audit.report_oddity(what, "the whole list")


def report_misread(entries: Iterable[Entry], audit: Audit) -> None:
    """Report names and addresses that were read in a wrong encoding, or have lost characters."""
    for entry in entries:
        if all(map(str.isascii, chain.from_iterable(entry.properties.values()))):
            continue
        for name, values in entry.properties.items():
            if name in _RESTLESS or all(map(str.isascii, values)):
                continue
            where = f"record {entry.record_id}"
            if any(map(_MISREAD.search, values)):
                what = f"{name} looks like text that was read in a wrong encoding"
                audit.report_oddity(what, where)
            if any(_LOST in value for value in values):
                what = f"{name} has lost characters (U+FFFD) before it came here"
                audit.report_oddity(what, where)


def _is_removed(entry: Entry, published: date) -> bool:
    return bool(entry.delisted_on and entry.delisted_on <= published.isoformat())


def _count_lost(old: Entry, new: Entry, into: Continuity) -> None:
    for name in _names(old):
        if lost := len(set(_values(old, name)).difference(_values(new, name))):
            into.lost[name] += lost
            into.first.setdefault(name, old.record_id)


def _by_part(counts: Counter[Group]) -> Counter[str]:
    parts: Counter[str] = Counter()
    for (part, _), count in counts.items():
        parts[part] += count
    return parts


def _names(entry: Entry) -> Iterator[str]:
    """Yield the names of what an entry says: its properties, their days, and its listing."""
    yield from _LISTING
    for name, values in entry.properties.items():
        yield name
        if name not in _RESTLESS and any(map(_DAY.fullmatch, values)):
            yield f"{name}{_TO_THE_DAY}"


def _values(entry: Entry, name: str) -> tuple[str, ...]:
    """Return the values under a name; of a field that may be written anew, that it has any."""
    if name.endswith(_TO_THE_DAY):
        return tuple(filter(_DAY.fullmatch, entry.properties.get(name[: -len(_TO_THE_DAY)], ())))
    printed: str | tuple[str, ...] | None
    printed = getattr(entry, name) if name in _LISTING else entry.properties.get(name)
    values = (printed,) if isinstance(printed, str) else printed or ()
    return _ANY if values and name in _RESTLESS else values
