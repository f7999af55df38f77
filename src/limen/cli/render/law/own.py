"""Draw the errors of a regime file, each with its place and how to fix it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from limen.cli.render.text import counted, printable
from limen.cli.write_records import Records
from limen.model import LimenError


def check_records(name: str, errors: Sequence[LimenError]) -> Records:
    """Return the errors of a file as lines, as objects and as rows."""
    rows = [{"where": each.where, "what": each.what, "fix": each.hint} for each in errors]
    return Records(list(_lines(name, errors)), rows, rows)


def _lines(name: str, errors: Sequence[LimenError]) -> Iterator[str]:
    for each in errors:
        yield printable(f"{each.where}: {each.what}")
        if each.hint:
            yield printable(f"    fix: {each.hint}")
    yield f"{name}: {counted(len(errors), 'error')}" if errors else f"{name}: no errors"
