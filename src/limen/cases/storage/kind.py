"""What the cases' database is: its tables, and its words in messages."""

from __future__ import annotations

from limen.cases.storage.schema import SCHEMA_VERSION, metadata, schema_version
from limen.model import CasesError
from limen.util.database.kind import Kind

CASES = Kind(
    a="a case store",
    the="the case store",
    file="cases.sqlite",
    again="",
    error=CasesError,
    metadata=metadata,
    schema_version=schema_version,
    version=SCHEMA_VERSION,
    oldest=SCHEMA_VERSION,
    # A writer waits for the head of the chain, and must then see what the one before it wrote.
    isolation="READ COMMITTED",
)
