"""Read how long alerts may wait and decisions hold: the shipped file, and a home's changes."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from limen.model import DataError

#: The file of a home folder with its own numbers.
OWN_FILE = "cases.toml"
#: Days of a month, near enough for a review.
_MONTH = 30.44


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents the hours until an alert is due, by channel."""

    payment: float
    screen: float
    file: float
    base: float
    place: float
    document: float


class CannotSay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents by channel whether an answer that is cannot say, with no finding, is an alert."""

    payment: bool
    screen: bool
    file: bool
    base: bool
    place: bool
    document: bool


class Escalated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents the hours that an alert has once it is escalated."""

    due_hours: float


class Months(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents the months for which decisions hold."""

    closed: float
    good_guy: float


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents after how many wrong passwords a person is locked out, and how long."""

    failures: int
    minutes: float


class CasePolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents how long alerts may wait, and how long decisions hold."""

    due_hours: Hours
    cannot_say: CannotSay
    escalated: Escalated
    months: Months
    sign_in: SignIn

    def due(self, channel: str, now: str) -> str:
        """Return when a new alert of a channel is due."""
        return later(now, hours=getattr(self.due_hours, channel))


def later(now: str, *, hours: float = 0, months: float = 0) -> str:
    """Return a moment so much later, in the same form."""
    moment = datetime.fromisoformat(now) + timedelta(hours=hours, days=months * _MONTH)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def read_policy(home: Path | None) -> CasePolicy:
    """Return the shipped policy with the changes of a home.

    Raises:
        DataError: the home's file has an error.
    """
    shipped = tomllib.loads((files("limen.cases") / "data/policy.toml").read_text("utf-8"))
    path = home / OWN_FILE if home else None
    if path is None or not path.is_file():
        return msgspec.convert(shipped, CasePolicy)
    try:
        own = tomllib.loads(path.read_text("utf-8"))
        return msgspec.convert(_merged(shipped, own), CasePolicy)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataError(
            f"it cannot be used: {error}",
            where=str(path),
            hint="docs/cases.md has every key; the file needs those alone that differ",
        ) from error


def _merged(shipped: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    return {
        name: shipped.get(name, {}) | own[name]
        if isinstance(own.get(name), dict)
        else own.get(name, shipped.get(name))
        for name in {**shipped, **own}
    }
