"""Open a snapshot: map its arrays and read rows by position.

Nothing is loaded until it is first read, and nothing is read before its file was compared with
the manifest: a damaged file gives an error, never another answer. Rows are filtered by date
here; what they mean is decided in ``limen.screening``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.model import DamagedSnapshotError, Instant, SnapshotError
from limen.snapshot.format import (
    FORMAT,
    MANIFEST,
    Manifest,
    StateBody,
    Terms,
    file_info,
    identifier_hash,
    manifest_id,
)
from limen.snapshot.mapped_arrays import REBUILD, Arrays, damaged
from limen.snapshot.party_records import Parties
from limen.snapshot.publisher_days import Offsets, offsets, second_there, seconds_there
from limen.snapshot.strings import Strings

_STATE = msgspec.json.Decoder(StateBody)
_TERMS = msgspec.json.Decoder(Terms)


class _Format(msgspec.Struct):
    """The one field that the manifests of all formats have."""

    format: int


class Snapshot:
    """An immutable compilation of lists, opened by mapping its files.

    A party is its position in the table ``parties``; instants are seconds since 1970.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        self.arrays = Arrays(folder, self.manifest.files)
        self.parties = self.arrays.table("parties")
        self.states = self.arrays.table("states")
        self.listings = self.arrays.table("listings")
        self.names = self.arrays.table("names")
        self.identifiers = self.arrays.table("identifiers")

    def __len__(self) -> int:
        return int(self.manifest.counts["parties"])

    @cached_property
    def identity(self) -> Parties:
        """Return which records are of one party."""
        lists = [info.id for info in self.manifest.lists]
        table = self.arrays.table("identity")
        return Parties(table, lists, self.parties.numbers["list"], self.record_ids)

    def party_of(self, record: int, known_at: Instant) -> str:
        """Return the id of the party that a record is of, as known at an instant."""
        return self.identity.of(record, self._second(record, (known_at,)))

    @cached_property
    def record_ids(self) -> Strings:
        return self.parties.strings("record")

    @cached_property
    def name_texts(self) -> Strings:
        return self.names.strings("text")

    @cached_property
    def _state_bodies(self) -> Strings:
        return self.states.strings("body")

    @cached_property
    def _terms(self) -> Strings:
        return self.arrays.strings("terms")

    def state_at(self, party: int, *known: Instant) -> StateBody | None:
        """Return what was known of a party by each instant; ``None`` before anything was."""
        row = self.state_row(party, *known)
        return None if row is None else self.state(row)

    def state(self, row: int) -> StateBody:
        """Return one state of a party, by its row."""
        return _STATE.decode(self._state_bodies.raw(row))

    def state_row(self, party: int, *known: Instant) -> int | None:
        """Return the row of what was known of a party by each instant; ``None`` before anything."""
        rows, table = self.parties.numbers["states"], self.states.numbers
        start, end = table["known_from"], table["known_to"]
        second = self._second(party, known)
        for row in range(rows[party], rows[party + 1]):
            if start[row] <= second < end[row]:
                return row
        return None

    def listing_rows(self, party: int, as_of: Instant, known_at: Instant) -> list[int]:
        """Return the listings of a party that applied at one instant, as known at another."""
        rows, table = self.parties.numbers["listings"], self.listings.numbers
        start, end = table["applied_from"], table["applied_to"]
        known_from, known_to = table["known_from"], table["known_to"]
        applied, known = self._second(party, (as_of,)), self._second(party, (known_at,))
        return [
            row
            for row in range(rows[party], rows[party + 1])
            if start[row] <= applied < end[row] and known_from[row] <= known < known_to[row]
        ]

    def known_listing_rows(self, party: int, known_at: Instant) -> list[int]:
        """Return the listings of a party at any time, as known at an instant."""
        rows, table = self.parties.numbers["listings"], self.listings.numbers
        start, end, second = (
            table["known_from"],
            table["known_to"],
            self._second(party, (known_at,)),
        )
        return [
            row for row in range(rows[party], rows[party + 1]) if start[row] <= second < end[row]
        ]

    def listed_at(self, as_of: Instant, known_at: Instant) -> NDArray[np.bool_]:
        """Return which listings applied at one instant, as known at another, all at once."""
        party = self.listings["party"]
        applied = _holding(self.listings, "applied", self._seconds(party, (as_of,)))
        return applied & _holding(self.listings, "known", self._seconds(party, (known_at,)))

    def names_known(self, *known: Instant) -> NDArray[np.bool_]:
        """Return which rows of the name table were known by each instant, all at once."""
        return _holding(self.names, "known", self._seconds(self.names["party"], known))

    def name_rows(self, party: int, *known: Instant) -> list[int]:
        """Return the rows of the name table that were known of a party by each instant."""
        rows, table = self.parties.numbers["names"], self.names.numbers
        start, end = table["known_from"], table["known_to"]
        second = self._second(party, known)
        return [
            row for row in range(rows[party], rows[party + 1]) if start[row] <= second < end[row]
        ]

    def second_of_list(self, position: int, *instants: Instant) -> int:
        """Return the second at which the days of a list are read, for a query at instants."""
        offset = int(self._offsets.lists[position]) if _have_hours(instants) else 0
        return second_there(instants, offset)

    def _second(self, party: int, instants: tuple[Instant, ...]) -> int:
        if not _have_hours(instants):
            return _second_of_days(instants)
        return second_there(instants, int(self._offsets.parties[party]))

    def _seconds(
        self, parties: NDArray[np.int32], instants: tuple[Instant, ...]
    ) -> NDArray[np.int64]:
        if not _have_hours(instants):
            return seconds_there(instants, np.zeros(1, dtype=np.int64))
        return seconds_there(instants, self._offsets.parties[parties])

    @cached_property
    def _offsets(self) -> Offsets:
        return offsets(self)

    def terms(self, listing: int) -> Terms:
        """Return the programmes, measures and acts of a listing."""
        return self.terms_at(self.listings.numbers["terms"][listing])

    def terms_at(self, position: int) -> Terms:
        """Return programmes, measures and acts by their position; many listings share them."""
        return _TERMS.decode(self._terms.raw(position))

    def parties_with(self, space: str, key: str) -> list[int]:
        """Return parties that may carry an identifier; the caller confirms on the text."""
        table = self.identifiers
        code = identifier_hash(space, key)
        hashes = table["hash"]
        start = int(np.searchsorted(hashes, code, side="left"))
        end = int(np.searchsorted(hashes, code, side="right"))
        return sorted({int(party) for party in table["party"][start:end]})

    def parties_with_each(self, space: str, keys: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Yield (key, party) for each of several keys, in one look-up; see :meth:`parties_with`."""
        hashes = self.identifiers["hash"]
        codes = np.array([identifier_hash(space, key) for key in keys], dtype=hashes.dtype)
        starts = np.searchsorted(hashes, codes, side="left")
        filed = np.flatnonzero(hashes.take(starts, mode="clip") == codes) if len(hashes) else ()
        for at in map(int, filed):  # few, so that the ends are not looked up for every key
            start, end = starts[at], np.searchsorted(hashes, codes[at], side="right")
            found = self.identifiers["party"][start:end].tolist()
            yield from ((keys[at], party) for party in sorted(set(found)))


@lru_cache(maxsize=256)  # the instants of questions, which most candidates are asked about
def _second_of_days(days: tuple[Instant, ...]) -> int:
    return second_there(days, 0)


def _have_hours(instants: Iterable[Instant]) -> bool:
    """Return whether an instant has an hour, so that the clocks of authorities are needed."""
    return False in [at.whole_day for at in instants]  # for every candidate: no slow generator


def _holding(
    table: Mapping[str, NDArray[Any]], clock: str, seconds: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which rows of a table hold at a second, each at its own or all at one."""
    holds = (table[f"{clock}_from"] <= seconds) & (seconds < table[f"{clock}_to"])
    return np.asarray(holds)


def read_manifest(folder: Path) -> Manifest:
    """Read a snapshot's manifest.

    Raises:
        SnapshotError: there is none, it is damaged, or of a format this engine does not read.
    """
    where = f"snapshot {folder.name}"
    try:
        raw = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise SnapshotError("there is no manifest", where=where, hint=REBUILD) from error
    try:
        format_ = msgspec.json.decode(raw, type=_Format).format
        manifest = msgspec.json.decode(raw, type=Manifest) if format_ == FORMAT else None
    except msgspec.MsgspecError as error:
        raise DamagedSnapshotError(
            f"the manifest is damaged: {error}", where=where, hint=REBUILD
        ) from error
    if manifest is None:
        raise SnapshotError(
            f"it has format {format_}; this engine reads {FORMAT}", where=where, hint=REBUILD
        )
    if manifest_id(manifest) != manifest.id:
        raise damaged(folder, MANIFEST)
    return manifest


def verify(folder: Path) -> Manifest:
    """Check every file of a snapshot against its manifest, and the manifest against its id.

    Raises:
        SnapshotError: anything differs from what was built.
    """
    manifest = read_manifest(folder)
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise DamagedSnapshotError(
                f"{name} is missing", where=f"snapshot {folder.name}", hint=REBUILD
            )
        if file_info(path) != expected:
            raise damaged(folder, name)
    return manifest
