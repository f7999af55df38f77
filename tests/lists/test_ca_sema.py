"""Canada's list: two generations of element names, one cell of aliases, keys that stay."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.lists.audit import Audit
from limen.lists.readers.ca.aliases import split_aliases
from limen.lists.readers.ca.sema import read
from limen.lists.source import Source
from limen.model import Entry, ListFormatError
from limen.model.schemata import properties

AN_ENTITY = "<Country>Iran</Country><Entity>A</Entity><Item>1</Item>"
XML = "http://www.w3.org/2001/XMLSchema-instance"


def read_records(*records: str) -> tuple[dict[str, Entry], Audit]:
    body = "".join(f"<record>{record}</record>" for record in records)
    xml = f'<data-set xmlns:xsi="{XML}">{body}</data-set>'.encode()
    audit = Audit()
    entries = list(read({"xml": Source.of_bytes("xml", xml, name="sema.xml")}, audit))
    return {entry.record_id: entry for entry in entries}, audit


@pytest.fixture(scope="module", params=["2020-10", "2025-03"])
def vintage(request, shared) -> tuple[list[Entry], Audit]:
    audit = Audit()
    path = shared(f"data/ca/sema_{request.param}.xml.gz")
    return list(read({"xml": Source.of_path("xml", path)}, audit)), audit


def test_a_person_keeps_both_names_dates_and_schedule() -> None:
    entries, audit = read_records(
        "<Country>Russia / Russie</Country><LastName>PUTIN</LastName>"
        "<GivenName>Vladimir Vladimirovich</GivenName><Aliases>Владимир Путин</Aliases>"
        "<DateOfBirthOrShipBuildDate>1952-10-07</DateOfBirthOrShipBuildDate>"
        "<Schedule>1, Part 1</Schedule><Item>600</Item><DateOfListing>2022-02-25</DateOfListing>"
    )
    (entry,) = entries.values()
    assert entry.record_id == "ru:1-part-1:600"
    assert entry.schema == "Person"
    assert entry.properties["name"] == ("Vladimir Vladimirovich PUTIN",)
    assert entry.properties["alias"] == ("Владимир Путин",)
    assert entry.properties["birthDate"] == ("1952-10-07",)
    assert entry.programmes == ("Russia / Russie",)
    assert entry.measures == ("Schedule 1, Part 1",)
    assert entry.listed_on == "2022-02-25"
    assert "country" not in entry.properties, "the regulation's country is not the party's"
    assert not audit.unread


def test_a_ship_has_its_number_type_and_year() -> None:
    entries, _ = read_records(
        "<Country>Russia / Russie</Country><EntityOrShip>Lady R</EntityOrShip>"
        "<TitleOrShip>Ro-Ro Cargo</TitleOrShip><ShipIMONumber>9161003</ShipIMONumber>"
        "<DateOfBirthOrShipBuildDate>2004</DateOfBirthOrShipBuildDate><Schedule>1.1</Schedule>"
        "<Item>7</Item><DateOfListing>2025-02-21</DateOfListing>"
    )
    entry = entries["ru:1.1:7"]
    assert entry.schema == "Vessel"
    assert entry.properties == {
        "name": ("Lady R",),
        "imoNumber": ("9161003",),
        "type": ("Ro-Ro Cargo",),
        "buildDate": ("2004",),
    }


def test_schedules_renamed_between_generations_keep_their_key() -> None:
    old, _ = read_records(
        "<Country>Burma / Birmanie</Country><Entity>Air Bagan</Entity><Schedule>1</Schedule>"
        "<Item>1</Item>"
    )
    new, _ = read_records(
        "<Country>Myanmar (Burma) / Myanmar (Birmanie)</Country><EntityOrShip>Air Bagan"
        "</EntityOrShip><Schedule>Part 1</Schedule><Item>1</Item>"
    )
    assert set(old) == set(new) == {"mm:part-1:1"}


def test_a_repeated_key_is_told_apart() -> None:
    record = "<Country>Haiti</Country><Entity>A B</Entity><Schedule>1</Schedule><Item>1</Item>"
    entries, _ = read_records(record, record)
    assert set(entries) == {"ht:1:1", "ht:1:1#2"}


def test_a_birth_date_that_is_none_stays_in_the_notes() -> None:
    entries, audit = read_records(
        "<Country>Sudan / Soudan</Country><LastName>A</LastName><GivenName>B</GivenName>"
        "<DateOfBirthOrShipBuildDate>born in the early 1970s</DateOfBirthOrShipBuildDate>"
        "<Item>1</Item>"
    )
    assert entries["sd:1"].properties["notes"] == ("born in the early 1970s",)
    assert audit.oddities == {"birthDate not a date": 1}


def test_a_new_element_is_reported() -> None:
    _, audit = read_records(f"{AN_ENTITY}<Web>x</Web>")
    assert audit.unread == {"record/Web": 1}


@pytest.mark.parametrize(
    ("record", "what"),
    [
        ("<Country>Iran</Country><Entity>A</Entity>", "Item is empty"),
        ("<Entity>A</Entity><Item>1</Item>", "Country is empty"),
        ("<Country>Iran</Country><Item>1</Item>", "has no name"),
        (f"{AN_ENTITY}<DateOfListing>2022-02-30</DateOfListing>", "no day 30"),
    ],
)
def test_a_broken_record_is_refused_with_its_place(record: str, what: str) -> None:
    with pytest.raises(ListFormatError, match=what) as refused:
        read_records(record)
    assert refused.value.where.startswith("sema.xml line 1: record")


@pytest.mark.parametrize(
    ("cell", "last_name", "aliases"),
    [
        ("Сергей Лавров; Sergey Lavrov", "LAVROV", ["Сергей Лавров", "Sergey Lavrov"]),
        ("Баранов, Олег Анатольевич", "BARANOV", ["Баранов, Олег Анатольевич"]),
        ("Batya, Kazak", "DREMOV", ["Batya", "Kazak"]),
        ("BIDEVKA, BIDIOVKA", "BIDYOVKA", ["BIDEVKA", "BIDIOVKA"]),
        ("Belarusian: Юры Василевiч, Russian : Юрий", "V", ["Юры Василевiч", "Юрий"]),
        ("М Инвест, ООО", "", ["М Инвест, ООО"]),
        ("АО, Завод", "", ["АО, Завод"]),
        ("VSC, VSK, Восточная Компания, ООО", "", ["VSC", "VSK", "Восточная Компания, ООО"]),
        ("Министерство культуры, спорта", "", ["Министерство культуры, спорта"]),
        ("Investment and Commercial Bank", "", ["Investment and Commercial Bank"]),
        ("НПП «Кант» and АО «НПП «Кант»", "", ["НПП «Кант»", "АО «НПП «Кант»"]),
        ("Ali Karti \nArabic: علي كرتي", "Karti", ["Ali Karti", "علي كرتي"]),
        ("Guard Corps/Corps des Gardiens", "", ["Guard Corps", "Corps des Gardiens"]),
        ("Pasdaran-e Eslami/GRI", "", ["Pasdaran-e Eslami/GRI"]),
        ("Центр (связи, учёта) 924", "", ["Центр (связи, учёта) 924"]),
        ("", "", []),
    ],
)
def test_the_alias_cell_is_taken_apart(cell: str, last_name: str, aliases: list[str]) -> None:
    assert list(split_aliases(cell, last_name)) == aliases


@given(st.text(alphabet='Аб Cd,;/()«»"or and:', max_size=40), st.sampled_from(["", "Cd"]))
def test_no_letter_of_an_alias_cell_is_lost(cell: str, last_name: str) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if char in "Аб")

    assert "".join(letters(alias) for alias in split_aliases(cell, last_name)) == letters(cell)


@pytest.mark.shared
def test_the_real_files_leave_nothing_unread(vintage) -> None:
    entries, audit = vintage
    assert not audit.unread
    assert len({entry.record_id for entry in entries}) == len(entries) in (1369, 4759)
    for entry in entries:
        assert entry.properties.keys() <= properties(entry.schema).keys()


@pytest.mark.shared
def test_a_person_s_single_word_alias_is_weak(vintage) -> None:
    entries, _ = vintage
    for entry in entries:
        if entry.schema == "Person":
            assert all(" " in alias for alias in entry.properties.get("alias", ()))


@pytest.mark.shared
def test_record_ids_name_the_same_party_in_both_vintages(shared) -> None:
    old, new = (
        {
            entry.record_id: {word.casefold() for word in entry.properties["name"][0].split()}
            for entry in read({"xml": Source.of_path("xml", shared(path))}, Audit())
        }
        for path in ("data/ca/sema_2020-10.xml.gz", "data/ca/sema_2025-03.xml.gz")
    )
    both = old.keys() & new.keys()
    assert len(both) > 1250
    renamed = {key for key in both if not old[key] & new[key]}
    assert renamed == {"ss:1", "ss:2"}, "only South Sudan's two items changed places"


@pytest.mark.shared
def test_the_newest_records_read_back_from_the_official_shape(shared) -> None:
    names = {
        "country": "Country",
        "last_name": "LastName",
        "given_name": "GivenName",
        "entity_or_ship": "EntityOrShip",
        "title_or_ship": "TitleOrShip",
        "ship_imo_number": "ShipIMONumber",
        "date_of_birth_or_ship_build_date": "DateOfBirthOrShipBuildDate",
        "schedule": "Schedule",
        "item": "Item",
        "date_of_listing": "DateOfListing",
    }
    with gzip.open(shared("data/ca/sema_2026-08-22.jsonl.gz"), "rt", encoding="utf-8") as lines:
        targets = [json.loads(line) for line in lines]
    unknown = {key for target in targets for key in target} - names.keys() - {"_file"}
    assert not unknown
    entries, audit = read_records(
        *(
            "".join(
                f"<{names[key]}>{value.replace('&', '&amp;').replace('<', '&lt;')}</{names[key]}>"
                for key, value in target.items()
                if key in names
            )
            for target in targets
        )
    )
    assert len(entries) == len(targets) == 5690
    assert not audit.unread


def test_bilingual_element_names_give_the_entries_of_the_english_ones() -> None:
    english = (
        "<Country>Russia / Russie</Country><LastName>Beispielov</LastName>"
        "<GivenName>Anton Petrovich</GivenName><Aliases>Антон Бейспилов; Anton B. Beispielov</Aliases>"
        "<DateOfBirthOrShipBuildDate>1970-09-12</DateOfBirthOrShipBuildDate>"
        "<Schedule>1, Part 1</Schedule><Item>1520</Item><DateOfListing>2025-06-13</DateOfListing>"
    )
    ship = (
        "<Country>Russia / Russie</Country><EntityOrShip>Example Tanker</EntityOrShip>"
        "<TitleOrShip>Tanker</TitleOrShip><ShipIMONumber> 9888182</ShipIMONumber>"
        "<Schedule>1.1</Schedule><Item>634</Item>"
    )
    french = {
        "Country": "Country-Pays",
        "LastName": "LastName-NomDeFamille",
        "GivenName": "Prenom-GivenName",
        "Aliases": "Aliases-Alias",
        "DateOfBirthOrShipBuildDate": "DateOfBirthOrShipBuildDate-DateDeNaissance",
        "Schedule": "Schedule-Annexe",
        "Item": "Item-NumeroDarticle",
        "DateOfListing": "DateOfListing-DateDinscription",
        "EntityOrShip": "EntityOrShip-EntiteOuNavire",
        "TitleOrShip": "TitleOrShipType-TitreOuTypeDeNavire",
        "ShipIMONumber": "ShipIMONumber-NumeroOMIDuNavire",
    }
    renamed = [english, ship]
    for name, both in french.items():
        for tag in (f"<{name}>", f"</{name}>"):
            renamed = [text.replace(tag, tag.replace(name, both)) for text in renamed]
    entries, audit = read_records(*renamed)
    assert entries == read_records(english, ship)[0]
    assert not audit.unread
    assert set(entries) == {"ru:1-part-1:1520", "ru:1.1:634"}


def test_a_ship_type_in_two_languages_is_two_types() -> None:
    entries, _ = read_records(
        "<Country>Iran</Country><EntityOrShip>A</EntityOrShip><Item>1</Item>"
        "<ShipIMONumber>9888182</ShipIMONumber>"
        "<TitleOrShipType-Titre>Tanker | Navire-citerne</TitleOrShipType-Titre>"
    )
    assert entries["ir:1"].properties["type"] == ("Tanker", "Navire-citerne")
