"""Read trade.gov's Consolidated Screening List (CSV) into entries, one a row.

The list compiles thirteen lists of three departments, and a party stands in it once a list, so
the record id is the list's code and the row's own id. Treasury's rows are OFAC's records in fewer
columns (weak aliases dropped); Commerce's and State's do not say who is a person and who is not.
The older layout has no ``_id``. Rows of temporary denial orders print an end that is moved on
with every renewal, so it does not end the listing.
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
#: Commerce and State do not say what kind of party a row is.
_UNTOLD = "LegalEntity"
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
_KEPT = (
    "federal_register_notice",
    "standard_order",
    "license_requirement",
    "license_policy",
    "end_date",
)
_COLUMNS = (
    *("_id", "entity_number", "source", "type", "programs", "name", "alt_names", "addresses"),
    *("start_date", "remarks", "dates_of_birth", "places_of_birth", "nationalities"),
    *("citizenships", "ids", *_FACTS, *_KEPT),
)
#: Shortened links to the list's own page, the same on every row of a list.
_LINKS = ("source_list_url", "source_information_url")

Said = Mapping[str, str]


def read(sources: Sources, audit: Audit) -> Iterator[Entry]:
    """Yield an entry for every row.

    Raises:
        ListFormatError: a heading missing, a row without source or name, an unknown type, or a
            date that is none.
    """
    seen: Counter[str] = Counter()
    rows = read_headed(sources["csv"], required=_REQUIRED, dialect=Dialect(), audit=audit)
    for row in rows:
        said = {"source": row.need("source"), "name": row.need("name")}
        said.update((column, row.one(column)) for column in _COLUMNS if column not in said)
        row.skip(*_LINKS)
        row.done()
        key = _key(said)
        seen[key] += 1
        record_id = key if seen[key] == 1 else f"{key}#{seen[key]}"
        kind, where = said["type"], f"{row.where}, column type"
        schema = schema_of(kind, where) if kind else _UNTOLD
        yield _entry(said, OfacDraft(record_id, schema, where=row.where, audit=audit))


def _key(said: Said) -> str:
    """The list's code and the row's id; without one, what stays of the row between versions."""
    own = said["_id"] or said["entity_number"]
    if not own:
        lasting = "\n".join((said["name"], said["start_date"], said["addresses"]))
        own = hashlib.sha256(lasting.encode()).hexdigest()[:16]
    return f"{_code(said['source'])}:{own}"


def _code(source: str) -> str:
    found = _CODE.search(source)
    return found[1].rstrip("-") if found else source


def _entry(said: Said, draft: OfacDraft) -> Entry:
    _names(said, draft)
    _describe(said, draft)
    source, remarks = said["source"], said["remarks"]
    programmes = _values(said["programs"])
    if source.endswith(_TREASURY):
        read_remarks(draft, remarks)
        programmes = read_programmes(draft, programmes)
    else:
        draft.add("notes", remarks)
    for column in _KEPT:
        draft.keep(column, said[column])
    end = _day(said["end_date"], f"{draft.where}, column end_date")
    return draft.entry(
        programmes=programmes or (_code(source),),
        measures=(source,),
        acts=_notices(said["federal_register_notice"]),
        listed_on=_day(said["start_date"], f"{draft.where}, column start_date"),
        delisted_on=None if _TEMPORARY.search(remarks) else end,
    )


def _names(said: Said, draft: OfacDraft) -> None:
    draft.add("name", said["name"])
    if found := _IN_BRACKETS.fullmatch(said["name"]):
        draft.add("alias", found[1])
        draft.add("previousName" if found[2] in "fF" else "alias", found[3])
    for printed in _values(said["alt_names"]):
        alias = _AND.sub("", printed)
        former = _FORMERLY.match(alias)
        draft.add("previousName" if former else "alias", alias[former.end() :] if former else alias)


def _describe(said: Said, draft: OfacDraft) -> None:
    for address in _values(said["addresses"]):
        country = address.rpartition(", ")[2]
        if _COUNTRY.fullmatch(country) and country_code(country):
            draft.add("country", country)
        if address != country:
            draft.add("address", address)
    for column, label in _FACTS.items():
        draft.item(label, said[column])
    for printed in _values(said["dates_of_birth"]):
        draft.add("birthDate", *dates_in(printed))
    draft.add("birthPlace", *_values(said["places_of_birth"]))
    draft.add("nationality", *_values(said["nationalities"]))
    draft.add("citizenship", *_values(said["citizenships"]))
    for item in _values(said["ids"]):
        read_id(draft, item)


def _values(cell: str) -> tuple[str, ...]:
    return tuple(value for raw in cell.split("; ") if (value := raw.strip()))


def _notices(printed: str) -> tuple[str, ...]:
    """``87 FR 20299``, however dotted; what has no page in the Federal Register as printed."""
    found = tuple(dict.fromkeys(f"{volume} FR {page}" for volume, page in _NOTICE.findall(printed)))
    return found or ((printed,) if printed else ())


def _day(printed: str, where: str) -> str | None:
    if not printed:
        return None
    try:
        return str(read_date(printed))
    except ValueError as error:
        raise ListFormatError(
            str(error), where=where, why="the listing would apply on the wrong days"
        ) from error
