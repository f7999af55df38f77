"""Read the EU's consolidated list in its XML 1.1, the Commission's main format.

One ``sanctionEntity`` an entity; all values are attributes, and each part has a
``regulationSummary``, the act it was published in. See :mod:`limen.lists.readers.eu.fsf`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from limen.lists.audit import Audit, Record
from limen.lists.parsing.xml import Node, read_nodes, root_attributes, root_name
from limen.lists.readers.eu.fsf import Entity
from limen.lists.source import Source
from limen.model import Entry, ListFormatError


def day(sources: Mapping[str, Source]) -> str | None:
    """Return the day the file was generated."""
    return root_attributes(sources["xml"]).get("generationDate", "")[:10] or None


def read(sources: Mapping[str, Source], audit: Audit) -> Iterator[Entry]:
    """Yield an entry for each sanctioned entity.

    Raises:
        ListFormatError: not well-formed, the retired format 1.0 or another root element, or an
            entity without its number, subject type or name.
    """
    source = sources["xml"]
    if root_name(source) == "WHOLE":
        raise ListFormatError(
            "this is the retired XML 1.0 of the list (root element WHOLE), not 1.1 (export)",
            where=source.name,
            why="1.0 does not mark weak names, and ended in 2019",
            hint="fetch xmlFullSanctionsList_1_1",
        )
    names = frozenset({"sanctionEntity"})
    for node in read_nodes(source, names, root="export", audit=audit, ignored=frozenset()):
        yield _entry(node, audit)


def _entry(node: Node, audit: Audit) -> Entry:
    subject, regulations = node.nodes("subjectType"), node.nodes("regulation")
    entity = Entity(_record(node, audit, *subject, *regulations))
    for name, read_part in (
        ("nameAlias", entity.read_name),
        ("birthdate", entity.read_birth),
        ("citizenship", entity.read_citizenship),
        ("address", entity.read_address),
        ("identification", entity.read_identification),
    ):
        for part in node.nodes(name):
            read_part(_record(part, audit, *part.nodes("regulationSummary")))
            part.done()
    node.done()
    return entity.entry()


def _record(node: Node, audit: Audit, *within: Node) -> Record:
    """Return a part's attributes and small children as fields.

    Those of an act get the prefix ``regulation``.
    """
    values = {name: [value] for name, value in node.attributes().items()}
    values["remark"] = list(node.many("remark"))
    for key in ("contactInfo", "additionalInformation"):
        values[key] = [_pair(child) for child in node.nodes(key)]
    for inner in within:
        prefix = "regulation" if inner.tag.startswith("regulation") else ""
        fields = [*inner.attributes().items(), ("publicationUrl", inner.one("publicationUrl"))]
        for name, value in fields:
            values.setdefault(_prefixed(prefix, name), []).append(value)
        inner.skip("corrigendum")
        inner.done()
    return Record(values, where=node.where, audit=audit)


def _prefixed(prefix: str, name: str) -> str:
    if not prefix or name.startswith(prefix):
        return name
    return prefix + name[:1].upper() + name[1:]


def _pair(node: Node) -> str:
    pair = f"{node.attribute('key')}: {node.attribute('value')}"
    node.done()
    return pair
