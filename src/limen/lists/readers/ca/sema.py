"""Read Canada's Consolidated Autonomous Sanctions List (XML) into entries.

Three generations of element names are in use: ``Entity``, ``Title``, ``DateOfBirth`` became
``EntityOrShip``, ``TitleOrShip``, ``DateOfBirthOrShipBuildDate``, and ships with IMO numbers and
listing dates came in; since August 2026 the names are bilingual (``Country-Pays``,
``TitleOrShipType-TitreOuTypeDeNavire``). The key is regulation, schedule and item: items keep
their number, while schedules were renamed between the generations. ``Country`` names the
regulation (``Special Economic Measures (Russia) Regulations``), not a party's country. All
aliases are in one cell, which ``aliases`` splits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from limen.lists.audit import Audit
from limen.lists.formats import Sources
from limen.lists.parsing.dates import read_birth_dates, read_date
from limen.lists.parsing.draft import Draft, join
from limen.lists.parsing.xml import Node, read_nodes
from limen.lists.readers.ca.aliases import split_aliases, split_languages
from limen.model import Entry, ListFormatError
from limen.model.countries import country_code

#: The elements read. A bilingual name is one of these, a hyphen, and the same in French.
_FIELDS = frozenset({
    "Country", "Schedule", "Item", "LastName", "GivenName", "ShipIMONumber", "Entity",
    "EntityOrShip", "Aliases", "Title", "TitleOrShip", "TitleOrShipType", "DateOfBirth",
    "DateOfBirthOrShipBuildDate", "DateOfListing",
})  # fmt: skip
_SHORT_NAME = re.compile(r"\(([A-Z]{3,})\)")
#: Elements under the names that older files have.
_OLDER = {
    "Entity": "EntityOrShip",
    "Title": "TitleOrShipType",
    "TitleOrShip": "TitleOrShipType",
    "DateOfBirth": "DateOfBirthOrShipBuildDate",
}
_OR = re.compile(r"(?<!\s)\s+or\s+", re.IGNORECASE)
#: Schedules as the older files call them -> as the newer do, by regulation. Items did not move.
_RENAMED = {
    ("ir", "1"): "1-part-1",
    ("ir", "2"): "1-part-2",
    ("jvcfor", "1"): "",
    ("mm", "1"): "part-1",
    ("mm", "2"): "part-2",
    ("ru", "1"): "1-part-1",
    ("sy", "1"): "part-1",
    ("sy", "2"): "part-2",
    ("ua", "1"): "part-1",
    ("ua", "1-part-2"): "part-2",
}


def read(sources: Sources, audit: Audit) -> Iterator[Entry]:
    """Yield an entry for every record.

    Raises:
        ListFormatError: not the list's XML, or a record without regulation, item or name.
    """
    seen: Counter[str] = Counter()
    nodes = read_nodes(
        sources["xml"], frozenset({"record"}), root="data-set", audit=audit, ignored=frozenset()
    )
    for node in nodes:
        yield _entry(node, seen)
        node.done()


def _entry(node: Node, seen: Counter[str]) -> Entry:
    node.rename({name: english for name in node.names() if (english := _english(name))})
    node.rename(_OLDER)
    regulation = join(node.need("Country"))
    schedule = join(node.one("Schedule"))
    item = node.need("Item")
    key = _key(regulation, schedule, item)
    seen[key] += 1
    draft = _party(node, key if seen[key] == 1 else f"{key}#{seen[key]}")
    draft.keep("Item", item)
    return draft.entry(
        programmes=(regulation,),
        measures=() if schedule in ("", "N/A") else (f"Schedule {schedule}",),
        listed_on=_listed_on(node),
    )


def _english(name: str) -> str:
    """Return the English half of a bilingual element's name; ``""`` when it is not one."""
    halves = name.split("-") if "-" in name else ()
    return next((half for half in halves if half in _FIELDS), "")


def _key(regulation: str, schedule: str, item: str) -> str:
    short = _SHORT_NAME.search(regulation)
    country = country_code(regulation)
    regime = short[1].casefold() if short else country or _slug(regulation.partition("/")[0])
    place = "" if schedule == "N/A" else _slug(schedule)
    return ":".join(filter(None, (regime, _RENAMED.get((regime, place), place), _slug(item))))


def _slug(text: str) -> str:
    return re.sub(r"[^\w.]+", "-", text.casefold()).strip("-")


def _party(node: Node, record_id: str) -> Draft:
    last, given, imo = node.one("LastName"), node.one("GivenName"), node.one("ShipIMONumber")
    schema = "Vessel" if imo else "Person" if last or given else "Organization"
    draft = Draft(record_id, schema, where=node.where)
    draft.add("name", join(given, last))
    for name in node.many("EntityOrShip"):
        draft.add("name", *split_languages(name))
    if schema == "Person":
        draft.add("lastName", last)
        draft.add("firstName", given)
    draft.add("imoNumber", imo)
    for alias in split_aliases(node.one("Aliases"), last):
        one_word_of_a_person = schema == "Person" and " " not in alias
        draft.add("weakAlias" if one_word_of_a_person else "alias", alias)
    title = "type" if schema == "Vessel" else "title"
    for printed in node.many("TitleOrShipType"):
        draft.add(title, *printed.split("|"))
    _date(node, draft, "buildDate" if schema == "Vessel" else "birthDate")
    return draft


def _date(node: Node, draft: Draft, field: str) -> None:
    for printed in node.many("DateOfBirthOrShipBuildDate"):
        for one in _OR.split(printed):
            try:
                draft.add(field, *read_birth_dates(one))
            except ValueError:
                node.oddity(f"{field} not a date")
                draft.add("notes", printed)


def _listed_on(node: Node) -> str | None:
    printed = node.one("DateOfListing")
    if not printed:
        return None
    try:
        return str(read_date(printed))
    except ValueError as error:
        raise ListFormatError(
            str(error),
            where=f"{node.where}/DateOfListing",
            why="the listing would apply from the wrong day",
        ) from error
