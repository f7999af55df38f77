"""Read OFAC's legacy CSV family (sdn, alt, add, comments) into entries, one a part.

The four files are one record cut in four: they join on ``ent_num``. Nulls are ``-0- ``, weak
aliases hide in the remarks, and remarks stop at 1,000 characters and go on in
``sdn_comments.csv``. The consolidated list has the same files under other names, and the
``.pip`` files the same columns between bars. Format: OFAC, "SDN data specification".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from limen.lists.audit import Audit, Record
from limen.lists.parsing.tables import Dialect, read_records
from limen.lists.readers.ofac.addresses import address_text
from limen.lists.readers.ofac.draft import OfacDraft
from limen.lists.readers.ofac.kinds import alias_kind, is_country, schema_of, table
from limen.lists.readers.ofac.programmes import read_programmes
from limen.lists.readers.ofac.remarks import CUT_AT, read_remarks
from limen.lists.source import Source
from limen.model import Entry, ListFormatError

_SDN = [
    "ent_num",
    "SDN_Name",
    "SDN_Type",
    "Program",
    "Title",
    "Call_Sign",
    "Vess_type",
    "Tonnage",
    "GRT",
    "Vess_flag",
    "Vess_owner",
    "Remarks",
]
_ALT = ["ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"]
_ADD = ["ent_num", "add_num", "address", "city", "country", "add_remarks"]
_COMMENTS = ["ent_num", "text"]

#: The null, and what is left of it in copies that were trimmed or lost their last bytes.
_NULLS = ("-0-", "-0")
_DOS_END_OF_FILE = "\x1a"
#: The labels of the same facts in the other formats.
_COLUMN_LABELS = {
    "Title": "Title",
    "Call_Sign": "Vessel Call Sign",
    "Vess_type": "Vessel Type",
    "Tonnage": "Vessel Tonnage",
    "GRT": "Vessel Gross Registered Tonnage",
    "Vess_flag": "Vessel Flag",
    "Vess_owner": "Vessel Owner",
}
#: Rows of the leading file that are retained, a few kilobytes each: a version has up to 20,000.
_ROWS = 1 << 15
#: The columns of the leading file that are read trimmed.
_TEXTS = ("SDN_Name", "SDN_Type", "Program", *_COLUMN_LABELS)

_Values = dict[str, dict[str, None]]


def read(sources: Mapping[str, Source], audit: Audit) -> Iterator[Entry]:
    """Yield the parts ``sdn``, ``alt`` and ``add`` of every record, from the comma files.

    Raises:
        ListFormatError: a row of another width, an unknown kind of party or alias, or an
            ``ent_num`` missing or twice in the leading file.
    """
    return _read(sources, audit, Dialect())


def read_pip(sources: Mapping[str, Source], audit: Audit) -> Iterator[Entry]:
    """Yield the same parts from the ``.pip`` files.

    Raises:
        ListFormatError: as in :func:`read`.
    """
    return _read(sources, audit, Dialect(delimiter="|"))


def _read(sources: Mapping[str, Source], audit: Audit, dialect: Dialect) -> Iterator[Entry]:
    listed: set[str] | None = None
    if "sdn" in sources:
        listed = set()
        comments = _Comments(sources.get("comments"), audit, dialect)
        for number, record in _records(sources["sdn"], _SDN, audit, dialect):
            yield _read_sdn(number, record, listed, comments, audit)
        comments.report_unused(listed)
    if "alt" in sources:
        yield from _read_aliases(sources["alt"], listed, audit, dialect)
    if "add" in sources:
        yield from _read_addresses(sources["add"], listed, audit, dialect)


def _records(
    source: Source, columns: list[str], audit: Audit, dialect: Dialect
) -> Iterator[tuple[str, Record]]:
    """Yield ``(ent_num, record)``; a heading or end mark that a spreadsheet left is reported."""
    for position, record in enumerate(read_records(source, columns, dialect=dialect, audit=audit)):
        number = record.need("ent_num")
        if number.isdecimal():
            yield number, record
        elif position == 0 or number == _DOS_END_OF_FILE:
            record.oddity("a line that is no record: a heading or an end mark")
        else:
            raise ListFormatError(
                f"ent_num {number!r} is not a number",
                where=f"{record.where}, column 1",
                why="the four files join on it",
                hint="fetch the file again; OFAC prints numbers only",
            )


class _Comments:
    """The continuations of remarks cut at 1,000 characters, by ``ent_num``."""

    def __init__(self, source: Source | None, audit: Audit, dialect: Dialect) -> None:
        self._audit = audit
        self._text: dict[str, str] = {}
        self._where: dict[str, str] = {}
        if source is not None:
            for number, record in _records(source, _COMMENTS, audit, dialect):
                self._where[number] = record.where
                self._text[number] = self._text.get(number, "") + record.printed("text")

    def after(self, number: str) -> str:
        return self._text.get(number, "")

    def report_unused(self, listed: set[str]) -> None:
        for number, where in self._where.items():
            if number not in listed:
                self._audit.report_oddity("a comment whose ent_num has no row", where)


def _read_sdn(
    number: str, record: Record, listed: set[str], comments: _Comments, audit: Audit
) -> Entry:
    if number in listed:
        raise ListFormatError(
            f"ent_num {number} is given twice", where=record.where, why="it is the record's key"
        )
    listed.add(number)
    cells = tuple(record.texts(_TEXTS).values())
    remarks, comment = record.printed("Remarks"), comments.after(number)
    record.done()
    try:
        entry, reported = _sdn_entry(number, cells, remarks, comment)
    except ListFormatError as error:
        error.where = f"{record.where}{error.where}"
        raise
    audit.merge(reported, record.where)
    return entry


@lru_cache(_ROWS)
def _sdn_entry(
    number: str, cells: tuple[str, ...], remarks: str, comment: str
) -> tuple[Entry, Audit]:
    """Return a row's entry, and what is odd about it; places in errors begin behind the row's.

    A version repeats nearly all rows of the one before.
    """
    audit = Audit()
    texts = {name: _known(text) for name, text in zip(_TEXTS, cells, strict=True)}
    schema = schema_of(texts["SDN_Type"] or "entity", _column("", _SDN, "SDN_Type"))
    draft = OfacDraft(number, schema, where="", audit=audit)
    draft.add("name", texts["SDN_Name"])
    programmes = read_programmes(draft, texts["Program"].split("] ["))
    for column, label in _COLUMN_LABELS.items():
        draft.item(label, texts[column])
    _read_remarks(remarks, draft, comment)
    return draft.entry(part="sdn", programmes=programmes), audit


def _read_remarks(remarks: str, draft: OfacDraft, comment: str) -> None:
    if remarks.strip() in _NULLS:
        remarks = ""
    if len(remarks) < CUT_AT:
        read_remarks(draft, remarks)
        if comment:
            draft.oddity("a comment to remarks that were not cut")
            draft.add("notes", comment)
    else:
        if not comment:
            draft.oddity(f"remarks cut at {CUT_AT:,} characters, and no continuation")
        read_remarks(draft, remarks + comment, cut=not comment)


def _column(where: str, columns: list[str], name: str) -> str:
    return f"{where}, column {columns.index(name) + 1}"


def _read_aliases(
    source: Source, listed: set[str] | None, audit: Audit, dialect: Dialect
) -> Iterator[Entry]:
    properties: dict[str, _Values] = {}
    extra: dict[str, _Values] = {}
    for number, record in _records(source, _ALT, audit, dialect):
        _check_listed(number, record, listed)
        record.skip("alt_num")
        name = record.need("alt_name")
        kind = alias_kind(record.one("alt_type"), _column(record.where, _ALT, "alt_type"))
        _put(properties, number, table().alias_kinds[kind], name)
        if kind == "nka":
            _put(extra, number, kind, name)
        _put(properties, number, "notes", _text(record, "alt_remarks"))
        record.done()
    return _parts("alt", properties, extra)


def _read_addresses(
    source: Source, listed: set[str] | None, audit: Audit, dialect: Dialect
) -> Iterator[Entry]:
    properties: dict[str, _Values] = {}
    for number, record in _records(source, _ADD, audit, dialect):
        _check_listed(number, record, listed)
        record.skip("add_num")
        street, city = _text(record, "address"), _text(record, "city")
        country = _text(record, "country")
        _put(properties, number, "address", address_text([street], city, country))
        _put(properties, number, "country", country if is_country(country) else "")
        _put(properties, number, "notes", _text(record, "add_remarks"))
        record.done()
    return _parts("add", properties, {})


def _check_listed(number: str, record: Record, listed: set[str] | None) -> None:
    if listed is not None and number not in listed:
        record.oddity("a row whose ent_num is not in the leading file")


def _put(into: dict[str, _Values], number: str, name: str, value: str) -> None:
    if value:
        into.setdefault(number, {}).setdefault(name, {})[value] = None


def _parts(part: str, properties: dict[str, _Values], extra: dict[str, _Values]) -> Iterator[Entry]:
    for number, values in properties.items():
        yield Entry(
            record_id=number,
            part=part,
            properties={name: tuple(texts) for name, texts in values.items()},
            extra={name: tuple(texts) for name, texts in extra.get(number, {}).items()},
        )


def _text(record: Record, column: str) -> str:
    return _known(record.one(column))


def _known(text: str) -> str:
    return "" if text in _NULLS else text
