"""Read the EU's consolidated list in its CSV 1.1.

UTF-8 with a byte order mark, semicolons, and one row for each name, address, birth date,
citizenship and identification of an entity, the entity's own fields repeated on every row. A
column is ``Part_Field``; the fields are the XML's with a capital. Weak names are not marked.
See :mod:`limen.lists.readers.eu.fsf`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from limen.lists.audit import Audit, Record
from limen.lists.parsing.tables import Dialect, read_headed, read_rows
from limen.lists.readers.eu.fsf import Entity
from limen.lists.source import Source
from limen.model import Entry, ListFormatError

_DIALECT = Dialect(encoding="utf-8-sig", delimiter=";")
_REQUIRED = (
    "Entity_LogicalId",
    "Entity_EU_ReferenceNumber",
    "Entity_SubjectType_ClassificationCode",
    "Entity_Regulation_NumberTitle",
    "Entity_Regulation_Programme",
    "NameAlias_WholeName",
    "BirthDate_BirthDate",
    "Identification_Number",
)
#: Columns with a field that is not the XML's with a capital.
_FIELDS = {
    "Entity_EU_ReferenceNumber": "euReferenceNumber",
    "Entity_SubjectType": "code",
    "Entity_SubjectType_ClassificationCode": "classificationCode",
    "BirthDate_BirthDate": "birthdate",
    "BirthDate_Day": "dayOfMonth",
    "BirthDate_Month": "monthOfYear",
    "Identification_IssuedDate": "issueDate",
    "Identification_TypeCode": "identificationTypeCode",
    "Identification_TypeDescription": "identificationTypeDescription",
}
_PARTS = ("Entity", "NameAlias", "BirthDate", "Citizenship", "Address", "Identification")


def day(sources: Mapping[str, Source]) -> str | None:
    """Return the day the file was generated, repeated in its first column (dd/mm/yyyy)."""
    for record in read_headed(
        sources["csv"], required=("fileGenerationDate",), dialect=_DIALECT, audit=Audit()
    ):
        parts = record.one("fileGenerationDate").split("/")
        return "-".join(reversed(parts)) if len(parts) == 3 else None
    return None


def read(sources: Mapping[str, Source], audit: Audit) -> Iterator[Entry]:
    """Yield an entry for each sanctioned entity; its rows may be anywhere in the file.

    Raises:
        ListFormatError: the retired CSV 1.0, a missing column, or an entity without its number,
            subject type or name.
    """
    source = sources["csv"]
    _refuse_retired(source)
    entities: dict[str, Entity] = {}
    for row in read_headed(source, required=_REQUIRED, dialect=_DIALECT, audit=audit):
        row.skip("fileGenerationDate")
        key = row.need("Entity_LogicalId")
        parts = _parts(row, key, audit)
        if key not in entities:
            entities[key] = Entity(parts["Entity"])
        _read_row(entities[key], parts)
    for entity in entities.values():
        yield entity.entry()


def _read_row(entity: Entity, parts: Mapping[str, Record]) -> None:
    for name, read_part in (
        ("NameAlias", entity.read_name),
        ("BirthDate", entity.read_birth),
        ("Citizenship", entity.read_citizenship),
        ("Address", entity.read_address),
        ("Identification", entity.read_identification),
    ):
        if name in parts:
            read_part(parts[name])


def _parts(row: Record, key: str, audit: Audit) -> dict[str, Record]:
    values: dict[str, dict[str, tuple[str, ...]]] = {"Entity": {"logicalId": (key,)}}
    for column, cells in row.rest():
        part, _, field = column.partition("_")
        values.setdefault(part, {})[_FIELDS.get(column) or _field(field)] = cells
    for unknown in values.keys() - set(_PARTS):
        for field in values.pop(unknown):
            audit.report_unread(f"{unknown}_{field}", row.where)
    return {
        part: Record(fields, where=f"{row.where}: {part}", audit=audit)
        for part, fields in values.items()
    }


def _field(name: str) -> str:
    joined = name.replace("_", "")
    return joined[:1].lower() + joined[1:]


def _refuse_retired(source: Source) -> None:
    header = next(read_rows(source, Dialect("cp1252", ";")), (1, []))[1]
    if any("Entity_logical_id" in cell for cell in header):
        raise ListFormatError(
            "this is the retired CSV 1.0 of the list (column Entity_logical_id), not 1.1",
            where=f"{source.name} line 1",
            why="its columns repeat their names, and it ended in 2019",
            hint="fetch csvFullSanctionsList_1_1",
        )
