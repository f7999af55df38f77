"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from limen.cli.run_command import Session

Command = TypeVar("Command", bound=Callable[..., Any])

_FORMATS = ("table", "json", "jsonl", "csv", "csv-raw", "parquet")


def _set_debug(context: click.Context, _: click.Parameter, value: object) -> None:
    if value and isinstance(context.obj, Session):
        context.obj.debug = True


def debug_option(command: Command) -> Command:
    """Add ``--debug``: show the traceback of whatever goes wrong."""
    return click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_set_debug,
        help="Show the traceback of an error.",
    )(command)


def quiet_option(command: Command) -> Command:
    """Add ``--quiet``: nothing on stderr but errors."""
    return click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")(command)


def question_options(command: Command) -> Command:
    """Add the options of a question: the two clocks, the lists, the overrides."""
    options = (
        click.option("--as-of", metavar="DATE", help="When it must have applied; today."),
        click.option(
            "--known-at", metavar="DATE", help="When it must have been known; all there is."
        ),
        click.option(
            "--authority", "authorities", multiple=True, metavar="CODE",
            help="An authority's lists: US, EU, UK, UN, ... Repeatable.",
        ),
        click.option(
            "--list", "lists", multiple=True, metavar="LIST", help="A list by name. Repeatable."
        ),
        click.option(
            "--allow-stale", multiple=True, metavar="LIST",
            help="Accept that this list is stale or incomplete; it is recorded. Repeatable.",
        ),
    )  # fmt: skip
    return _all(options, command)


def cases_option(command: Command) -> Command:
    """Add ``--cases``: open alerts of what is found."""
    return click.option(
        "--cases", "cases_profile", default="", metavar="PROFILE",
        help="Open alerts of what is found, in the case store of the home, under this profile.",
    )(command)  # fmt: skip


def output_options(command: Command) -> Command:
    """Add the options of the output: its place and its format."""
    options = (
        click.option(
            "--format", "output_format",
            type=click.Choice(_FORMATS),
            help="A table on a terminal, JSON lines in a pipe, what the file's name says. csv-raw "
            "leaves cells as they are that a spreadsheet would run as formulas.",
        ),
        click.option(
            "--output", "-o", type=click.Path(path_type=Path), metavar="FILE",
            help="Write to a file, which appears only when it is whole.",
        ),
    )  # fmt: skip
    return _all(options, command)


def ownership_option(command: Command) -> Command:
    """Add the option for a file of stakes."""
    return click.option(
        "--ownership",
        metavar="FILE",
        help="Who owns whom, as for `limen regimes ownership`: finds what listed parties own.",
    )(command)


def resume_options(command: Command) -> Command:
    """Add the options of a run over files: its progress, and how to go on with it."""
    options = (
        click.option("--resume", is_flag=True, help="Go on with an interrupted run of --output."),
        click.option("--restart", is_flag=True, help="Forget an interrupted run of --output."),
        click.option(
            "--progress", type=click.Choice(["auto", "plain", "off"]), default="auto",
            help="A bar on a terminal, lines of text, or nothing.",
        ),
    )  # fmt: skip
    return _all(options, command)


def _all(options: tuple[Callable[[Command], Command], ...], command: Command) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


def chosen_format(output_format: str | None, output: Path | None, *, explain: bool) -> str:
    """Return the format that was named, or the file name's, or the one for standard output."""
    if explain:
        if output_format not in (None, "table"):
            raise click.UsageError(
                f"--explain draws a table; {output_format} carries all the evidence"
            )
        return "table"
    if output_format == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is nothing to read: name a file with --output")
    if output_format:
        return output_format
    if output is None:
        return "table" if sys.stdout.isatty() else "jsonl"
    suffix = output.suffix.lower().removeprefix(".")
    found = {"ndjson": "jsonl", "pq": "parquet", "txt": "table"}.get(suffix, suffix)
    if found not in _FORMATS:
        raise click.UsageError(f"which format is {output}? say --format")
    return found
