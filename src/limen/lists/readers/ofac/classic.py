"""Read OFAC's standard XML (``sdn.xml``, ``consolidated.xml``): one entry a record.

The namespace changed in May 2024, so elements are known by their local names. ``idList`` has
documents and facts that are none (gender, websites, directives): the table of kinds
distinguishes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from limen.lists.audit import Audit
from limen.lists.parsing.dates import read_american_date
from limen.lists.parsing.xml import Node, read_nodes
from limen.lists.readers.ofac.addresses import address_text, locality
from limen.lists.readers.ofac.draft import OfacDraft, document_words
from limen.lists.readers.ofac.kinds import schema_of
from limen.lists.readers.ofac.names import person_name
from limen.lists.readers.ofac.programmes import read_programmes
from limen.lists.readers.ofac.remarks import read_remarks
from limen.lists.source import Source
from limen.model import Entry, ListFormatError

_ROOT = "sdnList"
_ENTRY = "sdnEntry"
_PUBLICATION = "publshInformation"  # sic
#: element of vesselInfo -> the label of the same fact elsewhere
_VESSEL_LABELS = {
    "callSign": "Vessel Call Sign",
    "vesselType": "Vessel Type",
    "vesselFlag": "Vessel Flag",
    "vesselOwner": "Vessel Owner",
    "tonnage": "Vessel Tonnage",
    "grossRegisteredTonnage": "Vessel Gross Registered Tonnage",
}
#: list element -> (item, the fact in it, the label of the same fact elsewhere)
_FACTS = {
    "nationalityList": ("nationality", "country", "nationality"),
    "citizenshipList": ("citizenship", "country", "citizen"),
    "dateOfBirthList": ("dateOfBirthItem", "dateOfBirth", "DOB"),
    "placeOfBirthList": ("placeOfBirthItem", "placeOfBirth", "POB"),
}


def read(sources: Mapping[str, Source], audit: Audit) -> Iterator[Entry]:
    """Yield every record of the file.

    Raises:
        ListFormatError: not well-formed, an unknown kind of party, name quality or alias, or
            another number of records than the file says it has.
    """
    source = sources["xml"]
    announced = ""
    count = 0
    names = frozenset({_PUBLICATION, _ENTRY})
    for node in read_nodes(source, names, root=_ROOT, audit=audit, ignored=frozenset()):
        if node.tag == _PUBLICATION:
            announced = node.need("Record_Count")
            node.skip("Publish_Date")
            node.done()
        else:
            count += 1
            yield _read_entry(node, audit)
    if announced and announced != str(count):
        raise ListFormatError(
            f"the file announces {announced} records and has {count}",
            where=source.name,
            why="the missing parties would be cleared",
            hint="fetch the file again",
        )


def day(sources: Mapping[str, Source]) -> str | None:
    """Return the publication day printed in the file, as an ISO date."""
    names = frozenset({_PUBLICATION, _ENTRY})
    for node in read_nodes(sources["xml"], names, root=_ROOT, audit=Audit()):
        if node.tag == _PUBLICATION:
            return _published(node)
        break
    return None


def _published(node: Node) -> str:
    try:
        return str(read_american_date(node.need("Publish_Date")))
    except ValueError as error:
        raise ListFormatError(f"Publish_Date: {error}", where=node.where) from error


def _read_entry(node: Node, audit: Audit) -> Entry:
    draft = OfacDraft(
        node.need("uid"), schema_of(node.need("sdnType"), node.where), where=node.where, audit=audit
    )
    draft.add("name", _name(node))
    draft.item("Title", node.one("title"))
    for item in _items(node, "idList", "id"):
        _read_id(item, draft)
    for alias in _items(node, "akaList", "aka"):
        _read_alias(alias, draft)
    for address in _items(node, "addressList", "address"):
        _read_address(address, draft)
    _read_facts(node, draft)
    read_remarks(draft, node.one("remarks"))
    programmes = [text for group in node.nodes("programList") for text in _programmes(group)]
    printed = read_programmes(draft, programmes)
    node.done()
    return draft.entry(programmes=printed)


def _items(node: Node, group: str, name: str) -> Iterator[Node]:
    for parent in node.nodes(group):
        for item in parent.nodes(name):
            item.skip("uid", "mainEntry")
            yield item
            item.done()
        parent.done()


def _programmes(node: Node) -> tuple[str, ...]:
    programmes = node.many("program")
    node.done()
    return programmes


def _name(node: Node) -> str:
    return person_name(node.one("lastName"), node.one("firstName"))


def _read_id(node: Node, draft: OfacDraft) -> None:
    words = document_words(
        node.one("idNumber"),
        node.one("idCountry"),
        node.one("issueDate"),
        node.one("expirationDate"),
    )
    draft.item(node.need("idType"), words)


def _read_alias(node: Node, draft: OfacDraft) -> None:
    category = node.need("category")
    if category not in ("strong", "weak"):
        raise ListFormatError(
            f"alias category {category!r} is not strong or weak",
            where=node.where,
            why="the name would be searched with the wrong weight",
        )
    draft.alias(node.need("type"), _name(node), weak=category == "weak")


def _read_address(node: Node, draft: OfacDraft) -> None:
    street = [node.one(f"address{line}") for line in (1, 2, 3)]
    place = locality(node.one("city"), node.one("stateOrProvince"), node.one("postalCode"))
    country = node.one("country")
    draft.address(address_text(street, place, country), country)


def _read_facts(node: Node, draft: OfacDraft) -> None:
    for group, (name, fact, label) in _FACTS.items():
        for item in _items(node, group, name):
            draft.item(label, item.need(fact))
    for vessel in node.nodes("vesselInfo"):
        for element, label in _VESSEL_LABELS.items():
            draft.item(label, vessel.one(element))
        vessel.done()
