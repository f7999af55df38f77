"""OFAC's legacy CSV family, from the real files and from rows written out."""

from __future__ import annotations

import csv
import gzip
import io

import pytest

from limen.lists.audit import Audit
from limen.model import ListFormatError

FULL = "full_sets/2023-12-28"
ROW = '36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'


def raw_rows(path):
    data = path.read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("ascii")
    rows = csv.reader(io.StringIO(text.replace("\x1a", "")))
    return [row for row in rows if row and row[0].isdecimal()]


@pytest.mark.parametrize(
    ("files", "records"),
    [
        ({"sdn": "full_sets/2019-01-15/sdn.csv.gz"}, 7_379),
        ({"sdn": "full_sets/2022-01-21/sdn.csv.gz"}, 9_044),
        ({"sdn": "sdn/sdn_2024-05-03.csv.gz"}, 14_965),
        ({"sdn": "nonsdn/cons_prim_2025-03-26.csv"}, 443),
    ],
)
def test_every_record_is_read_and_nothing_is_left_unread(ofac, files, records):
    reading = ofac("ofac_legacy_csv", **files)
    assert len(reading.part("sdn")) == records
    assert not reading.audit.unread
    assert not reading.disallowed


def test_a_full_set_has_its_four_files_read(sdn):
    assert len(sdn.part("sdn")) == 13_821
    assert not sdn.audit.unread
    assert not sdn.disallowed


def test_the_consolidated_list_has_the_same_files(cons):
    assert len(cons.part("sdn")) == 442
    assert not cons.audit.unread
    assert not cons.audit.oddities
    assert not cons.disallowed


def test_pip_files_are_the_same_between_bars(ofac):
    folder = "formats/pip_2020-03"
    reading = ofac(
        "ofac_legacy_pip",
        sdn=f"{folder}/sdn.pip.gz",
        alt=f"{folder}/alt.pip.gz",
        add=f"{folder}/add.pip.gz",
    )
    assert len(reading.part("sdn")) == 8_100
    assert reading["306"].properties["weakAlias"] == ("BNC",)
    assert reading.part("alt")["36"].properties["alias"] == ("AERO-CARIBBEAN",)
    assert not reading.audit.unread
    assert not reading.disallowed


def test_every_alias_printed_is_found_under_its_record(sdn, shared):
    rows = raw_rows(shared(f"data/ofac/{FULL}/alt.csv.gz"))
    assert len(rows) == 17_091
    parts = sdn.part("alt")
    assert {(row[0], row[3]) for row in rows} == {
        (number, name)
        for number, entry in parts.items()
        for kind in ("alias", "previousName")
        for name in entry.properties.get(kind, ())
    }


def test_every_address_printed_is_found_under_its_record(sdn, shared):
    rows = raw_rows(shared(f"data/ofac/{FULL}/add.csv.gz"))
    assert len(rows) == 18_990
    parts = sdn.part("add")
    for number, _, street, city, country, _ in rows:
        said = parts[number].properties if number in parts else {}
        for words in (street, city):
            if words != "-0- ":
                assert any(words.strip() in line for line in said["address"])
        if country not in ("-0- ", "undetermined") and not country.startswith("Region:"):
            assert country in said["country"]


def test_a_person(sdn):
    person = sdn["16642"]
    assert person.schema == "Person"
    assert person.programmes == ("UKRAINE-EO13660",)
    assert person.properties == {
        "name": ("AKSYONOV, Sergey Valeryevich",),
        "birthDate": ("1972-11-26",),
        "birthPlace": ("Balti, Moldova",),
    }
    assert sdn.part("alt")["16642"].properties["alias"] == (
        "AKSYONOV, Serhiy Valeryevich",
        "AKSYONOV, Sergey",
        "AKSYONOV, Sergei",
        "AKSYONOV, Sergiy",
        "AKSENOV, Sergei",
    )
    assert "16642" not in sdn.part("add")


def test_a_ship_takes_what_stands_in_columns_and_what_stands_in_remarks(sdn):
    ship = sdn["15036"]
    assert ship.schema == "Vessel"
    assert ship.properties["callSign"] == ("T2EU4",)
    assert ship.properties["type"] == ("Crude/Oil Products Tanker",)
    assert ship.properties["tonnage"] == ("99,144",)
    assert ship.properties["grossRegisteredTonnage"] == ("56,068",)
    assert ship.properties["flag"] == ("Iran",)
    assert ship.properties["imoNumber"] == ("9187629",)
    assert ship.properties["pastFlags"] == ("Malta", "Tuvalu", "Tanzania")


def test_an_aircraft_and_a_company(sdn):
    assert sdn["15435"].schema == "Airplane"
    assert sdn["16681"].schema == "LegalEntity"


def test_a_function_is_a_position(sdn):
    assert sdn["20157"].properties["position"] == ("Chairman of the Workers' Party of Korea",)


def test_several_programmes_stand_between_brackets_turned_outwards(sdn):
    assert sdn["17013"].programmes == ("RUSSIA-EO14024", "UKRAINE-EO13662")


def test_a_remark_cut_in_a_word_goes_on_in_the_comments(sdn):
    aliases = sdn["27307"].properties["weakAlias"]
    assert "WHOIS HACKING TEAM" in aliases
    assert "APPLEWORM" in aliases


