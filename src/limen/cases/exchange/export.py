"""Write everything that leaves a store as a file: alerts, events, judgements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from limen.cases.alert import Alert
from limen.cases.cases import Cases
from limen.cases.exchange.judgements import write_judgements
from limen.cases.storage import schema
from limen.util.csv_text import csv_lines

Format = Literal["jsonl", "csv", "events", "nomenklatura"]
#: Rows of one query.
_AT_ONCE = 5_000


def exported(cases: Cases, output_format: Format) -> Iterator[bytes]:
    """Yield a file, in pieces: all alerts, the events as they were hashed, or judgements."""
    if output_format == "nomenklatura":
        yield from write_judgements(cases.database)
    elif output_format == "events":
        yield from _events(cases)
    elif output_format == "jsonl":
        for alert in _alerts(cases):
            yield msgspec.json.encode(alert.to_dict()) + b"\n"
    else:
        yield csv_lines([list(Alert.__struct_fields__)], raw=False)
        for alert in _alerts(cases):
            yield csv_lines([list(flat(alert).values())], raw=False)


def flat(alert: Alert) -> dict[str, Any]:
    """Return an alert as one row, in the order of its members."""
    return {name: getattr(alert, name) for name in alert.__struct_fields__}


def _alerts(cases: Cases) -> Iterator[Alert]:
    table = schema.alert
    return (Alert(**row) for row in _rows(cases, sa.select(table), table.c.id, ""))


def _events(cases: Cases) -> Iterator[bytes]:
    table = schema.event
    rows = _rows(cases, sa.select(table.c.seq, table.c.body), table.c.seq, 0)
    return (row["body"] + b"\n" for row in rows)


def _rows(cases: Cases, query: Any, key: sa.Column[Any], last: Any) -> Iterator[sa.RowMapping]:
    """Yield rows in the order of a key, some at a time: a reader does not hold up who decides."""
    while True:
        with cases.database.reading() as connection:
            part = query.where(key > last).order_by(key).limit(_AT_ONCE)
            rows = connection.execute(part).mappings().all()
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1][key.name]
