"""What joins two records of different lists, what does not, and what forbids it."""

from __future__ import annotations

import pytest
from tests.identity.conftest import groups, joined, strengths, subject

IVAN = {"name": "Ivan Sergeevich PETROVSKY", "birthDate": "1970-02-03"}
BANK = {"name": "Northern Trade Bank", "schema": "Company"}
SHIP = {"name": "SEA STAR", "schema": "Vessel"}


def both(one: dict, other: dict, lists: tuple[str, str] = ("eu_x", "uk_x")):
    return joined(subject(lists[0], "1", **one), subject(lists[1], "2", **other))


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        (IVAN, {"name": "PETROVSKIY, Ivan Sergeyevich", "birthDate": "1970-02-03"}, "attributes"),
        (IVAN, {"name": "Иван Сергеевич Петровский", "birthDate": "1970-02-03"}, "attributes"),
        (
            SHIP | {"imoNumber": "9187629"},
            SHIP | {"name": "OTHER", "imoNumber": "IMO 9187629"},
            "number",
        ),
        (BANK | {"innCode": "7702070139"}, BANK | {"innCode": "7702070139"}, "number"),
        (
            IVAN | {"passportNumber": "AB5829461"},
            {"name": "Ivan PETROVSKY", "passportNumber": "AB 5829461"},
            "number",
        ),
    ],
)
def test_what_joins(one, other, by):
    found = both(one, other)
    assert groups(found) == [["eu_x:1", "uk_x:2"]]
    assert strengths(found.joins) == [by]
    assert found.joins[0].evidence.reasons


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (IVAN, IVAN | {"birthDate": "1950-02-03"}, "another birth date"),
        (
            IVAN | {"idNumber": "000000000"},
            {"name": "Maria LOPEZ", "idNumber": "000000000"},
            "a dummy number is no evidence",
        ),
        (SHIP, SHIP, "a ship's name alone is another ship's too"),
        ({"name": "Ivan PETROV"}, {"name": "Ivan PETROV"}, "two common words"),
        (
            IVAN | {"passportNumber": "AB5829461", "extra": {"Passport": ("AB5829461 (Russia)",)}},
            {"name": "Ivan PETROVSKY", "passportNumber": "AB5829461",
             "extra": {"Passport": ("AB5829461 (Cyprus)",)}},
            "one number of two countries' passports",
        ),
    ],
)  # fmt: skip
def test_what_does_not_join(one, other, why):
    assert groups(both(one, other)) == [], why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            {"name": "Ivan PETROVSKY", "innCode": "500100732259"},
            {"name": "Petrovsky Ivan", "schema": "Company", "innCode": "500100732259"},
            "kind: person, organisation",
        ),
        (
            IVAN | {"passportNumber": "AB5829461"},
            IVAN | {"passportNumber": "AB5829461", "birthDate": "1950-02-03"},
            "birth date: 1970-02-03, 1950-02-03",
        ),
        (
            {"name": "Alex PETROVSKY", "gender": "male", "passportNumber": "AB5829461"},
            {"name": "Alex PETROVSKY", "gender": "female", "passportNumber": "AB5829461"},
            "gender: male, female",
        ),
        (
            SHIP | {"imoNumber": "9187629", "cryptoAddress": "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"},
            SHIP | {"imoNumber": "9217981", "cryptoAddress": "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"},
            "IMO number: 9187629, 9217981",
        ),
    ],
)
def test_a_contradiction_forbids_and_is_reported(one, other, why):
    found = both(one, other)
    assert groups(found) == []
    assert [each.why for each in found.refused] == [why]


def test_what_is_near_is_possible_and_not_joined():
    namesake = {"name": "Morteza BEHZAD", "programmes": ("Iran",), "country": "ir"}
    found = both(namesake, namesake)
    assert groups(found) == []
    assert strengths(found.possible) == ["possible"]