def test_a_cut_remark_without_its_comment_is_reported_and_its_fragment_is_no_name(ofac):
    alone = ofac("ofac_legacy_csv", sdn="sdn/sdn_2024-05-03.csv.gz")
    lazarus = alone["27307"].properties
    assert "THE NEW ROMANTIC CYBER ARMY TEAM" in lazarus["weakAlias"]
    assert lazarus["notes"][-1].startswith("a.k.a. 'WHOIS HACKIN")
    assert alone.audit.oddities["remarks cut at 1,000 characters, and no continuation"] == 18


def test_comments_older_than_the_list_are_reported(sdn):
    assert sdn.audit.oddities["a comment whose ent_num has no row"] == 3
    assert sdn.audit.oddities["remarks cut at 1,000 characters, and no continuation"] == 7


def test_a_comment_to_remarks_that_were_not_cut_is_a_note_and_joins_nothing(read_text):
    audit = Audit()
    row = ROW[: ROW.rindex("-0- ")] + '"Passport 123."\r\n'
    comments = '36,"456 (Cuba)."\r\n'
    (entry,) = read_text("ofac_legacy_csv", audit=audit, sdn=row, comments=comments)
    assert entry.properties["idNumber"] == ("123",)
    assert entry.properties["notes"] == ("456 (Cuba).",)
    assert audit.oddities == {"a comment to remarks that were not cut": 1}


def test_a_former_name_and_a_current_one(sdn):
    parts = sdn.part("alt")
    assert "IRAN OVERSEAS INVESTMENT BANK PLC" in parts["4642"].properties["previousName"]
    assert "NUEVO CONTINENTE S.A." in parts["8244"].properties["alias"]
    assert "NUEVO CONTINENTE S.A." in parts["8244"].extra["nka"]


def test_a_pseudo_country_is_address_and_no_country(sdn):
    crimean = sdn.part("add")["18961"].properties
    assert "Resort Nizhnyaya Oreanda, Oreanda, Yalta 08655, Region: Crimea" in crimean["address"]
    assert "Region: Crimea" not in crimean.get("country", ())


def test_an_address_is_one_line_and_a_country_alone_is_none(sdn):
    parts = sdn.part("add")
    assert (
        "Kirova / per. Sovnarkomovskaya, 52/1, Simferopol, Crimea 95000, Ukraine"
        in (parts["16736"].properties["address"])
    )
    assert all(
        line not in entry.properties.get("country", ())
        for entry in parts.values()
        for line in entry.properties.get("address", ())
    )


def test_a_renamed_programme_stands_under_todays_tag_and_keeps_the_printed_one(ofac):
    reading = ofac("ofac_legacy_csv", sdn="full_sets/2022-01-21/sdn.csv.gz")
    renamed = [each for each in reading.part("sdn").values() if "Program" in each.extra]
    assert len(renamed) == 25
    assert all("ILLICIT-DRUGS-EO14059" in each.programmes for each in renamed)
    assert {tag for each in renamed for tag in each.extra["Program"]} == {"ILLICIT-DRUGS-EO"}


def test_parts_are_read_where_the_leading_file_is_not_to_be_had(ofac):
    reading = ofac("ofac_legacy_csv", alt="full_sets/2026-06-02_no_sdn/alt.csv.gz")
    assert len(reading.part("alt")) == 8_766
    assert not reading.audit.oddities
    assert not reading.audit.unread


def test_a_heading_left_by_a_spreadsheet_is_reported_and_read_over(ofac):
    reading = ofac("ofac_legacy_csv", add="full_sets/2023-01-06/add.csv.gz")
    assert reading.audit.oddities == {"a line that is no record: a heading or an end mark": 2}
    assert all(number.isdecimal() for number in reading.part("add"))


def test_an_alias_of_nobody_is_kept_and_reported(read_text):
    audit = Audit()
    alt = '36,12,"aka","AERO-CARIBBEAN",-0- \r\n37,13,"aka","NOBODY",-0- \r\n\x1a'
    entries = read_text("ofac_legacy_csv", audit=audit, sdn=ROW, alt=alt)
    assert [(each.part, each.record_id) for each in entries] == [
        ("sdn", "36"),
        ("alt", "36"),
        ("alt", "37"),
    ]
    assert audit.oddities == {"a row whose ent_num is not in the leading file": 1}


@pytest.mark.parametrize(
    ("files", "where", "what"),
    [
        ({"sdn": ROW + '37,"X",-0- \r\n'}, "sdn.txt line 2", "3 columns where 12 are expected"),
        (
            {"sdn": ROW.replace("-0- ", '"submarine"', 1)},
            "sdn.txt line 1, column 3",
            "SDN type 'submarine' is not one of individual, entity, vessel, aircraft",
        ),
        (
            {"sdn": ROW, "alt": '36,12,"akaa","AERO-CARIBBEAN",-0- \r\n'},
            "alt.txt line 1, column 3",
            "alias type 'akaa' is not one of aka, fka, nka",
        ),
        ({"sdn": ROW + ROW}, "sdn.txt line 2", "ent_num 36 is given twice"),
        (
            {"sdn": ROW + ROW.replace("36", "thirty-six", 1)},
            "sdn.txt line 2, column 1",
            "ent_num 'thirty-six' is not a number",
        ),
        ({"sdn": ROW.replace('"CUBA"', '"CUBA')}, "sdn.txt line 1", "cannot be split"),
        ({"sdn": ROW.replace('"AEROCARIBBEAN AIRLINES"', "-0- ")}, "sdn.txt line 1", "no name"),
    ],
)
def test_a_broken_row_is_refused_with_its_place(read_text, files, where, what):
    with pytest.raises(ListFormatError) as refused:
        read_text("ofac_legacy_csv", **files)
    assert refused.value.where == where
    assert what in refused.value.what
