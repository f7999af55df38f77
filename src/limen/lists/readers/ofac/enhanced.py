"""Read OFAC's Enhanced XML (since 2024): one entry a record, with its listing dates.

Names are printed whole and in every script OFAC knows, values in words; what the legacy files
put into remarks has elements of its own. The same labels lead to the same properties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from limen.lists.audit import Audit
from limen.lists.parsing.xml import Node, read_nodes
from limen.lists.readers.ofac.addresses import address_of_parts
from limen.lists.readers.ofac.draft import OfacDraft, document_words
from limen.lists.readers.ofac.kinds import schema_of
from limen.lists.readers.ofac.listed import listed_on
from limen.lists.readers.ofac.names import LATIN, without_direction
from limen.lists.readers.ofac.periods import Period
from limen.lists.readers.ofac.programmes import read_programmes
from limen.lists.readers.ofac.remarks import read_remarks
from limen.lists.source import Source
from limen.model import Entry, ListFormatError

_ROOT = "sanctionsData"
_ENTRY = "entity"
_PUBLICATION = "publicationInfo"
_NAMES = frozenset({_PUBLICATION, _ENTRY})
#: What the numbers of values stand for; an entity prints the words themselves.
_IGNORED = frozenset({"referenceValues", "featureTypes"})


def read(sources: Mapping[str, Source], audit: Audit) -> Iterator[Entry]:
    """Yield every record of the file.

    Raises:
        ListFormatError: not well-formed, or an unknown kind of record, party, alias or address
            part.
    """
    of_file: tuple[str, ...] = ()
    for node in read_nodes(sources["xml"], _NAMES, root=_ROOT, audit=audit, ignored=_IGNORED):
        if node.tag == _PUBLICATION:
            of_file = _lists_of_file(node)
        else:
            yield _read_entity(node, of_file, audit)


def day(sources: Mapping[str, Source]) -> str | None:
    """Return the day the data is as of, as an ISO date."""
    for node in read_nodes(sources["xml"], _NAMES, root=_ROOT, audit=Audit()):
        return node.one("dataAsOf")[:10] or None
    return None


def _lists_of_file(node: Node) -> tuple[str, ...]:
    lists = []
    for filters in node.nodes("filters"):
        lists = [_words(each) for each in _items(filters, "sanctionsLists", "sanctionsList")]
        filters.skip("sanctionsPrograms")
        filters.done()
    node.skip("dataAsOf")
    node.done()
    return tuple(lists)


def _read_entity(node: Node, of_file: tuple[str, ...], audit: Audit) -> Entry:
    general = _need(node, "generalInfo")
    schema = schema_of(_worded(general, "entityType"), node.where)
    draft = OfacDraft(_key(node), schema, where=node.where, audit=audit)
    for name in _items(node, "names", "name"):
        _read_name(name, draft)
    draft.item("Title", general.one("title"))
    for feature in _items(node, "features", "feature"):
        _read_feature(feature, draft)
    for document in _items(node, "identityDocuments", "identityDocument"):
        _read_document(document, draft)
    for address in _items(node, "addresses", "address"):
        _read_address(address, draft)
    for relationship in _items(node, "relationships", "relationship"):
        _read_relationship(relationship, draft)
    _read_general(general, draft)
    dates = _listing_dates(node, draft)
    programmes = [_words(each) for each in _items(node, "sanctionsPrograms", "sanctionsProgram")]
    entry = draft.entry(
        programmes=read_programmes(draft, programmes),
        measures=_distinct(node, "sanctionsTypes", "sanctionsType"),
        acts=_distinct(node, "legalAuthorities", "legalAuthority"),
        listed_on=listed_on(dates, of_file),
    )
    node.done()
    return entry


def _key(node: Node) -> str:
    key = node.attribute("id")
    if not key:
        raise ListFormatError("the record has no id", where=node.where, why="it is its key")
    return key


def _need(node: Node, name: str) -> Node:
    child = node.node(name)
    if child is None:
        raise ListFormatError(f"{name} is missing", where=node.where)
    return child


def _read_general(general: Node, draft: OfacDraft) -> None:
    read_remarks(draft, general.one("remarks"))
    draft.keep("livingStatus", _worded(general, "livingStatus"))
    for name in ("isUsCitizen", "isUsPerson"):
        draft.keep(name, general.one(name))
    general.skip("identityId")
    general.done()


def _listing_dates(node: Node, draft: OfacDraft) -> dict[str, str]:
    dates: dict[str, str] = {}
    for listed in _items(node, "sanctionsLists", "sanctionsList"):
        day_listed = listed.attribute("datePublished")
        name = _words(listed)
        dates[name] = day_listed
        draft.keep(name, day_listed)
    return dates


def _read_name(node: Node, draft: OfacDraft) -> None:
    primary = node.one("isPrimary") == "true"
    weak = node.one("isLowQuality") == "true"
    kind = _worded(node, "aliasType")
    spellings = [
        _read_spelling(translation) for translation in _items(node, "translations", "translation")
    ]
    for script, text in sorted(spellings, key=lambda spelling: spelling[0] != LATIN):
        if primary:
            draft.add("name", text)
        else:
            draft.alias(kind, text, weak=weak)
        if script != LATIN:
            draft.keep(script, text)


def _read_spelling(node: Node) -> tuple[str, str]:
    script = _worded(node, "script")
    text = without_direction(node.need("formattedFullName"))
    node.skip("isPrimary", "formattedFirstName", "formattedLastName", "nameParts")
    return script, text


def _read_feature(node: Node, draft: OfacDraft) -> None:
    label = _worded(node, "type")
    value = node.one("value")
    draft.item(label, value)
    reliability = _worded(node, "reliability")
    if reliability not in ("", "Confirmed"):
        draft.keep("reliability", f"{label} {value}: {reliability}")
    if comment := node.one("comments"):
        draft.keep("comments", f"{label} {value}: {comment}")
    node.skip("valueDate", "valueRefId", "versionId", "isPrimary")


def _read_document(node: Node, draft: OfacDraft) -> None:
    label, number = _worded(node, "type"), node.one("documentNumber")
    country = _worded(node, "issuingCountry")
    issued, expires = _period(node, "issueDate"), _period(node, "expirationDate")
    draft.document(label, document_words(number, country, issued, expires))
    for name in ("issuingAuthority", "issuingLocation", "comments"):
        if words := node.one(name):
            draft.keep(name, f"{label} {number}: {words}")
    for feature in _items(node, "idFeatures", "idFeature"):
        feature.skip("featureVersionId")
        draft.keep("idFeature", f"{label} {number}: {_words(feature)}")
    if node.one("isValid") == "false":
        draft.keep("not valid", f"{label} {number}")
    node.skip("name")  # the name on the document is one of the names above


def _period(node: Node, name: str) -> str:
    period = node.node(name)
    if period is None:
        return ""
    bounds = [period.one(each) for each in ("fromDateBegin", "fromDateEnd", "toDateBegin")]
    bounds.append(period.one("toDateEnd"))
    period.skip("id", "isDateRange")
    approximate = period.one("isApproximate") == "true"
    period.done()
    try:
        first, start, end, last = (date.fromisoformat(bound) for bound in bounds)
    except ValueError as error:
        raise ListFormatError(f"{error} is not a period's bound", where=period.where) from error
    return Period((first, start), (end, last), approximate).words()


def _read_address(node: Node, draft: OfacDraft) -> None:
    country = _worded(node, "country")
    empty = True
    for translations in node.nodes("translations"):
        country = _worded(translations, "country") or country
        for translation in translations.nodes("translation"):
            draft.address(_address(translation, country), country)
            empty = False
        translations.done()
    if empty:
        draft.address("", country)


def _address(node: Node, country: str) -> str:
    parts: dict[str, str] = {}
    for part in _items(node, "addressParts", "addressPart"):
        parts[_worded(part, "type")] = part.one("value")
    node.skip("id", "isPrimary", "script")
    node.done()
    return address_of_parts(parts, country, where=node.where)


def _read_relationship(node: Node, draft: OfacDraft) -> None:
    kind = _worded(node, "type")
    for related in node.nodes("relatedEntity"):
        draft.keep("linkedTo", related.text)
        draft.keep("linkedToId", related.attribute("entityId"))
        draft.keep(kind, related.text)
        related.done()
        for name, words in (
            ("quality", _worded(node, "quality")),
            ("dateRange", _period(node, "dateRange")),
            ("comments", node.one("comments")),
        ):
            if words:
                draft.keep(name, f"{kind} {related.text}: {words}")


def _distinct(node: Node, group: str, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_words(each) for each in _items(node, group, name)))


def _items(node: Node, group: str, name: str) -> Iterator[Node]:
    for parent in node.nodes(group):
        for item in parent.nodes(name):
            item.skip("id")
            yield item
            item.done()
        parent.done()


def _worded(node: Node, name: str) -> str:
    """Take the words of a child that also refers to reference values; ``""`` when absent."""
    child = node.node(name)
    if child is None:
        return ""
    words = _words(child)
    child.done()
    return words


def _words(node: Node) -> str:
    node.skip("refId", "featureTypeId")
    return node.text
