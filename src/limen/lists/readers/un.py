"""Read the United Nations Security Council's consolidated list (XML) into entries.

Names come in up to four parts in their own order; aliases are ``Good`` or ``Low``, entities'
``a.k.a.`` or ``f.k.a.``. Half of the elements are empty. Several names may share one alias
element, and the original script may be in a note. Schema: ``sc-sanctions.xsd``,
https://www.un.org/sc/resources/sc-sanctions.xsd; quirks: tests/lists/test_un.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from limen.lists.audit import Audit
from limen.lists.parsing.alias_text import names_in
from limen.lists.parsing.dates import dates_in, whole_number
from limen.lists.parsing.draft import Draft, join
from limen.lists.parsing.identifiers import identifiers_in
from limen.lists.parsing.prose import add_numbers
from limen.lists.parsing.xml import Node, read_nodes, root_attributes
from limen.lists.source import Source
from limen.model import Entry, ListFormatError
from limen.model.partial_date import years_between

_SCHEMAS = {"INDIVIDUAL": "Person", "ENTITY": "Organization"}
_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ALIAS_KINDS = {
    "Good": "alias",
    "Low": "weakAlias",
    "a.k.a.": "alias",
    "f.k.a.": "previousName",
}
#: In 2022 and 2023 the list of resolution 2653 (2022) had the resolution's number as its name.
_LIST_TYPES = {"26532022": "Haiti"}
_GENDERS = {"male": "male", "female": "female"}
#: An address or a birth place is printed from the inside out.
_PLACE_PARTS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")


def day(sources: Mapping[str, Source]) -> str | None:
    """Return the day the file was generated, as printed in its root (its own time zone)."""
    return root_attributes(sources["xml"]).get("dateGenerated", "")[:10] or None


def read(sources: Mapping[str, Source], audit: Audit) -> Iterator[Entry]:
    """Yield an entry for each individual and entity.

    Raises:
        ListFormatError: not well-formed, another root element, or a record without its
            reference number, name or date of listing.
    """
    names = frozenset(_SCHEMAS)
    nodes = read_nodes(
        sources["xml"], names, root="CONSOLIDATED_LIST", audit=audit, ignored=frozenset()
    )
    for node in nodes:
        yield _entry(node)


def _entry(node: Node) -> Entry:
    kind = node.tag
    draft = Draft(node.need("REFERENCE_NUMBER"), _SCHEMAS[kind], where=node.where)
    draft.add("name", join(*(node.one(part) for part in _NAME_PARTS)))
    draft.add("alias", _without_language(node.one("NAME_ORIGINAL_SCRIPT")))
    for alias in node.nodes(f"{kind}_ALIAS"):
        _read_alias(draft, alias)
    for address in node.nodes(f"{kind}_ADDRESS"):
        _read_address(draft, address)
    _read_person(draft, node)
    draft.add("notes", comments := node.one("COMMENTS1"))
    add_numbers(draft, comments)
    for updated in _values(node, "LAST_DAY_UPDATED"):
        draft.add("modifiedAt", draft.day("LAST_DAY_UPDATED", updated, node.oddity) or "")
    draft.keep("DATAID", node.one("DATAID"))
    draft.keep("SUBMITTED_BY", node.one("SUBMITTED_BY"))
    draft.keep("SUBMITTED_ON", node.one("SUBMITTED_ON"))
    programme = node.need("UN_LIST_TYPE")
    listed, delisted = node.need("LISTED_ON"), node.one("DELISTED_ON")
    node.skip("VERSIONNUM", "LIST_TYPE", "SORT_KEY", "SORT_KEY_LAST_MOD")
    node.done()
    return draft.entry(
        programmes=(_LIST_TYPES.get(programme, programme),),
        listed_on=draft.day("LISTED_ON", listed, node.oddity),
        delisted_on=draft.day("DELISTED_ON", delisted, node.oddity),
    )


def _read_person(draft: Draft, node: Node) -> None:
    draft.add("title", *_values(node, "TITLE"))
    draft.add("position", *_values(node, "DESIGNATION"))
    draft.add("nationality", *_values(node, "NATIONALITY"), node.one("NATIONALITY2"))
    gender = node.one("GENDER")
    draft.add("gender", _GENDERS.get(gender.casefold(), ""))
    if gender.casefold() not in _GENDERS:
        draft.keep("GENDER", gender)
    for birth in node.nodes("INDIVIDUAL_DATE_OF_BIRTH"):
        _read_birth_date(draft, birth)
    for place in node.nodes("INDIVIDUAL_PLACE_OF_BIRTH"):
        country = _read_place(draft, place, "birthPlace")
        draft.add("birthCountry", country)
    for document in node.nodes("INDIVIDUAL_DOCUMENT"):
        _read_document(draft, document)


def _read_alias(draft: Draft, node: Node) -> None:
    quality, text, note = node.one("QUALITY"), node.one("ALIAS_NAME"), node.one("NOTE")
    if text and quality not in _ALIAS_KINDS:
        raise ListFormatError(
            f"alias quality {quality!r} is not one of {', '.join(_ALIAS_KINDS)}",
            where=node.where,
            why="the name would be searched with the wrong weight",
        )
    if text:
        kind = _ALIAS_KINDS[quality]
        names = names_in(text, note)
        draft.add(kind, *names)
        if names != (join(text),):
            draft.keep("ALIAS_NAME", text)
    draft.keep("ALIAS_NAME/NOTE", join(text, note, by=": ") if note else "")
    add_numbers(draft, note)
    for born in node.many("DATE_OF_BIRTH"):
        draft.add("birthDate", *dates_in(born))
    place = join(node.one("CITY_OF_BIRTH"), country := node.one("COUNTRY_OF_BIRTH"), by=", ")
    draft.add("birthPlace", place)
    draft.add("birthCountry", country)
    node.done()


def _without_language(text: str) -> str:
    return re.sub(r"\s*\([A-Za-z]+\)$", "", text)


def _read_birth_date(draft: Draft, node: Node) -> None:
    kind, note = node.one("TYPE_OF_DATE"), node.one("NOTE")
    exact = node.one("DATE") or node.one("YEAR")
    first, last = node.one("FROM_YEAR"), node.one("TO_YEAR")
    if first and last:
        years = [whole_number(year, node.where, "YEAR") for year in (first, last)]
        draft.add("birthDate", *years_between(*years))
        draft.keep("DATE_OF_BIRTH", f"{first} to {last}")
    elif exact:
        draft.add("birthDate", *dates_in(f"circa {exact}" if kind == "APPROXIMATELY" else exact))
    else:
        draft.add("birthDate", *dates_in(note))
    if note:
        draft.keep("DATE_OF_BIRTH/NOTE", join(exact, note, by=": "))
    node.done()


def _read_address(draft: Draft, node: Node) -> None:
    draft.add("country", _read_place(draft, node, "address"))


def _read_place(draft: Draft, node: Node, name: str) -> str:
    """Add one place as one text, and its note; return its country."""
    parts = [node.one(part) for part in _PLACE_PARTS]
    place = join(*parts, by=", ")
    draft.add(name, place)
    if note := node.one("NOTE"):
        draft.keep(f"{node.tag}/NOTE", join(place, note, by=": "))
    node.done()
    return parts[-1]


def _read_document(draft: Draft, node: Node) -> None:
    kind = join(node.one("TYPE_OF_DOCUMENT"), node.one("TYPE_OF_DOCUMENT2"), by=", ")
    number, note = node.one("NUMBER"), node.one("NOTE")
    issued = ("ISSUING_COUNTRY", "COUNTRY_OF_ISSUE", "CITY_OF_ISSUE", "DATE_OF_ISSUE")
    draft.keep("INDIVIDUAL_DOCUMENT", join(kind, number, *map(node.one, issued), note, by="; "))
    name = "passportNumber" if re.match(r"(?i)passport|.*pas[ae]port", kind) else "idNumber"
    for property_, value in identifiers_in(number or note or kind, name):
        draft.add(property_, value)
    node.done()


def _values(node: Node, name: str) -> list[str]:
    return [value for child in _taken(node, name) for value in child.many("VALUE")]


def _taken(node: Node, name: str) -> Iterator[Node]:
    for child in node.nodes(name):
        yield child
        child.done()
