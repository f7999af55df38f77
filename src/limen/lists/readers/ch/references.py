"""Read what SECO's targets refer to by number: sanctions sets of programmes, and places."""

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
    """The sanctions sets and places of a file, by their numbers."""

    sets: dict[str, SanctionsSet] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)


def read_references(source: Source, audit: Audit) -> References:
    """Read the programmes at the head of the file and the places at its foot."""
    references = References()
    for node in read_nodes(source, RECORDS, root=ROOT, audit=audit):
        if node.tag == "sanctions-program":
            _read_programme(node, references.sets)
        elif node.tag == "place":
            number = node.attribute("ssid")
            references.places[number] = _read_place(node)
    return references


def _read_programme(node: Node, sets: dict[str, SanctionsSet]) -> None:
    key, name = _english(node, "program-key"), _english(node, "program-name")
    origin = node.one("origin")
    for sanctions_set in node.nodes("sanctions-set"):
        number = sanctions_set.attribute("ssid")
        if sanctions_set.attribute("lang") == _ENGLISH or number not in sets:
            sets[number] = SanctionsSet(key, join(name), join(sanctions_set.text), origin)
        sanctions_set.done()
    node.skip("ssid", "version-date", "predecessor-version-date")
    node.done()


def _english(node: Node, name: str) -> str:
    texts: dict[str, str] = {}
    for text in node.nodes(name):
        texts[text.attribute("lang")] = text.text
        text.done()
    return texts.get(_ENGLISH) or next(iter(texts.values()), "")


def _read_place(node: Node) -> tuple[str, str]:
    """Read a place as ``(text, country)``, the text from the smallest area to the largest."""
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
