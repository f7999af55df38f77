"""Read trade.gov's Consolidated Screening List (CSV) into entries, one a row.

The list compiles thirteen lists of three departments, and a party is in it once for each list, so
the record id is the list's code and the row's own id. Treasury's rows are OFAC's records in fewer
columns (weak aliases dropped); Commerce's and State's do not distinguish persons. The older
layout has no ``_id``. Rows of temporary denial orders print an end that moves with every
renewal, so it does not end the listing.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from limen.lists.audit import Audit
from limen.lists.formats import Sources
from limen.lists.parsing.dates import dates_in, read_date
from limen.lists.parsing.tables import Dialect, read_headed
from limen.lists.readers.csl.ids import read_id
from limen.lists.readers.ofac.draft import OfacDraft
from limen.lists.readers.ofac.kinds import schema_of
from limen.lists.readers.ofac.programmes import read_programmes
from limen.lists.readers.ofac.remarks import read_remarks
from limen.model import Entry, ListFormatError
from limen.model.countries import country_code

_REQUIRED = ("source", "name", "type", "alt_names", "addresses", "federal_register_notice")
_CODE = re.compile(r"\(([A-Z][A-Z-]*)")
_TREASURY = "Treasury Department"
#: Commerce and State do not give the kind of party.
_UNKNOWN_SCHEMA = "LegalEntity"
_COUNTRY = re.compile(r"[A-Z]{2}")
_NOTICE = re.compile(r"(\d{2,3})\s*\.?\s*F\.?\s?R\.?\s*(\d{2,6})")
_TEMPORARY = re.compile(r"\bTDO\b|temporary denial", re.IGNORECASE)
_AND = re.compile(r"^and;?\s+|^and$|,$")
_FORMERLY = re.compile(r"^(?:f\.?k\.?a\.?|formerly),?\s+", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"(.+?),?\s*[(\[]\s*(a|f)\.?k\.?a\.?,?\s+(.+)[)\]]\.?", re.IGNORECASE)
#: column -> OFAC's label of the same fact
_FACTS = {
    "title": "Title",
    "call_sign": "Vessel Call Sign",
    "vessel_type": "Vessel Type",
    "gross_tonnage": "Vessel Tonnage",
    "gross_registered_tonnage": "Vessel Gross Registered Tonnage",
    "vessel_flag": "Vessel Flag",
    "vessel_owner": "Vessel Owner",
}
_EXTRA = (
    "federal_register_notice",
    "standard_order",
    "license_requirement",
    "license_policy",
    "end_date",
)
_COLUMNS = (
    *("_id", "entity_number", "type", "programs", "alt_names", "addresses"),
    *("start_date", "remarks", "dates_of_birth", "places_of_birth", "nationalities"),
    *("citizenships", "ids", *_FACTS, *_EXTRA),
)
#: Shortened links to the list's own page, the same on every row of a list.
_LINKS = ("source_list_url", "source_information_url")

Cells = Mapping[str, str]


def read(sources: Sources, audit: Audit) -> Iterator[Entry]:
    """Yield an entry for every row.

    Raises:
        ListFormatError: a heading missing, a row without source or name, an unknown type, or a
            date that cannot be read.
    """
    seen: Counter[str] = Counter()
    rows = read_headed(sources["csv"], required=_REQUIRED, dialect=Dialect(), audit=audit)
    for row in rows:
        cells = {"source": row.need("source"), "name": row.need("name"), **row.texts(_COLUMNS)}
        row.skip(*_LINKS)
        row.done()
        key = _key(cells)
        seen[key] += 1
        record_id = key if seen[key] == 1 else f"{key}#{seen[key]}"
        kind, where = cells["type"], f"{row.where}, column type"
        schema = schema_of(kind, where) if kind else _UNKNOWN_SCHEMA
        yield _entry(cells, OfacDraft(record_id, schema, where=row.where, audit=audit))


def _key(cells: Cells) -> str:
    """Return the list's code and the row's id; without an id, a hash of its lasting cells."""
    own = cells["_id"] or cells["entity_number"]
    if not own:
        lasting = "\n".join((cells["name"], cells["start_date"], cells["addresses"]))
        own = hashlib.sha256(lasting.encode()).hexdigest()[:16]
    return f"{_code(cells['source'])}:{own}"


def _code(source: str) -> str:
    match = _CODE.search(source)
    return match[1].rstrip("-") if match else source


def _entry(cells: Cells, draft: OfacDraft) -> Entry:
    _names(cells, draft)
    _describe(cells, draft)
    source, remarks = cells["source"], cells["remarks"]
    programmes = _values(cells["programs"])
    if source.endswith(_TREASURY):
        read_remarks(draft, remarks)
        programmes = read_programmes(draft, programmes)
    else:
        draft.add("notes", remarks)
    for column in _EXTRA:
        draft.keep(column, cells[column])
    end = _day(cells["end_date"], f"{draft.where}, column end_date")
    return draft.entry(
        programmes=programmes or (_code(source),),
        measures=(source,),
        acts=_notices(cells["federal_register_notice"]),
        listed_on=_day(cells["start_date"], f"{draft.where}, column start_date"),
        delisted_on=None if _TEMPORARY.search(remarks) else end,
    )


def _names(cells: Cells, draft: OfacDraft) -> None:
    draft.add("name", cells["name"])
    if match := _IN_BRACKETS.fullmatch(cells["name"]):
        draft.add("alias", match[1])
        draft.add("previousName" if match[2] in "fF" else "alias", match[3])
    for printed in _values(cells["alt_names"]):
        alias = _AND.sub("", printed)
        former = _FORMERLY.match(alias)
        draft.add("previousName" if former else "alias", alias[former.end() :] if former else alias)


def _describe(cells: Cells, draft: OfacDraft) -> None:
    for address in _values(cells["addresses"]):
        country = address.rpartition(", ")[2]
        if _COUNTRY.fullmatch(country) and country_code(country):
            draft.add("country", country)
        if address != country:
            draft.add("address", address)
    for column, label in _FACTS.items():
        draft.item(label, cells[column])
    for printed in _values(cells["dates_of_birth"]):
        draft.add("birthDate", *dates_in(printed))
    draft.add("birthPlace", *_values(cells["places_of_birth"]))
    draft.add("nationality", *_values(cells["nationalities"]))
    draft.add("citizenship", *_values(cells["citizenships"]))
    for item in _values(cells["ids"]):
        read_id(draft, item)


def _values(cell: str) -> tuple[str, ...]:
    return tuple([value for raw in cell.split("; ") if (value := raw.strip())]) if cell else ()


def _notices(printed: str) -> tuple[str, ...]:
    """Return ``87 FR 20299``, however dotted; a notice without such a page as printed."""
    notices = tuple(
        dict.fromkeys(f"{volume} FR {page}" for volume, page in _NOTICE.findall(printed))
    )
    return notices or ((printed,) if printed else ())


def _day(printed: str, where: str) -> str | None:
    if not printed:
        return None
    try:
        return str(read_date(printed))
    except ValueError as error:
        raise ListFormatError(
            str(error), where=where, why="the listing would apply on the wrong days"
        ) from error
