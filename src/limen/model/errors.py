"""The one tree of errors: each says what, where, why it matters and how to fix it.

The message is built where the fact is known; the command line only prints it and turns
``exit_code`` into the process's own.
"""

from __future__ import annotations

from typing import ClassVar

from limen.util.exit_codes import ExitCode


class LimenError(Exception):
    """Anything Limen refuses, told so that the reader can fix it.

    Args:
        what: the fact, in one line.
        where: the place, from the outside in: ``"us_ofac_sdn: alt.csv line 4,117, column 3"``.
        why: what would go wrong if it were let through.
        hint: what the reader can do now.
        unchanged: what stays as it was.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.INTERNAL

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        why: str = "",
        hint: str = "",
        unchanged: str = "",
    ) -> None:
        self.what = what
        self.where = where
        self.why = why
        self.hint = hint
        self.unchanged = unchanged
        super().__init__(what)

    def __str__(self) -> str:
        lines = [": ".join(part for part in (self.where, self.what) if part)]
        for label, text in (
            ("why it matters", self.why),
            ("fix", self.hint),
            ("nothing changed", self.unchanged),
        ):
            if text:
                lines.append(f"  {label:<16} {text}")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep every part when the error crosses a process boundary."""
        return (_rebuild, (type(self), self.__dict__))


def _rebuild(kind: type[LimenError], parts: dict[str, str]) -> LimenError:
    return kind(**parts)


class InputError(LimenError):
    """The question could not be understood: a wrong flag, date, file or column."""

    exit_code = ExitCode.USAGE


class DataError(LimenError):
    """Data was refused: the last good state stays."""

    exit_code = ExitCode.DATA_REFUSED


class ListFormatError(DataError):
    """A publisher's file is not in the format it says it is."""


class ListCheckError(DataError):
    """A list was read but fails its checks: count, canaries, completeness."""


class RegistryError(DataError):
    """One of our own reviewed data files is wrong."""


class ArchiveError(DataError):
    """The archive cannot be opened, read or written."""


class SnapshotError(DataError):
    """A snapshot is missing, damaged, or of another format."""


class BusyError(DataError):
    """Somebody else is changing the same home folder."""


class NetworkError(LimenError):
    """A publisher could not be reached, or did not send the list."""

    exit_code = ExitCode.NETWORK


class CoverageError(LimenError):
    """The lists asked for cannot carry an answer."""

    exit_code = ExitCode.CANNOT_SAY
