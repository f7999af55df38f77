"""What the archive's database is: its tables, and its words in messages."""

from __future__ import annotations

from limen.archive.storage.migrate import OLDEST, migrate
from limen.archive.storage.schema import SCHEMA_VERSION, metadata, schema_version
from limen.model import ArchiveError
from limen.util.database.kind import Kind

ARCHIVE = Kind(
    a="an archive",
    the="the archive",
    file="archive.db",
    again=" and load the lists again",
    error=ArchiveError,
    metadata=metadata,
    schema_version=schema_version,
    version=SCHEMA_VERSION,
    oldest=OLDEST,
    migrate=migrate,
)
