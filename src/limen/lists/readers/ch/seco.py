"""Read SECO's overall list of sanctioned persons (XML) into entries.

A target names the sanctions sets it is in; the sets are explained by the programmes at the head
of the file, and addresses and birth places refer to places at its foot, so the file is read twice.
Names are made of ordered parts with spelling variants in other scripts; ``quality="low"`` is a
weak alias. De-listed targets stay in the file, with the day in their last modification.
Shape: SECO, "Sanctions data: technical documentation", and its example of 17 January 2024.
"""

from __future__ import annotations

from collections.abc import Iterator

from limen.lists.audit import Audit
from limen.lists.formats import Sources
from limen.lists.parsing.draft import Draft, join
from limen.lists.parsing.prose import add_numbers
from limen.lists.parsing.xml import Node, read_nodes, root_attributes
from limen.lists.readers.ch.names import read_names
from limen.lists.readers.ch.references import (
    RECORDS,
    ROOT,
    References,
    SanctionsSet,
    read_references,
)
from limen.model import Entry, ListFormatError, PartialDate

_SCHEMAS = {"individual": "Person", "entity": "Organization"}
_OBJECTS = {"vessel": "Vessel", "aircraft": "Airplane"}
_GENDERS = {"male": "male", "female": "female"}
#: Legal effect first; SECO prints what it has.
_DAYS = ("effective-date", "publication-date", "enactment-date")
_ADDRESS_PARTS = ("c-o", "address-details", "p-o-box", "zip-code", "location", "area")


def day(sources: Sources) -> str | None:
    """Return the day of the file."""
    return root_attributes(sources["xml"]).get("date") or None


def read(sources: Sources, audit: Audit) -> Iterator[Entry]:
    """Yield an entry for every target, the de-listed ones with the day of their removal.

    Raises:
        ListFormatError: not the list's XML, or a target of an unknown kind, without a name, or
            with a day that no calendar has.
    """
    source = sources["xml"]
    root = root_attributes(source)
    if root.get("list-type") == "amendment":
        audit.report_oddity("an amendment, not the whole list", source.name)
    references = read_references(source, audit)
    for node in read_nodes(source, RECORDS, root=ROOT, audit=audit, ignored=frozenset()):
        if node.tag == "target":
            yield _entry(node, references, root.get("date", ""))
            node.done()


def _entry(node: Node, references: References, file_day: str) -> Entry:
    kind, subject = _subject(node)
    draft = Draft(node.attribute("ssid"), kind, where=node.where)
    if not draft.record_id:
        raise ListFormatError("the target has no ssid", where=node.where)
    draft.add("gender", _GENDERS.get(subject.attribute("sex"), ""))
    for identity in subject.nodes("identity"):
        _read_identity(identity, draft, references)
        identity.done()
    for text in (*_texts(subject, "justification"), *_texts(subject, "other-information")):
        draft.add("notes", text)
        add_numbers(draft, text)
    for relation in subject.nodes("relation"):
        draft.keep(
            f"relation {relation.attribute('relation-type')}", relation.attribute("target-id")
        )
        draft.keep("relation/remark", *relation.many("remark"))
        relation.skip("ssid")
        relation.done()
    subject.done()
    for attribute in node.nodes("generic-attribute"):
        name = attribute.attribute("name")
        draft.keep(name, attribute.text)
        add_numbers(draft, f"{name}: {attribute.text}")
        attribute.done()
    draft.keep("foreign-identifier", *node.many("foreign-identifier"))
    sets = _sets(node, draft, references)
    listed, delisted = _listing_days(node, file_day)
    return draft.entry(
        programmes=_once(sanctions.programme for sanctions in sets),
        measures=_once(sanctions.measure for sanctions in sets),
        acts=_once(sanctions.act for sanctions in sets),
        listed_on=listed,
        delisted_on=delisted,
    )


def _subject(node: Node) -> tuple[str, Node]:
    for name, schema in _SCHEMAS.items():
        if subject := node.node(name):
            return schema, subject
    if subject := node.node("object"):
        return _OBJECTS.get(subject.attribute("object-type"), "Asset"), subject
    raise ListFormatError(
        "the target is no individual, entity or object",
        where=node.where,
        why="the party would not be screened",
    )


