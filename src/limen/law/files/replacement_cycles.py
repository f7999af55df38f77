"""Refuse legal records that replace each other in a cycle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from limen.law.assess.conditions import Path
from limen.law.files.checked_file import CheckedFile
from limen.model.errors import LimenError


def check_no_cycle(
    kind: str, replaced: Mapping[str, tuple[str, ...]], files: Iterable[CheckedFile]
) -> None:
    """Check that no record replaces itself, directly or through others.

    Args:
        kind: ``"licence"`` or ``"statement"``.
        replaced: by record, the records that it replaces.
        files: where the records are, for the error.

    Raises:
        LimenError: a cycle, located at one of its records.
    """
    try:
        TopologicalSorter(replaced).prepare()
    except CycleError as error:
        # graphlib lists the cycle from a replaced record to what replaces it.
        cycle: list[str] = error.args[1][::-1]
        refuse = _refusal_at(kind, cycle[0], files)
        raise refuse(
            f"{kind} {' replaces '.join(cycle)}: a cycle",
            "one of them was there first, and replaces none of the others",
        ) from error


def _refusal_at(
    kind: str, name: str, files: Iterable[CheckedFile]
) -> Callable[[str, str], LimenError]:
    """Return what builds the error at the record's key that names what it replaces."""
    part, key = ("licences", "replaces") if kind == "licence" else ("statements", "supersedes")
    for file in files:
        records: tuple[Any, ...] = getattr(file.content, part)
        for index, record in enumerate(records):
            if (record.key if part == "licences" else record.id) == name:
                path: Path = (part, index, key)
                return lambda what, hint: file.located.refusal(what, path, hint=hint)
    raise KeyError(name)
