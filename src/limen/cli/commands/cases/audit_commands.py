"""``limen cases export|import|pack|sample|verify|checkpoint|stats``: for auditors and managers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from limen.cli.commands.cases.signed_in import signed_in, store, user_option
from limen.cli.options import debug_option, quiet_option
from limen.util.exit_codes import ExitCode

_output = click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file."
)


@click.command()
@click.option(
    "--format", "output_format", default="jsonl", show_default=True,
    type=click.Choice(["jsonl", "csv", "events", "nomenklatura"]),
    help="Alerts; the events as they were hashed; or decided pairs as a resolver's judgements.",
)  # fmt: skip
@_output
@debug_option
def export(*, output_format: Any, output: Path | None) -> int:
    """Export all alerts, all events, or the judgements of closed alerts."""
    from limen.cases.exchange.export import exported
    from limen.cli.destination import write_result

    with store() as held:
        write_result(b"".join(exported(held, output_format)), output)
    return 0


@click.command()
@click.argument("alert", metavar="ALERT")
@_output
@debug_option
def pack(alert: str, *, output: Path | None) -> int:
    """Write the evidence pack of an alert: a zip that opens and is checked without Limen."""
    from limen.cases.exchange.pack import write_pack
    from limen.cli.destination import write_result

    with store() as held:
        body = write_pack(held.database, alert)
    write_result(body, output or Path(f"{alert}.zip"))
    return 0


@click.command("import")
@click.argument(
    "file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "csv", "nomenklatura"]),
    help="Decisions as this desk makes them (csv where the file's name ends so, else jsonl), or a"
    " resolver's judgements.",
)  # fmt: skip
@click.option("--seen", default="", metavar="DIGEST", help="Of the preview that was read: do it.")
@user_option
@debug_option
def import_file(file: Path, *, form: Any, seen: str, user: str | None) -> int:
    """Preview decisions that were made elsewhere, and propose them with --seen.

    Each is proposed by whoever imports it, keeps the rules of all decisions, and waits for another
    person. Leaves with 5 where some are refused.
    """
    from limen.cases.exchange.decision_files import import_decisions

    form = form or ("csv" if file.suffix.lower() == ".csv" else "jsonl")
    with store() as held:
        done = import_decisions(held, file.read_bytes(), form, signed_in(held, user), seen=seen)
    for row in done.rows:
        becomes = f"refused: {row.refused}" if row.refused else row.becomes
        click.echo(f"{row.alert or '-'}\t{row.state}\t{becomes}\t{row.subject}\t{row.party}")
    refused = sum(bool(row.refused) for row in done.rows)
    click.echo(
        f"{len(done.rows) - refused:,} {'proposed' if done.done else 'would be proposed'}, "
        f"{refused:,} refused, {done.undecided:,} lines judge nothing",
        err=True,
    )
    if not done.done:
        click.echo(f"to do it: --seen {done.digest}", err=True)
    return ExitCode.ROW_ERRORS if refused else ExitCode.DONE


@click.command()
@click.argument("count", metavar="COUNT", type=int)
@click.option("--since", default="", metavar="MOMENT", help="Decided from then on: 2026-01-01.")
@click.option("--until", default="", metavar="MOMENT", help="Decided before then.")
@click.option("--seed", default="", help="What the draw follows from; drawn at random.")
@user_option
@debug_option
def sample(count: int, *, since: str, until: str, seed: str, user: str | None) -> int:
    """Draw closed alerts at random for a quality check, and note the seed in the log."""
    from limen.cases.sampling import draw_sample

    with store() as held:
        drawn = draw_sample(held, count, signed_in(held, user), since=since, until=until, seed=seed)
    for alert in drawn.alerts:
        click.echo(alert)
    click.echo(f"{len(drawn.alerts):,} of {drawn.population:,} alerts, seed {drawn.seed}", err=True)
    return 0


@click.command("verify")
@click.option(
    "--key", "files", multiple=True, metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A public key that checkpoints were signed with; cases.pub of the home. Repeatable.",
)  # fmt: skip
@click.option("--head", metavar="HASH", help="The head that was noted elsewhere: it must be in it.")
@quiet_option
@debug_option
def verify_store(*, files: tuple[Path, ...], head: str | None, quiet: bool) -> int:
    """Verify every event, row, content and checkpoint; leaves with 3 where there is a fault."""
    from limen.cases.place import key_file
    from limen.cases.storage.checkpoints import public_file, read_public_keys
    from limen.cases.verification import has_event, verify
    from limen.snapshot import home_folder

    own = public_file(key_file(home_folder()))
    paths = files or ((own,) if own.is_file() else ())
    keys = [key for path in paths for key in read_public_keys(path)]
    with store() as held:
        found = verify(held.database, keys)
        missing = head is not None and not has_event(held.database, head)
    for fault in found.faults:
        click.echo(str(fault))
    if missing:
        click.echo(f"the head {head} is not in the chain")
    if not quiet:
        click.echo(
            f"{found.events:,} events, {found.contents:,} contents, {found.checkpoints:,} "
            f"checkpoints, signed to event {found.signed_to:,}; {len(found.faults):,} faults\n"
            f"head {found.head}",
            err=True,
        )
    return ExitCode.DATA_REFUSED if found.faults or missing else ExitCode.DONE


@click.command()
@click.option("--new-key", is_flag=True, help="Then replace the key; the old one signs the new.")
@debug_option
def checkpoint(*, new_key: bool) -> int:
    """Sign the head of the chain and print it, to be noted elsewhere; makes the key if need be.

    The private key is cases.key in the home folder, and cases.pub has the public ones, with which
    an auditor verifies.
    """
    from limen.cases.place import key_file
    from limen.cases.storage import checkpoints
    from limen.snapshot import home_folder

    path = key_file(home_folder())
    with store() as held:
        if path.exists():
            key = checkpoints.read_key(path)
        else:
            key = checkpoints.new_key()
            key.write(path)
        click.echo(str(held.sign(key)))
        if new_key:
            following = checkpoints.new_key()
            held.add_key(following.public, key)
            following.write(path)
            click.echo(f"the new key is {following.public.id}", err=True)
    return 0


@click.command()
@debug_option
def stats() -> int:
    """Print volumes, ages, backlog and outcomes by reason as JSON; no name is in it."""
    import msgspec

    from limen.cases.exchange.figures import figures

    with store() as held:
        now = held.clock().strftime("%Y-%m-%dT%H:%M:%S.000Z")
        encoded = msgspec.json.encode(figures(held.database, now))
    click.echo(msgspec.json.format(encoded, indent=2).decode())
    return 0
