"""Programme tags: the tag of today for each that OFAC printed and renamed since."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from limen.lists.readers.ofac.draft import OfacDraft
from limen.util.located_yaml import locate_packaged


def read_programmes(draft: OfacDraft, printed: Iterable[str]) -> tuple[str, ...]:
    """The tags as OFAC calls them today, sorted, since every format has an order of its own.

    A renamed tag is kept as printed too.
    """
    found: set[str] = set()
    for tag in filter(None, printed):
        today = _renamed().get(tag, tag)
        found.add(today)
        if today != tag:
            draft.keep("Program", tag)
    return tuple(sorted(found))


@cache
def _renamed() -> dict[str, str]:
    return locate_packaged("limen.lists.readers.ofac", "programmes.yml").decode(dict[str, str])
