"""XML read as a stream of records: hardened, located, each element looked at or reported.

No entity is expanded, no DTD loaded, nothing fetched. A document type declaration is refused
outright, because no official list carries one and entity bombs do.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from limen.lists.audit import Audit
from limen.lists.source import Source
from limen.model import ListFormatError


class Node:
    """An element to be taken apart child by child; names are local names.

    ``path`` is where it stands, for errors: ``"un.xml line 120: INDIVIDUAL"``.
    """

    __slots__ = ("_attributes", "_audit", "_children", "_element", "tag", "where")

    def __init__(self, element: etree._Element, *, where: str, audit: Audit) -> None:
        self._element = element
        self._audit = audit
        self.tag = _local(element.tag)
        self.where = where
        self._attributes = {_local(name): str(value) for name, value in element.attrib.items()}
        self._children: dict[str, list[etree._Element]] = {}
        for child in element:
            if isinstance(child.tag, str):
                self._children.setdefault(_local(child.tag), []).append(child)

    @property
    def text(self) -> str:
        """The element's own text, trimmed."""
        return (self._element.text or "").strip()

    @property
    def is_leaf(self) -> bool:
        """Whether no child is left to take."""
        return not self._children

    def attribute(self, name: str) -> str:
        """Take an attribute; ``""`` when absent."""
        return self._attributes.pop(name, "").strip()

    def nodes(self, name: str) -> list[Node]:
        """Take every child of that name."""
        return [
            Node(child, where=f"{self.where}/{name}", audit=self._audit)
            for child in self._children.pop(name, ())
        ]

    def node(self, name: str) -> Node | None:
        """Take a child that stands at most once.

        Raises:
            ListFormatError: it stands more than once.
        """
        found = self.nodes(name)
        if len(found) > 1:
            raise ListFormatError(
                f"{name} stands {len(found)} times where once is expected", where=self.where
            )
        return found[0] if found else None

    def many(self, name: str) -> tuple[str, ...]:
        """Take the text of every child of that name, blanks left out; they must be leaves."""
        texts = []
        for child in self.nodes(name):
            if child.text:
                texts.append(child.text)
            child.done()
        return tuple(texts)

    def one(self, name: str) -> str:
        """Take the text of a leaf that stands at most once; ``""`` when blank or absent."""
        child = self.node(name)
        if child is None:
            return ""
        text = child.text
        child.done()
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
                why="without it the record cannot be told from others, or searched",
            )
        return text

    def rest(self) -> list[Node]:
        """Take every child not taken yet, in no other order than by name."""
        return [child for name in list(self._children) for child in self.nodes(name)]

    def attributes(self) -> dict[str, str]:
        """Take every attribute not taken yet, by local name."""
        taken, self._attributes = self._attributes, {}
        return taken

    def skip(self, *names: str) -> None:
        """Look at children and attributes and leave them: they say nothing about the party."""
        for name in names:
            self._children.pop(name, None)
            self._attributes.pop(name, None)

    def oddity(self, what: str) -> None:
        """Report something kept but not understood."""
        self._audit.report_oddity(what, self.where)

    def done(self) -> None:
        """Report every child and attribute that has content and was not looked at."""
        for name, children in self._children.items():
            if any(_has_content(child) for child in children):
                self._audit.report_unread(f"{self.tag}/{name}", self.where)
        for name, value in self._attributes.items():
            if value.strip():
                self._audit.report_unread(f"{self.tag}/@{name}", self.where)


def read_nodes(source: Source, names: frozenset[str], *, root: str, audit: Audit) -> Iterator[Node]:
    """Yield each element whose local name is in ``names``, then forget it.

    Memory stays flat however long the file is. Elements inside a yielded one are not yielded.

    Raises:
        ListFormatError: not well-formed, a document type declaration, or another root element.
    """
    checked = False
    try:
        for event, element in _events(source):
            if not checked:
                _check_root(source, element, root)
                checked = True
            if event == "end" and _local(element.tag) in names:
                if any(_local(parent.tag) in names for parent in element.iterancestors()):
                    continue
                where = f"{source.name} line {element.sourceline or 0:,}: {_local(element.tag)}"
                yield Node(element, where=where, audit=audit)
                _forget(element)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise ListFormatError(
            f"not well-formed XML: {error.msg}",
            where=f"{source.name} line {line or 0:,}, column {column or 0:,}",
            why="everybody listed after this point would be lost",
            mend="fetch the file again; a half-parsed list is never loaded",
        ) from error
    if not checked:
        raise ListFormatError("the file is empty", where=source.name)


def root_attributes(source: Source) -> dict[str, str]:
    """The attributes of the root element, by local name, without reading further.

    Raises:
        ListFormatError: the file does not begin as XML.
    """
    return {_local(name): str(value) for name, value in _root(source).attrib.items()}


def root_name(source: Source) -> str:
    """The local name of the root element, without reading further.

    Raises:
        ListFormatError: the file does not begin as XML.
    """
    return _local(_root(source).tag)


def _root(source: Source) -> etree._Element:
    try:
        for _, element in _events(source):
            return element
    except etree.XMLSyntaxError as error:
        raise ListFormatError(f"not XML: {error.msg}", where=source.name) from error
    raise ListFormatError("the file is empty", where=source.name)


def _events(source: Source) -> Iterator[tuple[str, etree._Element]]:
    with source.open() as stream:
        yield from etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )


def _check_root(source: Source, element: etree._Element, root: str) -> None:
    if element.getroottree().docinfo.doctype:  # type: ignore[attr-defined]
        raise ListFormatError(
            "the file declares a document type",
            where=source.name,
            why="official lists have none; entity bombs and file inclusion need one",
            mend="check where the file came from",
        )
    if _local(element.tag) != root:
        raise ListFormatError(
            f"the root element is {_local(element.tag)}, not {root}",
            where=source.name,
            mend="check that this is the right file for the list, and not an error page",
        )


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while element.getprevious() is not None and parent is not None:
        del parent[0]


def _local(tag: object) -> str:
    name = str(tag)
    return name.rpartition("}")[2]


def _has_content(element: etree._Element) -> bool:
    if (element.text or "").strip() or any(value.strip() for value in element.attrib.values()):
        return True
    return any(_has_content(child) for child in element if isinstance(child.tag, str))
