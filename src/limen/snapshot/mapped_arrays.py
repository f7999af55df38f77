"""Map the columns of a snapshot, each compared with the manifest before it is first read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from mmap import mmap
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from xxhash import xxh3_128_hexdigest

from limen.model import DamagedSnapshotError
from limen.snapshot.format import FileInfo, column_of, map_copy
from limen.snapshot.strings import Strings

_ARRAY = ".npy"
REBUILD = "build it again with `limen snapshot build`"


class Arrays(Mapping[str, NDArray[Any]]):
    """The columns of one table, or of all tables, checked and mapped when first read."""

    def __init__(self, folder: Path, files: Mapping[str, FileInfo], prefix: str = "") -> None:
        self._folder = folder
        self._files = files
        self._prefix = prefix
        self._names = tuple(
            name.removeprefix(prefix).removesuffix(_ARRAY)
            for name in files
            if name.startswith(prefix) and name.endswith(_ARRAY)
        )
        self._open: dict[str, NDArray[Any]] = {}
        self.numbers = _Numbers(self)

    def __getitem__(self, name: str) -> NDArray[Any]:
        column = self._open.get(name)
        if column is None:
            if name not in self._names:
                raise KeyError(name)
            column = self._open[name] = self._map(f"{self._prefix}{name}{_ARRAY}")
        return column

    def _map(self, file: str) -> NDArray[Any]:
        path = self._folder / file
        try:
            content = map_copy(path) if path.stat().st_size else b""
            if not is_whole(content, self._files[file]):
                raise damaged(self._folder, file)
            return column_of(content)
        except (OSError, ValueError) as error:
            raise DamagedSnapshotError(
                f"{file} cannot be read: {error}",
                where=f"snapshot {self._folder.name}",
                hint=REBUILD,
            ) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def table(self, name: str) -> Arrays:
        """Return the columns below ``name.``."""
        return Arrays(self._folder, self._files, f"{self._prefix}{name}.")

    def strings(self, name: str) -> Strings:
        """Return a packed column of texts."""
        return Strings(self[f"{name}.offsets"], self[f"{name}.bytes"])


class _Numbers(dict[str, memoryview]):
    """The columns of a table to be read one by one, as plain numbers: many times as fast."""

    def __init__(self, columns: Arrays) -> None:
        self._columns = columns

    def __missing__(self, name: str) -> memoryview:
        view = self[name] = memoryview(self._columns[name])  # type: ignore[arg-type]
        return view


def is_whole(content: mmap | bytes, expected: FileInfo) -> bool:
    """Return whether a file has the size and the checksum that it was built with."""
    return len(content) == expected.bytes and xxh3_128_hexdigest(content) == expected.xxh3


def damaged(folder: Path, file: str) -> DamagedSnapshotError:
    """Return the error that a file is not what was built."""
    return DamagedSnapshotError(
        f"{file} is not what was built", where=f"snapshot {folder.name}", hint=REBUILD
    )
