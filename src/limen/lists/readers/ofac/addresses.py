"""Write addresses as the CSV prints them: street, city with state and postcode, country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from limen.lists.readers.ofac.kinds import is_country
from limen.model import ListFormatError

_PART_TYPES = frozenset(
    (
        "Unknown",
        "ADDRESS1",
        "ADDRESS2",
        "ADDRESS3",
        "CITY",
        "STATE/PROVINCE",
        "POSTAL CODE",
        "REGION",
    )
)


def address_text(street: Iterable[str], place: str, country: str) -> str:
    """Return an address in one line; ``""`` where nothing but a country is known.

    A pseudo country (``Region: Crimea``) is a location, so it counts as an address.
    """
    parts = [part for part in (*street, place) if part]
    if country.startswith("Region:") or (parts and is_country(country)):
        parts.append(country)
    return ", ".join(parts)


def locality(city: str, state: str, postcode: str) -> str:
    """Return ``Simferopol, Crimea 95000``, as the CSV prints it in one field."""
    place = ", ".join(part for part in (city, state) if part)
    return " ".join(part for part in (place, postcode) if part)


def address_of_parts(parts: Mapping[str, str], country: str, *, where: str) -> str:
    """Return an address out of the typed parts of the newer XML files.

    Raises:
        ListFormatError: a part of another kind.
    """
    if unknown := parts.keys() - _PART_TYPES:
        raise ListFormatError(
            f"address part {min(unknown)!r} is not one of {', '.join(sorted(_PART_TYPES))}",
            where=where,
            why="an address without one of its parts is another address",
        )
    lines = ("Unknown", "ADDRESS1", "ADDRESS2", "ADDRESS3")
    street = [parts.get(line, "") for line in lines]
    place = locality(
        parts.get("CITY", ""), parts.get("STATE/PROVINCE", ""), parts.get("POSTAL CODE", "")
    )
    region = parts.get("REGION", "")
    if region and country:
        place = ", ".join(part for part in (place, region) if part)
    return address_text(street, place, country or (f"Region: {region}" if region else ""))
