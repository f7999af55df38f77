"""Read numbers that place an address: postcodes, telephones, accounts, coordinates.

A number is a clue only where its country's writing is in play: 95000 is Simferopol in Ukraine
and Cergy in France. ``limen.places.decide`` decides that; this module only reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from limen.util.lazy_patterns import lazy

Kind = Literal["postcode", "phone", "iban", "bic", "coordinates"]


class Number(msgspec.Struct, frozen=True):
    """A number in an address.

    Attributes:
        country: the country that issues it; empty for the mere shape of a Ukrainian postcode.
        oblasts: the oblasts of Ukraine it belongs to.
        postcode: the five-digit Ukrainian postcode in it.
        sure: whether it can place an address by itself.
    """

    kind: Kind
    text: str
    start: int
    end: int
    country: str = ""
    oblasts: tuple[int, ...] = ()
    postcode: int = 0
    sure: bool = False
    point: tuple[float, float] | None = None
    meaning: str = ""


#: First two digits of a Ukrainian postcode (up to and including) -> oblast.
_UKRAINE = (
    (6, 80), (9, 32), (13, 18), (17, 74), (20, 71), (24, 5), (28, 35), (32, 68), (35, 56),
    (39, 53), (42, 59), (45, 7), (48, 61), (53, 12), (57, 48), (60, 73), (64, 63), (68, 51),
    (72, 23), (75, 65), (78, 26), (82, 46), (87, 14), (90, 21), (94, 44), (98, 1), (99, 85),
)  # fmt: skip
#: Oblasts where Russian post reissued the Ukrainian code with a 2 before it.
_REISSUED = frozenset({1, 14, 23, 44, 65, 85})
#: Dialling prefix -> (country, oblasts, whether it is bound to the ground). ITU; operators'
#: own pages. Mobile numbers travel: they never place an address by themselves.
_PHONES: tuple[tuple[str, str, tuple[int, ...], bool], ...] = (
    ("7978", "ru", (1, 85), False), ("7365", "ru", (1,), True), ("78692", "ru", (85,), True),
    ("38065", "ua", (1,), True), ("380692", "ua", (85,), True), ("38062", "ua", (14,), True),
    ("38064", "ua", (44,), True), ("38055", "ua", (65,), True), ("38061", "ua", (23,), True),
    ("38071", "ua", (14,), False), ("38072", "ua", (44,), False), ("7949", "ru", (14,), False),
    ("7959", "ru", (44,), False), ("7856", "ru", (14,), True), ("7857", "ru", (44,), True),
    ("380", "ua", (), False), ("98", "ir", (), False), ("53", "cu", (), False),
    ("850", "kp", (), False), ("963", "sy", (), False), ("249", "sd", (), False),
)  # fmt: skip
#: States as written before a postcode, the District of Columbia and Puerto Rico included.
STATES = frozenset((
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA",
    "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ",
    "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT",
    "VA", "WA", "WV", "WI", "WY", "DC", "PR",
))  # fmt: skip
_PHONE = lazy(r"(?:\+|\b00)\s?\d[\d\s().-]{5,20}\d")
_POSTCODE = lazy(r"(?<![\d.+/-])(\d{5,6})(?![\d/]|\.\d)")
_IBAN = lazy(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")
_BIC = lazy(r"[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_POINT = lazy(
    r"(?<![\d.])(?:\b([NS])\s*)?([+-]?\d{1,3}\.\d+)\s*°?\s*([NS])?\s*[,;\s]\s*"
    r"(?:([EW])\s*)?([+-]?\d{1,3}\.\d+)\s*°?\s*([EW])?(?![\d.])"
)
#: Well-known text and GeoJSON give the longitude first.
_LONGITUDE_FIRST = lazy(r"(?:POINT\s*Z?\s*\(|\"?coordinates\"?\s*:\s*\[)\s*$", re.IGNORECASE)
#: Degrees with minutes and perhaps seconds, the hemisphere before or behind: 44°57'30"N 34°06'E,
#: N44 57.3 E34 6.6.
_ANGLE = (
    r"(\d{1,3})\s*(?:°|º|deg\.?|d|\s)\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:['′’]|min\.?)?"
    r"(?:\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:''|[\"″”]|sec\.?))?"
)
_BEHIND = lazy(rf"{_ANGLE}\s*([NS])\W*{_ANGLE}\s*([EW])\b")
_BEFORE = lazy(rf"\b([NS])\s*{_ANGLE}\W*([EW])\s*{_ANGLE}")
#: A pattern that each of the following contains; it is quick to rule out.
_CODED = lazy(r"[A-Z][A-Z\d]")
_US = lazy(r"\b([A-Z]{2})\.?,?\s+(\d{5})(?:-\d{4})?\b")
_US_END = lazy(r"(?:,|[a-z])\s*\b([A-Z]{2})\s*(?:,|$)")
_AU = lazy(r"\b(?:NSW|VIC|QLD|TAS|ACT|WA|SA|NT)\s+\d{4}\b")
_AU_END = lazy(r",\s*(?:NSW|VIC|QLD|TAS)\s*(?:,|$)")
_GB = lazy(r"\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b")
_CA = lazy(r"\b[A-Z]\d[A-Z]\s*\d[A-Z]\d\b")


def numbers(text: str) -> list[Number]:
    """Return every number of a free text that may place it."""
    if not any(char.isdigit() for char in text):
        return []
    found = [*_phones(text)] if "+" in text or "00" in text else []
    if "." in text:
        found += _points(text)
    found += _degrees(text)
    found += _ibans(text)
    taken = [(each.start, each.end) for each in found]
    found += [
        each
        for each in _postcodes(text)
        if not any(a < each.end and each.start < b for a, b in taken)
    ]
    return found


def oblast_of(postcode: int) -> int:
    """Return the oblast of a five-digit Ukrainian postcode; 0 where no code begins so."""
    first = postcode // 1000
    return next((oblast for last, oblast in _UKRAINE if first <= last), 0) if first else 0


def _postcodes(text: str) -> Iterator[Number]:
    for match in _POSTCODE.finditer(text):
        digits = match[1]
        if len(digits) == 5:
            oblast = oblast_of(int(digits))
            if oblast:
                yield Number(
                    kind="postcode",
                    text=digits,
                    start=match.start(),
                    end=match.end(),
                    oblasts=(oblast,),
                    postcode=int(digits),
                    meaning="a Ukrainian postcode",
                )
            continue
        rest = int(digits[1:])
        oblast = oblast_of(rest) if digits[0] == "2" else 0
        if oblast in _REISSUED:
            yield Number(
                kind="postcode",
                text=digits,
                start=match.start(),
                end=match.end(),
                country="ru",
                oblasts=(oblast,),
                postcode=rest,
                sure=True,
                meaning=f"the Ukrainian postcode {digits[1:]}, reissued by Russian post",
            )
        elif "101000" <= digits <= "694999":
            yield Number(
                kind="postcode",
                text=digits,
                start=match.start(),
                end=match.end(),
                country="ru",
                meaning="a Russian postcode",
            )


def _phones(text: str) -> Iterator[Number]:
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0]).removeprefix("00")
        for prefix, country, oblasts, bound in _PHONES:
            if digits.startswith(prefix):
                meaning = f"dialling code +{prefix}"
                yield Number(
                    kind="phone",
                    text=match[0],
                    start=match.start(),
                    end=match.end(),
                    country=country,
                    oblasts=oblasts,
                    sure=bound,
                    meaning=meaning,
                )
                break


def _points(text: str) -> Iterator[Number]:
    for match in _POINT.finditer(text):
        lat = float(match[2]) * (-1 if "S" in (match[1], match[3]) else 1)
        lon = float(match[5]) * (-1 if "W" in (match[4], match[6]) else 1)
        if _LONGITUDE_FIRST.search(text, max(0, match.start() - 30), match.start()):
            lat, lon = lon, lat
        yield Number(
            kind="coordinates",
            text=match[0],
            start=match.start(),
            end=match.end(),
            point=(lat, lon),
        )


def _degrees(text: str) -> Iterator[Number]:
    for match in _BEHIND.finditer(text):
        *north, south, _, _, _, west = match.groups()
        yield _angles(match, north, match.groups()[4:7], south=south == "S", west=west == "W")
    for match in _BEFORE.finditer(text):
        south, *north, west, _, _, _ = match.groups()
        yield _angles(match, north, match.groups()[5:8], south=south == "S", west=west == "W")


def _angles(
    match: re.Match[str],
    latitude: Sequence[str | None],
    longitude: Sequence[str | None],
    *,
    south: bool,
    west: bool,
) -> Number:
    lat = _in_degrees(latitude) * (-1 if south else 1)
    lon = _in_degrees(longitude) * (-1 if west else 1)
    return Number(
        kind="coordinates", text=match[0], start=match.start(), end=match.end(), point=(lat, lon)
    )


def _in_degrees(angle: Sequence[str | None]) -> float:
    degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in angle)
    return degrees + minutes / 60 + seconds / 3600


def _ibans(text: str) -> Iterator[Number]:
    for match in _IBAN.finditer(text):
        plain = match[0].replace(" ", "")
        if 15 <= len(plain) <= 34 and _mod_97(plain):
            country = plain[:2].lower()
            yield Number(
                kind="iban",
                text=match[0],
                start=match.start(),
                end=match.end(),
                country=country,
                meaning="the account's country",
            )


def _mod_97(iban: str) -> bool:
    return int("".join(str(int(char, 36)) for char in iban[4:] + iban[:4])) % 97 == 1


def bic(text: str) -> Number | None:
    """Return the country of a BIC; ``None`` where it is none."""
    match = _BIC.fullmatch(text.strip().upper())
    if match is None:
        return None
    return Number(
        kind="bic",
        text=text,
        start=0,
        end=len(text),
        country=match[1].lower(),
        meaning="the bank's country",
    )


def foreign_writing(text: str) -> str:
    """Return the country in the way of which postcodes are written: us, gb, ca, au, or none."""
    if not _CODED.search(text):
        return ""
    found = _US.search(text)
    if found and found[1] in STATES:
        return "us"
    if _AU.search(text) or _AU_END.search(text):
        return "au"
    if _CA.search(text):
        return "ca"
    if _GB.search(text):
        return "gb"
    ending = _US_END.search(text)
    return "us" if ending and ending[1] in STATES else ""
