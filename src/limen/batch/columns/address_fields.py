"""Find the columns of a table that are parts of an address, by their headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from limen.model import InputError
from limen.places.query.address_query import FIELDS, NUMBERS, POINT
from limen.util.suggest import did_you_mean

_KNOWN = {name.casefold(): name for name in (*FIELDS, *NUMBERS, *POINT)}


def address_fields(name: str, columns: Sequence[str]) -> dict[str, str]:
    """Return heading -> field of an address, for the columns that are one.

    Args:
        name: of the table, for errors.
        columns: its headings.

    Raises:
        InputError: no column is part of an address.
    """
    found = {
        column: _KNOWN[key]
        for column in columns
        if (key := column.strip().casefold().replace(" ", "")) in _KNOWN
    }
    if not found:
        raise InputError(
            f"no column is part of an address: {', '.join(columns[:8])}",
            where=name,
            hint=f"call one 'address', or parts of it {', '.join(list(FIELDS)[17:30])}; "
            + did_you_mean(columns[0] if columns else "", FIELDS),
        )
    return found


def chosen_fields(name: str, columns: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return heading -> field of an address as a caller chose them.

    Raises:
        InputError: a column or a field that does not exist.
    """
    known = set(_KNOWN.values())
    for column, field in chosen.items():
        if column not in columns:
            raise InputError(
                f"there is no column {column!r}", where=name, hint=did_you_mean(column, columns)
            )
        if field not in known:
            raise InputError(
                f"{field!r} is no field of an address",
                where=f"{name}: column {column!r}",
                hint=did_you_mean(field, sorted(known)),
            )
    return dict(chosen)


def address_of(cells: Mapping[str, object], fields: Mapping[str, str]) -> dict[str, object]:
    """Return the fields of an address in a row; empty cells are left out."""
    return {
        fields[name]: value
        for name, value in cells.items()
        if name in fields and value not in (None, "")
    }
