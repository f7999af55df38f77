"""Collect the values of one entry: each once, in the order printed, nothing lost.

Line breaks and runs of blanks inside a value are the file's layout and become one blank, so
that two versions that differ only in indentation read the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from limen.lists.parsing.dates import read_date
from limen.model import Entry, ListFormatError
from limen.model.schemata import properties

_STRONGEST_FIRST = ("name", "alias", "previousName", "weakAlias")


class Draft:
    """The values of one record collected so far.

    ``where`` is the place of the record, for errors.
    """

    __slots__ = ("_allowed", "_extra", "_properties", "record_id", "schema", "where")

    def __init__(self, record_id: str, schema: str, *, where: str) -> None:
        self.record_id = record_id
        self.schema = schema
        self.where = where
        self._allowed = properties(schema)
        self._properties: dict[str, dict[str, None]] = {}
        self._extra: dict[str, dict[str, None]] = {}

    def add(self, name: str, *values: str) -> None:
        """Add values of a property; those the schema does not allow become extra fields."""
        _put(self._properties if name in self._allowed else self._extra, name, values)

    def narrow(self, schema: str) -> None:
        """Read the record as a narrower kind of party, which allows more properties."""
        self.schema = schema
        self._allowed = properties(schema)

    def keep(self, field: str, *values: str) -> None:
        """Add values that have no property, under the publisher's own field name."""
        _put(self._extra, field, values)

    def day(self, field: str, printed: str, report: Callable[[str], None]) -> str | None:
        """Return a printed date as ISO; ``None`` when it is blank or not a date.

        A value that is not a date is retained under ``field`` and reported.
        """
        if not printed:
            return None
        try:
            return str(read_date(printed))
        except ValueError:
            self.keep(field, printed)
            report(f"{field} not a date")
            return None

    def entry(self, **rest: Any) -> Entry:
        """Return the finished entry; ``rest`` are further fields of :class:`Entry`.

        Raises:
            ListFormatError: it has no name.
        """
        named = [kind for kind in _STRONGEST_FIRST if self._properties.get(kind)]
        if not named:
            raise ListFormatError(
                f"record {self.record_id} has no name",
                where=self.where,
                why="a record without a name is never found",
                hint="fetch the file again; if the publisher prints it so, report it",
            )
        self._keep_strongest(named)
        return Entry(
            record_id=self.record_id,
            schema=self.schema,
            properties=_tuples(self._properties),
            extra=_tuples(self._extra),
            **rest,
        )

    def _keep_strongest(self, kinds: Sequence[str]) -> None:
        """Leave a name that is given under several kinds under the strongest alone."""
        names: set[str] = set()
        for kind in kinds if len(kinds) > 1 else ():
            values = self._properties[kind]
            for value in names & values.keys():
                del values[value]
            names |= values.keys()


def join(*parts: str, by: str = " ") -> str:
    """Join the parts that are not blank, each trimmed and single-spaced."""
    return by.join([part for raw in parts if raw and (part := " ".join(raw.split()))])


def _put(into: dict[str, dict[str, None]], name: str, values: tuple[str, ...]) -> None:
    for raw in values:
        if raw and (value := " ".join(raw.split())):
            held = into.get(name)
            if held is None:
                into[name] = {value: None}
            else:
                held[value] = None


def _tuples(gathered: dict[str, dict[str, None]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in gathered.items() if values}
