"""``limen parties judge``: a user's own judgements of which records are of one party."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Literal

import click

from limen.cli.options import chosen_format, debug_option, output_options, quiet_option

_Verdict = Literal["same", "different", "withdrawn"]
_by = click.option("--by", metavar="NAME", help="Who judges; the user of this machine.")


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--same", is_flag=True, help="They are of one party.")
@click.option("--different", is_flag=True, help="They are of two parties.")
@click.option("--withdraw", is_flag=True, help="Let the evidence decide.")
@click.option("--why", required=True, metavar="TEXT", help="The reason, for whoever reads it.")
@_by
@quiet_option
@debug_option
def judge(
    *,
    one: str,
    other: str,
    same: bool,
    different: bool,
    withdraw: bool,
    why: str,
    by: str | None,
    quiet: bool,
) -> int:
    """Judge whether two records are of one party; it overrides the evidence.

    A and B are records (list:record), or parties, which are the record that gave them their id. A
    later judgement about the same two replaces an earlier one, and all are stored. Judgements
    that contradict each other are refused. They count from the next `limen snapshot build` or
    `limen lists update` on.

    \b
      limen parties judge us_ofac_sdn:17013 eu_fsf:EU.1.2 --same --why "one passport"
    """  # noqa: D301 (click reads the escape)
    from limen.cli.runs.parties.judge_parties import judge as add
    from limen.cli.runs.parties.judge_parties import now
    from limen.identity.judgements import Judgement
    from limen.snapshot import Snapshot, active_folder, home_folder

    verdict = _verdict(same=same, different=different, withdraw=withdraw)
    home = home_folder()
    snapshot = Snapshot(active_folder(home))
    judgement = Judgement(one, other, verdict, why, by or getpass.getuser(), now())
    added = add(home, snapshot, judgement)
    if not quiet:
        click.echo(str(added), err=True)
        click.echo("it counts from the next `limen snapshot build` on", err=True)
    return 0


def _verdict(*, same: bool, different: bool, withdraw: bool) -> _Verdict:
    """Return the one verdict that was given.

    Raises:
        UsageError: none was given, or several, which contradict each other.
    """
    flags: dict[_Verdict, bool] = {"same": same, "different": different, "withdrawn": withdraw}
    given = [verdict for verdict, is_given in flags.items() if is_given]
    if len(given) != 1:
        raise click.UsageError("give one of --same, --different and --withdraw")
    return given[0]


@click.command()
@output_options
@debug_option
def judgements(*, output_format: str | None, output: Path | None) -> int:
    """List all judgements in the order in which they were made, and which ones count."""
    from limen.cli.runs.parties.judge_parties import judgement_records
    from limen.cli.write_records import write_records
    from limen.snapshot import Snapshot, active_folder, home_folder

    home = home_folder()
    records = judgement_records(home, Snapshot(active_folder(home)))
    write_records(records, chosen_format(output_format, output, explain=False), output)
    return 0


@click.command("export-judgements")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file."
)
@debug_option
def export_judgements(*, output: Path | None) -> int:
    """Write the judgements that count as a resolver's file of nomenklatura, without reasons."""
    from limen.cli.destination import write_result
    from limen.identity.judgement_file import read_judgements
    from limen.identity.resolver_format import write_resolver
    from limen.snapshot import home_folder

    write_result(write_resolver(read_judgements(home_folder())), output)
    return 0


@click.command("import-judgements")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--why", required=True, metavar="TEXT", help="The reason; the format has none.")
@_by
@quiet_option
@debug_option
def import_judgements(*, file: Path, why: str, by: str | None, quiet: bool) -> int:
    """Add the judgements of a resolver's file of nomenklatura: all of them, or none.

    Entities are records as list:record. Lines that are neither positive nor negative are counted
    and add nothing; an unknown record, or a judgement that contradicts another, refuses the file.
    """
    from limen.cli.runs.parties.judge_parties import import_judgements as add
    from limen.snapshot import Snapshot, active_folder, home_folder

    home = home_folder()
    snapshot = Snapshot(active_folder(home))
    done = add(home, snapshot, file, why=why, by=by or getpass.getuser())
    if not quiet:
        click.echo(
            f"{done.added} added, {done.known} known already, {done.undecided} without a verdict",
            err=True,
        )
    return 0
