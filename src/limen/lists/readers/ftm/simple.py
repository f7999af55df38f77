"""Read OpenSanctions' simplified table (``targets.simple.csv``) into entries.

One row a target, several values in a cell separated by ``;``. Identifiers come without their
kind: an IMO number or an LEI can be recognised, the rest stays an identity number. The table
gives programmes and no dates of listing. Format:
https://www.opensanctions.org/docs/bulk/csv/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from limen.lists.audit import Audit, Record
from limen.lists.formats import Sources
from limen.lists.parsing.draft import Draft
from limen.lists.parsing.tables import Dialect, read_headed, split_cell
from limen.model import Entry, ListFormatError
from limen.model.identifiers import valid_lei
from limen.model.schemata import MATCHABLE, known_schema, properties
from limen.util.suggest import did_you_mean

_PROPERTIES = {
    "aliases": "alias",
    "birth_date": "birthDate",
    "countries": "country",
    "addresses": "address",
    "phones": "phone",
    "emails": "email",
}
#: Ships and shipping companies; the companies' numbers have another check digit.
_IMO = re.compile(r"IMO ?\d{7}")
#: The export's own clock, which changes without the target changing.
_EXPORT = ("first_seen", "last_seen", "last_change")


def read(sources: Sources, audit: Audit) -> Iterator[Entry]:
    """Yield an entry for every row.

    Raises:
        ListFormatError: a heading missing, an id or name missing, or an unknown schema.
    """
    required = ("id", "schema", "name")
    for row in read_headed(sources["csv"], required=required, dialect=Dialect(), audit=audit):
        yield _entry(row)
        row.done()


def _entry(row: Record) -> Entry:
    schema = row.need("schema")
    if not known_schema(schema):
        raise ListFormatError(
            f"unknown schema {schema!r}", where=row.where, hint=did_you_mean(schema, MATCHABLE)
        )
    draft = Draft(row.need("id"), schema, where=row.where)
    draft.add("name", row.need("name"))
    for column, name in _PROPERTIES.items():
        draft.add(name, *_values(row, column))
    for number in _values(row, "identifiers"):
        draft.add(_kind(schema, number), number)
    draft.keep("sanctions", *_values(row, "sanctions"))
    draft.keep("dataset", *_values(row, "dataset"))
    row.skip(*_EXPORT)
    return draft.entry(programmes=_values(row, "program_ids"))


def _values(row: Record, column: str) -> tuple[str, ...]:
    return split_cell(row.one(column), where=f"{row.where}, column {column}")


def _kind(schema: str, number: str) -> str:
    kind = ["imoNumber"] if _IMO.fullmatch(number) else ["leiCode"] if valid_lei(number) else []
    places = (*kind, "idNumber", "registrationNumber", "notes")
    return next(place for place in places if place in properties(schema))
