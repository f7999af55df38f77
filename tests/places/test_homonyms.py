"""A capital's name behind a town of its oblast is the oblast; Krym in Rostov Oblast is no Crimea."""

import pytest

DAY = "2025-01-15"


@pytest.mark.parametrize(
    ("address", "eu", "because"),
    [
        ("Kalanchak, Kherson, Ukraine", "inside", "a settlement of the oblast, held since 2022"),
        ("Skadovsk, Kherson", "inside", "the same without the country"),
        ("Tokmak, Zaporizhzhia, Ukraine", "inside", "the other oblast"),
        ("Melitopol Zaporizhzhia Ukraine", "inside", "the same without commas"),
        ({"TwnNm": "Kalanchak", "CtrySubDvsn": "Kherson", "Ctry": "UA"}, "inside", "in fields"),
        ("Kherson, Ukraine", "outside", "the free city itself"),
        ("Kherson, Kherson, Ukraine", "outside", "the city in its oblast"),
        ({"city": "Kherson", "region": "Kherson", "country": "ua"}, "outside", "in fields"),
        ("Ushakova 12, Kherson", "outside", "a street of the city"),
        ("ul. Melitopolska 5, Zaporizhzhia", "outside", "a street named after a town"),
        ("Hrodivka, Donetsk", "outside", "a town that was free on that day, not the city"),
        ("Krym, Rostov Oblast 346802, Russia", "outside", "a village of Russia proper"),
    ],
)
def test_the_name_of_a_capital(locate, address, eu, because):
    assert locate(address, DAY, "EU").outcome("EU") == eu, because


@pytest.mark.parametrize(
    "text",
    [
        "44°57'N 34°06'E", "44° 57' 30\" N, 34° 06' 20\" E", "N44 57.3 E34 6.6", "44.9572, 34.1108",
        "N44.9572 E34.1108", "POINT(34.1108 44.9572)", "SRID=4326;POINT (34.1108 44.9572)",
        '{"type":"Point","coordinates":[34.1108, 44.9572]}',
        "Sim\u00adferopol", "S\u200bi\u200bm\u200bf\u200be\u200br\u200bo\u200bp\u200bo\u200bl",
        "Simferopol&#44; Crimea", "Ѕіmfеrороl", "\u202eloporefmiS\u202c", "Ｓｉｍｆｅｒｏｐｏｌ",
        "%D0%A1%D0%B8%D0%BC%D1%84%D0%B5%D1%80%D0%BE%D0%BF%D0%BE%D0%BB%D1%8C",
        "Симферополь".encode().decode("latin-1"), "S i m f e r o p o l",
    ],
)  # fmt: skip
def test_an_address_in_disguise_is_still_inside(locate, text):
    assert locate(text, DAY, "US").outcome("US") == "inside"