def test_a_publisher_with_two_records_under_one_programme_means_two_parties():
    assert groups(both(IVAN, IVAN, lists=("eu_x", "eu_x"))) == []


def test_records_that_name_one_entry_of_the_united_nations_are_one_party():
    un = subject("un_sc", "QDi.001", "OMAR HASSAN")
    british = subject("uk_fcdo", "AQD1", "Omar Hasan", extra={"UN Reference Number": ("QDi.001",)})
    assert strengths(joined(un, british).joins) == ["reference"]


def test_an_ofac_uid_is_one_party_in_all_lists_of_the_united_states():
    sdn = subject("us_ofac_sdn", "17013", "VTB BANK", "Company")
    csl = subject("us_csl", "SSI:17013", "BANK VTB PUBLIC JOINT STOCK COMPANY", "Company")
    other = subject("us_csl", "EL:17013", "VTB BANK", "Company")
    assert groups(joined(sdn, csl, other)) == [["us_csl:SSI:17013", "us_ofac_sdn:17013"]]


def test_a_chain_of_joins_breaks_at_its_weakest():
    """Passports join the first two; the third is like the second, and contradicts the first."""
    name, russian = "Lavrentiy Yaropolkovich PETROVSKY", {"programmes": ("Russia",)}
    first = subject("a_x", "1", name, birthDate="1970-02-03", passportNumber="AB5829461")
    second = subject("b_x", "2", name, passportNumber="AB5829461", **russian)
    third = subject("c_x", "3", name, birthDate="1950-02-03", **russian)
    found = joined(first, second, third)
    assert groups(found) == [["a_x:1", "b_x:2"]]
    assert {each.why for each in found.refused} == {"birth date: 1970-02-03, 1950-02-03"}
    assert {each.relation.evidence.strength for each in found.refused} == {"attributes"}


def test_a_group_never_holds_two_records_that_a_publisher_lists_under_one_programme():
    """Each is joined with its own record of the other list, and a shared alias does not chain."""
    committee = {"alias": "Jamiat Ihya ul Turath", "programmes": ("Al-Qaida",), "country": "af"}
    names = ("Afghan Support Committee", "Revival of Islamic Heritage Society")
    found = joined(
        *(
            subject(list_id, str(at), name, "Organization", **committee)
            for list_id in ("un_x", "uk_x")
            for at, name in enumerate(names, 1)
        )
    )
    assert groups(found) == [["uk_x:1", "un_x:1"], ["uk_x:2", "un_x:2"]]


def test_bearers_of_a_main_name_are_not_those_of_an_alias():
    """A bank is joined by its main name, though a subsidiary of the same list has it as an alias."""
    bank = {"programmes": ("Russia",)}
    bare = subject("eu_x", "1", "VTB Bank", "Company", **bank)
    listed_here = subject("us_x", "2", "VTB BANK PUBLIC JOINT STOCK COMPANY", "Company", **bank)
    subsidiary = subject("us_x", "3", "PJSC VTB Bank Kiev", "Company", alias="VTB BANK", **bank)
    assert groups(joined(bare, listed_here, subsidiary)) == [["eu_x:1", "us_x:2"]]


