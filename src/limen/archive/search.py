"""Find records by the publisher's id, or by a name as one types it."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from limen.archive.content import decode
from limen.archive.history import fold, is_named
from limen.archive.storage import schema
from limen.model import InputError

#: For each list the records found: the archive's id -> the publisher's.
Found = Mapping[str, Mapping[int, str]]

_VALUES = 900


def find_records(connection: sa.Connection, query: str) -> Found:
    """Records whose id is the query, or else those with a name that has all its words.

    ``us_ofac_sdn:35096`` asks one list, ``35096`` asks all.

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


def _find_names(connection: sa.Connection, words: list[str]) -> Found:
    content, entry = schema.content, schema.entry
    said = connection.execute(sa.select(content.c.id, content.c.body))
    named = [content_id for content_id, body in said if is_named(decode(body), words)]
    found: dict[str, dict[int, str]] = {}
    for start in range(0, len(named), _VALUES):
        with_content = entry.c.content_pk.in_(named[start : start + _VALUES])
        ids = sa.select(entry.c.record_pk).where(with_content).distinct()
        for list_id, names in _by_list(connection, schema.record.c.id.in_(ids)).items():
            found.setdefault(list_id, {}).update(names)
    return found


def _by_list(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Found:
    table = schema.record
    query = sa.select(table.c.list_id, table.c.id, table.c.record_id).where(condition)
    found: dict[str, dict[int, str]] = {}
    for list_id, record, record_id in connection.execute(query):
        found.setdefault(list_id, {})[record] = record_id
    return found
