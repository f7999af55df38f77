"""The table of MT tags (``payments/data/mt.yml``): roles, kinds, and what begins a transaction."""

from __future__ import annotations

from functools import cache

import msgspec

from limen.util.located_yaml import locate_packaged


class MtTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents the table of tags, as its file is laid out."""

    messages: dict[str, str | None]
    after_transactions: frozenset[str]
    parties: dict[str, str]
    agents: dict[str, str]
    instructing_options: frozenset[str]
    between_institutions: dict[str, str]
    institution_messages: frozenset[str]
    texts: dict[str, str]
    accounts: dict[str, str]
    unscreened: dict[str, tuple[str, ...]]
    repeated: frozenset[str]


@cache
def mt_table() -> MtTable:
    """Return the table of tags."""
    return locate_packaged("limen.payments", "data/mt.yml").decode(MtTable)


@cache
def unscreened_kinds() -> dict[str, str]:
    """Return tag -> kind of what no rule screens."""
    return {tag: kind for kind, tags in mt_table().unscreened.items() for tag in tags}
