"""Numbers that tell where an address is: every prefix and every boundary, one table a kind."""

from __future__ import annotations

import pytest

from limen.model import InputError, Instant
from limen.places.gazetteer.coordinates import check
from limen.places.query.numbers import STATES, bic, foreign_writing, numbers, oblast_of
from limen.places.verdict.territories import (
    ControlPeriod,
    Statutes,
    TerritorialLaw,
    TerritorialMeasure,
    Territory,
)

#: The first two digits of Ukraine's postcodes, from and to, with the oblast they are of.
POSTCODES = [
    (1, 6, 80, "Kyiv city"), (7, 9, 32, "Kyiv"), (10, 13, 18, "Zhytomyr"), (14, 17, 74, "Chernihiv"),
    (18, 20, 71, "Cherkasy"), (21, 24, 5, "Vinnytsia"), (25, 28, 35, "Kirovohrad"),
    (29, 32, 68, "Khmelnytskyi"), (33, 35, 56, "Rivne"), (36, 39, 53, "Poltava"),
    (40, 42, 59, "Sumy"), (43, 45, 7, "Volyn"), (46, 48, 61, "Ternopil"), (49, 53, 12, "Dnipro"),
    (54, 57, 48, "Mykolaiv"), (58, 60, 73, "Chernivtsi"), (61, 64, 63, "Kharkiv"),
    (65, 68, 51, "Odesa"), (69, 72, 23, "Zaporizhzhia"), (73, 75, 65, "Kherson"),
    (76, 78, 26, "Ivano-Frankivsk"), (79, 82, 46, "Lviv"), (83, 87, 14, "Donetsk"),
    (88, 90, 21, "Zakarpattia"), (91, 94, 44, "Luhansk"), (95, 98, 1, "Crimea"),
    (99, 99, 85, "Sevastopol"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "oblast", "name"), POSTCODES)
def test_the_oblast_of_a_postcode(first, last, oblast, name):
    assert oblast_of(first * 1000) == oblast, name
    assert oblast_of(last * 1000 + 999) == oblast, name
    if first > 1:
        assert oblast_of(first * 1000 - 1) != oblast, name
    if last < 99:
        assert oblast_of(last * 1000 + 1000) != oblast, name


def test_no_postcode_begins_with_two_zeros():
    assert oblast_of(999) == 0
    assert numbers("00999") == []


#: Where Russian post reissued Ukraine's codes with a 2 before them.
REISSUED = {1: "295000", 14: "283001", 23: "272300", 44: "291000", 65: "273000", 85: "299011"}


@pytest.mark.parametrize(("oblast", "digits"), REISSUED.items())
def test_a_reissued_postcode(oblast, digits):
    (found,) = numbers(digits)
    assert (found.country, found.oblasts, found.postcode) == ("ru", (oblast,), int(digits[1:]))
    assert found.sure


SIX_DIGITS = [
    ("101000", True, "the first of Russia"), ("100999", False, "below the first"),
    ("694999", True, "the last"), ("695000", False, "beyond the last"),
    ("201001", True, "2 and Kyiv's code: never reissued, so Russia's own shape"),
    ("279000", True, "2 and Lviv's code"), ("195000", True, "1 and Crimea's: no reissue"),
    ("395000", True, "3 and Crimea's: no reissue"), ("795000", False, "no code of anybody"),
]  # fmt: skip


@pytest.mark.parametrize(("digits", "russian", "because"), SIX_DIGITS)
def test_a_postcode_of_russia(digits, russian, because):
    found = [(each.country, each.oblasts, each.postcode, each.sure) for each in numbers(digits)]
    assert found == ([("ru", (), 0, False)] if russian else []), because


