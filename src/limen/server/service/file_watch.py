"""Notice that a file of the snapshot in service was changed, and is not what was built any more.

The files are mapped: a change in place, by a careless copy or a repair of the disk, would show in
answers, though each was checked when it was opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from limen.snapshot.format import FileInfo, file_info

#: Size, time of the last change and inode of a file; ``None`` where there is none.
_Stamp = tuple[int, int, int] | None


class FileWatch:
    """Represents the files of one snapshot as they were when they were last found whole.

    Args:
        folder: of the snapshot, of which no file was read yet.
        expected: its files, as the manifest has them.
    """

    def __init__(self, folder: Path, expected: Mapping[str, FileInfo]) -> None:
        self._folder = folder
        self._expected = expected
        self._whole = {name: self._stamp(name) for name in expected}

    def damaged(self) -> str:
        """Return the name of a file that is not what was built; empty where all are.

        A file is read only where its stamp has changed.
        """
        for name, expected in self._expected.items():
            stamp = self._stamp(name)
            if stamp == self._whole[name]:
                continue
            if stamp is None or file_info(self._folder / name) != expected:
                return name
            self._whole[name] = stamp
        return ""

    def _stamp(self, name: str) -> _Stamp:
        try:
            found = (self._folder / name).stat()
        except FileNotFoundError:
            return None
        return found.st_size, found.st_mtime_ns, found.st_ino
