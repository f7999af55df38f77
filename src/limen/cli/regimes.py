"""``limen regimes``: the law as data, and statements taken into it after review."""

from __future__ import annotations

import click

from limen.cli.accept import accept


@click.group()
def regimes() -> None:
    """The regimes: what they hold, and reviewed statements taken in."""


regimes.add_command(accept)
