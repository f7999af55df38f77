"""Read a party of the Advanced XML: its names in every script, and its features."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from limen.lists.parsing.xml import Node
from limen.lists.readers.ofac.draft import OfacDraft
from limen.lists.readers.ofac.names import LATIN, name_of_parts
from limen.lists.readers.ofac.references import References, read_period

#: (address in one line, country)
Place = tuple[str, str]

_PRIMARY = "Name"
_ADDRESS = "Location"


def read_names(identity: Node, references: References, draft: OfacDraft) -> None:
    """Add every name of an identity to the draft, the Latin spelling of each first."""
    kinds = {
        part.attribute("ID"): references.of(part, "NamePartType", "NamePartTypeID")
        for groups in identity.nodes("NamePartGroups")
        for master in groups.nodes("MasterNamePartGroup")
        for part in master.nodes("NamePartGroup")
    }
    if identity.attribute("False") == "true":
        draft.oddity("an identity marked as false")
    for alias in identity.nodes("Alias"):
        kind = references.of(alias, "AliasType", "AliasTypeID")
        weak = alias.attribute("LowQuality") == "true"
        spellings = [
            _spelling(spelling, kinds, references) for spelling in alias.nodes("DocumentedName")
        ]
        for script, name in sorted(spellings, key=lambda spelling: spelling[0] != LATIN):
            if kind == _PRIMARY:
                draft.add("name", name)
            else:
                draft.alias(kind, name, weak=weak)
            if script != LATIN:
                draft.keep(script, name)
        alias.skip("FixedRef", "Primary")
        alias.done()
    identity.skip("FixedRef", "Primary")
    identity.done()


def read_feature(
    node: Node, references: References, places: Mapping[str, Place], draft: OfacDraft
) -> None:
    """Add a feature to the draft: a date, a reference value, a text or a place."""
    label = references.of(node, "FeatureType", "FeatureTypeID")
    for version in node.nodes("FeatureVersion"):
        values = list(_values(version, references))
        for place in _places(version, places, draft):
            if label == _ADDRESS:
                draft.address(*place)
            else:
                values.append(place[1] or place[0])
        for value in values:
            draft.item(label, value)
        _read_reservations(version, label, values, references, draft)
    node.skip("ID", "IdentityReference")
    node.done()


def _spelling(node: Node, kinds: Mapping[str, str], references: References) -> tuple[str, str]:
    script = LATIN
    parts = []
    for part in node.nodes("DocumentedNamePart"):
        for value in part.nodes("NamePartValue"):
            script = references.of(value, "Script", "ScriptID")
            parts.append((kinds.get(value.attribute("NamePartGroupID"), ""), value.text))
            value.skip("ScriptStatusID", "Acronym")
            value.done()
        part.done()
    node.skip("ID", "FixedRef", "DocNameStatusID")
    node.done()
    return script, name_of_parts(parts)


def _values(version: Node, references: References) -> Iterator[str]:
    for period in version.nodes("DatePeriod"):
        yield read_period(period).words()
    for detail in version.nodes("VersionDetail"):
        words = references.of(detail, "DetailReference", "DetailReferenceID") or detail.text
        if words:
            yield words
        detail.skip("DetailTypeID")
        detail.done()


def _places(version: Node, places: Mapping[str, Place], draft: OfacDraft) -> Iterator[Place]:
    for location in version.nodes("VersionLocation"):
        place = places.get(location.attribute("LocationID"))
        if place is None:
            draft.oddity("a location that is not in the file")
        else:
            yield place
        location.done()


def _read_reservations(
    version: Node, label: str, values: list[str], references: References, draft: OfacDraft
) -> None:
    feature = f"{label} {', '.join(values)}"
    reliability = references.of(version, "Reliability", "ReliabilityID")
    if reliability not in ("", "Confirmed", "Unknown"):
        draft.keep("reliability", f"{feature}: {reliability}")
    if comment := version.one("Comment"):
        draft.keep("comments", f"{feature}: {comment}")
    version.skip("ID", "IDRegDocumentReference")
    version.done()
