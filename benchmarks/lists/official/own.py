"""Write the entries of a list as a user's own table, or as FollowTheMoney JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from limen.lists.readers.own_csv import COLUMNS
from limen.model import Entry

_PROPERTIES = {
    "name": "name",
    "aliases": "alias",
    "birth_date": "birthDate",
    "birth_place": "birthPlace",
    "nationality": "nationality",
    "address": "address",
    "passport_number": "passportNumber",
    "id_number": "idNumber",
    "imo": "imoNumber",
    "notes": "notes",
}


def as_csv(entries: Iterable[Entry]) -> bytes:
    """The table of ``docs/own-lists.md``, with the columns that official lists fill."""
    columns = [name for name in COLUMNS if name in (*_PROPERTIES, "id", "schema", "programme")]
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    for entry in entries:
        cells = {
            column: _cell(entry.properties.get(name, ())) for column, name in _PROPERTIES.items()
        }
        cells |= {
            "id": entry.record_id,
            "schema": entry.schema or "",
            "programme": _cell(entry.programmes),
        }
        writer.writerow([cells[column] for column in columns])
    return written.getvalue().encode()


def as_ftm(entries: Iterable[Entry]) -> bytes:
    """An entity a line, programmes as ``programId``."""
    return b"".join(
        json.dumps(
            {
                "id": entry.record_id,
                "schema": entry.schema,
                "properties": {**entry.properties, "programId": entry.programmes},
            }
        ).encode()
        + b"\n"
        for entry in entries
    )


def _cell(values: Sequence[str]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";", lineterminator="").writerow(values)
    return written.getvalue()
