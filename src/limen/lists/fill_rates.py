"""Check that a version fills its fields as the version before it does.

Columns that changed places and labels that were renamed leave the records and their names as
they are, and take programmes, passports or wallets away; the shares of records that have each
field show it. Fields that exchange values of equal shares are found by
their contents: ``continuity``. A field that the publisher no longer prints at all is reported under
its own name: it may be one of many that make a property.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from limen.lists.audit import Audit
from limen.lists.registry import ListInfo
from limen.model import Entry, ListCheckError

#: A field of fewer records changes by half when a few parties do.
FEWEST = 50
#: Labels of fewer records are typing errors and kinds of one party: in 41 pairs of real versions
#: nine of them vanish, of up to five records.
FEWEST_PRINTED = 10
_LISTING = ("programmes", "measures", "acts", "listed_on")


def count_filled(entries: Iterable[Entry]) -> Counter[str]:
    """Count the entries that have each property or field of the listing, as ``part.field``.

    The entries of a part are counted under its name alone.
    """
    filled: dict[str, Counter[str]] = {}
    for entry in entries:
        fields = filled.setdefault(entry.part, Counter())
        fields[""] += 1
        for name, values in entry.properties.items():
            if values:
                fields[name] += 1
        for name in _LISTING:
            if getattr(entry, name):
                fields[name] += 1
    return Counter(
        {
            f"{part}.{name}" if name else part: count
            for part, fields in filled.items()
            for name, count in fields.items()
        }
    )


def check_fill_rates(
    info: ListInfo, filled: Mapping[str, int], previous: Mapping[str, int], *, published: date
) -> None:
    """Check that no field that 50 entries had has lost too many of them.

    Both the share and the number must fall: a list that grows by parties without the field, or
    shrinks evenly, is as it was.

    Raises:
        ListCheckError: fields have lost more than the list's ``max_fill_drop`` of their entries.
    """
    left = 1 - info.max_fill_drop
    falls = [
        f"{field} {filled.get(field, 0):,} of {filled[part]:,} (before: {count:,} of {whole:,})"
        for field, count in previous.items()
        if (part := field.partition(".")[0]) != field and count >= FEWEST
        if (whole := previous[part]) and filled.get(part)
        if filled.get(field, 0) < count * left * min(1, filled[part] / whole)
    ]
    if falls:
        raise ListCheckError(
            f"fields that records had before are gone: {'; '.join(falls)}",
            where=f"{info.id} of {published}",
            why="columns that changed places or a label that was renamed read as values that "
            "nobody has, and those values would be clear",
            hint="compare the file with the version before; if the publisher really removed "
            f"them, raise max_fill_drop in {info.id}.yml",
        )


def report_vanished(audit: Audit, before: Mapping[str, int]) -> None:
    """Report each field that the version before printed in ten records, and this one in none.

    ``before`` counts what its reader took; both versions must have the same parts.
    """
    for name, count in before.items():
        if count >= FEWEST_PRINTED and not audit.taken[name]:
            what = f"{name}: no longer printed; the version before had it {count:,} times"
            audit.report_oddity(what, "the whole list")
