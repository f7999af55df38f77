"""The tables of a case store.

``case_event`` is the truth: rows are added and never changed. Alerts, good-guys, people and
webhooks are what their events come to (:mod:`limen.cases.storage.ledger`), written in the same
transaction, so that they can be searched.
"""

from __future__ import annotations

import sqlalchemy as sa

from limen.util.database.kind import version_table

#: Goes up with every change of the tables.
SCHEMA_VERSION = 1

metadata = sa.MetaData()

schema_version = version_table("case_schema", metadata)

#: ``body`` is the event as canonical JSON, ``hash`` the SHA-256 of it; ``about`` is in both.
event = sa.Table(
    "case_event",
    metadata,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("about", sa.String, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("hash", sa.LargeBinary(32), nullable=False),
    sa.Index("case_event_about", "about", "seq"),
)

#: The last event, in one row: who adds to the chain holds it.
head = sa.Table(
    "case_head",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.LargeBinary(32), nullable=False),
    sa.Column("at", sa.String, nullable=False),
)

#: What events refer to by its hash: answers as they were given, attachments. Gzipped.
content = sa.Table(
    "case_content",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

#: The head of the chain at an instant, with a signature that the store's own writer cannot forge
#: without the key.
checkpoint = sa.Table(
    "case_checkpoint",
    metadata,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("hash", sa.LargeBinary(32), nullable=False),
    sa.Column("at", sa.String, nullable=False),
    sa.Column("key_id", sa.String, nullable=False),
    sa.Column("signature", sa.LargeBinary(32), nullable=False),
)


def _derived(name: str, *columns: sa.Column[object] | sa.Index) -> sa.Table:
    """Return a table of what events come to; ``version`` is the number of the last event."""
    return sa.Table(
        name,
        metadata,
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("opened_at", sa.String, nullable=False),
        sa.Column("changed_at", sa.String, nullable=False),
        *columns,
    )


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.String, nullable=False, server_default="")


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


alert = _derived(
    "case_alert",
    _text("channel"),
    _text("profile"),
    _text("subject_id"),
    _text("subject"),
    _text("party_id"),
    _text("party"),
    _text("lists"),
    sa.Column("score", sa.Float, nullable=False, server_default="0"),
    _text("level"),
    _text("state"),
    _number("is_open"),
    _number("tier"),
    _text("assignee"),
    _text("due_at"),
    _text("proposal"),
    _text("reason"),
    _text("proposed_by"),
    _text("decided_by"),
    _text("decided_at"),
    _text("suppressed_by"),
    _text("trigger"),
    _text("sample"),
    _text("answer"),
    _text("subject_print"),
    _text("listed_print"),
    sa.Index("case_alert_queue", "is_open", "due_at", "id"),
    sa.Index("case_alert_due", "due_at", "id"),
    sa.Index("case_alert_state", "state", "due_at", "id"),
    sa.Index("case_alert_assignee", "assignee", "is_open", "due_at", "id"),
    sa.Index("case_alert_channel", "channel", "is_open", "due_at", "id"),
    sa.Index("case_alert_tier", "tier", "is_open", "due_at", "id"),
    sa.Index("case_alert_sample", "sample", "due_at", "id"),
    sa.Index("case_alert_subject", "subject_id", "party_id"),
    sa.Index("case_alert_party", "party_id"),
    sa.Index("case_alert_suppressed", "suppressed_by"),
)

good_guy = _derived(
    "case_good_guy",
    _text("subject_id"),
    _text("subject"),
    _text("party_id"),
    _text("party"),
    _text("state"),
    _text("owner"),
    _text("reason"),
    _text("note"),
    _text("approved_by"),
    _text("expires_at"),
    _text("depends_on"),
    _text("alert"),
    _text("answer"),
    _text("subject_print"),
    _text("listed_print"),
    _text("trigger"),
    sa.Index("case_good_guy_pair", "subject_id", "party_id"),
    sa.Index("case_good_guy_state", "state", "expires_at"),
)

account = _derived(
    "case_account",
    _text("roles"),
    _number("level"),
    _number("disabled"),
    _text("secret_sha256"),
)

#: Passwords, of which the chain has the hash alone; and failed attempts, which it does not have.
secret = sa.Table(
    "case_secret",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("record", sa.String, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("locked_until", sa.String, nullable=False, server_default=""),
)

webhook = _derived(
    "case_webhook",
    _text("url"),
    _text("events"),
    _text("secret_sha256"),
    _number("disabled"),
)

#: What is to be sent to a webhook, and how often it was tried.
delivery = sa.Table(
    "case_delivery",
    metadata,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("webhook", sa.String, primary_key=True),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("next_at", sa.String, nullable=False),
    sa.Index("case_delivery_next", "next_at"),
)

#: The first letter of an id -> the table of what its events come to.
DERIVED = {"A": alert, "G": good_guy, "U": account, "W": webhook}
