"""``limen cases webhooks``: send events to other systems."""

from __future__ import annotations

import click

from limen.cli.commands.cases.signed_in import signed_in, store, user_option
from limen.cli.options import debug_option


@click.group()
def webhooks() -> None:
    """List, add and end webhooks, and send what is due."""


@webhooks.command("list")
@debug_option
def list_all() -> int:
    """List webhooks, and how many events wait for each."""
    from limen.cases.exchange.webhooks import list_webhooks

    with store() as held:
        for hook in list_webhooks(held):
            state = "ended" if hook["ended"] else "active"
            click.echo(f"{hook['id']}\t{state}\t{hook['waiting']} waiting\t{hook['url']}")
    return 0


@webhooks.command()
@click.argument("url", metavar="URL")
@click.option("--event", "events", multiple=True, metavar="TYPE",
              help="Events of which the type begins so; all. Repeatable.")  # fmt: skip
@user_option
@debug_option
def add(url: str, *, events: tuple[str, ...], user: str | None) -> int:
    """Add a webhook, and print its secret once."""
    from limen.cases.exchange.webhooks import add_webhook

    with store() as held:
        hook = add_webhook(held, url, events, signed_in(held, user))
    click.echo(f"{hook.id}\t{hook.secret}")
    return 0


@webhooks.command()
@click.argument("webhook", metavar="WEBHOOK")
@user_option
@debug_option
def end(webhook: str, *, user: str | None) -> int:
    """End a webhook; what waits for it is not sent."""
    from limen.cases.exchange.webhooks import end_webhook

    with store() as held:
        end_webhook(held, webhook, signed_in(held, user))
    return 0


@webhooks.command()
@debug_option
def deliver() -> int:
    """Send what is due, and print how much was sent, waits, and was given up."""
    from limen.cases.exchange.webhooks import deliver as send

    with store() as held:
        done = send(held)
    click.echo(f"{done.sent} sent, {done.waiting} waiting, {done.given_up} given up")
    return 0
