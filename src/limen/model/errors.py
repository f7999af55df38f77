"""The one tree of errors: each says what, where, why it matters and how to fix it.

The message is built where the fact is known; the command line only prints it and turns
``exit_code`` into the process's own.
"""

from __future__ import annotations

from typing import ClassVar

from limen.util.exit_codes import ExitCode


class LimenError(Exception):
    """Represents anything that Limen refuses, worded so that the reader can fix it.

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
    """Represents a question that cannot be understood: a wrong option, date, file or column."""

    exit_code = ExitCode.USAGE


class LimitError(InputError):
    """Represents input that holds more than is allowed."""


class TimeLimitError(LimenError):
    """Represents a question that takes longer than is allowed."""

    exit_code = ExitCode.CANNOT_SAY


class DataError(LimenError):
    """Represents data that was refused; the last good state stays."""

    exit_code = ExitCode.DATA_REFUSED


class ListFormatError(DataError):
    """Represents a publisher's file that is not in its format."""


class ListCheckError(DataError):
    """Represents a list that was read but fails its checks: count, canaries, completeness."""


class RegistryError(DataError):
    """Represents a fault in a reviewed data file of ours or of the user."""


class ArchiveError(DataError):
    """Represents an archive that cannot be opened, read or written."""


class SnapshotError(DataError):
    """Represents a snapshot that is missing, lacks a part, or is of another format."""


class DamagedSnapshotError(SnapshotError):
    """Represents a snapshot of which a file is not what was built; it must answer nothing."""


class BusyError(DataError):
    """Represents a home folder that another process is changing."""


class CasesError(DataError):
    """Represents a case store that cannot be opened, read or written."""


class StaleDecisionError(DataError):
    """Represents a decision about what someone else has changed since it was read."""


class RightsError(InputError):
    """Represents an act that the person may not do."""


class NetworkError(LimenError):
    """Represents a publisher that could not be reached, or did not send the list."""

    exit_code = ExitCode.NETWORK


class CoverageError(LimenError):
    """Represents lists that cannot carry an answer."""

    exit_code = ExitCode.CANNOT_SAY
