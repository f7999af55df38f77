"""``limen cases export|pack|verify|checkpoint|stats``: what auditors and managers take away."""

from __future__ import annotations

from pathlib import Path

import click

from limen.cli.commands.cases.signed_in import store
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
def export(*, output_format: str, output: Path | None) -> int:
    """Export all alerts, all events, or the judgements of closed alerts."""
    from limen.cli.destination import write_result
    from limen.cli.runs.show_cases import exported

    with store() as held:
        write_result(exported(held, output_format), output)
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
