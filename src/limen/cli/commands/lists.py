"""``limen lists``: update, status, diff, history."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from limen.cli.options import (
    chosen_format,
    debug_option,
    output_options,
    question_options,
    quiet_option,
)
from limen.util.exit_codes import ExitCode

if TYPE_CHECKING:
    from limen.snapshot.build import Outcome


@click.group()
def lists() -> None:
    """Update the lists, see their state, compare two days, follow one party."""


@lists.command()
@click.argument("names", nargs=-1, metavar="[LIST]...")
@click.option(
    "--from",
    "source",
    metavar="FOLDER|URL",
    help="A folder or mirror with a lists.yml, instead of the publishers.",
)
@click.option("--newest", is_flag=True, help="Of a folder or mirror, only the newest versions.")
@click.option("--no-build", is_flag=True, help="Leave the snapshot as it is.")
@output_options
@quiet_option
@debug_option
def update(
    *,
    names: tuple[str, ...],
    source: str | None,
    newest: bool,
    no_build: bool,
    output_format: str | None,
    output: Path | None,
    quiet: bool,
) -> int:
    """Take new versions of lists into the archive, and compile them into a snapshot.

    Without names, every list that can be had. A version that is broken, empty, shrunken or
    lacks its canaries is refused with its reason, and the last good one stays.
    """
    from limen.cli.render.lists.update import outcome_lines, report_records, snapshot_line
    from limen.cli.write_records import write_records
    from limen.snapshot import home_folder
    from limen.snapshot.build import update as take

    def say(outcome: Outcome) -> None:
        click.echo("\n".join(outcome_lines(outcome)), err=True, color=True)

    if not quiet and source is None:
        click.echo("looking for new versions", err=True)
    report = take(
        home_folder(),
        lists=names,
        source=source,
        newest=newest,
        compile_after=not no_build,
        progress=(lambda _: None) if quiet else say,
    )
    if not quiet:
        click.echo(snapshot_line(report), err=True)
    if output_format or output or not sys.stdout.isatty():
        records = report_records(report)
        write_records(records, chosen_format(output_format, output, explain=False), output)
    errors = [each.error for each in report.refused if each.error is not None]
    return min((error.exit_code for error in errors), default=0)


@lists.command()
@question_options
@output_options
@debug_option
def status(output_format: str | None, output: Path | None, **options: Any) -> int:
    """Show every list: its newest version, its age, what it can carry.

    Leaves with 6 when a list that screening rests on cannot carry an answer.
    """
    from limen.cli.render.lists.coverage import failed
    from limen.cli.render.lists.status import status_records
    from limen.cli.runs.open_query import open_query
    from limen.cli.write_records import write_records

    query = open_query(options)
    write_records(
        status_records(query), chosen_format(output_format, output, explain=False), output
    )
    return ExitCode.CANNOT_SAY if failed(query.coverage) or not query.coverage else ExitCode.DONE


@lists.command()
@click.argument("name", metavar="LIST")
@click.argument("before", metavar="DAY")
@click.argument("after", metavar="DAY")
@output_options
@debug_option
def diff(name: str, before: str, after: str, output_format: str | None, output: Path | None) -> int:
    """Show what was added, removed and changed on a list between two days."""
    from limen.cli.render.lists.diff import diff_records
    from limen.cli.write_records import write_records
    from limen.model import InputError
    from limen.snapshot import home_folder
    from limen.snapshot.build import open_archive, registry_of

    home = home_folder()
    info = registry_of(home).get(name, where="lists diff")
    with open_archive(home) as archive:
        if not archive.versions(info.id):
            raise InputError(
                f"no version of {info.id} was ever loaded",
                where="lists diff",
                hint=f"limen lists update {info.id}",
            )
        found = archive.diff(info.id, before, after)
    write_records(diff_records(found), chosen_format(output_format, output, explain=False), output)
    return 0


@lists.command()
@click.argument("party")
@output_options
@debug_option
def history(party: str, output_format: str | None, output: Path | None) -> int:
    """Tell one party's life on the lists, by its name, its record id, or list:id."""
    from limen.cli.render.lists.history import history_records
    from limen.cli.write_records import write_records
    from limen.snapshot import home_folder
    from limen.snapshot.build import open_archive

    with open_archive(home_folder()) as archive:
        found = archive.history(party)
    if not found:
        click.echo(f"no version of any list has {party!r}", err=True)
    write_records(
        history_records(found), chosen_format(output_format, output, explain=False), output
    )
    return 0
