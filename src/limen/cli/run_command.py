"""Run a command: turn an exception into one clear message and an exit code.

Tracebacks are printed with --debug only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from limen.cli.render.text import paint, printable
from limen.model.errors import LimenError
from limen.util.exit_codes import ExitCode


class Session(msgspec.Struct):
    """Represents the settings of one run of the command line."""

    debug: bool = False


class InterruptedRunError(Exception):
    """Represents Ctrl-C, with a message about the work that is done."""


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Run a command and turn whatever ends it into an exit code."""
    session = Session()
    try:
        code = command.main(list(arguments), prog_name="limen", standalone_mode=False, obj=session)
    except BaseException as error:
        if session.debug:
            import traceback

            traceback.print_exc()
        return _report(error)
    return code if isinstance(code, int) else 0


def _report(error: BaseException) -> int:
    match error:
        case LimenError():
            _say_error(str(error))
            return error.exit_code
        case InterruptedRunError():
            _say_error(str(error))
            return ExitCode.INTERRUPTED
        case click.Abort() | KeyboardInterrupt():
            _say_error("interrupted")
            return ExitCode.INTERRUPTED
        case click.ClickException():
            error.show()
            return ExitCode.USAGE
        case BrokenPipeError() | SystemExit():  # click leaves the process at a broken pipe only
            return _reader_went_away()
        case OSError():
            _say_error(_os_error(error))
            return ExitCode.DATA_REFUSED
        case _ if _came_of_interrupt(error):
            _say_error("interrupted")
            return ExitCode.INTERRUPTED
        case _:
            _say_error(_unexpected(error))
            return ExitCode.INTERNAL


def _came_of_interrupt(error: BaseException) -> bool:
    """Return whether a library failed while it handled Ctrl-C: its error hides the interrupt."""
    seen = error.__context__
    while seen and not isinstance(seen, KeyboardInterrupt):
        seen = seen.__context__
    return seen is not None


def _say_error(text: str) -> None:
    first, newline, rest = printable(text, lines=True).partition("\n")
    click.echo(paint(first, "red", sys.stderr) + newline + rest, err=True, color=True)


def _os_error(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def _unexpected(error: BaseException) -> str:
    return (
        f"this is a fault of Limen: {type(error).__name__}: {error}\n"
        "  to report it     run the same command with --debug, and send the traceback to\n"
        "                   the project's issues with the output of `limen --version`"
    )


def _reader_went_away() -> int:
    """End quietly when the reader closed the pipe (``| head``), without Python's complaint."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return ExitCode.INTERRUPTED