RUSSIA, IRAN = {"programmes": ("Russia",)}, {"programmes": ("Iran",)}
TOWN = {"address": "Tehran, Iran"}
STREET = {"address": "12 Taleghani Street, Tehran, Iran"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(
            {"name": "Kambiz ROSTAMIAN"} | IRAN, {"name": "ROSTAMIAN, Kambiz"} | IRAN, True,
            id="a rare name under programmes about one country",
        ),
        pytest.param(
            {"name": "Sergei Ivanovich KUZNETSOV"} | RUSSIA,
            {"name": "KUZNETSOV, Sergey Ivanovich"} | RUSSIA, False,
            id="a common name of three words",
        ),
        pytest.param(
            {"name": "Moallem Insurance Company", "schema": "Company"} | IRAN,
            {"name": "Moallem Insurance Company (MIC)", "schema": "Company"} | IRAN, True,
            id="an abbreviation in brackets",
        ),
        pytest.param(
            {"name": "Arman Sepehr Bank (Belarus)", "schema": "Company", "programmes": ("Belarus",)},
            {"name": "Arman Sepehr Bank Belarus CJSC", "schema": "Company", "country": "by",
             "programmes": ("RUSSIA-EO14024",)}, True,
            id="a programme about the country where the other list has it",
        ),
        pytest.param(
            {"name": "Sepanir", "schema": "Company"} | TOWN | IRAN,
            {"name": "SEPANIR CO", "schema": "Company"} | TOWN | IRAN, False,
            id="one word and a town",
        ),
        pytest.param(
            {"name": "Sepanir", "schema": "Company"} | STREET | IRAN,
            {"name": "SEPANIR CO", "schema": "Company"} | STREET | IRAN, True,
            id="one word and a street",
        ),
        pytest.param(
            {"name": "Severny Press", "schema": "Company", "innCode": "7806337732"} | RUSSIA,
            {"name": "Severny Press", "schema": "Company", "innCode": "7702070139"} | RUSSIA, False,
            id="one name and two tax numbers",
        ),
        pytest.param(
            {"name": "Mohammad HEJAZI", "birthDate": "1959", "birthPlace": "Isfahan, Iran"} | IRAN,
            {"name": "HEJAZI, Mohammed", "birthDate": "1959",
             "birthPlace": "Isfahan, Iran (Islamic Republic of)"} | IRAN, True,
            id="common words, the year and the town of birth",
        ),
        pytest.param(
            {"name": "Mohammad HEJAZI", "birthDate": "1959", "birthPlace": "Iran"} | IRAN,
            {"name": "HEJAZI, Mohammed", "birthDate": "1959", "birthPlace": "Iran"} | IRAN, False,
            id="common words, the year and the country of birth",
        ),
        pytest.param(
            {"name": "Mohammad HEJAZI", "birthPlace": "Isfahan, Iran"} | IRAN,
            {"name": "HEJAZI, Mohammed", "birthPlace": "Isfahan, Iran"} | IRAN, False,
            id="common words and the town of birth, without a year",
        ),
        pytest.param(
            {"name": "Sepanir", "schema": "Company", "programmes": ("DPRK",),
             "address": "Democratic People's Republic of Korea"},
            {"name": "SEPANIR CO", "schema": "Company", "programmes": ("DPRK",),
             "address": "Democratic People's Republic of Korea"}, False,
            id="one word and an address that is a country of five words",
        ),
    ],
)  # fmt: skip
def test_a_name_joins_with_what_is_rare_enough(one, other, same):
    assert groups(both(one, other)) == ([["eu_x:1", "uk_x:2"]] if same else [])


def test_a_name_that_a_third_list_has_twice_is_no_more_common_between_two_others():
    bank = {"name": "Oriental Oil Kish", "schema": "Company"} | IRAN
    again = subject("eu_x", "1", **bank), subject("eu_x", "2", **bank)
    found = joined(subject("un_x", "1", **bank), subject("uk_x", "1", **bank), *again)
    assert any({"uk_x:1", "un_x:1"} <= set(group) for group in groups(found))


