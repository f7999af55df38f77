"""Read OFAC's Advanced XML, after the UN's sanctions data model: one entry a record.

Everything refers to something else by number: values to reference sets, parties to locations,
documents to identities, sanctions entries to profiles. The file prints parties before the
sanctions entries with their lists, so parties wait as drafts for the end of the file; the XML
itself streams.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from limen.lists.audit import Audit
from limen.lists.parsing.xml import Node, read_nodes
from limen.lists.readers.ofac.addresses import address_of_parts
from limen.lists.readers.ofac.draft import OfacDraft, document_words
from limen.lists.readers.ofac.kinds import schema_of
from limen.lists.readers.ofac.listed import CONSOLIDATED, SDN, is_of_file, listed_on
from limen.lists.readers.ofac.profiles import Place, read_feature, read_names
from limen.lists.readers.ofac.programmes import read_programmes
from limen.lists.readers.ofac.references import References, read_day, read_period
from limen.lists.readers.ofac.remarks import read_remarks
from limen.lists.source import Source
from limen.model import Entry

_ROOT = "Sanctions"
_ISSUED = "DateOfIssue"
_PROGRAMME = "Program"
#: Which entry replaced which: parties have the entries themselves.
_IGNORED = frozenset({"SanctionsEntryLinks"})


def read(sources: Mapping[str, Source], audit: Audit) -> Iterator[Entry]:
    """Yield every party of the file.

    Raises:
        ListFormatError: not well-formed, a number without a reference value, or an unknown
            kind of record, party, alias or address part.
    """
    file = _AdvancedFile(audit)
    for node in read_nodes(sources["xml"], _TAGS, root=_ROOT, audit=audit, ignored=_IGNORED):
        if node.tag != _ISSUED:
            _READERS[node.tag](file, node)
    yield from file.entries()


def day(sources: Mapping[str, Source]) -> str | None:
    """Return the day of issue printed in the file, as an ISO date."""
    for node in read_nodes(sources["xml"], _TAGS, root=_ROOT, audit=Audit()):
        return read_day(node).isoformat() if node.tag == _ISSUED else None
    return None


@dataclass(frozen=True, slots=True)
class _Document:
    """An identity document; ``reservations`` are ``(field, words)``."""

    label: str
    words: str
    reservations: tuple[tuple[str, str], ...]
    where: str


@dataclass(frozen=True, slots=True)
class _Listing:
    """One profile on one list."""

    list_name: str
    day: str
    acts: tuple[str, ...]
    measures: tuple[str, ...]
    programmes: tuple[str, ...]
    where: str


class _AdvancedFile:
    """The parts of the file read so far, by the numbers that others refer to them with."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit
        self._references = References()
        self._places: dict[str, Place] = {}
        self._documents: dict[str, list[_Document]] = defaultdict(list)
        self._drafts: dict[str, OfacDraft] = {}
        self._listings: dict[str, list[_Listing]] = defaultdict(list)
        self._links: dict[str, list[tuple[str, str, str]]] = defaultdict(list)

    def references(self, node: Node) -> None:
        self._references.read(node)

    def location(self, node: Node) -> None:
        of = self._references.of
        countries = [of(each, "Country", "CountryID") for each in node.nodes("LocationCountry")]
        country = countries[0] if countries else ""
        parts = {
            of(part, "LocPartType", "LocPartTypeID"): " / ".join(
                value.one("Value") for value in part.nodes("LocationPartValue")
            )
            for part in node.nodes("LocationPart")
        }
        text = address_of_parts(parts, country, where=node.where)
        self._places[node.attribute("ID")] = (text, country)
        node.skip("LocationAreaCode", "FeatureVersionReference", "IDRegDocumentReference")
        node.done()

    def document(self, node: Node) -> None:
        of = self._references.of
        dates = {
            of(each, "IDRegDocDateType", "IDRegDocDateTypeID"): read_period(period).words()
            for each in node.nodes("DocumentDate")
            for period in each.nodes("DatePeriod")
        }
        words = document_words(
            node.one("IDRegistrationNo"),
            of(node, "Country", "IssuedBy-CountryID"),
            dates.get("Issue Date", ""),
            dates.get("Expiration Date", ""),
        )
        place = self._places.get(node.attribute("IssuedIn-LocationID"), ("", ""))
        validity = of(node, "Validity", "ValidityID")
        reservations = (
            ("issuingAuthority", node.one("IssuingAuthority")),
            ("issuingLocation", place[0] or place[1]),
            ("comments", node.one("Comment")),
            ("not valid", "" if validity == "Valid" else validity),
        )
        label = of(node, "IDRegDocType", "IDRegDocTypeID")
        self._documents[node.attribute("IdentityID")].append(
            _Document(label, words, tuple(pair for pair in reservations if pair[1]), node.where)
        )
        node.skip("ID", "DocumentedNameReference", "IDRegDocumentMention")
        node.skip("FeatureVersionReference", "ProfileRelationshipReference")
        node.done()

    def party(self, node: Node) -> None:
        record_id = node.attribute("FixedRef")
        for profile in node.nodes("Profile"):
            schema = schema_of(self._references.party_kind(profile), node.where)
            draft = OfacDraft(record_id, schema, where=node.where, audit=self._audit)
            self._drafts[profile.attribute("ID")] = draft
            for identity in profile.nodes("Identity"):
                number = identity.attribute("ID")
                for document in self._documents.pop(number, ()):
                    _put_document(document, draft)
                read_names(identity, self._references, draft)
            for feature in profile.nodes("Feature"):
                read_feature(feature, self._references, self._places, draft)
            for comment in (*node.many("Comment"), *profile.many("Comment")):
                read_remarks(draft, comment)
            profile.skip("SanctionsEntryReference")
            profile.done()
        node.done()

    def relationship(self, node: Node) -> None:
        kind = self._references.of(node, "RelationType", "RelationTypeID")
        quality = self._references.of(node, "RelationQuality", "RelationQualityID")
        former = "former" if node.attribute("Former") == "true" else ""
        detail = ", ".join(
            words
            for words in (former, "" if quality == "Unknown" else quality, node.one("Comment"))
            if words
        )
        start, end = node.attribute("From-ProfileID"), node.attribute("To-ProfileID")
        self._links[start].append((end, kind, detail))
        node.skip("ID", "SanctionsEntryID")
        node.done()

    def listing(self, node: Node) -> None:
        of = self._references.of
        days, acts = [], []
        for event in node.nodes("EntryEvent"):
            days += [read_day(each).isoformat() for each in event.nodes("Date")]
            acts.append(of(event, "LegalBasis", "LegalBasisID"))
        measures, programmes = [], []
        for measure in node.nodes("SanctionsMeasure"):
            kind = of(measure, "SanctionsType", "SanctionsTypeID")
            if kind == _PROGRAMME:
                programmes.append(measure.one("Comment"))
            else:
                measures.append(kind)
        self._listings[node.attribute("ProfileID")].append(
            _Listing(
                of(node, "List", "ListID"),
                min(days, default=""),
                tuple(acts),
                tuple(measures),
                tuple(programmes),
                node.where,
            )
        )
        node.skip("ID")
        node.done()

    def entries(self) -> Iterator[Entry]:
        """Yield every party with its listings, and report the parts without a party."""
        of_file = self._list_of_file()
        for profile, draft in self._drafts.items():
            listings = self._listings.pop(profile, [])
            if not listings:
                draft.oddity("a party without a sanctions entry")
            self._put_links(profile, draft)
            yield _entry(draft, listings, of_file)
        for listing in (listing for group in self._listings.values() for listing in group):
            self._audit.report_oddity("a sanctions entry without its party", listing.where)
        for document in (document for group in self._documents.values() for document in group):
            self._audit.report_oddity("a document without its party", document.where)

    def _list_of_file(self) -> str:
        """Return ``SDN List`` where every party is on it, since files do not name their list."""
        on_sdn = (
            any(listing.list_name == SDN for listing in group) for group in self._listings.values()
        )
        return SDN if all(on_sdn) else CONSOLIDATED

    def _put_links(self, profile: str, draft: OfacDraft) -> None:
        for other, kind, detail in self._links.get(profile, ()):
            linked = self._drafts.get(other)
            name = linked.name if linked else ""
            draft.keep("linkedTo", name)
            draft.keep("linkedToId", linked.record_id if linked else other)
            draft.keep(kind, name or other)
            if detail:
                draft.keep("quality", f"{kind} {name or other}: {detail}")


_READERS = {
    "ReferenceValueSets": _AdvancedFile.references,
    "Location": _AdvancedFile.location,
    "IDRegDocument": _AdvancedFile.document,
    "DistinctParty": _AdvancedFile.party,
    "ProfileRelationship": _AdvancedFile.relationship,
    "SanctionsEntry": _AdvancedFile.listing,
}
_TAGS = frozenset({_ISSUED, *_READERS})


def _put_document(document: _Document, draft: OfacDraft) -> None:
    draft.document(document.label, document.words)
    for name, words in document.reservations:
        draft.keep(name, f"{document.label} {document.words}: {words}")


def _entry(draft: OfacDraft, listings: list[_Listing], of_file: str) -> Entry:
    for listing in listings:
        draft.keep(listing.list_name, listing.day)
    current = [listing for listing in listings if is_of_file(listing.list_name, {of_file})]
    programmes = [tag for listing in current for tag in listing.programmes]
    days = {listing.list_name: listing.day for listing in listings}
    return draft.entry(
        programmes=read_programmes(draft, programmes),
        measures=_once(listing.measures for listing in current),
        acts=_once(listing.acts for listing in current),
        listed_on=listed_on(days, {of_file}),
    )


def _once(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for group in groups for words in group if words))
