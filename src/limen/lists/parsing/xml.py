"""Read XML as a stream of records: hardened, located, each element taken or reported.

No entity is expanded, no DTD loaded, nothing fetched. A document type declaration is refused
outright, because no official list carries one and entity bombs do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from lxml import etree

from limen.lists.audit import Audit
from limen.lists.source import Source
from limen.model import ListFormatError


class Node:
    """An element to be taken apart child by child; names are local names.

    ``where`` is its place, for errors: ``"un.xml line 120: INDIVIDUAL"``.
    """

    __slots__ = ("_attributes", "_audit", "_children", "_element", "tag", "where")

    def __init__(self, element: etree._Element, *, where: str, audit: Audit) -> None:
        self._element = element
        self._audit = audit
        self.tag = local_name(element.tag)
        self.where = where
        self._attributes = {
            local_name(str(name)): str(value) for name, value in element.attrib.items()
        }
        self._children: dict[str, list[etree._Element]] = {}
        for child in element:
            if isinstance(child.tag, str):
                self._children.setdefault(local_name(child.tag), []).append(child)

    @property
    def text(self) -> str:
        """Take the element's own text, trimmed."""
        text = (self._element.text or "").strip()
        if text:
            self._audit.taken[self.tag] += 1
        return text

    @property
    def is_leaf(self) -> bool:
        """Return whether no child is left to take."""
        return not self._children

    def attribute(self, name: str) -> str:
        """Take an attribute; ``""`` when absent."""
        value = self._attributes.pop(name, "").strip()
        if value:
            self._audit.taken[f"{self.tag}/@{name}"] += 1
        return value

    def nodes(self, name: str) -> list[Node]:
        """Take every child of that name."""
        return [
            Node(child, where=f"{self.where}/{name}", audit=self._audit)
            for child in self._children.pop(name, ())
        ]

    def node(self, name: str) -> Node | None:
        """Take a child that is there at most once.

        Raises:
            ListFormatError: it is there more than once.
        """
        children = self.nodes(name)
        if len(children) > 1:
            raise self._too_often(name, len(children))
        return children[0] if children else None

    def _too_often(self, name: str, times: int) -> ListFormatError:
        what = f"{name} is given {times} times where once is expected"
        return ListFormatError(what, where=self.where)

    def many(self, name: str) -> tuple[str, ...]:
        """Take the text of every child of that name, blanks left out; they must be leaves."""
        texts = [self._leaf(child, name) for child in self._children.pop(name, ())]
        return tuple([text for text in texts if text])

    def one(self, name: str) -> str:
        """Take the text of a leaf that is there at most once; ``""`` when blank or absent.

        Raises:
            ListFormatError: it is there more than once.
        """
        children = self._children.pop(name, ())
        if len(children) > 1:
            raise self._too_often(name, len(children))
        return self._leaf(children[0], name) if children else ""

    def _leaf(self, element: etree._Element, name: str) -> str:
        """Take the text of a child, and report its own children and attributes."""
        if len(element) or element.attrib:
            Node(element, where=f"{self.where}/{name}", audit=self._audit).done()
        text = (element.text or "").strip()
        if text:
            self._audit.taken[f"{self.tag}/{name}"] += 1
        return text

    def need(self, name: str) -> str:
        """Take the text of a leaf that must be there.

        Raises:
            ListFormatError: it is blank or absent.
        """
        text = self.one(name)
        if not text:
            raise ListFormatError(
                f"{name} is empty",
                where=self.where,
                why="without it the record cannot be distinguished from others, or found",
            )
        return text

    def rest(self) -> list[Node]:
        """Take every child not taken yet, grouped by name."""
        return [child for name in list(self._children) for child in self.nodes(name)]

    def rename(self, names: Mapping[str, str]) -> None:
        """Give children the names that a publisher used before it renamed them."""
        for name, before in names.items():
            if elements := self._children.pop(name, None):
                self._children.setdefault(before, []).extend(elements)

    def names(self) -> tuple[str, ...]:
        """Return the names of the children not taken yet."""
        return tuple(self._children)

    def attributes(self) -> dict[str, str]:
        """Take every attribute not taken yet, by local name."""
        taken, self._attributes = self._attributes, {}
        return taken

    def skip(self, *names: str) -> None:
        """Drop children and attributes that describe nothing of the party."""
        for name in names:
            self._children.pop(name, None)
            self._attributes.pop(name, None)

    def oddity(self, what: str) -> None:
        """Report a value that is retained but not understood."""
        self._audit.report_oddity(what, self.where)

    def done(self) -> None:
        """Report every child and attribute that has content and was not taken."""
        for name, children in self._children.items():
            if any(_has_content(child) for child in children):
                self._audit.report_unread(f"{self.tag}/{name}", self.where)
        for name, value in self._attributes.items():
            if value.strip():
                self._audit.report_unread(f"{self.tag}/@{name}", self.where)


