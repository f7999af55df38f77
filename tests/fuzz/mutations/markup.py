"""Change XML and HTML element by element."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random

from lxml import etree, html
from tests.fuzz.mutations.values import changed_bytes, copies, odd, swollen, times

#: Nests deeper than a parser allows, and than one that calls itself can go.
_DEEP = (3, 30, 250, 260, 1_200)
_FORBIDDEN = re.compile("[^\t\n\r -\ufffd\U00010000-\U0010ffff]")
_TREES = etree.XMLParser(resolve_entities=False, huge_tree=True)


def change_xml(data: bytes, chance: Random) -> bytes:
    """Change an XML file: mostly whole elements and values, now and then its bytes."""
    try:
        root = copy.deepcopy(_tree(data))
    except etree.XMLSyntaxError:
        return changed_bytes(data, chance)
    for _ in times(chance):
        _change(root, chance)
    codec = (
        chance.choice(("utf-16", "iso-8859-1", "us-ascii")) if chance.random() < 0.05 else "utf-8"
    )
    return _last(etree.tostring(root, xml_declaration=True, encoding=codec), chance)


def change_html(data: bytes, chance: Random) -> bytes:
    """Change an HTML page in the same way."""
    root = html.document_fromstring(data.decode(errors="replace"))
    for _ in times(chance):
        _change(root, chance)
    return _last(html.tostring(root, encoding="utf-8"), chance)


def _last(data: bytes, chance: Random) -> bytes:
    if chance.random() < 0.1:
        return changed_bytes(data, chance)
    if chance.random() < 0.02:
        doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        head, _, rest = data.partition(b"?>")
        return head + b"?>" + doctype + rest
    return data


@lru_cache(maxsize=64)
def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, _TREES)


def _change(root: etree._Element, chance: Random) -> None:
    elements = list(root.iter("*"))
    if len(elements) > 1:
        chance.choice(_CHANGES)(chance.choice(elements[1:]), elements, chance)


def _rename(element: etree._Element, elements: Sequence[etree._Element], chance: Random) -> None:
    name = chance.choice(elements).tag
    element.tag = chance.choice((name, "Unknown", etree.QName(element).localname, "{urn:x}a"))


def _drop(element: etree._Element, elements: Sequence[etree._Element], chance: Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _duplicate(element: etree._Element, elements: Sequence[etree._Element], chance: Random) -> None:
    for _ in range(copies(chance) if len(element) < 10 else 1):
        element.addnext(copy.copy(element))


def _nest(element: etree._Element, elements: Sequence[etree._Element], chance: Random) -> None:
    """Put an element into ones of its own name."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for _ in range(chance.choice(_DEEP[:1] if chance.random() < 0.95 else _DEEP)):
        outer = etree.Element(element.tag, dict(element.attrib))
        outer.append(element)
        element = outer
    parent.insert(place, element)


def _move(element: etree._Element, elements: Sequence[etree._Element], chance: Random) -> None:
    target = chance.choice(elements)
    if target is not element and element not in target.iterancestors():
        target.insert(chance.randrange(len(target) + 1), element)


def _unwrap(element: etree._Element, elements: Sequence[etree._Element], chance: Random) -> None:
    for child in list(element):
        element.addnext(child)


def _text(element: etree._Element, elements: Sequence[etree._Element], chance: Random) -> None:
    leaves = [each for each in elements if each.text and each.text.strip()] or [element]
    leaf = chance.choice(leaves)
    others = tuple(filter(None, (chance.choice(leaves).text for _ in range(3))))
    leaf.text = _allowed(odd(chance, leaf.text or "", others))


def _swell(element: etree._Element, elements: Sequence[etree._Element], chance: Random) -> None:
    if chance.random() < 0.2:
        element.text = _allowed(swollen(chance, element.text or "x"))


def _split(element: etree._Element, elements: Sequence[etree._Element], chance: Random) -> None:
    """Cut a text by a comment, an instruction or an element."""
    text = element.text or ""
    at = chance.randrange(len(text) + 1)
    cut = chance.choice(
        (etree.Comment("x"), etree.ProcessingInstruction("x", "y"), etree.Element("b"))
    )
    cut.tail, element.text = text[at:], text[:at]
    element.insert(0, cut)


def _attribute(element: etree._Element, elements: Sequence[etree._Element], chance: Random) -> None:
    having = [each for each in elements if each.attrib] or [element]
    one, other = chance.choice(having), chance.choice(having)
    name = chance.choice([*map(str, one.attrib), "x"])
    match chance.randrange(4):
        case 0:
            one.attrib.pop(name, None)
        case 1 if other.attrib:
            one.set(name, chance.choice([*map(str, other.attrib.values())]))
        case _:
            one.set(name, _allowed(odd(chance, str(one.get(name, "")))))


def _allowed(text: str) -> str:
    """Return text without what XML cannot hold."""
    return _FORBIDDEN.sub("", text)


_Change = Callable[[etree._Element, Sequence[etree._Element], Random], None]
_CHANGES: tuple[_Change, ...] = (
    _rename, _drop, _duplicate, _nest, _move, _unwrap, _text, _text, _text, _text, _swell, _split,
    _attribute, _attribute, _attribute,
)  # fmt: skip
