"""Good-guys: pairs of a subject and a listed party that were decided not to be one.

By OFAC's guidance on false-hit lists. Compliance owns them: another person approves each, it ends,
and it is reviewed. It is about one pair, never about a name. It rests on the facts of both sides,
and on the measures and licences that it names: where any of them changes, it covers nothing until
it was approved anew. What it suppresses stays visible and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from limen.cases.alert import Alert, Frozen, read_frozen
from limen.cases.decision import check_note
from limen.cases.intake.facts import (
    changed_fields,
    fingerprint,
    listed_facts,
    possible_dependencies,
)
from limen.cases.intake.sources import LASTING, Candidate
from limen.cases.people import Person
from limen.cases.policy import CasePolicy, later
from limen.cases.storage import schema
from limen.cases.storage.canonical import digest
from limen.cases.storage.contents import read_content
from limen.cases.storage.ledger import SYSTEM, Ledger
from limen.cases.vocabulary import vocabulary
from limen.model import InputError, RightsError, StaleDecisionError
from limen.util.suggest import did_you_mean

GoodGuyState = Literal["proposed", "active", "review", "ended", "refused"]
_frozen = msgspec.json.Decoder(Frozen)


class GoodGuy(msgspec.Struct, frozen=True):
    """Represents a pair that is no match, who owns it, and what it rests on.

    Attributes:
        state: ``"proposed"`` until another person approves it, ``"active"`` while it suppresses,
            ``"review"`` once a fact changed or it expired, ``"ended"`` or ``"refused"``.
        depends_on: measures and licences by id.
        alert: the alert that it was proposed from, with ``answer``, what it rests on.
        trigger: why it is in review.
    """

    id: str
    version: int
    opened_at: str
    changed_at: str
    subject_id: str
    subject: str
    party_id: str
    party: str
    state: str
    owner: str
    reason: str
    note: str
    approved_by: str
    expires_at: str
    depends_on: str
    alert: str
    answer: str
    subject_print: str
    listed_print: str
    trigger: str

    @property
    def dependencies(self) -> tuple[str, ...]:
        return tuple(self.depends_on.split())

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form."""
        wire: dict[str, Any] = msgspec.to_builtins(self)
        return wire | {"depends_on": list(self.dependencies)}


class Cover(msgspec.Struct, frozen=True):
    """Represents which good-guy covers a candidate, or why one does not any more."""

    by: str = ""
    trigger: str = ""


class Simulation(msgspec.Struct, frozen=True):
    """Represents what a good-guy would have suppressed: past alerts, and how they were decided.

    ``digest`` is of both; an approval names it, so that it approves what was seen.
    """

    alerts: tuple[str, ...]
    by_state: dict[str, int]
    true_matches: tuple[str, ...]
    digest: str


def cover_of(ledger: Ledger, candidate: Candidate, by: str) -> Cover:
    """Return which good-guy covers a candidate; one of which facts changed goes to review."""
    if candidate.channel not in LASTING:
        return Cover()
    trigger = ""
    pair = _of_pair(ledger.connection, candidate.subject_id, candidate.party_id, "active")
    for good_guy in pair:
        trigger = _why_not(ledger, good_guy, candidate)
        if not trigger:
            return Cover(good_guy.id)
        to_review(ledger, good_guy, trigger, by)
    return Cover("", trigger)


def to_review(ledger: Ledger, good_guy: GoodGuy, trigger: str, by: str) -> list[str]:
    """Let a good-guy cover nothing more, open what it suppresses again; return those alerts."""
    changes = {"state": "review", "trigger": trigger}
    ledger.append(good_guy.id, "good_guy.reopened", by, {"why": trigger}, changes)
    table = schema.alert
    query = sa.select(table.c.id).where(
        table.c.suppressed_by == good_guy.id, table.c.state == "suppressed"
    )
    alerts = list(ledger.connection.scalars(query.order_by(table.c.id)))
    again = {"state": "reopened", "is_open": 1, "suppressed_by": "", "due_at": ledger.now,
             "trigger": f"{good_guy.id}: {trigger}"}  # fmt: skip
    for alert in alerts:
        ledger.append(alert, "alert.reopened", by, {"was": "suppressed"}, again)
    return alerts


