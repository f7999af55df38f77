"""Read the input of a location query: free text, the fields of an address, or a point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from limen.model import InputError
from limen.model.countries import country_code
from limen.places.gazetteer.coordinates import check
from limen.places.query.name_mentions import Default
from limen.util.disguise.repair import repair
from limen.util.suggest import did_you_mean

#: Field -> the role it gives to its content. ISO 20022's postal address, addresses as
#: FollowTheMoney and shops write them, and what was measured in addition.
FIELDS: dict[str, Default] = {
    "AdrLine": "", "AdrTp": "name", "BldgNb": "street", "BldgNm": "name", "CareOf": "name",
    "Ctry": "country", "CtrySubDvsn": "region", "Dept": "name", "DstrctNm": "", "Flr": "street",
    "PstBx": "street", "PstCd": "",
    "Room": "street", "StrtNm": "street", "SubDept": "name", "TwnLctnNm": "place",
    "TwnNm": "place", "UnitNb": "street",
    "address": "", "full": "", "lines": "", "remarks": "", "street": "street", "street2": "street",
    "houseNumber": "street", "building": "name", "city": "place", "town": "place",
    "village": "place", "district": "", "raion": "", "region": "region", "state": "region",
    "oblast": "region", "province": "region", "postalCode": "", "postcode": "", "zip": "",
    "postOfficeBox": "street", "country": "country",
    "ip_country": "country", "ip_region": "region", "ip_city": "place",
    "birthPlace": "birthplace",
}  # fmt: skip
NUMBERS = ("phone", "iban", "bic", "BICFI", "IBAN", "PhneNb", "MobNb")
POINT = ("lat", "lon", "latitude", "longitude")
IP = ("ip_country", "ip_region", "ip_city")


class Piece(msgspec.Struct, frozen=True):
    """One text of an address, with the role its field gives it."""

    field: str
    text: str
    default: Default


class AddressQuery(msgspec.Struct):
    """An address in its parts.

    ``measured`` are pieces that were measured (an IP address resolved elsewhere) and not written;
    ``countries`` are the codes of fields that hold a country, ``other_countries`` those of
    countries that the party names elsewhere; ``as_given`` is the input, for the answer.
    """

    pieces: list[Piece] = []
    measured: list[Piece] = []
    countries: list[str] = []
    other_countries: list[str] = []
    measured_countries: list[str] = []
    numbers: list[tuple[str, str]] = []
    point: tuple[float, float] | None = None
    notices: list[str] = []
    as_given: dict[str, Any] = {}


def read_query(address: object, country: str | None) -> AddressQuery:
    """Read an address into pieces.

    Args:
        address: a text, a mapping of fields, or (latitude, longitude).
        country: a code or name that the caller knows in addition.

    Raises:
        InputError: it is none of these, or a point that is not on earth.
    """
    query = AddressQuery()
    if isinstance(address, str):
        query.as_given = {"address": address}
        query.pieces.append(Piece("address", _seen(query, "address", address), ""))
    elif isinstance(address, Mapping):
        query.as_given = dict(address)
        _fields(query, address)
    elif isinstance(address, Sequence) and len(address) == 2:
        query.point = _point(*address)
        query.as_given = {"lat": query.point[0], "lon": query.point[1]}
    else:
        raise InputError(
            f"{type(address).__name__} is no address",
            where="address",
            hint="give a text, fields like {'TwnNm': ..., 'Ctry': ...}, or (latitude, longitude)",
        )
    if country is not None:
        query.as_given["country"] = country
        _country(query, "country", country, query.countries)
    return query


def _fields(query: AddressQuery, address: Mapping[Any, Any]) -> None:
    point = [address[name] for name in POINT if address.get(name) not in (None, "")]
    if point:
        if len(point) != 2:
            raise InputError("a point needs latitude and longitude", where="address: lat, lon")
        query.point = _point(*point)
    for name, value in address.items():
        if value is None or name in POINT:
            continue
        values = value if isinstance(value, (list, tuple)) else (value,)
        for each in values:
            _field(query, str(name), each)


def _field(query: AddressQuery, name: str, value: object) -> None:
    if not isinstance(value, (str, int)):
        raise InputError(f"{type(value).__name__} is no text", where=f"address: {name}")
    text = str(value)
    if name in NUMBERS:
        query.numbers.append((name, text))
        return
    if name not in FIELDS:
        query.notices.append(
            f"{name} is no known field, so it was read as free text; {did_you_mean(name, FIELDS)}"
        )
    default = FIELDS.get(name, "")
    if default == "country":
        codes = query.measured_countries if name in IP else query.countries
        _country(query, name, text, codes)
    else:
        piece = Piece(name, _seen(query, name, text), default)
        (query.measured if name in IP else query.pieces).append(piece)


def _seen(query: AddressQuery, name: str, text: str) -> str:
    """Return a text as a person sees it; letters that are lost are a notice."""
    seen = repair(text)
    if seen.lost:
        query.notices.append(f"{name} {text!r}: {seen.lost}")
    return seen.text


def _country(query: AddressQuery, name: str, text: str, codes: list[str]) -> None:
    if not text.strip():
        return
    code = country_code(text)
    if code is not None:
        codes.append(code)
        return
    query.notices.append(f"{name} {text!r} is no country that is known, so it was read as text")
    pieces = query.measured if name in IP else query.pieces
    pieces.append(Piece(name, text, "region"))


def _point(lat: object, lon: object) -> tuple[float, float]:
    try:
        found = float(lat), float(lon)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise InputError(
            f"({lat!r}, {lon!r}) is no point",
            where="coordinates",
            hint="give two numbers in degrees",
        ) from error
    check(*found)
    return found