def _read_identity(node: Node, draft: Draft, references: References) -> None:
    main = node.attribute("main") != "false"
    node.skip("ssid")
    read_names(node, draft, main=main)
    for nationality in node.nodes("nationality"):
        if country := nationality.node("country"):
            draft.add("nationality" if draft.schema == "Person" else "country", country.text)
            country.skip("iso-code")
            country.done()
        nationality.skip("ssid", "quality")
        nationality.done()
    for born in node.nodes("day-month-year"):
        _read_day(born, draft)
    for place in node.nodes("place-of-birth"):
        printed, _ = references.places.get(place.attribute("place-id"), ("", ""))
        draft.add("birthPlace", printed)
        place.skip("ssid", "quality")
        place.done()
    for address in node.nodes("address"):
        _read_address(address, draft, references)
    for document in node.nodes("identification-document"):
        _read_document(document, draft)


def _read_day(node: Node, draft: Draft) -> None:
    parts = [node.attribute(name) for name in ("year", "month", "day")]
    calendar = node.attribute("calendar")
    node.skip("ssid", "quality")
    node.done()
    name = "birthDate" if draft.schema == "Person" else "incorporationDate"
    printed = "-".join(part.zfill(2) for part in parts if part)
    if not printed:
        return
    try:
        read = str(PartialDate.parse(printed))
    except ValueError:
        read = ""
    if read and calendar in ("", "Gregorian"):
        draft.add(name, read)
    else:
        node.oddity(f"{name} not a date of our calendar")
        draft.add("notes", f"{name}: {join(printed, calendar)}")


def _read_address(node: Node, draft: Draft, references: References) -> None:
    place, country = references.places.get(node.attribute("place-id"), ("", ""))
    parts = [text for name in _ADDRESS_PARTS for text in node.many(name)]
    draft.add("address", join(*parts, place, by=", "))
    draft.add("country", country)
    draft.keep("address/remark", *node.many("remark"))
    node.skip("ssid", "quality", "main")
    node.done()


def _read_document(node: Node, draft: Draft) -> None:
    kind = node.attribute("document-type")
    number = node.one("number")
    name = "passportNumber" if "passport" in kind else "idNumber"
    if draft.schema != "Person":
        name = "registrationNumber"
    draft.add(name, number)
    issuer = node.node("issuer")
    details = [kind, number, issuer.text if issuer else ""]
    if issuer:
        issuer.skip("code")
        issuer.done()
    for when in ("date-of-issue", "expiry-date"):
        for day_node in node.nodes(when):
            details.append(
                f"{when} {join(*map(day_node.attribute, ('year', 'month', 'day')), by='-')}"
            )
            day_node.skip("ssid", "calendar", "quality")
            day_node.done()
    draft.keep("identification-document", join(*details, *node.many("remark"), by=", "))
    node.skip("ssid")
    node.done()


def _texts(node: Node, name: str) -> Iterator[str]:
    for child in node.nodes(name):
        child.skip("ssid")
        yield child.text
        child.done()


def _sets(node: Node, draft: Draft, references: References) -> list[SanctionsSet]:
    sets = []
    for number in node.many("sanctions-set-id"):
        if known := references.sets.get(number):
            sets.append(known)
            draft.keep("origin", known.origin)
        else:
            node.oddity("a sanctions set not in the file")
        draft.keep("sanctions-set-id", number)
    return sets


def _once(values: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


def _listing_days(node: Node, file_day: str) -> tuple[str | None, str | None]:
    """Return ``(listed on, de-listed on)`` of the last listing, from modifications in order."""
    listed: str | None = None
    delisted: str | None = None
    for kind, when in _modifications(node):
        if kind == "listed":
            listed, delisted = when or None, None
        elif kind == "de-listed":
            delisted = when or file_day
            if not when:
                node.oddity("de-listed on a day not printed")
        elif kind != "amended":
            node.oddity(f"modification of type {kind!r}")
    return listed, delisted


def _modifications(node: Node) -> list[tuple[str, str]]:
    modifications = []
    for modification in node.nodes("modification"):
        kind = modification.attribute("modification-type")
        days = [modification.attribute(name) for name in _DAYS]
        modifications.append((kind, _checked(next(filter(None, days), ""), modification.where)))
        modification.skip("ssid")
        modification.done()
    if all(when for _, when in modifications):
        modifications.sort(key=lambda modification: modification[1])
    return modifications


def _checked(when: str, where: str) -> str:
    try:
        return str(PartialDate.parse(when)) if when else ""
    except ValueError as error:
        raise ListFormatError(
            str(error), where=where, why="the listing would apply on the wrong days"
        ) from error
