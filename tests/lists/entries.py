"""What entries say, for tests."""

from __future__ import annotations

from limen.model import Entry
from limen.model.schemata import NAME_PROPERTIES


def names_of(entry: Entry) -> set[str]:
    """Every name of an entry, of whatever kind."""
    return {name for kind in NAME_PROPERTIES for name in entry.properties.get(kind, ())}
