"""What SECO's targets refer to by number: sanctions sets of programmes, and places."""

from __future__ import annotations

from dataclasses import dataclass, field

from limen.lists.audit import Audit
from limen.lists.parsing.draft import join
from limen.lists.parsing.xml import Node, read_nodes
from limen.lists.source import Source

ROOT = "swiss-sanctions-list"
RECORDS = frozenset({"sanctions-program", "target", "place"})
_ENGLISH = "eng"


@dataclass(frozen=True, slots=True)
class SanctionsSet:
    """A sanctions set of a programme, in English."""

    programme: str
    act: str
    measure: str
    origin: str


@dataclass(slots=True)
class References:
    """What targets refer to by number."""

    sets: dict[str, SanctionsSet] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)


def read_references(source: Source, audit: Audit) -> References:
    """Read the programmes at the head of the file and the places at its foot."""
    found = References()
    for node in read_nodes(source, RECORDS, root=ROOT, audit=audit):
        if node.tag == "sanctions-program":
            _read_programme(node, found.sets)
        elif node.tag == "place":
            number = node.attribute("ssid")
            found.places[number] = _read_place(node)
    return found


def _read_programme(node: Node, sets: dict[str, SanctionsSet]) -> None:
    key, name = _english(node, "program-key"), _english(node, "program-name")
    origin = node.one("origin")
    for each in node.nodes("sanctions-set"):
        number = each.attribute("ssid")
        if each.attribute("lang") == _ENGLISH or number not in sets:
            sets[number] = SanctionsSet(key, join(name), join(each.text), origin)
        each.done()
    node.skip("ssid", "version-date", "predecessor-version-date")
    node.done()


def _english(node: Node, name: str) -> str:
    texts: dict[str, str] = {}
    for each in node.nodes(name):
        texts[each.attribute("lang")] = each.text
        each.done()
    return texts.get(_ENGLISH) or next(iter(texts.values()), "")


def _read_place(node: Node) -> tuple[str, str]:
    """``(place, country)``, the place from the inside out."""
    country = node.node("country")
    name = ""
    if country is not None:
        name = country.text or country.attribute("iso-code")
        country.skip("iso-code")
        country.done()
    parts = (*node.many("location"), *node.many("area"), name)
    node.skip("location-variant", "area-variant")  # other spellings of the same place
    node.done()
    return join(*parts, by=", "), name