def propose(
    ledger: Ledger,
    alert: Alert,
    person: Person,
    policy: CasePolicy,
    *,
    note: str,
    depends_on: Iterable[str] = (),
    months: float | None = None,
) -> str:
    """Propose a good-guy from an alert that was closed as no match; return its id.

    Raises:
        RightsError: the person may not.
        InputError: the alert was not closed so, its subject does not come again, or what it is to
            depend on is not behind it.
    """
    _need_level(person)
    _check_source(alert)
    held = list(_of_pair(ledger.connection, alert.subject_id, alert.party_id, "proposed", "active"))
    if held:
        raise InputError(f"{held[0].id} is about this pair already", where=alert.id,
                         unchanged="no good-guy was added")  # fmt: skip
    frozen = read_frozen(ledger.connection, alert)
    dependencies = sorted(set(depends_on))
    known = possible_dependencies(frozen.findings)
    for each in dependencies:
        if each not in known:
            raise InputError(f"{each!r} is not behind this alert", where="depends on",
                             hint=did_you_mean(each, known))  # fmt: skip
    months = policy.months.good_guy if months is None else months
    if not 0 < months <= policy.months.good_guy:
        raise InputError(f"{months:g} months are not allowed", where="expires",
                         hint=f"at most {policy.months.good_guy:g}")  # fmt: skip
    key = f"G-{digest([alert.id, ledger.now, person.name])[:12]}"
    changes = {
        "subject_id": alert.subject_id, "subject": alert.subject, "party_id": alert.party_id,
        "party": alert.party, "state": "proposed", "owner": person.name, "reason": alert.reason,
        "note": check_note(note, needed=True), "depends_on": " ".join(dependencies),
        "expires_at": later(ledger.now, months=months), "alert": alert.id, "answer": alert.answer,
        "subject_print": alert.subject_print,
        "listed_print": fingerprint(listed_facts(frozen.findings, dependencies)),
    }  # fmt: skip
    ledger.append(key, "good_guy.proposed", person.name, {}, changes, new=True)
    return key


def simulate(connection: sa.Connection, good_guy: GoodGuy) -> Simulation:
    """Return which past alerts a good-guy would have suppressed, and which of them were true."""
    table = schema.alert
    rows = connection.execute(
        sa.select(table.c.id, table.c.state, table.c.version)
        .where(
            table.c.subject_id == good_guy.subject_id, table.c.party_id == good_guy.party_id,
            table.c.channel.in_(LASTING),
        )
        .order_by(table.c.id)
    ).all()  # fmt: skip
    by_state: dict[str, int] = {}
    for row in rows:
        by_state[row.state] = by_state.get(row.state, 0) + 1
    true = tuple(row.id for row in rows if row.state == "closed_true")
    seen = digest([good_guy.id, good_guy.version, [list(row) for row in rows]])
    return Simulation(tuple(row.id for row in rows), by_state, true, seen)


def approve(ledger: Ledger, good_guy: GoodGuy, person: Person, simulation: str) -> list[str]:
    """Let a good-guy suppress from now on; return the past alerts that it would have suppressed.

    Args:
        ledger: the transaction.
        good_guy: what was proposed.
        person: who approves; never who proposed it.
        simulation: the digest of the simulation that was read.

    Raises:
        RightsError: the person may not.
        StaleDecisionError: the simulation is of another state.
        InputError: it is not proposed, or a true match is among what it would suppress.
    """
    _need_level(person)
    person.need("approve", "approve a good-guy")
    if person.name == good_guy.owner:
        raise RightsError(
            f"{person.name} proposed {good_guy.id}, and another person must approve it",
            where="four eyes",
            unchanged="it covers nothing",
        )
    if good_guy.state != "proposed":
        raise InputError(f"{good_guy.id} is {good_guy.state}, not proposed", where=good_guy.id)
    now = simulate(ledger.connection, good_guy)
    if now.true_matches:
        raise InputError(
            f"it would suppress {', '.join(now.true_matches)}, a true match",
            where=good_guy.id, unchanged="it covers nothing",
        )  # fmt: skip
    if simulation != now.digest:
        raise StaleDecisionError(
            "the simulation that was read is of another state", where=good_guy.id,
            hint="simulate it again, read it, then approve", unchanged="it covers nothing",
        )  # fmt: skip
    changes = {"state": "active", "approved_by": person.name}
    data = {"would_suppress": len(now.alerts), "true_matches": 0}
    ledger.append(good_guy.id, "good_guy.approved", person.name, data, changes)
    return list(now.alerts)


