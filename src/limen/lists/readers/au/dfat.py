"""Read Australia's consolidated list (XLSX) into entries.

A target is a row with a number (``2``) and further rows for its other names (``2a``, ``2b``),
which repeat everything else. Cells hold several values as ``a) ... b) ...``, and ``NA`` for none.
The date of listing and the instruments are in prose. The files of 2025 and later add vessels,
IMO numbers, the strength of aliases and the measures imposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from limen.lists.audit import Audit, Record
from limen.lists.formats import Sources
from limen.lists.parsing.dates import dates_in
from limen.lists.parsing.draft import Draft
from limen.lists.parsing.enumerations import split_enumerated
from limen.lists.parsing.prose import add_numbers
from limen.lists.parsing.sheets import read_sheet
from limen.lists.parsing.un_reference import UN_REFERENCE, leading_reference
from limen.lists.readers.au.prose import instruments, listed_on
from limen.model import Entry, ListFormatError
from limen.model.countries import country_code, country_codes

_REQUIRED = ("Reference", "Name of Individual or Entity", "Type", "Name Type", "Committees")
_REFERENCE = re.compile(r"(\d+)\s*[a-z]*\d*")
_SCHEMAS = {"individual": "Person", "entity": "Organization", "vessel": "Vessel"}
_NAME_KINDS = {
    "primary name": "name",
    "aka": "alias",
    "alias": "alias",
    "original script": "alias",
    "formerly known as": "previousName",
    "previously listed as": "previousName",
}
_PRIMARY = "name"
#: Columns with a yes for a measure that is imposed.
_MEASURES = ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")
_NOTHING = re.compile(r"(?:n/?a|nil|none|false|no|[-.]*)", re.IGNORECASE)
_LINES = re.compile(r";\s*\n?\s*|\n\s*\n\s*")
_BETWEEN = re.compile(r"[;,/]|\band\b")


def read(sources: Sources, audit: Audit) -> Iterator[Entry]:
    """Yield an entry for every reference number, in the order they first appear.

    A target of which no row has a type is set aside.

    Raises:
        ListFormatError: not the workbook, or a row without reference or name, or of another type.
    """
    rows: dict[str, list[tuple[str, Record]]] = {}
    for record in read_sheet(sources["xlsx"], required=_REQUIRED, audit=audit):
        number = _number(record)
        rows.setdefault(number, []).append((_name_kind(record), record))
    for number, group in rows.items():
        group.sort(key=lambda row: row[0] != _PRIMARY)
        try:
            yield _entry(number, group)
        except _NoTypeError as error:
            audit.report_set_aside(error)


class _NoTypeError(ListFormatError):
    """No row of a target says which kind of party it is."""


def _number(record: Record) -> str:
    printed = record.need("Reference")
    match = _REFERENCE.fullmatch(printed)
    if match is None:
        raise ListFormatError(
            f"{printed!r} is not a reference of the shape 2 or 2a",
            where=f"{record.where}, column Reference",
            why="the row would be taken for another target's",
        )
    return match[1]


def _name_kind(record: Record) -> str:
    kind = _known(record, "Name Type", _NAME_KINDS)
    return "weakAlias" if record.one("Alias Strength").casefold() == "weak" else kind


def _known(record: Record, column: str, meanings: dict[str, str]) -> str:
    printed = record.need(column)
    meaning = meanings.get(printed.casefold())
    if meaning is None:
        raise ListFormatError(
            f"{printed!r} is not one of {', '.join(meanings)}",
            where=f"{record.where}, column {column}",
            why="the name would be searched with the wrong weight, or as the wrong kind of party",
            hint="if the publisher has a new word, report it",
        )
    return meaning


def _entry(number: str, rows: list[tuple[str, Record]]) -> Entry:
    first = rows[0][1]
    draft = Draft(number, _schema(number, rows), where=first.where)
    listing: dict[str, None] = {}
    committees: dict[str, None] = {}
    measures: dict[str, None] = {}
    for kind, row in rows:
        draft.add(kind, row.need("Name of Individual or Entity"))
        _describe(row, draft)
        listing.update(dict.fromkeys(_cell(row, "Listing Information")))
        listing.update(dict.fromkeys(_cell(row, "Instrument of Designation")))
        committees.update(dict.fromkeys(" ".join(text.split()) for text in row.many("Committees")))
        measures.update(dict.fromkeys(name for name in _MEASURES if _cell(row, name)))
        row.skip("Type")
        row.done()
    draft.keep("Listing Information", *listing)
    return draft.entry(
        programmes=tuple(committees),
        measures=tuple(measures),
        acts=tuple(dict.fromkeys(act for text in listing for act in instruments(text))),
        listed_on=next(filter(None, map(listed_on, listing)), None),
    )


def _schema(number: str, rows: list[tuple[str, Record]]) -> str:
    """Return the kind of party that the first row with a type prints.

    Raises:
        _NoTypeError: no row has one.
    """
    for _, row in rows:
        if "Type" in row.remaining():
            return _known(row, "Type", _SCHEMAS)
    raise _NoTypeError(f"record {number} has no Type", where=f"{rows[0][1].where}, column Type")


def _describe(row: Record, draft: Draft) -> None:
    for text in _cell(row, "Date of Birth"):
        dates = [day for item in split_enumerated(text) for day in dates_in(item)]
        draft.add("birthDate", *dates)
        if not dates:
            row.oddity("Date of Birth not a date")
            draft.add("notes", f"Date of Birth: {text}")
    for text in _cell(row, "Place of Birth"):
        draft.add("birthPlace", *split_enumerated(text))
    for text in _cell(row, "Citizenship"):
        draft.add("citizenship", *_citizenships(text))
    for text in _cell(row, "Address"):
        places = (place for item in split_enumerated(text) for place in _LINES.split(item))
        draft.add("address", *(place.strip(" ;.") for place in places))
    draft.add("imoNumber", *_cell(row, "IMO Number"))
    for text in _cell(row, "Additional Information"):
        draft.add("notes", text)
        draft.keep(UN_REFERENCE, leading_reference(text))
        add_numbers(draft, text)
    draft.keep("Control Date", *row.many("Control Date"))


def _cell(row: Record, column: str) -> tuple[str, ...]:
    return tuple([text for text in row.many(column) if not _NOTHING.fullmatch(text)])


def _citizenships(text: str) -> Iterator[str]:
    """Yield citizenships one by one where every part is a country, else as printed."""
    for item in split_enumerated(text):
        parts = [part.strip() for part in _BETWEEN.split(item)]
        several = country_code(item) is None and len(country_codes(item)) == len(parts)
        yield from parts if several else [item]
