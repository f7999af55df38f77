"""Turn a row into a party: cells become properties, dates ISO, and the schema is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from limen.batch.columns.dates import Order, portfolio_date
from limen.batch.columns.headings import ADDRESS_PART, DATES, ID, NAME_PARTS, SCHEMA
from limen.batch.columns.kinds import knows_kind, schema_for
from limen.batch.name_cells import add_names, read_names
from limen.batch.tables.table import Row
from limen.model import DataError, Notice
from limen.model.identifiers import SCHEMES
from limen.model.schemata import NAME_PROPERTIES, properties

#: Properties that one kind of party has -> the property of any other.
_ELSEWHERE = {
    "nationality": "country",
    "citizenship": "country",
    "birthDate": "incorporationDate",
    "passportNumber": "idNumber",
    "position": "notes",
    "flag": "country",
}
#: They say nothing of a party's kind: exports give a nationality to companies, a flag or a
#: position to anyone.
_OF_NO_KIND = frozenset({"nationality", "citizenship", "flag", "position"})
#: Cells of these are one value, whatever punctuation they contain.
_WHOLE = (
    *NAME_PARTS,
    "name",
    "address",
    ADDRESS_PART,
    "birthPlace",
    "notes",
    "position",
    ID,
    SCHEMA,
)
#: What exports write for nothing. Not "NA", which is Namibia, and never in a name.
_NOTHING = frozenset(("n/a", "#n/a", "null", "none", "nil", "nan", "-", "--", "?", "unknown"))


class Column(msgspec.Struct, frozen=True):
    """Represents what one column is used as.

    Attributes:
        name: its heading.
        target: a property, ``id``, ``schema`` or ``address_part``; ``""`` where it is only
            passed through.
        basis: what decided it; ``""`` where nothing was found.
        note: what to know about it.
        example: the first value in the sample.
        order: how its dates are written; ``None`` where no date shows it.
    """

    name: str
    target: str = ""
    basis: Literal["heading", "values", "you", ""] = ""
    note: str = ""
    example: str = ""
    order: Order | None = None


class Columns(msgspec.Struct, frozen=True):
    """Represents what the columns of a table are used as, and the schema of rows without one."""

    columns: tuple[Column, ...]
    schema: str | None = None


class _Draft(msgspec.Struct):
    """Gathers a party from the cells of a row."""

    values: dict[str, list[str]] = {}
    address: list[str] = []
    key: str = ""
    kind: str = ""
    loose: bool = False
    names: list[tuple[Any, tuple[str, ...]]] = []
    notices: list[Notice] = []

    def add(self, column: Column, text: str) -> None:
        if column.target == ID:
            self.key = self.key or text
        elif column.target == SCHEMA:
            self.kind = self.kind or text
            self.loose = column.basis == "you"
        elif column.target == ADDRESS_PART:
            self.address.append(text)
        else:
            self.values.setdefault(column.target, []).append(text)


def party_of(
    row: Row, columns: Columns, *, where: str
) -> tuple[Mapping[str, Any], tuple[Notice, ...]]:
    """Return the FollowTheMoney object of a row, and notices of what was odd about it.

    A row that already is one (it has ``properties``) stays as it is.

    Raises:
        DataError: neither a name nor an identifier.
    """
    if is_party(row):
        return row.cells, ()
    draft = _gather(row.cells, columns)
    values = draft.values
    if draft.address:
        values.setdefault("address", []).append(", ".join(draft.address))
    schema = _schema(draft, columns)
    for cell, texts in draft.names:
        read = read_names(cell, texts, schema)
        add_names(values, read)
        draft.notices.extend(read.notices)
    parts = [values[part][0] for part in NAME_PARTS if part in values]
    if parts and "name" not in values:
        values["name"] = [" ".join(parts)]
    if not any(name in NAME_PROPERTIES or name in SCHEMES for name in values):
        raise DataError("neither a name nor an identifier", where=where)
    _fit(values, schema)
    wire: dict[str, Any] = {"schema": schema, "properties": values}
    if draft.key:
        wire["id"] = draft.key
    return wire, tuple(draft.notices)


def is_party(row: Row) -> bool:
    """Return whether a row is a FollowTheMoney object already."""
    return isinstance(row.cells.get("properties"), Mapping)


def cell_texts(value: Any) -> tuple[str, ...]:
    """Return the texts of a cell as read: none, one, or those of a list; ``123.0`` is ``123``."""
    if value is None:
        return ()
    if isinstance(value, (list, tuple)):
        return tuple(text for item in value for text in cell_texts(item))
    if isinstance(value, float):
        if value != value:  # NaN, which frames write for nothing
            return ()
        value = f"{value:.0f}" if value.is_integer() else value
    text = " ".join(str(value).split())
    return (text,) if text else ()


def _gather(cells: Mapping[str, Any], columns: Columns) -> _Draft:
    draft = _Draft()
    for column in columns.columns:
        if not column.target:
            continue
        cell = cells.get(column.name)
        texts = cell_texts(cell)
        if column.target == "name" and len(texts) > 1:
            draft.names.append((cell, texts))
            continue
        for value in texts:
            for text in _split(column.target, value):
                if text.casefold() not in _NOTHING or column.target in NAME_PROPERTIES:
                    draft.add(column, _dated(column, text))
    return draft


def _split(target: str, cell: str) -> list[str]:
    if target in _WHOLE or not (";" in cell or "|" in cell):
        return [cell]
    return [text for part in cell.replace("|", ";").split(";") if (text := part.strip())]


def _dated(column: Column, text: str) -> str:
    """Return a date in ISO, or as printed where it cannot be read; the answer then reports it."""
    if column.target not in DATES:
        return text
    try:
        return portfolio_date(text, column.order)
    except ValueError:
        return text


def _schema(draft: _Draft, columns: Columns) -> str:
    names = draft.values.keys() - _OF_NO_KIND
    if draft.kind and knows_kind(draft.kind, loose=draft.loose):
        return schema_for(names, draft.kind)
    if draft.kind:
        what = f"{draft.kind!r} is no kind of party known here, so the kind was left open"
        draft.notices.append(Notice("unknown-kind", what, "schema"))
    return columns.schema or schema_for(names)


def _fit(values: dict[str, list[str]], schema: str) -> None:
    """Move values that the schema has no property for to one that it has."""
    allowed = properties(schema)
    for name, instead in _ELSEWHERE.items():
        if name in values and name not in allowed and instead in allowed:
            values.setdefault(instead, []).extend(values.pop(name))
    if "lastName" not in allowed:
        _join_parts(values)


def _join_parts(values: dict[str, list[str]]) -> None:
    """Add the parts of a name to the names, for a kind that has none; ``name`` may be a surname."""
    parts = {part: values.pop(part)[0] for part in NAME_PARTS if part in values}
    if not parts:
        return
    names = values.setdefault("name", [])
    joined = [" ".join(parts.values())]
    if "lastName" not in parts:
        joined += [f"{joined[0]} {name}" for name in names]
    elif len(parts) == 1:
        joined += [f"{name} {joined[0]}" for name in names]
    names.extend(name for name in joined if name not in names)
