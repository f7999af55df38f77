"""Read the UK Sanctions List in its XML.

``Designations/Designation``, with leaves named like the CSV's headings and nested by what
belongs together: the leaves of one ``Name``, ``Address`` or ``Passport`` are one group, at any
depth. See :mod:`limen.lists.readers.uk.designation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from limen.lists.audit import Audit, Record
from limen.lists.parsing.dates import read_date
from limen.lists.parsing.xml import Node, read_nodes
from limen.lists.readers.uk.designation import Designation
from limen.lists.readers.uk.vocabulary import heading
from limen.lists.source import Source
from limen.model import Entry

_ROOT = "Designations"
#: True and false for each measure, which SanctionsImposed names in words.
_REPEATS = "SanctionsImposedIndicators"


def day(sources: Mapping[str, Source]) -> str | None:
    """Return the day the file was generated."""
    dates = frozenset({"DateGenerated"})
    for node in read_nodes(sources["xml"], dates, root=_ROOT, audit=Audit()):
        try:
            return str(read_date(node.text))
        except ValueError:
            return None
    return None


def read(sources: Mapping[str, Source], audit: Audit) -> Iterator[Entry]:
    """Yield an entry for each designation.

    Raises:
        ListFormatError: not well-formed, another root element, a designation without its id,
            type or name, or a word that is in no known spelling.
    """
    names = frozenset({"Designation"})
    ignored = frozenset({"DateGenerated"})
    for node in read_nodes(sources["xml"], names, root=_ROOT, audit=audit, ignored=ignored):
        own, *nested = _groups(node, audit)
        record_id, kind = own.need("Unique ID"), own.need("Designation Type")
        designation = Designation(record_id, kind, where=node.where)
        for group in (own, *nested):
            designation.take(group)
        yield designation.entry()


def _groups(node: Node, audit: Audit) -> list[Record]:
    """Return the leaves of an element as one group, followed by the groups inside it."""
    leaves: dict[str, list[str]] = {}
    inside: list[Record] = []
    node.skip(_REPEATS)
    for child in node.rest():
        if child.is_leaf:
            leaves.setdefault(heading(child.tag), []).append(child.text)
            child.done()
        else:
            inside += _groups(child, audit)
    node.done()
    return [Record(leaves, where=node.where, audit=audit), *inside]
