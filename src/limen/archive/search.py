"""Find records in the archive by the publisher's id, or by words of a name."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from limen.archive.content import decode
from limen.archive.history import is_named
from limen.archive.storage import schema
from limen.model import InputError
from limen.util.database.chunks import in_chunks
from limen.util.text import fold

#: For each list the records found: the archive's id -> the publisher's.
RecordsByList = Mapping[str, Mapping[int, str]]


def find_records(connection: sa.Connection, query: str) -> RecordsByList:
    """Find the records with the query as id, or else those with all its words in a name.

    ``us_ofac_sdn:35096`` searches one list, ``35096`` searches all.

    Raises:
        InputError: the query has no letter and no digit.
    """
    words = fold(query).split()
    if not words:
        raise InputError(
            f"{query!r} is no name and no record id",
            hint="give a name, 35096, or us_ofac_sdn:35096",
        )
    table = schema.record
    list_id, _, record_id = query.strip().partition(":")
    by_id = sa.or_(
        table.c.record_id == query.strip(),
        sa.and_(table.c.list_id == list_id, table.c.record_id == record_id.strip()),
    )
    return _by_list(connection, by_id) or _find_names(connection, words)


def _find_names(connection: sa.Connection, words: list[str]) -> RecordsByList:
    content, entry = schema.content, schema.entry
    rows = connection.execute(sa.select(content.c.id, content.c.sha256, content.c.body))
    named = [
        content_id for content_id, digest, body in rows if is_named(decode(body, digest), words)
    ]
    records: dict[str, dict[int, str]] = {}
    for chunk in in_chunks(named):
        with_content = entry.c.content_pk.in_(chunk)
        ids = sa.select(entry.c.record_pk).where(with_content).distinct()
        for list_id, names in _by_list(connection, schema.record.c.id.in_(ids)).items():
            records.setdefault(list_id, {}).update(names)
    return records


def _by_list(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> RecordsByList:
    table = schema.record
    query = sa.select(table.c.list_id, table.c.id, table.c.record_id).where(condition)
    records: dict[str, dict[int, str]] = {}
    for list_id, record, record_id in connection.execute(query):
        records.setdefault(list_id, {})[record] = record_id
    return records
