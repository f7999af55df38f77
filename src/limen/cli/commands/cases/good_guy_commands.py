"""``limen cases good-guys``: pairs that are no match, by OFAC's rules."""

from __future__ import annotations

import click

from limen.cli.commands.cases.signed_in import signed_in, store, user_option
from limen.cli.options import debug_option


@click.group("good-guys")
def good_guys() -> None:
    """List, propose, simulate, approve and end good-guys."""


@good_guys.command("list")
@click.option("--state", default="", help="proposed, active, review, ended or refused.")
@debug_option
def list_pairs(*, state: str) -> int:
    """List good-guys, the first to end first, with how many alerts each suppresses."""
    with store() as held:
        for each, count in held.good_guys(state):
            click.echo(
                f"{each.id}\t{each.state}\tuntil {each.expires_at[:10]}\tsuppresses {count}\t"
                f"{each.subject_id} {each.subject}\t{each.party_id} {each.party}\t{each.trigger}"
            )
    return 0


@good_guys.command()
@click.argument("alert", metavar="ALERT")
@click.option("--note", required=True, metavar="TEXT", help="Why it is a good-guy.")
@click.option("--depends-on", multiple=True, metavar="ID",
              help="A measure or licence that it rests on. Repeatable.")  # fmt: skip
@click.option("--months", type=float, help="For how long; as long as the policy allows.")
@user_option
@debug_option
def propose(
    alert: str, *, note: str, depends_on: tuple[str, ...], months: float | None, user: str | None
) -> int:
    """Propose a good-guy from an alert that was closed as no match."""
    with store() as held:
        person = signed_in(held, user)
        made = held.propose_good_guy(alert, person, note=note, depends_on=depends_on, months=months)
    click.echo(made.id)
    return 0


@good_guys.command()
@click.argument("good_guy", metavar="GOOD-GUY")
@debug_option
def simulate(good_guy: str) -> int:
    """Print what a good-guy would have suppressed, and the digest that an approval names."""
    with store() as held:
        seen = held.simulate_good_guy(good_guy)
    states = ", ".join(f"{count} {state}" for state, count in seen.by_state.items())
    click.echo(
        f"would suppress {len(seen.alerts)} past alerts ({states}), {len(seen.true_matches)} true"
    )
    click.echo(f"to approve it: --simulation {seen.digest}", err=True)
    return 0


@good_guys.command()
@click.argument("good_guy", metavar="GOOD-GUY")
@click.option("--simulation", required=True, metavar="DIGEST", help="Of what was simulated.")
@user_option
@debug_option
def approve(good_guy: str, *, simulation: str, user: str | None) -> int:
    """Let a good-guy suppress; another person than who proposed it."""
    with store() as held:
        now = held.approve_good_guy(good_guy, signed_in(held, user), simulation=simulation)
    click.echo(f"{now.id}\t{now.state}\tuntil {now.expires_at[:10]}")
    return 0


@good_guys.command()
@click.argument("good_guy", metavar="GOOD-GUY")
@click.option("--note", required=True, metavar="TEXT", help="Why.")
@user_option
@debug_option
def end(good_guy: str, *, note: str, user: str | None) -> int:
    """End or refuse a good-guy; what it suppressed is open again."""
    with store() as held:
        for alert in held.end_good_guy(good_guy, signed_in(held, user), note=note):
            click.echo(alert)
    return 0


@good_guys.command()
@debug_option
def expire() -> int:
    """Send good-guys that are over to review; for a timer, once a day."""
    with store() as held:
        for key in held.expire_good_guys():
            click.echo(key)
    return 0
