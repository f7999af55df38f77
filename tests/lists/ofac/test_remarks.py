"""OFAC's remarks: every item goes where it can be compared, and no word is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.lists.audit import Audit
from limen.lists.readers.ofac.draft import OfacDraft
from limen.lists.readers.ofac.kinds import split_item, table
from limen.lists.readers.ofac.remarks import read_remarks
from limen.model import Entry


def read(remarks: str, schema: str = "Person", *, cut: bool = False, audit: Audit | None = None):
    draft = OfacDraft("1", schema, where="sdn.csv line 1", audit=audit or Audit())
    draft.add("name", "NAME")
    read_remarks(draft, remarks, cut=cut)
    return draft.entry()


@pytest.mark.parametrize(
    ("item", "dates"),
    [
        ("DOB 12 Mar 1965", ("1965-03-12",)),
        ("DOB 1965", ("1965",)),
        ("DOB Mar 1965", ("1965-03",)),
        ("DOB circa 1965", ("1964", "1965", "1966")),
        ("DOB 1965 to 1967", ("1965", "1966", "1967")),
        ("DOB 01 Jan 1965 to 31 Dec 1967", ("1965", "1966", "1967")),
        ("DOB Mar 1965 to May 1965", ("1965",)),
        ("DOB circa 1979-1982", ("1979", "1980", "1981", "1982")),
    ],
)
def test_a_birth_date_in_every_shape_ofac_prints(item, dates):
    assert read(f"{item}.").properties["birthDate"] == dates


def test_an_uncertain_birth_date_keeps_its_words():
    assert read("DOB 12 Mar 1965; alt. DOB circa 1966.").extra["DOB"] == ("circa 1966",)


def test_what_is_no_date_is_kept_and_reported():
    audit = Audit()
    entry = read("DOB the year of the great flood.", audit=audit)
    assert entry.extra["DOB"] == ("the year of the great flood",)
    assert audit.oddities == {"DOB is not a date": 1}


def test_a_person_in_full():
    entry = read(
        "DOB 12 Mar 1971; POB Riyadh, Saudi Arabia; nationality Palestinian; citizen Jordan; "
        "Gender Male; Passport 484824 (Egypt) issued 18 Jan 1984; alt. Passport 92/664 (Egypt); "
        "SSN 523-33-8386 (United States); a.k.a. 'ABU ZUBAIDA'; Linked To: AL QA'IDA."
    )
    assert entry.properties == {
        "name": ("NAME",),
        "birthDate": ("1971-03-12",),
        "birthPlace": ("Riyadh, Saudi Arabia",),
        "nationality": ("Palestinian",),
        "citizenship": ("Jordan",),
        "gender": ("male",),
        "passportNumber": ("484824", "92/664"),
        "socialSecurityNumber": ("523-33-8386",),
        "weakAlias": ("ABU ZUBAIDA",),
    }
    assert entry.extra == {
        "Passport": ("484824 (Egypt) issued 18 Jan 1984", "92/664 (Egypt)"),
        "SSN": ("523-33-8386 (United States)",),
        "linkedTo": ("AL QA'IDA",),
    }


@pytest.mark.parametrize(
    ("item", "number"),
    [
        ("National ID No. D489833(9) (Hong Kong)", "D489833(9)"),
        ("Identification Number CNIC: 35202-5400413-9 (Pakistan)", "35202-5400413-9"),
        ("National ID No. 1372584, Kenya", "1372584"),
        ("Personal ID Card 7020783883", "7020783883"),
        ("Driver's License No. 3284670 expires 21 Aug 2017", "3284670"),
        ("C.U.R.P. # HESU430525HBCRMR13 (Mexico)", "HESU430525HBCRMR13"),
    ],
)
def test_an_identity_document_gives_its_bare_number(item, number):
    entry = read(item)
    assert entry.properties["idNumber"] == (number,)
    assert item in f"{next(iter(entry.extra))} {next(iter(entry.extra.values()))[0]}"


def test_a_passport_without_a_number_is_a_note():
    entry = read("Passport issued 21 Jun 1992 in Amman, Jordan.")
    assert entry.properties["notes"] == ("Passport issued 21 Jun 1992 in Amman, Jordan",)
    assert "passportNumber" not in entry.properties


def test_a_passport_printed_for_a_company_is_an_id_number_there():
    assert read("Passport 484824 (Egypt).", "LegalEntity").properties["idNumber"] == ("484824",)


def test_russian_registers_are_known_by_label_country_and_length():
    entry = read(
        "Registration ID 1027800000084 (Russia); Tax ID No. 7831000122 (Russia); "
        "Government Gazette Number 09804148 (Russia); alt. Tax ID No. 7831000122 (Serbia).",
        "LegalEntity",
    )
    assert entry.properties["ogrnCode"] == ("1027800000084",)
    assert entry.properties["innCode"] == ("7831000122",)
    assert entry.properties["okpoCode"] == ("09804148",)
    assert entry.properties["taxNumber"] == ("7831000122",)
    assert entry.properties["registrationNumber"] == ("1027800000084", "09804148")


def test_a_company():
    entry = read(
        "SWIFT/BIC ROSYRU2P; Website www.abr.ru; Email Address bank@abr.ru; Phone Number 7812335; "
        "Legal Entity Number 253400V1H6ART1UQ0N98 (Russia); Organization Established Date "
        "17 Oct 1990; Organization Type: Central banking; Target Type Financial Institution; "
        "Nationality of Registration Russia; V.A.T. Number BG 121024920 (Bulgaria).",
        "LegalEntity",
    )
    said = {name: values for name, values in entry.properties.items() if name != "name"}
    assert said == {
        "swiftBic": ("ROSYRU2P",),
        "website": ("www.abr.ru",),
        "email": ("bank@abr.ru",),
        "phone": ("7812335",),
        "leiCode": ("253400V1H6ART1UQ0N98",),
        "incorporationDate": ("1990-10-17",),
        "sector": ("Central banking",),
        "jurisdiction": ("Russia",),
        "vatCode": ("BG 121024920",),
    }
    assert entry.extra["Target Type"] == ("Financial Institution",)


def test_a_ship():
    entry = read(
        "Former Vessel Flag Malta; alt. Former Vessel Flag None Identified; MMSI 572469210; "
        "Vessel Year of Build 1999; Vessel Registration Identification IMO 9187629; "
        "alt. Vessel Registration Identification 8606173; f.k.a. 'ALPHA'.",
        "Vessel",
    )
    assert entry.properties["imoNumber"] == ("9187629", "8606173")
    assert entry.properties["mmsi"] == ("572469210",)
    assert entry.properties["pastFlags"] == ("Malta",)
    assert entry.properties["buildDate"] == ("1999",)
    assert entry.properties["weakAlias"] == ("ALPHA",)
    assert entry.extra["fka"] == ("ALPHA",)
    assert entry.extra["Former Vessel Flag"] == ("None Identified",)


def test_the_imo_number_of_a_shipping_company_is_a_registration():
    entry = read("Company Number IMO 5055293.", "LegalEntity")
    assert entry.properties["registrationNumber"] == ("5055293",)


def test_an_aircraft():
    entry = read(
        "Aircraft Construction Number (also called L/N or S/N or F/N) 2101; Aircraft Manufacture "
        "Date 1998; Aircraft Model An-74T-200; Aircraft Operator YAS AIR; Aircraft Manufacturer's "
        "Serial Number (MSN) 3654701211048; Aircraft Mode S Transponder Code 7342B3.",
        "Airplane",
    )
    assert entry.properties["serialNumber"] == ("2101", "3654701211048")
    assert entry.properties["model"] == ("An-74T-200",)
    assert entry.properties["buildDate"] == ("1998",)
    assert entry.properties["icaoCode"] == ("7342B3",)
    assert entry.extra["Aircraft Operator"] == ("YAS AIR",)


def test_a_wallet_keeps_its_currency():
    entry = read(
        "Digital Currency Address - ETH 0x098B716B8Aaf21512996dC57EB0615e2383E2f96; "
        "alt. Digital Currency Address - XBT 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h."
    )
    eth = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
    xbt = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"
    assert entry.properties["cryptoAddress"] == (eth, xbt)
    assert entry.extra["Digital Currency Address - ETH"] == (eth,)
    assert entry.extra["Digital Currency Address - XBT"] == (xbt,)


def test_a_weak_alias_may_hold_an_apostrophe():
    assert read("a.k.a. 'ABU-'UMAR'.").properties["weakAlias"] == ("ABU-'UMAR",)


def test_what_a_directive_says_is_kept_under_ofacs_label():
    entry = read(
        "Executive Order 13662 Directive Determination - Subject to Directive 1; Listing Date "
        "(EO 14024 Directive 1a): 22 Feb 2022; Effective Date (EO 14024 Directive 1a): 01 Mar "
        "2022; Secondary sanctions risk: section 1(b) of Executive Order 13224, as amended by "
        "Executive Order 13886; Additional Sanctions Information - Subject to Secondary Sanctions.",
        "LegalEntity",
    )
    assert entry.extra == {
        "Executive Order 13662 Directive Determination": ("Subject to Directive 1",),
        "Listing Date (EO 14024 Directive 1a)": ("22 Feb 2022",),
        "Effective Date (EO 14024 Directive 1a)": ("01 Mar 2022",),
        "Secondary sanctions risk": (
            "section 1(b) of Executive Order 13224, as amended by Executive Order 13886",
        ),
        "Additional Sanctions Information": ("Subject to Secondary Sanctions",),
    }


def test_free_text_is_a_note():
    entry = read("wife of Izzat Ibrahim Al-Duri; Member ETA; all offices worldwide.")
    assert entry.properties["notes"] == (
        "wife of Izzat Ibrahim Al-Duri",
        "Member ETA",
        "all offices worldwide",
    )


def test_the_full_stop_of_an_abbreviation_stays():
    linked = read("Linked To: GRUPO IMPERGOZA, S.A. DE C.V.").extra["linkedTo"]
    assert linked == ("GRUPO IMPERGOZA, S.A. DE C.V.",)
    assert read("Linked To: HIZBALLAH.").extra["linkedTo"] == ("HIZBALLAH",)


def test_a_number_is_not_taken_from_the_fragment_at_a_cut():
    entry = read("a.k.a. 'ZINC'; Digital Currency Address - XBT 12QtD5BFwRs", cut=True)
    assert "cryptoAddress" not in entry.properties
    assert entry.properties["notes"] == ("Digital Currency Address - XBT 12QtD5BFwRs",)


def test_a_new_kind_of_number_is_reported_and_kept():
    audit = Audit()
    entry = read("Galactic Citizen No. 42-B (Mars).", audit=audit)
    assert entry.properties["notes"] == ("Galactic Citizen No. 42-B (Mars)",)
    assert audit.oddities == {"a remark that looks like a number under an unknown label": 1}


LABELS = sorted(
    {
        label
        for section in (
            table().documents,
            table().words,
            table().dates,
            table().birth_dates,
            table().countries,
            table().genders,
            table().links,
        )
        for labels in section.values()
        for label in labels
        if "*" not in label
    }
    | {label for label in table().unmapped if "*" not in label}
)
WORDS = st.text(
    alphabet=st.characters(codec="ascii", min_codepoint=32, exclude_characters=";"), max_size=40
)
ITEMS = st.one_of(
    WORDS,
    st.builds("{} {}".format, st.sampled_from(LABELS), WORDS),
    st.builds("{}. '{}'".format, st.sampled_from(["a.k.a", "f.k.a", "n.k.a"]), WORDS),
    st.builds("{} {} ({}) issued 01 Jan 2001".format, st.sampled_from(LABELS), WORDS, WORDS),
)
REMARKS = st.lists(st.builds("{}{}".format, st.sampled_from(["", "alt. "]), ITEMS), max_size=8)


@given(items=REMARKS, schema=st.sampled_from(["Person", "LegalEntity", "Vessel", "Airplane"]))
def test_no_remark_ever_fails_or_loses_a_word(items, schema):
    entry = read("; ".join(items) + ".", schema)
    kept = all_words(entry)
    for item in items:
        plain = item.strip().removeprefix("alt. ")
        found = split_item(plain)
        words = found[1] if found else plain
        assert words_of(words) <= kept | words_of("a.k.a. f.k.a. n.k.a.")


@given(cut=st.integers(1, 300))
def test_a_cut_anywhere_in_a_remark_loses_no_word(cut):
    whole = (
        "DOB circa 1965; Passport 484824 (Egypt) issued 18 Jan 1984; a.k.a. 'ABU-'UMAR'; "
        "Linked To: GRUPO IMPERGOZA, S.A. DE C.V.; SWIFT/BIC ROSYRU2P; wife of somebody; "
        "Secondary sanctions risk: section 1(b) of Executive Order 13224; Member ETA."
    )[:cut]
    kept = all_words(read(whole, cut=True))
    for item in whole.split("; ")[:-1]:
        found = split_item(item)
        assert words_of(found[1] if found else item) <= kept | words_of("a.k.a.")


def all_words(entry: Entry) -> set[str]:
    said = [*entry.properties.values(), *entry.extra.values()]
    return words_of(" ".join(value for values in said for value in values))


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