def end(ledger: Ledger, good_guy: GoodGuy, person: Person, note: str) -> list[str]:
    """End or refuse a good-guy; return the alerts that are open again."""
    _need_level(person)
    note = check_note(note, needed=True)
    if good_guy.state in ("ended", "refused"):
        raise InputError(f"{good_guy.id} is {good_guy.state} already", where=good_guy.id)
    alerts = to_review(ledger, good_guy, note, person.name) if good_guy.state == "active" else []
    state = "refused" if good_guy.state == "proposed" else "ended"
    ledger.append(good_guy.id, f"good_guy.{state}", person.name, {"note": note}, {"state": state})
    return alerts


def expire(ledger: Ledger) -> list[str]:
    """Send every good-guy that is over to review; return their ids."""
    table = schema.good_guy
    query = sa.select(table).where(table.c.state == "active", table.c.expires_at <= ledger.now)
    over = [GoodGuy(**row) for row in ledger.connection.execute(query).mappings()]
    for good_guy in over:
        to_review(ledger, good_guy, f"it expired on {good_guy.expires_at[:10]}", SYSTEM)
    return [good_guy.id for good_guy in over]


def get_good_guy(connection: sa.Connection, key: str) -> GoodGuy:
    """Return a good-guy by id.

    Raises:
        InputError: there is none.
    """
    table = schema.good_guy
    row = connection.execute(sa.select(table).where(table.c.id == key)).mappings().first()
    if row is None:
        raise InputError(f"no good-guy is {key!r}", where="cases",
                         hint="`limen cases good-guys` lists them")  # fmt: skip
    return GoodGuy(**row)


def list_good_guys(connection: sa.Connection, state: str = "") -> list[tuple[GoodGuy, int]]:
    """Return good-guys, the first to end first, with how many alerts each suppresses."""
    table, alert = schema.good_guy, schema.alert
    counts: dict[str, int] = dict(
        connection.execute(
            sa.select(alert.c.suppressed_by, sa.func.count())
            .where(alert.c.state == "suppressed")
            .group_by(alert.c.suppressed_by)
        ).all()
    )  # fmt: skip
    query = sa.select(table).order_by(table.c.expires_at, table.c.id)
    rows = connection.execute(query.where(table.c.state == state) if state else query).mappings()
    return [(GoodGuy(**row), counts.get(row["id"], 0)) for row in rows]


def _why_not(ledger: Ledger, good_guy: GoodGuy, candidate: Candidate) -> str:
    """Return why a good-guy does not cover a candidate; empty where it does."""
    if good_guy.expires_at <= ledger.now:
        return f"it expired on {good_guy.expires_at[:10]}"
    listed = candidate.listed_facts(good_guy.dependencies)
    same_subject = fingerprint(candidate.subject_facts) == good_guy.subject_print
    if same_subject and fingerprint(listed) == good_guy.listed_print:
        return ""
    body = read_content(ledger.connection, good_guy.answer)
    before = _frozen.decode(body)
    was = listed_facts(before.findings, good_guy.dependencies)
    parts = [
        f"{side}: {', '.join(fields)}"
        for side, fields in (
            ("subject", changed_fields(before.subject_facts, candidate.subject_facts)),
            ("listed", changed_fields(was, listed)),
        )
        if fields
    ]
    return "; ".join(parts)


def _of_pair(
    connection: sa.Connection, subject_id: str, party_id: str, *states: GoodGuyState
) -> Iterator[GoodGuy]:
    table = schema.good_guy
    query = sa.select(table).where(
        table.c.subject_id == subject_id, table.c.party_id == party_id, table.c.state.in_(states)
    )
    return (GoodGuy(**row) for row in connection.execute(query).mappings().all())


def _check_source(alert: Alert) -> None:
    if alert.channel not in LASTING or alert.subject_id.startswith("sha256:"):
        raise InputError(
            "a good-guy is about a subject with an id of its own, which comes again",
            where=alert.id,
            why="a text or a name is not a person: it would clear whoever else has it",
            hint="screen customers with their id",
        )
    if alert.state != "closed_fp":
        raise InputError(
            f"the alert is {alert.state}, and must be closed_fp", where=alert.id,
            hint="decide the alert first; a good-guy rests on its decision",
        )  # fmt: skip
    if alert.reason not in vocabulary().reasons:
        raise InputError(f"no reason is {alert.reason!r}", where=alert.id)


def _need_level(person: Person) -> None:
    if person.level < 2 or not {"decide", "approve"} & person.roles:
        raise RightsError(
            f"{person.name} is of level {person.level}, and good-guys are for level 2 and above",
            where="rights", unchanged="no good-guy was changed",
        )  # fmt: skip
