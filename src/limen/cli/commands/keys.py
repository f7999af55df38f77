"""``limen keys``: who may use a server that others can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from limen.cli.options import debug_option

if TYPE_CHECKING:
    from limen.server.access.keys import ApiKeys


@click.group()
def keys() -> None:
    """Make, list and revoke API keys for `limen serve`."""


@keys.command()
@click.argument("name")
@click.option(
    "--right",
    type=click.Choice(["read", "screen", "admin"]),
    default="screen",
    show_default=True,
    help="Each holds those before it.",
)
@debug_option
def add(name: str, right: str) -> int:
    """Make a key and show it once; only its hash is stored."""
    click.echo(_keys().add(name, right))  # type: ignore[arg-type]
    return 0


@keys.command("list")
@debug_option
def list_keys() -> int:
    """Show every key's name, right and day; never the key."""
    for key in _keys().all():
        click.echo(f"{key.name}\t{key.right}\t{key.made_at}")
    return 0


@keys.command()
@click.argument("name")
@debug_option
def revoke(name: str) -> int:
    """End a key; a running server takes note at once."""
    _keys().revoke(name)
    return 0


def _keys() -> ApiKeys:
    from limen.server.access.keys import ApiKeys
    from limen.snapshot import home_folder

    return ApiKeys(home_folder() / "server")
