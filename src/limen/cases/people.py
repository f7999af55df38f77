"""People and what they may do: accounts, roles, levels, passwords and lock-outs.

Six roles, of which one person may have several: ``read`` sees cases, ``screen`` opens them,
``decide`` proposes, ``approve`` signs what another proposed, ``admin`` keeps accounts and
webhooks, ``audit`` samples, verifies and exports. The level is the analyst's: 1 closes what needs
no evidence and escalates the rest, 2 and 3 do everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Literal, get_args

import msgspec
import sqlalchemy as sa

from limen.cases.policy import SignIn, later
from limen.cases.storage import passwords, schema
from limen.cases.storage.ledger import SYSTEM, Ledger
from limen.model import InputError, RightsError
from limen.util.suggest import did_you_mean

Role = Literal["read", "screen", "decide", "approve", "admin", "audit"]
ROLES: tuple[Role, ...] = get_args(Role)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")


class Person(msgspec.Struct, frozen=True):
    """Represents who acts: a name, roles, and the analyst's level."""

    name: str
    roles: frozenset[str]
    level: int = 1

    def need(self, role: Role, what: str) -> None:
        """Refuse what the person has no role for.

        Raises:
            RightsError: the role is missing.
        """
        if role not in self.roles:
            has = ", ".join(sorted(self.roles)) or "none"
            raise RightsError(
                f"{self.name} may not {what}: it needs the role {role}, and the roles are {has}",
                where="rights",
                hint=f"someone with the role {role} can do it",
                unchanged="nothing was decided",
            )


def account_id(name: str) -> str:
    """Return the id of a person's account."""
    return f"U-{name}"


def add_account(
    ledger: Ledger, name: str, roles: Iterable[str], level: int, password: str, by: str
) -> None:
    """Add an account.

    Raises:
        InputError: the name, a role, the level or the password is not allowed, or it exists.
    """
    if not _NAME.fullmatch(name) or name == SYSTEM:
        raise InputError(f"{name!r} is no name of a person", where="name",
                         hint="use letters, digits, points and dashes")  # fmt: skip
    if _row(ledger.connection, name) is not None:
        raise InputError(f"there is an account {name} already", where="name")
    changes = {"roles": _joined(roles), "level": _level(level), "secret_sha256": ""}
    if password:
        changes["secret_sha256"] = _store_password(ledger, name, password)
    ledger.append(account_id(name), "account.added", by, changes=changes, new=True)


def change_account(
    ledger: Ledger,
    name: str,
    by: str,
    *,
    roles: Iterable[str] | None = None,
    level: int | None = None,
    password: str | None = None,
    disabled: bool | None = None,
) -> None:
    """Change what is given of an account; a new password ends a lock-out.

    Raises:
        InputError: there is no such account, or a value is not allowed.
    """
    if _row(ledger.connection, name) is None:
        raise _unknown(ledger.connection, name)
    changes: dict[str, str | int] = {}
    if roles is not None:
        changes["roles"] = _joined(roles)
    if level is not None:
        changes["level"] = _level(level)
    if disabled is not None:
        changes["disabled"] = int(disabled)
    if password is not None:
        changes["secret_sha256"] = _store_password(ledger, name, password)
    ledger.append(account_id(name), "account.changed", by, changes=changes)


def find_person(connection: sa.Connection, name: str) -> Person:
    """Return a person by name.

    Raises:
        RightsError: there is no such account, or it was disabled.
    """
    row = _row(connection, name)
    if row is None or row.disabled:
        raise RightsError(
            f"no account is {name!r}" if row is None else f"the account {name} is disabled",
            where="rights",
            hint="`limen cases users` lists the accounts, `limen cases users add` adds one",
        )
    return Person(name, frozenset(row.roles.split()), row.level)


def find_signed_in(connection: sa.Connection, name: str, secret: str) -> Person | None:
    """Return who signed in with a password; ``None`` once it is another, or they may no longer.

    Args:
        connection: the store.
        name: the account.
        secret: the hash of the stored password at that moment, of :func:`secret_of`.
    """
    row = _row(connection, name)
    if row is None or row.disabled or not secret or row.secret_sha256 != secret:
        return None
    return Person(name, frozenset(row.roles.split()), row.level)


