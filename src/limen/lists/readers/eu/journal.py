"""Read annexes of EU acts, transcribed from the Official Journal into CSV, into entries.

One file an act: consolidated files hold an act's annexes whole, amendment files what one
amending act added to another (``amendedCelex``). A row is one party under one measure. The
number printed in an annex is unique only within act, annex, programme, measure and kind of
party, and some annexes print none: then the name replaces it. Rows that share the key are one
record (annexes repeat people; amendments restate them). Cells hold several values, separated by
semicolons and quoted like CSV. Format: OpenSanctions, ``datasets/eu/journal_sanctions/data``;
quirks: tests/lists/eu/test_journal.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from limen.lists.audit import Audit, Record
from limen.lists.parsing.alias_text import names_in
from limen.lists.parsing.dates import dates_in
from limen.lists.parsing.draft import Draft
from limen.lists.parsing.enumerations import split_enumerated
from limen.lists.parsing.identifiers import identifiers_in
from limen.lists.parsing.prose import add_numbers, labelled_numbers
from limen.lists.parsing.tables import Dialect, read_headed, split_cell
from limen.lists.source import Source
from limen.model import Entry, ListFormatError
from limen.model.schemata import known_schema, properties
from limen.util.text import single_spaced

_REQUIRED = ("recordId", "programKey", "annex", "measure", "startDate", "reason", "schema", "name")
_CELEX = ("celex", "amendedCelex", "amendmentCelex")
_NAMES = ("alias", "weakAlias", "previousName")
_DATES = ("birthDate", "incorporationDate")
_NUMBERS = ("registrationNumber", "taxNumber", "idNumber", "passportNumber", "innCode", "ogrnCode")
#: Cells with values that are sometimes enumerated inside: ``(a) Algerian, (b) German``.
_ENUMERATED = ("nationality", "birthPlace", "address", "position", "country")


class _AnnexRecord:
    """One record of an annex, collected from every row that has its key."""

    def __init__(self, record_id: str, schema: str, where: str) -> None:
        self.draft = Draft(record_id, schema, where=where)
        self.programmes: dict[str, None] = {}
        self.measures: dict[str, None] = {}
        self.acts: dict[str, None] = {}
        self.days: set[str] = set()

    def entry(self) -> Entry:
        return self.draft.entry(
            programmes=tuple(self.programmes),
            measures=tuple(self.measures),
            acts=tuple(self.acts),
            listed_on=min(self.days, default=None),
        )


def read(sources: Mapping[str, Source], audit: Audit) -> Iterator[Entry]:
    """Yield an entry for each party under each measure of each annex, whatever the files' order.

    Raises:
        ListFormatError: a missing column, an unknown kind of party, or a cell that cannot be
            split.
    """
    records: dict[str, _AnnexRecord] = {}
    for role in sorted(sources):
        for row in read_headed(sources[role], required=_REQUIRED, dialect=Dialect(), audit=audit):
            _read_row(row, records)
    for record in records.values():
        yield record.entry()


def _read_row(row: Record, records: dict[str, _AnnexRecord]) -> None:
    acts = [act for name in _CELEX if (act := row.one(name))]
    schema, name = row.need("schema"), row.need("name")
    if not acts:
        raise ListFormatError(
            "the row names no act", where=row.where, hint="fill celex or amendedCelex"
        )
    if not known_schema(schema):
        raise ListFormatError(f"schema {schema!r} is not a kind of party", where=row.where)
    measure, programme = row.need("measure"), row.need("programKey")
    number = row.one("recordId") or _substitute_id(name)
    key = (acts[0], row.one("annex"), programme, measure, schema, number)
    record_id = ":".join(part.replace(" ", "-") for part in key)
    record = records.setdefault(record_id, _AnnexRecord(record_id, schema, row.where))
    record.programmes[programme] = None
    record.measures[measure] = None
    record.acts.update(dict.fromkeys(acts))
    _add_names(record.draft, "name", (name,))
    record.draft.add("notes", reason := row.one("reason"))
    _add_prose(record.draft, reason)
    if day := record.draft.day("startDate", row.one("startDate"), row.oddity):
        record.days.add(day)
    _read_properties(row, record.draft)


def _read_properties(row: Record, draft: Draft) -> None:
    """Read the columns named after properties; report any other, and retain its values."""
    allowed = properties(draft.schema)
    for name, (text,) in row.rest():
        values = split_cell(text, where=f"{row.where}, column {name}")
        if name not in allowed:
            draft.keep(name, *values)
            row.oddity(f"{name} is no property of {draft.schema}")
        elif name in _NAMES:
            _add_names(draft, name, values)
        elif name in _DATES:
            _add_dates(row, draft, name, values)
        elif name in _NUMBERS:
            for value in values:
                _add_numbers(draft, name, value)
        elif name in _ENUMERATED:
            draft.add(name, *(part for value in values for part in split_enumerated(value)))
        elif name == "gender":
            draft.add(name, *(value.casefold().rstrip(".") for value in values))
        else:
            draft.add(name, *values)
            for value in values if allowed[name] == "text" else ():
                _add_prose(draft, value)


def _add_prose(draft: Draft, text: str) -> None:
    """Add the numbers in a text; an entity that owns or runs ships is an organisation.

    The ships' numbers are then compared; of an entity of unknown kind they would not be.
    """
    if draft.schema == "LegalEntity" and any(
        name == "imoNumber" for name, _ in labelled_numbers(text)
    ):
        draft.narrow("Organization")
    add_numbers(draft, text)


def _add_names(draft: Draft, kind: str, values: tuple[str, ...]) -> None:
    """Add names as printed, and the names that they hold."""
    draft.add(kind, *values)
    held = "alias" if kind == "name" else kind
    draft.add(held, *(name for value in values for name in names_in(value)))


def _add_dates(row: Record, draft: Draft, name: str, values: tuple[str, ...]) -> None:
    for value in values:
        dates = dates_in(value)
        draft.add(name, *dates)
        if len(dates) != 1:
            draft.keep(name, value)
        if not dates:
            row.oddity(f"{name} not a date")


def _add_numbers(draft: Draft, name: str, value: str) -> None:
    pairs = identifiers_in(value, name)
    for property_, number in pairs:
        draft.add(property_, number)
    if pairs != ((name, value),):
        draft.keep(name, value)


def _substitute_id(name: str) -> str:
    """Return a short, stable substitute for a number that the annex does not print."""
    return hashlib.sha256(single_spaced(name).encode()).hexdigest()[:12]
