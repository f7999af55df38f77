"""What a name in an address stands for: told by the words beside it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SPELT = [
    "Simferopol",
    "Simferopol'",
    "SIMFEROPOL",
    "Симферополь",
    "Сімферополь",
    "Symferopol",
    "Aqmescit",
    "Semferopol",
    "辛菲罗波尔",
    "Simferopоl",  # the last with a Cyrillic о
    "Sevastopol",
    "Севастополь",
    "Sebastopol, Ukraine",
    "Krimea",
    "Krym",
    "Крым",
    "Qırım",
    "Crimée",
    "Республика Крым",
    "UA-43",
    "Джанкой",
    "Canköy",
    "Feodosiya",
    "Eupatoria",
    "Керчь",
]


@pytest.mark.parametrize("written", SPELT)
def test_every_spelling_of_crimea_is_inside(locate, written):
    assert locate(written, "2021-06-01", "US").outcome("US") == "inside"


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("120 Inkerman Street, St Kilda VIC 3182, Australia", "street"),
        ("97 Rue de Crimée, 75019 Paris, France", "street"),
        ("ул. Донецк 5, Киев", "street"),
        ("Teheran-ro 152, Gangnam-gu, Seoul", "street"),
        ("Hotel Yalta, Wenceslas Square 45, Prague", "name"),
        ("Krym Trading LLC, 5 High St, Leeds, United Kingdom", "name"),
        ("c/o Mr Donetsk, 4 High St, Leeds, United Kingdom", "name"),
        ("Embassy of Iran, Tokyo", "government"),
        ("г. Донецк, ул. Артёма, 5", "place"),
        ("Kirova pr. 39, Simferopol", "place"),
    ],
)
def test_the_words_beside_a_name_tell_its_role(locate, address, role):
    at_stake = (
        "inkerman",
        "crim",
        "донецк",
        "teheran",
        "yalta",
        "krym",
        "donetsk",
        "iran",
        "simferopol",
    )
    clues = [each for each in locate(address).clues if each.text.lower().startswith(at_stake)]
    assert [each.role for each in clues] == [role]


def test_spans_point_at_the_words(locate):
    text = "26 Lenina Street, Simferopol, Ukraine"
    for clue in locate(text).clues:
        assert text[clue.span[0] : clue.span[1]] == clue.text


@pytest.mark.parametrize(
    "trap",
    [
        "ul. Lenina 12, Donetsk, Rostovskaya oblast, 346330, Russia",
        "Sebastopol, CA 95472, USA",
        "Balaclava Road 12, Melbourne VIC 3183, Australia",
        "테헤란로 152, 서울",
        "Odessa, TX 79761",
        "206 E 3rd Street, Moscow, ID 83843, USA",
        "Havana, IL 62644, USA",
        "95000 Cergy, France",
        "Cuba, Missouri 65453, USA",
        "Sevastopol Street 4, Kyiv",
        "вул. Кримська, 5, Львів, Україна",
        "Almonacid de la Cuba, España",
        "9701 Main Street, Damascus, Maryland 20872, USA",
        "Krymsk, Krasnodar Krai, Russia",
        "Livadia, Greece",
        "Alma, Quebec, Canada",
        "ул. Севастопольская 3, Москва, 117452, Россия",
        "Persepolis Restaurant, Leeds LS1 4AB, UK",
        "Yalta Boulevard 3, Asmara, Eritrea",
        "Boulevard de Sébastopol 12, 75001 Paris",
        "Tehran Street 7, Ramallah, Palestine",
        "Sudan, TX 79371, USA",
        "Syria, Virginia 22743, USA",
        "283001 Agra, Uttar Pradesh, India",
        "98101 Seattle, WA, USA",
    ],
)
def test_no_trap_is_inside(locate, trap):
    location = locate(trap)
    assert [verdict.outcome for verdict in location.verdicts] == ["outside"] * 3


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gets_an_answer(locate, text):
    assert locate(text).verdicts


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SPELT), st.integers(1, 300), st.sampled_from(["", ", Ukraine", ", Russia"]))
def test_a_house_number_and_a_country_never_take_crimea_out(locate, town, number, country):
    location = locate(f"Lenina Street {number}, {town}{country}", "2021-06-01", "US")
    assert location.outcome("US") == "inside"
