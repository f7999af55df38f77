"""``limen regimes accept``: reviewed proposals into the home's regime files."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from limen.cli.options import debug_option, quiet_option

if TYPE_CHECKING:
    from limen.law.files.accept import Proposals


@click.command()
@click.argument("proposals", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--id", "ids", multiple=True, metavar="ID", help="Take this record. Repeatable.")
@click.option("--all", "every", is_flag=True, help="Take every record of the file.")
@click.option("--reviewer", metavar="NAME", help="Who reviewed them; the user of this machine.")
@quiet_option
@debug_option
def accept(
    *, proposals: Path, ids: tuple[str, ...], every: bool, reviewer: str | None, quiet: bool
) -> int:
    """Accept statements and events that `limen read --propose` wrote, after review.

    Without --id or --all each record is displayed for a decision. What is accepted goes into
    regimes.d of LIMEN_HOME and counts from the next `limen snapshot build` on.

    \b
      limen regimes accept out.yml
      limen regimes accept out.yml --id D-f1f1bd22-3 --reviewer "A. Analyst"
    """  # noqa: D301 (click reads the escape)
    from datetime import UTC, datetime

    from limen.law.files.accept import accept as take
    from limen.law.files.accept import read_proposals
    from limen.snapshot import home_folder
    from limen.snapshot.home import OWN_REGIMES

    read = read_proposals(proposals)
    proposed = [record["id"] for record in (*read.statements, *read.events)]
    chosen = proposed if every else list(ids) or list(_confirmed(read))
    done = take(
        read, chosen, reviewer=reviewer or getpass.getuser(), at=datetime.now(UTC),
        own=home_folder() / OWN_REGIMES,
    )  # fmt: skip
    if not quiet:
        for name, same in done.known:
            click.echo(f"{name}: known already as {same}", err=True)
        for name in done.taken:
            click.echo(f"{name}: accepted", err=True)
        if done.taken:
            click.echo("they count from the next `limen snapshot build` on", err=True)
    return 0


def _confirmed(read: Proposals) -> Iterator[str]:
    """Yield the ids that the reviewer confirms, one by one on a terminal."""
    if not sys.stdin.isatty():
        raise click.UsageError("which records? name them with --id or --all: this is no terminal")
    for each in (*read.statements, *read.events):
        click.echo("\n" + "\n".join(_record_lines(each)), err=True)
        if click.confirm("accept?", default=False, err=True):
            yield each["id"]


def _record_lines(record: dict[str, Any]) -> Iterator[str]:
    from limen.cli.render.text import printable

    for key, value in record.items():
        yield f"  {key:<12} {printable(str(value))}"
