"""Write decided alerts as judgements in nomenklatura's format of a resolver."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from limen.cases.alert import Alert, read_frozen
from limen.cases.storage import schema
from limen.cases.vocabulary import JUDGEMENTS
from limen.identity.resolver_format import Edge
from limen.util.database.database import Database


def write_judgements(database: Database) -> Iterator[bytes]:
    """Yield a line for each record that a closed alert was about: positive or negative."""
    table = schema.alert
    query = sa.select(table).where(table.c.state.in_(JUDGEMENTS)).order_by(table.c.id)
    with database.reading() as connection:
        for row in connection.execute(query).mappings().all():
            alert = Alert(**row)
            for finding in read_frozen(connection, alert).findings:
                edge = Edge(
                    finding["id"], alert.subject_id, JUDGEMENTS[alert.state],  # type: ignore[arg-type]
                    finding["score"], alert.decided_by, alert.decided_at,
                )  # fmt: skip
                yield msgspec.json.encode(edge) + b"\n"
