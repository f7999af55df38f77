"""Translate programme tags: the present tag for each that OFAC printed and renamed since."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from limen.lists.readers.ofac.draft import OfacDraft
from limen.util.located_yaml import locate_packaged


def read_programmes(draft: OfacDraft, printed: Iterable[str]) -> tuple[str, ...]:
    """Return the present tags, sorted, since every format has an order of its own.

    A renamed tag is added to the draft as printed too.
    """
    tags: set[str] = set()
    for tag in filter(None, printed):
        today = _renamed().get(tag, tag)
        tags.add(today)
        if today != tag:
            draft.keep("Program", tag)
    return tuple(sorted(tags))


@cache
def _renamed() -> dict[str, str]:
    return locate_packaged("limen.lists.readers.ofac", "programmes.yml").decode(dict[str, str])
