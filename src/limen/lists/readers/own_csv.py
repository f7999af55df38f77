"""Read a user's own list: the CSV that docs/own-lists.md describes.

The file is written by hand, so it is refused where a publisher's would be tolerated: an unknown
heading, a date of another shape, or a passport for a ship would be stored and never compared. A
cell holds several values separated by ``;``; one that contains ``;`` is quoted inside the cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from limen.lists.audit import Audit, Record
from limen.lists.formats import Sources
from limen.lists.parsing.draft import Draft
from limen.lists.parsing.tables import Dialect, read_headed, read_rows, split_cell
from limen.lists.source import Source
from limen.model import Entry, ListFormatError, PartialDate
from limen.model.countries import country_code
from limen.model.identifiers import SCHEMES, canonical
from limen.model.schemata import MATCHABLE, properties
from limen.util.suggest import did_you_mean

#: Column -> FollowTheMoney property.
_PROPERTIES = {
    "name": "name",
    "aliases": "alias",
    "weak_aliases": "weakAlias",
    "previous_names": "previousName",
    "birth_date": "birthDate",
    "birth_place": "birthPlace",
    "gender": "gender",
    "nationality": "nationality",
    "country": "country",
    "address": "address",
    "passport_number": "passportNumber",
    "id_number": "idNumber",
    "tax_number": "taxNumber",
    "registration_number": "registrationNumber",
    "lei": "leiCode",
    "bic": "swiftBic",
    "imo": "imoNumber",
    "wallet": "cryptoAddress",
    "notes": "notes",
}
_REQUIRED = ("id", "schema", "name")
_LISTING = ("programme", "measure", "act", "listed_on", "delisted_on")
COLUMNS = (*_REQUIRED, *list(_PROPERTIES)[1:-1], *_LISTING, "notes")
_GENDERS = ("male", "female", "other")
_DIALECT = Dialect()


def read(sources: Sources, audit: Audit) -> Iterator[Entry]:
    """Yield an entry for every row.

    Raises:
        ListFormatError: an unknown heading, an id given twice, a value its column cannot hold, or
            one that the row's schema has no use for.
    """
    source = sources["csv"]
    headings = _headings(source)
    seen: dict[str, str] = {}
    for record in read_headed(source, required=_REQUIRED, dialect=_DIALECT, audit=audit):
        entry = _Row(record, headings).entry()
        record.done()
        if entry.record_id in seen:
            raise ListFormatError(
                f"the id {entry.record_id!r} is at {seen[entry.record_id]} already",
                where=record.where,
                why="two parties would be taken for one",
            )
        seen[entry.record_id] = record.where
        yield entry


def _headings(source: Source) -> tuple[str, ...]:
    line, header = next(read_rows(source, _DIALECT), (0, []))
    headings = tuple(cell.strip() for cell in header)
    for place, heading in enumerate(headings, start=1):
        if heading not in COLUMNS:
            raise ListFormatError(
                f"the heading {heading!r} is unknown",
                where=f"{source.name} line {line:,}, column {place}",
                why="the values below it would never be compared",
                hint="separate the columns with commas; semicolons separate values in a cell"
                if ";" in heading
                else did_you_mean(heading, COLUMNS),
            )
    return headings


class _Row:
    """One row of the table; its errors name line, column and field."""

    def __init__(self, record: Record, headings: tuple[str, ...]) -> None:
        self._record = record
        self._headings = headings
        self._schema = self._known("schema", record.need("schema"), MATCHABLE)

    def entry(self) -> Entry:
        draft = Draft(self._record.need("id"), self._schema, where=self._record.where)
        for column, name in _PROPERTIES.items():
            values = self._values(column)
            self._check(column, name, values)
            draft.add(name, *values)
        listed, delisted = self._day("listed_on"), self._day("delisted_on")
        if listed and delisted and delisted < listed[: len(delisted)]:
            raise self._refusal("delisted_on", f"{delisted} is before the listing, {listed}")
        return draft.entry(
            programmes=self._values("programme"),
            measures=self._values("measure"),
            acts=self._values("act"),
            listed_on=listed,
            delisted_on=delisted,
        )

    def _values(self, column: str) -> tuple[str, ...]:
        cell = self._record.one(column)
        if column == "notes":
            return (cell,) if cell else ()
        return split_cell(cell, where=self._where(column))

    def _check(self, column: str, name: str, values: tuple[str, ...]) -> None:
        if column == "name" and not values:
            raise self._refusal(column, "name is empty", why="the row could not be found by name")
        if values and name not in properties(self._schema):
            raise self._refusal(
                column,
                f"a {self._schema} has no {column}",
                why="it would be stored and never compared",
                hint="move it to the notes, or correct the schema",
            )
        for value in values:
            if column == "birth_date":
                self._date(column, value)
            elif column == "gender":
                self._known(column, value, _GENDERS)
            elif doubt := _doubt(self._schema, column, name, value):
                self._record.oddity(doubt)

    def _day(self, column: str) -> str | None:
        value = self._record.one(column)
        return self._date(column, value) if value else None

    def _date(self, column: str, value: str) -> str:
        try:
            return str(PartialDate.parse(value))
        except ValueError as error:
            raise self._refusal(column, str(error)) from error

    def _known(self, column: str, value: str, words: tuple[str, ...]) -> str:
        if value not in words:
            raise self._refusal(
                column, f"{value!r} is not a {column}", hint=did_you_mean(value, words)
            )
        return value

    def _refusal(self, column: str, what: str, *, why: str = "", hint: str = "") -> ListFormatError:
        return ListFormatError(what, where=self._where(column), why=why, hint=hint)

    def _where(self, column: str) -> str:
        place = self._headings.index(column) + 1 if column in self._headings else 0
        return f"{self._record.where}, column {place}: {column}"


def _doubt(schema: str, column: str, name: str, value: str) -> str:
    """Return what may be wrong with a value that is accepted; ``""`` when nothing is.

    The check digit of an IMO number is a ship's; shipping companies have another.
    """
    if column in ("nationality", "country"):
        return "" if country_code(value) else f"{column} is not a country"
    scheme = SCHEMES.get(name)
    if scheme is None or scheme.valid is None or (column == "imo" and schema != "Vessel"):
        return ""
    return "" if scheme.valid(canonical(name, value)) else f"{column} fails its check"
