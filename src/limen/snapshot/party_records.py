"""Read who is whom from a snapshot: the party of a record, its records, and why they are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import msgspec
import numpy as np

from limen.model.party import party_id_of
from limen.snapshot.mapped_arrays import Arrays
from limen.snapshot.strings import Strings


class Join(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Represents evidence between two records, each by its position.

    ``by`` is what the evidence is: judged, reference, number, attributes or possible. ``since`` is
    the ISO day from which it was known. ``reasons`` are what agrees, and both values as printed;
    the second is empty where it is the first.
    """

    one: int
    other: int
    by: str
    points: int
    since: str
    reasons: tuple[tuple[str, str, str], ...] = ()


class Refusal(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Represents a join that was not made, and the two records that contradict each other."""

    join: Join
    one: int
    other: int
    why: str


class Turn(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Represents a day on which a record came to another party: parties merged, or one split."""

    day: str
    record: int
    before: str
    after: str
    why: str


class PartyStory(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Represents why the records of a party are one, and which others may be."""

    joins: tuple[Join, ...] = ()
    possible: tuple[Join, ...] = ()
    refused: tuple[Refusal, ...] = ()
    turns: tuple[Turn, ...] = ()


_STORY = msgspec.msgpack.Decoder(PartyStory)


class Parties:
    """The parties of a snapshot; a record is its position in the table ``parties``."""

    def __init__(
        self, table: Arrays, lists: Sequence[str], list_of: Sequence[int], records: Strings
    ) -> None:
        self._table = table
        self._lists = lists
        self._list_of = list_of
        self._records = records

    @cached_property
    def ids(self) -> Strings:
        return self._table.strings("ids")

    def of(self, record: int, second: int) -> str:
        """Return the id of a record's party, as known at a second; the first known before it."""
        return self.ids[self._code(record, second)]

    def _code(self, record: int, second: int) -> int:
        rows, numbers = self._table.numbers["first"], self._table.numbers
        start, known = numbers["party"], numbers["known_from"]
        row = rows[record]
        for later in range(rows[record] + 1, rows[record + 1]):
            if known[later] > second:
                break
            row = later
        return start[row]

    @cached_property
    def _members(self) -> dict[str, tuple[int, ...]]:
        """Map each party of today to its records."""
        members: dict[int, list[int]] = defaultdict(list)
        last = self._table["first"][1:] - 1
        for record, code in enumerate(self._table["party"][last].tolist()):
            members[code].append(record)
        return {self.ids[code]: tuple(records) for code, records in members.items()}

    def records(self, party: str) -> tuple[int, ...]:
        """Return the records of a party of today; none where no party has the id."""
        return self._members.get(party, ())

    @cached_property
    def _ever(self) -> dict[int, tuple[int, ...]]:
        """Map the number of each party to the records that were its own on any day."""
        members: dict[int, dict[int, None]] = defaultdict(dict)
        records = np.repeat(np.arange(len(self._records)), np.diff(self._table["first"]))
        for record, code in zip(records.tolist(), self._table["party"].tolist(), strict=True):
            members[code][record] = None
        return {code: tuple(found) for code, found in members.items()}

    def ever(self, party: str) -> tuple[int, ...]:
        """Return the records that were a party's own on any day; none for an unknown id."""
        code = self._codes.get(party)
        return () if code is None else self._ever.get(code, ())

    def all(self) -> tuple[str, ...]:
        """Return the id of every party of today."""
        return tuple(self._members)

    def today(self, record: int) -> str:
        """Return the id of a record's party."""
        return self.ids[self._table.numbers["party"][self._table.numbers["first"][record + 1] - 1]]

    @cached_property
    def _positions(self) -> dict[str, int]:
        """Map records, and the ids that they give a party, to positions."""
        names = [self.record(position) for position in range(len(self._records))]
        by_id = {party_id_of(name): position for position, name in enumerate(names)}
        return by_id | {name: position for position, name in enumerate(names)}

    def find(self, any_id: str) -> str | None:
        """Return the party of today that an id leads to: a record, or a party of any day."""
        if any_id in self._members:
            return any_id
        record = self.record_of(any_id)
        return None if record is None else self.today(record)

    def record_of(self, any_id: str) -> int | None:
        """Return the record that an id names, or gave a party its id."""
        return self._positions.get(any_id)

    def records_of_lists(self) -> dict[str, list[str]]:
        """Return all records, by list."""
        by_list: dict[str, list[str]] = {name: [] for name in self._lists}
        for position, list_of in enumerate(self._list_of):
            by_list[self._lists[list_of]].append(self.record(position))
        return by_list

    def record(self, position: int) -> str:
        """Return a record as ``list:record``."""
        return f"{self._lists[self._list_of[position]]}:{self._records[position]}"

    def story(self, party: str) -> PartyStory:
        """Return why the records of a party are one."""
        code = self._codes.get(party)
        body = b"" if code is None else self._stories.raw(code)
        return _STORY.decode(body) if body else PartyStory()

    @cached_property
    def _stories(self) -> Strings:
        return self._table.strings("story")

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {party: code for code, party in enumerate(self.ids)}
