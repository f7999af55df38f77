"""The archive's tables. Rows are added and never changed.

Everything about time (first seen, last seen, differences, listings) is derived when it is
read, by ordering versions by the day they were published. What is stored does not depend on
the order of loading.
"""

from __future__ import annotations

import sqlalchemy as sa

from limen.archive.storage.seal import COLUMN
from limen.util.database.kind import version_table

#: Goes up with every change of the tables.
SCHEMA_VERSION = 2

metadata = sa.MetaData()

schema_version = version_table("archive_schema", metadata)

#: Files as publishers delivered them, gzipped, so that a better reader can read them again.
#: ``sha256`` and ``bytes`` are of the file before it was gzipped.
source_file = sa.Table(
    "source_file",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

version = sa.Table(
    "version",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("list_id", sa.String, nullable=False),
    sa.Column("published", sa.String(10), nullable=False),
    sa.Column("format", sa.String, nullable=False),
    sa.Column("retrieved_at", sa.String, nullable=False),
    sa.Column("url", sa.String, nullable=False),
    sa.Column("etag", sa.String),
    sa.Column("last_modified", sa.String),
    sa.Column("reader", sa.String, nullable=False),
    sa.Column("parts", sa.JSON, nullable=False),
    sa.Column("carried", sa.JSON, nullable=False),
    sa.Column("counts", sa.JSON, nullable=False),
    sa.Column("audit", sa.JSON, nullable=False),
    sa.Column("files", sa.JSON, nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column(COLUMN, sa.LargeBinary(32)),
    sa.UniqueConstraint("list_id", "published", "content_hash"),
)

#: Every request to a publisher; ``version_id`` where the answer was a version held already.
check = sa.Table(
    "check_log",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("list_id", sa.String, nullable=False),
    sa.Column("checked_at", sa.String, nullable=False),
    sa.Column("result", sa.String, nullable=False),
    sa.Column("version_id", sa.ForeignKey("version.id")),
    sa.Column(COLUMN, sa.LargeBinary(32)),
)

#: The tables whose rows are sealed.
SEALED = (version, check)

record = sa.Table(
    "record",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("list_id", sa.String, nullable=False),
    sa.Column("record_id", sa.String, nullable=False),
    sa.UniqueConstraint("list_id", "record_id"),
)

#: The content of records (see ``limen.archive.content``), each distinct content once.
content = sa.Table(
    "content",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sha256", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

#: The content of each record in each part of each version.
entry = sa.Table(
    "entry",
    metadata,
    sa.Column("version_id", sa.ForeignKey("version.id"), primary_key=True, autoincrement=False),
    sa.Column("part", sa.String, primary_key=True),
    sa.Column("record_pk", sa.ForeignKey("record.id"), primary_key=True, autoincrement=False),
    sa.Column("content_pk", sa.ForeignKey("content.id"), nullable=False),
    sqlite_with_rowid=False,
)
