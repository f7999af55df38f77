"""Read the references by which lists name each other's records: ``data/references.yml``."""

from __future__ import annotations

from functools import cache

import msgspec

from limen.model import Entry
from limen.util.located_yaml import locate_packaged

#: A key of a register: its space and the key.
Reference = tuple[str, str]


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where records of one list have keys of a space."""

    space: str
    record: bool = False
    field: str = ""
    of: tuple[str, ...] = ()


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    located = locate_packaged("limen.identity", "data/references.yml")
    return located.decode(dict[str, tuple[_Rule, ...]])


def read_references(list_id: str, entry: Entry) -> frozenset[Reference]:
    """Return the keys of registers that a record has, its own among them."""
    return frozenset(
        (rule.space, key.strip().casefold())
        for rule in _rules().get(list_id, ())
        for key in _keys(rule, entry)
    )


def _keys(rule: _Rule, entry: Entry) -> tuple[str, ...]:
    if not rule.record:
        return entry.extra.get(rule.field, ())
    if not rule.of:
        return (entry.record_id,)
    prefix, _, key = entry.record_id.partition(":")
    return (key,) if prefix in rule.of and key else ()
