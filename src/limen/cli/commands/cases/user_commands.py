"""``limen cases users``: who may do what."""

from __future__ import annotations

import os

import click

from limen.cli.commands.cases.signed_in import signed_in, store, user_option
from limen.cli.options import debug_option

_role = click.option(
    "--role", "roles", multiple=True,
    help="read, screen, decide, approve, admin or audit. Repeatable.",
)  # fmt: skip


@click.group()
def users() -> None:
    """List, add and change accounts."""


@users.command("list")
@debug_option
def list_accounts() -> int:
    """List accounts, their roles and levels."""
    with store() as held:
        for each in held.accounts():
            state = "disabled" if each["disabled"] else "active"
            click.echo(f"{each['name']}\t{','.join(each['roles'])}\tlevel {each['level']}\t{state}")
    return 0


@users.command()
@click.argument("name", metavar="NAME")
@_role
@click.option("--level", type=int, default=1, show_default=True, help="Of the analyst: 1, 2 or 3.")
@user_option
@debug_option
def add(name: str, *, roles: tuple[str, ...], level: int, user: str | None) -> int:
    """Add an account; the first is an admin, and needs no --user.

    Its password is LIMEN_NEW_PASSWORD, or is typed.
    """
    with store() as held:
        by = signed_in(held, user) if held.accounts() else None
        held.add_account(name, roles, by, level=level, password=_new_password())
    return 0


@users.command()
@click.argument("name", metavar="NAME")
@_role
@click.option("--level", type=int, help="Of the analyst: 1, 2 or 3.")
@click.option("--disable/--enable", "disabled", default=None, help="Whether it may sign in.")
@click.option("--password", is_flag=True, help="Set a new one: LIMEN_NEW_PASSWORD, or typed.")
@user_option
@debug_option
def change(
    name: str, *, roles: tuple[str, ...], level: int | None, disabled: bool | None,
    password: bool, user: str | None,
) -> int:  # fmt: skip
    """Change an account's roles (all of them), level, state or password."""
    with store() as held:
        held.change_account(
            name, signed_in(held, user), roles=roles or None, level=level, disabled=disabled,
            password=_new_password() if password else None,
        )  # fmt: skip
    return 0


def _new_password() -> str:
    given = os.environ.get("LIMEN_NEW_PASSWORD")
    if given is not None:
        return given
    typed: str = click.prompt("New password", hide_input=True, confirmation_prompt=True, err=True)
    return typed