def read_nodes(
    source: Source,
    names: frozenset[str],
    *,
    root: str,
    audit: Audit,
    ignored: frozenset[str] | None = None,
) -> Iterator[Node]:
    """Yield each element with a local name in ``names`` to be taken apart, then free it.

    ``ignored`` names the elements next to those that hold no party; ``None`` does not check them.
    Any other is a new kind of record: one with elements inside is refused, a leaf is reported.

    Raises:
        ListFormatError: as in :func:`read_elements`, or a new kind of record.
    """
    left: list[etree._Element] | None = None if ignored is None else []
    for element in read_elements(source, names, root=root, left=left):
        yield Node(element, where=_where(source, element), audit=audit)
    for element in left or ():
        if local_name(element.tag) not in (ignored or ()):
            _report_new_kind(element, source, audit)


def _where(source: Source, element: etree._Element) -> str:
    return f"{source.name} line {element.sourceline or 0:,}: {local_name(element.tag)}"


def _report_new_kind(element: etree._Element, source: Source, audit: Audit) -> None:
    name = local_name(element.tag)
    if not len(element):
        audit.report_unread(name, _where(source, element))
        return
    raise ListFormatError(
        f"{name} is not an element that this reader knows, and has elements inside",
        where=_where(source, element),
        why="if it is a new kind of record, everybody in it would be clear",
        hint="take a version of Limen that reads it, or report it",
    )


def read_elements(
    source: Source, names: frozenset[str], *, root: str, left: list[etree._Element] | None = None
) -> Iterator[etree._Element]:
    """Yield each element with a local name in ``names``, then free it.

    Memory stays flat however long the file is. Elements inside a yielded one are not yielded.
    ``left`` receives the outermost elements with content that are not, and hold none that is.

    Raises:
        ListFormatError: not well-formed, a document type declaration, or another root element.
    """
    _check_root(source, _root(source), root)
    top: etree._Element | None = None
    for element in _parse(source, "end", [f"{{*}}{name}" for name in names]):
        if not any(local_name(parent.tag) in names for parent in element.iterancestors()):
            yield element
            top = element.getroottree().getroot()
            _free(element, names, left)
    if left is not None and top is not None:
        left += _other(top, names)


def _other(element: etree._Element, names: frozenset[str]) -> Iterator[etree._Element]:
    """Yield an element with content that is no record; of one that holds records, its others."""
    if local_name(element.tag) in names:
        return
    if next(element.iter(*(f"{{*}}{name}" for name in names)), None) is not None:
        for child in element:
            yield from _other(child, names)
    elif _has_content(element):
        yield element


def root_attributes(source: Source) -> dict[str, str]:
    """Return the attributes of the root element, by local name, without reading further.

    Raises:
        ListFormatError: the file does not begin as XML.
    """
    return {local_name(str(name)): str(value) for name, value in _root(source).attrib.items()}


def root_name(source: Source) -> str:
    """Return the local name of the root element, without reading further.

    Raises:
        ListFormatError: the file does not begin as XML.
    """
    return local_name(_root(source).tag)


@lru_cache(maxsize=1 << 12)
def local_name(tag: str) -> str:
    """Return a tag or attribute without its namespace; cached, as files repeat few names."""
    return tag.rpartition("}")[2]


def _root(source: Source) -> etree._Element:
    for element in _parse(source, "start"):
        return element
    raise ListFormatError("the file is empty", where=source.name)


def _parse(
    source: Source, event: str, tags: Sequence[str] | None = None
) -> Iterator[etree._Element]:
    """Yield elements as they start or end."""
    try:
        with source.open() as stream:
            events = etree.iterparse(
                stream,
                events=(event,),
                tag=tags,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            for _, element in events:
                yield element
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise ListFormatError(
            f"not well-formed XML: {error.msg}",
            where=f"{source.name} line {line or 0:,}, column {column or 0:,}",
            why="everybody listed after this point would be lost",
            hint="fetch the file again; a half-parsed list is never loaded",
        ) from error


def _check_root(source: Source, element: etree._Element, root: str) -> None:
    if element.getroottree().docinfo.doctype:  # type: ignore[attr-defined]
        raise ListFormatError(
            "the file declares a document type",
            where=source.name,
            why="official lists have none; entity bombs and file inclusion need one",
            hint="check where the file came from",
        )
    if local_name(element.tag) != root:
        raise ListFormatError(
            f"the root element is {local_name(element.tag)}, not {root}",
            where=source.name,
            hint="check that this is the right file for the list, and not an error page",
        )


def _free(
    element: etree._Element, names: frozenset[str], left: list[etree._Element] | None
) -> None:
    """Free an element and those before it; ``left`` receives those that are no records."""
    element.clear()
    parent = element.getparent()
    while element.getprevious() is not None and parent is not None:
        before = parent[0]
        del parent[0]
        if left is not None:
            left += _other(before, names)


def _has_content(element: etree._Element) -> bool:
    if (element.text or "").strip() or any(value.strip() for value in element.attrib.values()):
        return True
    return any(_has_content(child) for child in element if isinstance(child.tag, str))
