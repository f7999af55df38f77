"""Find what an interrupted run has left of its output, and decide whether to continue it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from limen.batch.output.checkpointed_output import Checkpoint, checkpoint_of, forget
from limen.cli.render.text import counted
from limen.model import InputError


def left_behind(output: Path | None, *, resume: bool, restart: bool) -> Checkpoint | None:
    """Return what an interrupted run has left, if it is to be continued.

    Raises:
        UsageError: there is no output that a run could have left.
        InputError: there is one, and neither option was given.
    """
    if output is None:
        if resume or restart:
            raise click.UsageError("--resume and --restart need the --output they are about")
        return None
    if restart:
        forget(output)
        return None
    before = checkpoint_of(output)
    if before is not None and not resume:
        raise InputError(
            f"an interrupted run has left {counted(before.rows, 'row')}",
            where=str(output),
            hint="--resume goes on with it, --restart begins again",
        )
    return before


def check_same(before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Make sure that a run asks what the interrupted one query.

    Raises:
        InputError: it does not.
    """
    for part in before:
        if before[part] != now.get(part):
            raise InputError(
                f"the interrupted run had another {part}: {before[part]}, now {now.get(part)}",
                where="--resume",
                why="one file would hold answers to two questions",
                hint="ask the same again, or begin again with --restart",
            )


def interrupted(rows: int, output: Path | None, *, resumable: bool) -> str:
    """Describe a run that was broken off."""
    done = f"interrupted after {counted(rows, 'row')}"
    if output is None:
        return done
    if not resumable:
        return f"{done}; nothing was written, since this format has to be whole"
    return (
        f"{done}, which are in {output.name}.partial\n"
        "  to go on         run the same command with --resume"
    )
