"""The desk: open alerts, decide them, look after good-guys and people; every change is an event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from limen.cases import actions, bulk, good_guys, people
from limen.cases.alert import Alert, Frozen, get_alert, read_events, read_frozen
from limen.cases.decision import Act
from limen.cases.good_guys import GoodGuy, Simulation
from limen.cases.intake.opening import Opened, open_alerts
from limen.cases.intake.sources import Channel
from limen.cases.people import Person
from limen.cases.policy import CasePolicy, read_policy
from limen.cases.queue import Page, read_queue, states
from limen.cases.queue_filter import Filter
from limen.cases.storage import passwords, schema
from limen.cases.storage.checkpoints import (
    Checkpoint,
    PublicKey,
    SigningKey,
    add_key,
    sign_head,
)
from limen.cases.storage.contents import read_content
from limen.cases.storage.kind import CASES
from limen.cases.storage.ledger import ORIGIN, SYSTEM, Clock, Event, Ledger
from limen.model import InputError, RightsError
from limen.util.database.database import Database, open_database

#: The profile of whoever names none.
PROFILE = "standard"
#: Bytes of an attachment at most.
MOST_ATTACHED = 20 << 20


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Cases:
    """Represents a case store. Every method may raise CasesError or BusyError.

    Args:
        database: where it is.
        policy: how long alerts may wait and decisions hold.
        clock: the present time.
    """

    def __init__(self, database: Database, policy: CasePolicy, clock: Clock = _utc_now) -> None:
        self.database = database
        self.policy = policy
        self.clock = clock

    @classmethod
    def open(cls, place: str | Path, *, home: Path | None = None, clock: Clock = _utc_now) -> Self:
        """Open the store at a path or a PostgreSQL URL; create it where there is none.

        Raises:
            CasesError: it is no case store, of another version of Limen, or out of reach.
        """
        policy = read_policy(home)
        database = open_database(place, CASES)
        _begin_chain(database)
        return cls(database, policy, clock)

    @property
    def now(self) -> str:
        """Return the present moment as events have it."""
        return self.clock().strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def close(self) -> None:
        """Close the database."""
        self.database.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def adding(self) -> Iterator[Ledger]:
        """Open a transaction that adds events: all of them, or none."""
        with self.database.writing() as connection:
            ledger = Ledger(connection, self.clock)
            yield ledger
            ledger.close()

    # Alerts

    def open_alerts(
        self,
        answers: Iterable[Mapping[str, Any]],
        *,
        profile: str = PROFILE,
        channel: Channel | None = None,
        subject_id: str = "",
        by: Person | None = None,
    ) -> list[Opened]:
        """Open the alerts of answers, in one transaction.

        Args:
            answers: what a channel printed as JSON: all are recorded, or none.
            profile: what the answers were screened for; a subject and a party have one alert
                under each.
            channel: how they were screened; found out where it is not given.
            subject_id: the subject's own id, where the answers have none.
            by: who opens them; the system.

        Raises:
            InputError: one is no answer.
            RightsError: the person may not.
        """
        if by is not None:
            by.need("screen", "open alerts")
        if not profile or " " in profile:
            raise InputError(f"{profile!r} is no name of a profile", where="profile")
        name = by.name if by is not None else SYSTEM
        with self.adding() as ledger:
            return [
                opened
                for wire in answers
                for opened in open_alerts(
                    ledger, wire, self.policy, profile=profile, channel=channel,
                    subject_id=subject_id, by=name,
                )
            ]  # fmt: skip

    def act(self, alert: str, version: int, what: Act, by: Person) -> Event:
        """Do something with an alert, as :func:`limen.cases.actions.act`."""
        with self.adding() as ledger:
            return actions.act(ledger, alert, version, what, by, self.policy)

    def preview(self, alerts: Sequence[str], what: Act, by: Person) -> bulk.Preview:
        """Return what an action would do to many alerts, and do nothing."""
        with self.database.writing() as connection:
            ledger = Ledger(connection, self.clock)
            found = bulk.preview(ledger, alerts, what, by, self.policy)
            connection.get_transaction().rollback()  # type: ignore[union-attr]
            return found

    def act_on_all(
        self, alerts: Sequence[str], what: Act, by: Person, *, seen: str
    ) -> bulk.Preview:
        """Do to all alerts what a preview had, or nothing; ``seen`` is its digest."""
        with self.adding() as ledger:
            return bulk.act_on_all(ledger, alerts, what, by, self.policy, seen=seen)

    def attach(self, alert: str, name: str, body: bytes, by: Person) -> str:
        """Store a file as evidence of an alert, and return its hash."""
        by.need("decide", "attach evidence")
        if not body or len(body) > MOST_ATTACHED:
            raise InputError(f"it has {len(body):,} bytes", where=name,
                             hint=f"1 to {MOST_ATTACHED:,}")  # fmt: skip
        with self.adding() as ledger:
            get_alert(ledger.connection, alert)
            digest = ledger.add_content(body)
            data = {"name": Path(name).name[:200], "sha256": digest, "bytes": len(body)}
            ledger.append(alert, "alert.attach", by.name, data)
            return digest

    def alert(self, key: str) -> Alert:
        """Return an alert."""
        with self.database.reading() as connection:
            return get_alert(connection, key)

    def frozen(self, alert: Alert) -> Frozen:
        """Return what an alert rests on, as it was answered."""
        with self.database.reading() as connection:
            return read_frozen(connection, alert)

    def content(self, digest: str) -> bytes:
        """Return stored content by its hash."""
        with self.database.reading() as connection:
            return read_content(connection, digest)

    def events(self, about: str) -> list[Event]:
        """Return all events about an alert, a good-guy or a person, the oldest first."""
        with self.database.reading() as connection:
            return read_events(connection, about)

    def queue(self, chosen: Filter) -> Page:
        """Return a page of alerts."""
        with self.database.reading() as connection:
            return read_queue(connection, chosen)

    def states(self, among: Collection[str]) -> Mapping[str, int]:
        """Return how many alerts are in each of some states."""
        with self.database.reading() as connection:
            return states(connection, among)

    # Good-guys

    def propose_good_guy(
        self, alert: str, by: Person, *, note: str, depends_on: Iterable[str] = (),
        months: float | None = None,
    ) -> GoodGuy:  # fmt: skip
        """Propose a good-guy from a closed alert."""
        with self.adding() as ledger:
            source = get_alert(ledger.connection, alert)
            key = good_guys.propose(
                ledger, source, by, self.policy, note=note, depends_on=depends_on, months=months
            )
        return self.good_guy(key)

    def simulate_good_guy(self, key: str) -> Simulation:
        """Return what a good-guy would have suppressed."""
        with self.database.reading() as connection:
            return good_guys.simulate(connection, good_guys.get_good_guy(connection, key))

    def approve_good_guy(self, key: str, by: Person, *, simulation: str) -> GoodGuy:
        """Let a good-guy suppress; ``simulation`` is the digest of the one that was read."""
        with self.adding() as ledger:
            good_guy = good_guys.get_good_guy(ledger.connection, key)
            good_guys.approve(ledger, good_guy, by, simulation)
        return self.good_guy(key)

    def end_good_guy(self, key: str, by: Person, *, note: str) -> list[str]:
        """End a good-guy; return the alerts that are open again."""
        with self.adding() as ledger:
            return good_guys.end(ledger, good_guys.get_good_guy(ledger.connection, key), by, note)

    def expire_good_guys(self) -> list[str]:
        """Send good-guys that are over to review; return their ids."""
        with self.adding() as ledger:
            return good_guys.expire(ledger)

    def good_guy(self, key: str) -> GoodGuy:
        """Return a good-guy."""
        with self.database.reading() as connection:
            return good_guys.get_good_guy(connection, key)

    def good_guys(self, state: str = "") -> list[tuple[GoodGuy, int]]:
        """Return good-guys, and how many alerts each suppresses."""
        with self.database.reading() as connection:
            return good_guys.list_good_guys(connection, state)

    # The chain

    def sign(self, key: SigningKey) -> Checkpoint:
        """Sign the head of the chain; a key that is not in the chain yet is added to it."""
        with self.adding() as ledger:
            add_key(ledger, key.public)
        with self.database.writing() as connection:
            return sign_head(connection, key)

    def add_key(self, key: PublicKey, before: SigningKey) -> None:
        """Add a key to the chain, signed with the one that it replaces."""
        with self.adding() as ledger:
            add_key(ledger, key, before)

    # People

    def person(self, name: str) -> Person:
        """Return a person by name.

        Raises:
            RightsError: there is no such account, or it is disabled.
        """
        with self.database.reading() as connection:
            return people.find_person(connection, name)

    def sign_in(self, name: str, password: str) -> Person:
        """Return a person by name and password.

        Raises:
            RightsError: they do not fit, or the account is locked out.
        """
        with self.database.reading() as connection:
            stored = people.stored_password(connection, name, self.now)
        right = passwords.matches(stored, password)
        renewed = passwords.hashed(password) if right and passwords.is_outdated(stored) else ""
        with self.adding() as ledger:
            people.record_attempt(ledger, name, self.policy.sign_in, right=right, renewed=renewed)
        if not right:
            raise RightsError("name and password do not fit", where="sign in",
                              hint="an admin can set a new password")  # fmt: skip
        return self.person(name)

    def secret_of(self, name: str) -> str:
        """Return the hash of an account's stored password, which a session of it names."""
        with self.database.reading() as connection:
            return people.secret_of(connection, name)

    def signed_in(self, name: str, secret: str) -> Person | None:
        """Return who signed in, as long as the account and its password are the same."""
        with self.database.reading() as connection:
            return people.find_signed_in(connection, name, secret)

    def has_accounts(self) -> bool:
        """Return whether there is any account."""
        with self.database.reading() as connection:
            return people.has_accounts(connection)

    def can_sign_in(self) -> bool:
        """Return whether anyone has a password to sign in with."""
        with self.database.reading() as connection:
            return people.can_sign_in(connection)

    def add_account(
        self, name: str, roles: Iterable[str], by: Person | None, *, level: int = 1,
        password: str = "",
    ) -> Person:  # fmt: skip
        """Add an account; the first needs no admin, and must be one."""
        roles = set(roles)
        with self.adding() as ledger:
            if people.has_accounts(ledger.connection):
                _need_admin(by)
            elif "admin" not in roles:
                raise InputError("the first account must have the role admin", where="roles")
            who = by.name if by else SYSTEM
            people.add_account(ledger, name, roles, level, password, who)
        return self.person(name)

    def change_account(self, name: str, by: Person, **changes: Any) -> None:
        """Change an account, as :func:`limen.cases.people.change_account`."""
        _need_admin(by)
        with self.adding() as ledger:
            people.change_account(ledger, name, by.name, **changes)

    def accounts(self) -> list[dict[str, Any]]:
        """Return all accounts, without passwords."""
        table = schema.account
        with self.database.reading() as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.id)).mappings().all()
        return [
            {
                "name": row["id"][2:], "roles": row["roles"].split(), "level": row["level"],
                "disabled": bool(row["disabled"]), "password": bool(row["secret_sha256"]),
                "since": row["opened_at"],
            }
            for row in rows
        ]  # fmt: skip


def _need_admin(by: Person | None) -> None:
    if by is None:
        raise RightsError("it needs the role admin", where="rights", hint="name who does it")
    by.need("admin", "change accounts")


def _begin_chain(database: Database) -> None:
    """Write the head before the first event, so that every writer finds a row to hold."""
    table = schema.head
    with database.reading() as connection:
        if connection.scalar(sa.select(table.c.id)) is not None:
            return
    try:
        with database.engine.begin() as connection:
            connection.execute(sa.insert(table), {"id": 1, "seq": 0, "hash": ORIGIN, "at": ""})
    except IntegrityError:
        pass  # another process was faster