SHAPES = [
    ("83001", ["83001"]), ("83001 Donetsk", ["83001"]), ("a 83001,", ["83001"]), ("8300", []),
    ("8300123", []), ("1.83001", []), ("+83001", []), ("-83001", []), ("4/83001", []),
    ("83001/4", []), ("83001.5", []), ("83001.", ["83001"]), ("83001 95000", ["83001", "95000"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_the_shape_of_a_postcode(text, expected):
    assert [each.text for each in numbers(text) if each.kind == "postcode"] == expected


#: Dialling code -> country, oblast, and whether it is bound to the ground.
PHONES = [
    ("7978", "ru", (1, 85), False, "mobile, Crimea"), ("7365", "ru", (1,), True, "Simferopol"),
    ("78692", "ru", (85,), True, "Sevastopol"), ("38065", "ua", (1,), True, "Crimea"),
    ("380692", "ua", (85,), True, "Sevastopol"), ("38062", "ua", (14,), True, "Donetsk"),
    ("38064", "ua", (44,), True, "Luhansk"), ("38055", "ua", (65,), True, "Kherson"),
    ("38061", "ua", (23,), True, "Zaporizhzhia"), ("38071", "ua", (14,), False, "mobile, Donetsk"),
    ("38072", "ua", (44,), False, "mobile, Luhansk"), ("7949", "ru", (14,), False, "mobile, Donetsk"),
    ("7959", "ru", (44,), False, "mobile, Luhansk"), ("7856", "ru", (14,), True, "Donetsk"),
    ("7857", "ru", (44,), True, "Luhansk"), ("38044", "ua", (), False, "Kyiv: Ukraine alone"),
    ("380693", "ua", (), False, "no code of Sevastopol"), ("98", "ir", (), False, "Iran"),
    ("53", "cu", (), False, "Cuba"), ("850", "kp", (), False, "North Korea"),
    ("963", "sy", (), False, "Syria"), ("249", "sd", (), False, "Sudan"),
]  # fmt: skip


@pytest.mark.parametrize(("prefix", "country", "oblasts", "bound", "name"), PHONES)
@pytest.mark.parametrize("lead", ["+", "00", "+ "])
def test_a_dialling_code(prefix, country, oblasts, bound, name, lead):
    (found,) = [each for each in numbers(f"{lead}{prefix}1234567") if each.kind == "phone"]
    assert (found.country, found.oblasts, found.sure) == (country, oblasts, bound), name
    assert prefix.startswith(found.meaning.removeprefix("dialling code +"))


@pytest.mark.parametrize(
    "text", ["+49 30 1234567", "+7 495 123 4567", "38062 345 6789", "+3", "+7 978", "+252 12345"]
)
def test_other_telephones_tell_nothing(text):
    assert [each for each in numbers(text) if each.kind == "phone"] == []


def test_a_postcode_inside_a_telephone_is_none():
    found = numbers("+380 62 83001 22, 95000")
    assert [(each.kind, each.text) for each in found] == [
        ("phone", "+380 62 83001 22"), ("postcode", "95000"),
    ]  # fmt: skip


POINTS = [
    ("48.0159, 37.8028", (48.0159, 37.8028), "north and east without a letter"),
    ("48.0159 N, 37.8028 E", (48.0159, 37.8028), "with their letters"),
    ("48.0159 S, 37.8028 E", (-48.0159, 37.8028), "southern latitudes are below nothing"),
    ("48.0159 N, 37.8028 W", (48.0159, -37.8028), "western longitudes too"),
    ("33.8688° S, 151.2093° E", (-33.8688, 151.2093), "degrees"),
    ("48°00'36\"N 37°48'18\"E", (48.01, 37.805), "minutes and seconds add up"),
    ("-33.8688;151.2093", (-33.8688, 151.2093), "a sign"),
    ("+48.0 -37.5", (48.0, -37.5), "two signs"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "point", "because"), POINTS)
def test_a_point_in_a_text(text, point, because):
    assert [each.point for each in numbers(text)] == [point], because


@pytest.mark.parametrize("text", ["48, 37", "v1.2.3, 4.5.6", "1234.5, 37.8"])
def test_what_is_no_point(text):
    assert [each for each in numbers(text) if each.kind == "coordinates"] == []


EARTH = [
    (90, 180, True), (-90, -180, True), (90.001, 0, False), (-90.001, 0, False),
    (0, 180.001, False), (0, -180.001, False), (float("nan"), 0, False),
]  # fmt: skip


@pytest.mark.parametrize(("lat", "lon", "fits"), EARTH)
def test_a_point_is_on_earth(lat, lon, fits):
    if fits:
        check(lat, lon)
    else:
        with pytest.raises(InputError, match="is not on earth"):
            check(lat, lon)


IBANS = [
    ("IR062960000000100324200001", "ir", "checks"), ("IR062960000000100324200002", "", "does not"),
    ("IR06 2960 0000 0010 0324 2000 01", "ir", "in groups"),
    ("DE89370400440532013000", "de", "another country's"),
    ("NO9386011117947", "no", "of the shortest length, fifteen"),
    ("MT84MALT011000012345MTLCAST001S", "mt", "of thirty-one"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "because"), IBANS)
def test_an_account(text, country, because):
    found = [each.country for each in numbers(text) if each.kind == "iban"]
    assert found == ([country] if country else []), because


BICS = [("BMJIIRTH", "ir"), ("BMJIIRTHXXX", "ir"), ("bmjiirth ", "ir"), ("BMJIIRT", None),
        ("BMJIIRTHXX", None), ("1MJIIRTH", None), ("", None)]  # fmt: skip


@pytest.mark.parametrize(("text", "country"), BICS)
def test_a_bic(text, country):
    found = bic(text)
    assert (found.country if found else None) == country


WRITINGS = [
    ("Syria, VA 22743", "us"), ("Syria VA. 22743-1234", "us"), ("Syria, XX 22743", ""),
    ("Syria, VA 2274", ""), ("Moscow, PA", "us"), ("Moscow, PA, now", "us"), ("Moscow, ZZ", ""),
    ("Moscow PA", "us"), ("NSW 2160", "au"), ("SA 5000", "au"), ("Yalta, QLD", "au"),
    ("Yalta QLD", ""), ("M5V 2T6", "ca"), ("M5V2T6", "ca"), ("SW1A 1AA", "gb"), ("E1 6AN", "gb"),
    ("83001 Donetsk", ""), ("", ""), ("donetsk 4", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country"), WRITINGS)
def test_another_country_s_way_of_writing(text, country):
    assert foreign_writing(text) == country


def test_the_states_are_fifty_the_district_and_puerto_rico():
    assert len(STATES) == 52
    for state in STATES:
        assert foreign_writing(f"Syria, {state} 22743") == "us"


# The law over territories, by authority and on both clocks.


def measure(
    start: str, until: str = "", published: str = "", authority: str = "US"
) -> TerritorialMeasure:
    return TerritorialMeasure(
        "m", authority, ("t",), "an act", "1", "all", start, "a source", "sourced",
        until=until, published=published,
    )  # fmt: skip


def in_force(rule: TerritorialMeasure, as_of: str, known_at: str, authority: str = "US") -> bool:
    ground = (Territory("t", "T", "fixed"),)
    law = TerritorialLaw(ControlPeriod("a source", "2025-07-01"), ground, (rule,))
    found = Statutes(law).in_force(authority, Instant.parse(as_of), Instant.parse(known_at))
    return bool(found)


FORCE = [
    (measure("2022-02-21"), "2022-02-20", "2026-01-01", False, "the day before it starts"),
    (measure("2022-02-21"), "2022-02-21", "2026-01-01", True, "the day it starts"),
    (measure("2022-02-21"), "2022-02-22", "2022-02-20", False, "not known yet"),
    (measure("2022-02-21"), "2022-02-22", "2022-02-21", True, "known on the day it starts"),
    (measure("2022-02-21", until="2022-03-01"), "2022-02-28", "2026-01-01", True, "its last day"),
    (measure("2022-02-21", until="2022-03-01"), "2022-03-01", "2026-01-01", False, "half-open"),
    (measure("2022-02-21", published="2022-02-25"), "2022-02-22", "2022-02-24", False,
     "published later, and not known"),
    (measure("2022-02-21", published="2022-02-25"), "2022-02-22", "2022-02-25", True,
     "published later, and known"),
    (measure("2022-02-21", published="2022-02-19"), "2022-02-20", "2022-02-20", False,
     "published before, not in force"),
    (measure("2022-02-21", authority="EU"), "2022-03-01", "2026-01-01", False, "another's law"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "as_of", "known_at", "expected", "because"), FORCE)
def test_a_measure_in_force(rule, as_of, known_at, expected, because):
    assert in_force(rule, as_of, known_at) == expected, because
