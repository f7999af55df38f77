"""Read names from SECO's parts: ordered, typed, with variants by language and script."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from limen.lists.parsing.draft import Draft, join
from limen.lists.parsing.xml import Node
from limen.model import ListFormatError

_KINDS = {"primary-name": "name", "alias": "alias", "formerly-known-as": "previousName"}
_QUALITIES = ("good", "low")
#: A part's own property; a whole name has none, and titles are no part of the name.
#: Digits of the place of a part in a name.
_LONGEST_ORDER = 4
_PARTS = {
    "title": "title",
    "given-name": "firstName",
    "further-given-name": "secondName",
    "father-name": "fatherName",
    "grand-father-name": "middleName",
    "family-name": "lastName",
    "maiden-name": "lastName",
    "suffix": "nameSuffix",
}
_LATIN = ("", "latn")
#: Variants are not graded by type; a type other than this may be a grade.
_UNTYPED = ("", "not-defined")


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a name; ``variants`` are by (language, script), in the order printed."""

    order: int
    kind: str
    value: str
    variants: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))


def read_names(identity: Node, draft: Draft, *, main: bool) -> None:
    """Add every name of an identity; the primary name of one that is not main is an alias.

    Raises:
        ListFormatError: an unknown type or quality of a name.
    """
    for node in identity.nodes("name"):
        kind = _known(node, "name-type", tuple(_KINDS))
        weak = _known(node, "quality", _QUALITIES) == "low"
        name = _KINDS[kind]
        if kind == "primary-name" and not main:
            name = "alias"
        if weak and name != "name":
            name = "weakAlias"
        parts = sorted(map(_part, node.nodes("name-part")), key=lambda part: part.order)
        named = [part for part in parts if part.kind != "title"] or parts
        draft.add(name, join(*(part.value for part in named)))
        draft.add("weakAlias" if weak else "alias", *_variants(named))
        if draft.schema == "Person" and kind == "primary-name":
            for part in parts:
                if part.kind in _PARTS:
                    draft.add(_PARTS[part.kind], part.value)
        node.skip("ssid", "lang")
        node.done()


def _known(node: Node, attribute: str, words: tuple[str, ...]) -> str:
    value = node.attribute(attribute)
    if value not in words:
        raise ListFormatError(
            f"{attribute} {value!r} is not one of {', '.join(words)}",
            where=node.where,
            why="the name would be searched with the wrong weight",
        )
    return value


def _part(node: Node) -> _Part:
    order = node.attribute("order")
    part = _Part(
        order=int(order) if order.isdecimal() and len(order) <= _LONGEST_ORDER else 0,
        kind=node.attribute("name-part-type"),
        value=node.one("value"),
    )
    for variant in node.nodes("spelling-variant"):
        key = (variant.attribute("lang").casefold(), variant.attribute("script").casefold())
        part.variants[key].append(variant.text)
        if (kind := variant.attribute("spelling-variant-type")) not in _UNTYPED:
            variant.oddity(f"spelling variant of type {kind!r}")
        variant.skip("ssid")
        variant.done()
    node.skip("ssid")
    node.done()
    return part


def _variants(parts: list[_Part]) -> list[str]:
    """Return the whole name in every spelling; a part without one stays as it is, in Latin.

    In another script such a part is left out, unless a single part of several would remain: a
    given name alone is no name of the party.
    """
    return [
        join(*(_spelling(part, key, place, alone=_is_alone(parts, key)) for part in parts))
        for key in dict.fromkeys(key for part in parts for key in part.variants)
        for place in range(max(len(part.variants.get(key, ())) for part in parts))
    ]


def _is_alone(parts: list[_Part], key: tuple[str, str]) -> bool:
    return sum(key in part.variants for part in parts) == 1


def _spelling(part: _Part, key: tuple[str, str], place: int, *, alone: bool) -> str:
    spellings = part.variants.get(key, [])
    if spellings:
        return spellings[min(place, len(spellings) - 1)]
    return part.value if alone or key[1] in _LATIN else ""
