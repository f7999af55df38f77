"""Who decides on the command line: a name, and a password from the environment or the terminal."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from limen.cases.cases import Cases
    from limen.cases.people import Person

Command = TypeVar("Command", bound=Callable[..., Any])


def user_option(command: Command) -> Command:
    """Add ``--user``: who does it."""
    return click.option(
        "--user", metavar="NAME", help="Who does it; LIMEN_USER. LIMEN_PASSWORD, or a prompt."
    )(command)


def signed_in(cases: Cases, user: str | None) -> Person:
    """Return who is at the command line, by name and password.

    Raises:
        RightsError: they do not fit.
    """
    name = user or os.environ.get("LIMEN_USER")
    if not name:
        raise click.UsageError("who does it? --user NAME, or LIMEN_USER")
    password = os.environ.get("LIMEN_PASSWORD")
    if password is None:
        password = click.prompt("Password", hide_input=True, err=True)
    return cases.sign_in(name, password)


def store() -> Cases:
    """Open the case store of the home folder."""
    from limen.cases.place import open_cases
    from limen.snapshot import home_folder

    return open_cases(home_folder())
