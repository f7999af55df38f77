"""Open a version of a customer base: map its columns, read customers, find them by hashes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.model import DataError
from limen.names import NameIndex, ReverseSearch, matcher_named
from limen.names.reading.tables import fingerprint
from limen.rescreening.bases.base_format import FORMAT, MANIFEST, BaseManifest, base_id
from limen.snapshot.format import file_info, identifier_hash
from limen.snapshot.mapped_arrays import Arrays
from limen.snapshot.strings import Strings

Customers = NDArray[np.int64]
_REBUILD = "compile it again from your file with `limen base update`"


class Base:
    """One version of a customer base, opened by mapping its files. A customer is its position."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_base_manifest(folder)
        self._arrays = Arrays(folder, self.manifest.files)
        self._customers = self._arrays.table("customers")

    def __len__(self) -> int:
        return self.manifest.counts["customers"]

    @cached_property
    def keys(self) -> Strings:
        """Return the id of each customer."""
        return self._customers.strings("key")

    @cached_property
    def _parties(self) -> Strings:
        return self._customers.strings("party")

    def party(self, customer: int) -> Mapping[str, Any]:
        """Return a customer as a FollowTheMoney object."""
        party: Mapping[str, Any] = msgspec.json.decode(self._parties.raw(customer))
        return party

    @property
    def digests(self) -> NDArray[np.uint64]:
        """Return the digest of each customer's content."""
        return self._customers["digest"]

    @property
    def gives(self) -> NDArray[np.uint8]:
        """Return the bits of what each customer gives; see ``base_format``."""
        return self._customers["gives"]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Return the position of each customer by its id."""
        return {key: position for position, key in enumerate(self.keys)}

    @cached_property
    def search(self) -> ReverseSearch:
        """Return the search for customers by listed names.

        Raises:
            DataError: its names were read with other tables than the installed ones.
        """
        if self.manifest.names != fingerprint().hex():
            raise DataError(
                "its names were read with other tables of names",
                where=f"base {self.manifest.base}",
                why="classes of equal names have other numbers there, and would be confused",
                hint=_REBUILD,
            )
        index = NameIndex(self._arrays.table("names"))
        words = self._arrays.table("words")
        return ReverseSearch(index, words, matcher_named(self.manifest.matcher))

    def filed_under(self, table: str, keys: Iterable[tuple[str, str]]) -> Customers:
        """Return the customers under any of some keys; the caller confirms on the text."""
        columns = self._arrays.table(table)
        codes = np.array(sorted({identifier_hash(*key) for key in keys}), dtype="i8")
        hashes = columns["hash"]
        starts = np.searchsorted(hashes, codes, side="left")
        ends = np.searchsorted(hashes, codes, side="right")
        runs = [columns["customer"][start:end] for start, end in zip(starts, ends, strict=True)]
        return np.unique(np.concatenate(runs)).astype("i8") if runs else np.empty(0, dtype="i8")


def verify_base(base: Base) -> None:
    """Check every file of a version against its manifest.

    Raises:
        DataError: a file is missing, or not what was written.
    """
    for name, expected in base.manifest.files.items():
        path = base.folder / name
        if not path.is_file() or file_info(path) != expected:
            raise DataError(
                f"{name} is not what was written",
                where=f"base version {base.folder.name}",
                hint=_REBUILD,
            )


def read_base_manifest(folder: Path) -> BaseManifest:
    """Read the manifest of a version.

    Raises:
        DataError: there is none, it is damaged, or of a format this engine does not read.
    """
    where = f"base version {folder.name}"
    try:
        raw = (folder / MANIFEST).read_bytes()
        manifest = msgspec.json.decode(raw, type=BaseManifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise DataError(
            f"the manifest cannot be read: {error}", where=where, hint=_REBUILD
        ) from error
    if manifest.format != FORMAT:
        raise DataError(
            f"it has format {manifest.format}; this engine reads {FORMAT}",
            where=where,
            hint=_REBUILD,
        )
    if base_id(manifest) != manifest.id:
        raise DataError("the manifest is not what was written", where=where, hint=_REBUILD)
    return manifest