def secret_of(connection: sa.Connection, name: str) -> str:
    """Return the hash of an account's stored password; empty without one."""
    row = _row(connection, name)
    return str(row.secret_sha256) if row is not None else ""


def stored_password(connection: sa.Connection, name: str, now: str) -> str:
    """Return an account's stored password; one that no one has where there is no account.

    Raises:
        RightsError: the account is locked out.
    """
    table = schema.secret
    row = connection.execute(sa.select(table).where(table.c.id == account_id(name))).first()
    if row is not None and row.locked_until > now:
        raise RightsError(
            f"the account {name} is locked until {row.locked_until}",
            where="sign in",
            why="too many wrong passwords in a row",
            hint="wait, or let an admin set a new password",
        )
    return str(row.record) if row is not None else passwords.NO_ONES


def record_attempt(
    ledger: Ledger, name: str, limits: SignIn, *, right: bool, renewed: str = ""
) -> None:
    """Count a wrong password, or begin to count anew; the last of too many locks the account.

    Args:
        ledger: the transaction.
        name: the account.
        limits: after how many wrong passwords it is locked, and how long.
        right: whether the password was right.
        renewed: the right password, hashed as passwords are now.
    """
    table, key = schema.secret, account_id(name)
    row = ledger.connection.execute(sa.select(table).where(table.c.id == key)).first()
    if row is None:
        return
    failures = 0 if right else row.failures + 1
    values: dict[str, str | int] = {"failures": failures}
    if failures >= limits.failures:
        until = later(ledger.now, hours=limits.minutes / 60)
        values = {"failures": 0, "locked_until": until}
        ledger.append(key, "account.locked", SYSTEM, {"until": until})
    # Where it was changed meanwhile, it is hashed as now already, and stays.
    if renewed and passwords.is_outdated(row.record):
        values["record"] = renewed
        changes = {"secret_sha256": secret_hash(renewed)}
        ledger.append(key, "account.rehashed", SYSTEM, changes=changes)
    ledger.connection.execute(sa.update(table).where(table.c.id == key).values(**values))


def has_accounts(connection: sa.Connection) -> bool:
    """Return whether there is any account."""
    return connection.scalar(sa.select(schema.account.c.id).limit(1)) is not None


def can_sign_in(connection: sa.Connection) -> bool:
    """Return whether any account has a password and is not disabled."""
    table = schema.account
    query = sa.select(table.c.id).where(table.c.secret_sha256 != "", table.c.disabled == 0)
    return connection.scalar(query.limit(1)) is not None


def secret_hash(record: str) -> str:
    """Return the hash of a stored password, by which the chain knows it."""
    return sha256(record.encode()).hexdigest()


def _store_password(ledger: Ledger, name: str, password: str) -> str:
    record = passwords.hashed(password)
    table, key = schema.secret, account_id(name)
    ledger.connection.execute(sa.delete(table).where(table.c.id == key))
    row = {"id": key, "record": record, "failures": 0, "locked_until": ""}
    ledger.connection.execute(sa.insert(table), row)
    return secret_hash(record)


def _joined(roles: Iterable[str]) -> str:
    given = set(roles)
    for role in given - set(ROLES):
        raise InputError(f"no role is {role!r}", where="roles", hint=did_you_mean(role, ROLES))
    return " ".join(role for role in ROLES if role in given)


def _level(level: int) -> int:
    if level not in (1, 2, 3):
        raise InputError(f"no level is {level}", where="level", hint="1, 2 or 3")
    return level


def _row(connection: sa.Connection, name: str) -> sa.Row[tuple[object, ...]] | None:
    table = schema.account
    return connection.execute(sa.select(table).where(table.c.id == account_id(name))).first()


def _unknown(connection: sa.Connection, name: str) -> InputError:
    names = [key[2:] for key in connection.scalars(sa.select(schema.account.c.id))]
    return InputError(f"no account is {name!r}", where="name", hint=did_you_mean(name, names))
