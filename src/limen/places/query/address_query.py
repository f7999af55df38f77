"""What may be asked about: free text, the fields of an address, or a point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from limen.model import InputError
from limen.model.countries import country_code
from limen.places.gazetteer.coordinates import check
from limen.places.query.name_mentions import Default
from limen.util.suggest import did_you_mean

#: Field -> the role it gives to what stands in it. ISO 20022's postal address, addresses as
#: FollowTheMoney and shops write them, and what was measured beside them.
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


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of an address, with the role its field gives it."""

    field: str
    text: str
    default: Default


@dataclass(slots=True)
class Question:
    """An address taken apart.

    ``measured`` are the pieces that somebody measured (an IP address resolved elsewhere) rather
    said; ``countries`` are the codes of fields that hold a country, ``beside`` those of countries
    that were named elsewhere.
    """

    pieces: list[Piece] = field(default_factory=list)
    measured: list[Piece] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    measured_countries: list[str] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    point: tuple[float, float] | None = None
    notices: list[str] = field(default_factory=list)
    query: dict[str, Any] = field(default_factory=dict)


def take_apart(asked: object, country: str | None) -> Question:
    """Read what was asked into pieces.

    Args:
        asked: a text, a mapping of fields, or (latitude, longitude).
        country: a code or name that the caller knows beside it.

    Raises:
        InputError: it is none of these, or a point that is not on earth.
    """
    question = Question()
    if isinstance(asked, str):
        question.query = {"address": asked}
        question.pieces.append(Piece("address", asked, ""))
    elif isinstance(asked, Mapping):
        question.query = dict(asked)
        _fields(question, asked)
    elif isinstance(asked, Sequence) and len(asked) == 2:
        question.point = _point(*asked)
        question.query = {"lat": question.point[0], "lon": question.point[1]}
    else:
        raise InputError(
            f"{type(asked).__name__} is no address",
            where="address",
            hint="give a text, fields like {'TwnNm': ..., 'Ctry': ...}, or (latitude, longitude)",
        )
    if country is not None:
        question.query["country"] = country
        _country(question, "country", country, question.countries)
    return question


def _fields(question: Question, asked: Mapping[Any, Any]) -> None:
    point = [asked[name] for name in POINT if asked.get(name) not in (None, "")]
    if point:
        if len(point) != 2:
            raise InputError("a point needs latitude and longitude", where="address: lat, lon")
        question.point = _point(*point)
    for name, value in asked.items():
        if value is None or name in POINT:
            continue
        values = value if isinstance(value, (list, tuple)) else (value,)
        for each in values:
            _field(question, str(name), each)


def _field(question: Question, name: str, value: object) -> None:
    if not isinstance(value, (str, int)):
        raise InputError(f"{type(value).__name__} is no text", where=f"address: {name}")
    text = str(value)
    if name in NUMBERS:
        question.numbers.append((name, text))
        return
    if name not in FIELDS:
        question.notices.append(
            f"{name} is no known field, so it was read as free text; {did_you_mean(name, FIELDS)}"
        )
    default = FIELDS.get(name, "")
    if default == "country":
        codes = question.measured_countries if name in IP else question.countries
        _country(question, name, text, codes)
    else:
        (question.measured if name in IP else question.pieces).append(Piece(name, text, default))


def _country(question: Question, name: str, text: str, codes: list[str]) -> None:
    if not text.strip():
        return
    code = country_code(text)
    if code is not None:
        codes.append(code)
        return
    question.notices.append(f"{name} {text!r} is no country that is known, so it was read as text")
    pieces = question.measured if name in IP else question.pieces
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