PASSPORT = {"passportNumber": "AB5829461"}


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        pytest.param(
            {"name": "Ivan PETROV", "extra": {"Passport": ("AB5829461 (Russia)",)}} | PASSPORT,
            {"name": "Ivan PETROV", "extra": {"Passport": ("AB5829461 (Belarus)",)}} | PASSPORT,
            "possible: passport of ru and of by",
            id="a passport under two countries",
        ),
        pytest.param(
            {"name": "Rosario NIEBLA", "taxNumber": "NICR461006"},
            {"name": "Rosario NIEBLA", "schema": "Company", "taxNumber": "NICR461006"},
            "refused: kind: person, organisation",
            id="a person and a company with one tax number",
        ),
        pytest.param(
            {"name": "Ivan PETROV", "birthDate": "1970-02-03"} | PASSPORT,
            {"name": "Ivan PETROV", "birthDate": "1950-02-03"} | PASSPORT,
            "refused: birth date: 1970-02-03, 1950-02-03",
            id="lists that contradict each other",
        ),
        pytest.param(
            {"name": "GRANIT ELEKTRON", "schema": "Company", "ogrnCode": "5067847016782",
             "innCode": "7842335610"},
            {"name": "Petrovsky Zavod MOLOT", "schema": "Company", "ogrnCode": "5067847016782",
             "innCode": "6444009038"},
            "possible: ogrn",
            id="one number, and another that differs",
        ),
        pytest.param(
            {"name": "Ivan PETROV", "passportNumber": "000000000"},
            {"name": "Ivan PETROV", "passportNumber": "000000000"},
            "",
            id="a number that forms are filled with",
        ),
    ],
)  # fmt: skip
def test_bad_evidence_is_reported_and_makes_no_join(one, other, told):
    found = both(one, other)
    assert groups(found) == []
    possible = [
        f"possible: {reason.what}"
        for relation in found.possible
        for reason in relation.evidence.reasons
        if reason.what != "name"
    ]
    assert told in [*possible, *(f"refused: {each.why}" for each in found.refused), ""]
    assert told or not (possible or found.refused)


ESLAMI = "Mohammad ESLAMI"
SPELLINGS = ("Mohammad Islami", "Mohamed Islami", "Mohammed Islami")


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        pytest.param(SPELLINGS, SPELLINGS, True, id="four spellings to the letter"),
        pytest.param(SPELLINGS, SPELLINGS[:1], False, id="two spellings"),
        pytest.param((), (), False, id="one spelling"),
        pytest.param(("محمد اسلامی",), ("محمد اسلامی",), False, id="the original script"),
        pytest.param(("Eslami",), ("Eslami",), False, id="a family name alone"),
    ],
)
def test_namesakes_do_not_share_several_spellings(ours, theirs, same):
    found = both(
        {"name": ESLAMI, "alias": ours} | IRAN,
        {"name": ESLAMI.upper(), "alias": theirs} | IRAN,
    )
    assert groups(found) == ([["eu_x:1", "uk_x:2"]] if same else [])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1984-05-06", "1986-05-06", True),
        ("1980-05-06", "1989-05-06", True),
        ("1979-05-06", "1981-05-06", False),  # two digits differ
        ("1974-05-06", "1984-05-06", False),  # a decade apart
        ("1984-05-06", "1986-05-07", False),  # another day
        ("1984-05", "1986-05", False),  # no day
        ("1984-01-01", "1986-01-01", False),  # forms are filled with it
    ],
)
def test_a_misprinted_digit_of_a_year_of_birth_does_not_forbid(one, other, same):
    name = {"name": "Omar Yaropolk HAMMAMI", "passportNumber": "AB5829461"}
    found = both(name | {"birthDate": one}, name | {"birthDate": other})
    assert groups(found) == ([["eu_x:1", "uk_x:2"]] if same else [])


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Najaf, Iraq, Iraq", {"najaf"}),
        ("Tehran, Iran, Islamic Republic of", {"tehran"}),
        ("Pyongyang, KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF", {"pyongyang"}),
        ("Georgia, United States", None),
        ("Iran (Islamic Republic of)", None),
        ("Jordan Street 5, Tehran", {"jordan", "street", "5", "tehran"}),
        ("", None),
    ],
)
def test_a_place_is_read_without_the_country_that_it_ends_with(printed, words):
    facts = subject("eu_x", "1", **IVAN, birthPlace=printed, address=printed).spans[0].facts
    expected = (frozenset(words),) if words else ()
    assert (facts.places, facts.addresses) == (expected, expected)
