"""Account for every field a publisher prints: each is taken by the reader, or reported.

A reader takes fields out of a :class:`Record`; those that are left with content when the
record is done go into the :class:`Audit`, with the first place they were seen. A new column is
therefore reported on the day it appears, not lost silently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from limen.model import ListFormatError

#: More broken records than this are a changed format, not slips of the publisher's hand.
MOST_SET_ASIDE = 10


@dataclass(slots=True)
class Audit:
    """The fields of a list version that its reader did not take, and its oddities.

    ``unread`` and ``oddities`` count by name; ``first_seen`` maps a name to its first place.
    ``set_aside`` counts the records that were left out because they cannot be read; ``taken``
    counts by the publisher's own name each field with content that a reader took.
    """

    unread: Counter[str] = field(default_factory=Counter)
    oddities: Counter[str] = field(default_factory=Counter)
    first_seen: dict[str, str] = field(default_factory=dict)
    set_aside: int = 0
    taken: Counter[str] = field(default_factory=Counter)

    def report_unread(self, name: str, where: str) -> None:
        """Count a field that the reader did not take."""
        self.unread[name] += 1
        self.first_seen.setdefault(name, where)

    def report_oddity(self, what: str, where: str) -> None:
        """Count a value that is retained but not understood (``"DOB not a date"``)."""
        self.oddities[what] += 1
        self.first_seen.setdefault(what, where)

    def report_set_aside(self, error: ListFormatError) -> None:
        """Count a record that is left out because it cannot be read; it is an oddity too."""
        self.set_aside += 1
        self.report_oddity(f"RECORD SET ASIDE, not loaded: {error.what}", error.where)

    def merge(self, other: Audit, where: str) -> None:
        """Add what another audit counted of a part of the record at this place."""
        self.taken.update(other.taken)
        self.unread.update(other.unread)
        self.oddities.update(other.oddities)
        self.set_aside += other.set_aside
        for name in other.first_seen:
            self.first_seen.setdefault(name, where)

    def check_set_aside(self, records: int) -> None:
        """Check that the records set aside are few beside those that were read.

        Raises:
            ListFormatError: more than ten or one in a hundred; a single one is always allowed.
        """
        if self.set_aside > max(1, min(MOST_SET_ASIDE, records // 100)):
            what = next(name for name in self.oddities if name.startswith("RECORD SET ASIDE"))
            raise ListFormatError(
                f"{self.set_aside:,} records of {self.set_aside + records:,} "
                f"cannot be read: {what}",
                where=self.first_seen[what],
                why="everybody in a record that is set aside would be clear",
                hint="see how the publisher prints them; the format may have changed",
            )

    def to_dict(self) -> dict[str, list[dict[str, str | int]]]:
        """Return counts and first places, for the archive and the update report."""
        return {
            kind: [
                {"what": name, "count": count, "first": self.first_seen[name]}
                for name, count in counter.most_common()
            ]
            for kind, counter in (("unread", self.unread), ("oddities", self.oddities))
        }


#: A field as printed: one value, or several.
Printed = str | Sequence[str]


class Record:
    """The fields of one record, each to be taken once.

    ``values`` maps a field's name to its values as printed; blanks do not count as content. The
    record takes the mapping over, and removes the fields that are taken.
    """

    __slots__ = ("_audit", "_values", "where")

    def __init__(self, values: MutableMapping[str, Any], *, where: str, audit: Audit) -> None:
        self._values = values
        self._audit = audit
        self.where = where

    def many(self, name: str) -> tuple[str, ...]:
        """Take every value of a field, trimmed, blanks left out."""
        printed = self._values.pop(name, "")
        if not printed:
            return ()
        values = _trimmed((printed,) if isinstance(printed, str) else printed)
        if values:
            self._audit.taken[name] += 1
        return values

    def one(self, name: str) -> str:
        """Take a field that has at most one value; ``""`` when it is blank or absent.

        Raises:
            ListFormatError: more than one value.
        """
        printed = self._values.pop(name, "")
        if not printed:
            return ""
        values = (printed.strip(),) if isinstance(printed, str) else _trimmed(printed)
        if len(values) > 1:
            raise ListFormatError(
                f"{name} is given {len(values)} times where once is expected", where=self.where
            )
        if not values or not values[0]:
            return ""
        self._audit.taken[name] += 1
        return values[0]

    def texts(self, names: Iterable[str]) -> dict[str, str]:
        """Take the fields of a row of text, trimmed, by name; ``""`` where blank or absent."""
        take, taken = self._values.pop, self._audit.taken
        texts = {name: take(name, "").strip() for name in names}
        for name, text in texts.items():
            if text:
                taken[name] += 1
        return texts

    def printed(self, name: str) -> str:
        """Take a field of one value untrimmed, where a blank at its edge has meaning."""
        return "".join(self._values.pop(name, ()))

    def need(self, name: str) -> str:
        """Take a field that must be there.

        Raises:
            ListFormatError: it is blank or absent.
        """
        value = self.one(name)
        if not value:
            raise ListFormatError(
                f"{name} is empty",
                where=self.where,
                why="without it the record cannot be distinguished from others, or found",
            )
        return value

    def skip(self, *names: str) -> None:
        """Drop fields that describe nothing of the party."""
        for name in names:
            self._values.pop(name, None)

    def oddity(self, what: str) -> None:
        """Report a value that is retained but not understood."""
        self._audit.report_oddity(what, self.where)

    def remaining(self) -> tuple[str, ...]:
        """Return the names of the fields that have content and are not taken yet."""
        fields = self._values.items()
        return tuple([name for name, printed in fields if printed and _has_content(printed)])

    def rest(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Take everything not taken yet, by the publisher's own field name."""
        for name in self.remaining():
            yield name, self.many(name)

    def done(self) -> None:
        """Report every field that has content and was not taken."""
        for name, printed in self._values.items():
            if printed and _has_content(printed):
                self._audit.report_unread(name, self.where)
        self._values.clear()


def _trimmed(printed: Sequence[str]) -> tuple[str, ...]:
    return tuple([text for raw in printed if (text := raw.strip())])


def _has_content(printed: Printed) -> bool:
    """Return whether a field that is not empty has content."""
    if isinstance(printed, str):
        return not printed.isspace()
    return any(map(str.strip, printed))
