"""``limen cases list|show|open|decide|bulk|attach``: work with alerts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from limen.cli.commands.cases.audit_commands import (
    checkpoint,
    export,
    import_file,
    pack,
    sample,
    stats,
    verify_store,
)  # fmt: skip
from limen.cli.commands.cases.good_guy_commands import good_guys
from limen.cli.commands.cases.signed_in import signed_in, store, user_option
from limen.cli.commands.cases.user_commands import users
from limen.cli.commands.cases.webhook_commands import webhooks
from limen.cli.options import chosen_format, debug_option, output_options, quiet_option


@click.group()
def cases() -> None:
    """Open alerts, decide them by two people, keep good-guys, verify the log.

    \b
      limen screen customers.csv --output hits.jsonl
      limen cases open hits.jsonl
      limen cases list
      limen cases decide A-0123456789abcdef propose --version 3 --reason dob_conflict
            --differs birth_date 1985-05-05 1972-11-26 --user anna
      limen cases decide A-0123456789abcdef approve --version 4 --user bo
    """  # noqa: D301 (click reads the escape)


@cases.command("list")
@click.option("--state", metavar="STATE", help="new, in_progress, pending_approval, ...")
@click.option("--all", "every", is_flag=True, help="Also those that are closed or suppressed.")
@click.option("--assignee", metavar="NAME", help="Of this person.")
@click.option("--channel", metavar="CHANNEL", help="screen, file, base, payment, document, place.")
@click.option("--subject", "subject_id", metavar="ID", help="Of this subject.")
@click.option("--party", "party_id", metavar="ID", help="Of this party.")
@click.option("--after", metavar="CURSOR", default="", help="Go on after this page.")
@click.option("--limit", type=int, default=50, show_default=True, help="Alerts of a page.")
@output_options
@debug_option
def list_alerts(
    *, every: bool, output_format: str | None, output: Path | None, **given: Any
) -> int:
    """List alerts, those that are due first before others."""
    import msgspec

    from limen.cases.queue_filter import Filter
    from limen.cli.runs.show_cases import queue_records
    from limen.cli.write_records import write_records
    from limen.model import InputError

    try:
        chosen = msgspec.convert({**given, "open_only": not every and not given["state"]}, Filter)
    except msgspec.ValidationError as error:
        raise InputError(str(error), where="cases list") from error
    with store() as held:
        page = held.queue(chosen)
        records = queue_records(page, held.clock())
    write_records(records, chosen_format(output_format, output, explain=False), output)
    if page.next:
        click.echo(f'{page.count:,} in all; go on with --after "{page.next}"', err=True)
    return 0


@cases.command()
@click.argument("alert", metavar="ALERT")
@click.option("--now", is_flag=True, help="Also what would be answered now.")
@click.option(
    "--format", "output_format", type=click.Choice(["table", "json"]), default="table",
    show_default=True, help="For people, or with everything that was answered.",
)  # fmt: skip
@debug_option
def show(alert: str, *, now: bool, output_format: str) -> int:
    """Show an alert: what was answered then, and everything that happened since."""
    from limen.cli.runs.show_cases import show_alert

    with store() as held:
        click.echo(show_alert(held, alert, now=now, as_json=output_format == "json"))
    return 0


@cases.command("open")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.File("rb"))
@click.option("--profile", default="standard", show_default=True,
              help="What it was screened for: a pair has one alert in each.")  # fmt: skip
@click.option("--channel", type=click.Choice(["screen", "file", "base", "document"]),
              help="How it was screened; found out from the file.")  # fmt: skip
@click.option("--subject", "subject_id", default="", metavar="ID",
              help="The subject's own id, where the answer has none.")  # fmt: skip
@quiet_option
@debug_option
def open_from(files: tuple[Any, ...], *, quiet: bool, **options: Any) -> int:
    """Open alerts from what `limen screen`, `pay`, `locate` or `read` printed as JSON.

    A pair that has an alert gets no other: it stays as it is, or is open again where facts changed.
    """
    from limen.cli.runs.open_cases import open_files

    with store() as held:
        counts = open_files(held, files, options)
    if not quiet:
        click.echo(", ".join(f"{count:,} {name}" for name, count in counts.items()), err=True)
    return 0


def _decision_options(command: Any) -> Any:
    options = (
        click.option("--outcome", default="closed_fp", show_default=True,
                     help="closed_fp, closed_true or closed_not_applicable."),
        click.option("--reason", default="", metavar="CODE", help="Why: see docs/cases.md."),
        click.option("--differs", multiple=True, nargs=3, metavar="FIELD SUBJECT LISTED",
                     help="A discriminator: a field, and its value on both sides. Repeatable."),
        click.option("--source", multiple=True, nargs=2, metavar="FIELD TEXT",
                     help="Where the subject's value of a field is from. Repeatable."),
        click.option("--note", default="", metavar="TEXT", help="In words."),
        click.option("--to", default="", metavar="NAME", help="To whom it is assigned."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@cases.command()
@click.argument("alert", metavar="ALERT")
@click.argument("action", metavar="ACTION")
@click.option("--version", type=int, required=True, help="The version that was read.")
@_decision_options
@user_option
@debug_option
def decide(alert: str, action: str, *, version: int, user: str | None, **given: Any) -> int:
    """Do something with an alert.

    ACTION is start, assign, comment, propose, escalate, request_info, receive_info, approve,
    return, reopen, undo, draw_sample, pass_sample or fail_sample. It is refused where someone else
    has done something since the version that was read.
    """
    from limen.cli.runs.open_cases import act_of

    with store() as held:
        held.act(alert, version, act_of(action, given), signed_in(held, user))
        now = held.alert(alert)
    click.echo(f"{now.id}\t{now.state}\tversion {now.version}")
    return 0


@cases.command()
@click.argument("action", metavar="ACTION")
@click.argument("alerts", nargs=-1, required=True, metavar="ALERT...")
@click.option("--seen", metavar="DIGEST", help="Of the preview that was read: do it.")
@_decision_options
@user_option
@debug_option
def bulk(
    action: str, alerts: tuple[str, ...], *, seen: str | None, user: str | None, **given: Any
) -> int:
    """Preview an action on many alerts, and do it with --seen: to all of them, or to none."""
    from limen.cli.runs.open_cases import act_of

    with store() as held:
        person, what = signed_in(held, user), act_of(action, given)
        if seen:
            held.act_on_all(alerts, what, person, seen=seen)
            click.echo(f"{len(alerts)} done", err=True)
            return 0
        preview = held.preview(alerts, what, person)
    for row in preview.rows:
        becomes = f"refused: {row.refused}" if row.refused else row.becomes
        click.echo(f"{row.alert}\t{row.state}\t{becomes}\t{row.subject}\t{row.party}")
    click.echo(f"to do it: --seen {preview.digest}", err=True)
    return 0


@cases.command()
@click.argument("alert", metavar="ALERT")
@click.argument(
    "file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@user_option
@debug_option
def attach(alert: str, file: Path, *, user: str | None) -> int:
    """Store a file as evidence of an alert, and print its hash."""
    with store() as held:
        click.echo(held.attach(alert, file.name, file.read_bytes(), signed_in(held, user)))
    return 0


for _command in (
    export, import_file, pack, sample, verify_store, checkpoint, stats, good_guys, users, webhooks,
):  # fmt: skip
    cases.add_command(_command)
