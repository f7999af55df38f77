"""Refuse a party that holds more than its budget allows, before any of it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from limen.model import Party
from limen.util.budget import UNLIMITED, Budget

#: Objects inside a party that are counted with it.
_EMBEDDED = "addressEntity"


def check_size(party: object, budget: Budget, *, where: str) -> None:
    """Check the number of properties, values and addresses of a party, and its longest value.

    Raises:
        LimitError: one of them is larger than the budget allows.
    """
    if budget is UNLIMITED:
        return
    given = party.get("properties") if isinstance(party, Mapping) else None
    if isinstance(party, Party):
        given = party.properties
    if not isinstance(given, Mapping):
        return  # refused when it is read
    values = list(_values(given))
    budget.admit("properties", len(given), where=where)
    budget.admit("values", len(values), where=where)
    budget.admit("characters", max(map(_length, values), default=0), where=where)
    addresses = sum(len(_listed(given.get(name))) for name in ("address", "full", _EMBEDDED))
    budget.admit("addresses", addresses, where=where)


def _values(given: Mapping[str, Any]) -> Iterator[Any]:
    """Yield every value, and those of the objects inside it."""
    for raw in given.values():
        for value in _listed(raw):
            yield value
            if isinstance(value, Mapping):
                inner = value.get("properties", value)
                for each in inner.values() if isinstance(inner, Mapping) else ():
                    yield from _listed(each)


def _listed(raw: Any) -> list[Any] | tuple[Any, ...]:
    if raw is None:
        return ()
    return raw if isinstance(raw, (list, tuple)) else (raw,)


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str) else 0
