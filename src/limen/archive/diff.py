"""Compare two versions of a list, record by record and field by field.

Parts are joined before comparing, so that a part carried forward changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from limen.archive.versions import Version
from limen.model import Entry

_LEGAL = ("programmes", "measures", "acts")
_SINGLE = ("schema", "listed_on", "delisted_on")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """The values of one field before and after, ``()`` where it is absent.

    ``field`` is a FollowTheMoney property, a field of :class:`limen.model.Entry`
    (``"programmes"``, ``"listed_on"``), or ``"extra."`` and the publisher's own name.
    """

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def added(self) -> tuple[str, ...]:
        """Return the values that only the version after has."""
        return tuple(value for value in self.after if value not in self.before)

    @property
    def removed(self) -> tuple[str, ...]:
        """Return the values that only the version before has."""
        return tuple(value for value in self.before if value not in self.after)


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that both versions have, and the fields that differ."""

    before: Entry
    after: Entry
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """Two versions of one list compared, records in order of their ids."""

    before: Version
    after: Version
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[RecordChange, ...]


def field_changes(before: Entry, after: Entry) -> tuple[FieldChange, ...]:
    """Return the fields with different values; order is ignored, as it often changes."""
    old, new = dict(_fields(before)), dict(_fields(after))
    return tuple(
        FieldChange(name, old.get(name, ()), new.get(name, ()))
        for name in sorted({*old, *new})
        if sorted(old.get(name, ())) != sorted(new.get(name, ()))
    )


def _fields(entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from entry.properties.items()
    for name in _LEGAL:
        yield name, getattr(entry, name)
    for name in _SINGLE:
        value = getattr(entry, name)
        yield name, (value,) if value else ()
    for name, values in entry.extra.items():
        yield f"extra.{name}", values
