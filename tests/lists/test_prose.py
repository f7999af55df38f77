"""Numbers and wallets in prose become identifiers, and a person gets no company's."""

import json
from gzip import open as unpacked

import pytest
from benchmarks.lists.official.ch import write_xml

from limen.lists.audit import Audit
from limen.lists.parsing.draft import Draft
from limen.lists.parsing.prose import add_numbers, labelled_numbers, wallet_addresses
from limen.lists.readers.ch.seco import read as read_swiss
from limen.lists.source import Source

UK_WALLETS = (
    "owned or controlled by AYASH: (1) ETH: 0x175d44451403Edf28469dF03A9280c1197ADb92c (2) BNB:  "
    "0x175d44451403Edf28469dF03A9280c1197ADb92c (3) USDT:  TGJVc32ig2u8tQsYMLE7KXHT5NDQroaVNU (10) "
    "BTC: 3Q8H2ZWMtc4R1M3mkmhnTjCoYKTeCFigDP The Director Disqualification Sanction was imposed."
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Passport no.: a) Indian number A-333602, issued on 4 Jun. 1985 b) OR1961825",
         [("passportNumber", "A-333602"), ("passportNumber", "OR1961825")]),
        ("National identification no.: na Address: na Listed on: 25 Jan. 2001", []),
        ("Owner of the ship. IMO number: 5985863.", [("imoNumber", "5985863")]),
        ("SWIFT/BIC: ROSYRU2P; Tax ID No.: 7831000122 (Russia)",
         [("swiftBic", "ROSYRU2P"), ("taxNumber", "7831000122")]),
        ("Spanish Identity Card No: 15.841.101. Of ETA.", [("idNumber", "15.841.101")]),
        ("OGRN: 1057749205942; KPP: 772601001 The Director Disqualification Sanction was imposed",
         [("ogrnCode", "1057749205942"), ("kppCode", "772601001")]),
        ("Federal Employer Identification Number (United States of America): 36-3804626. Review",
         [("taxNumber", "36-3804626")]),
        ("International Maritime Organization (IMO) Number: 1790183.", [("imoNumber", "1790183")]),
        ("Registered company number: 02150590. Last known directors: Hana Paul JON",
         [("registrationNumber", "02150590")]),
        ("It is part of BICENTENARIO, which was registered in 2010.", []),
        ("Director of the Passport and Visa Department, resolution 1822 (2008)", []),
    ],
)  # fmt: skip
def test_a_number_follows_its_label(text, found):
    assert labelled_numbers(text) == tuple(found)


def test_wallets_are_read_as_printed_and_each_once():
    assert wallet_addresses(UK_WALLETS) == (
        "0x175d44451403Edf28469dF03A9280c1197ADb92c",
        "TGJVc32ig2u8tQsYMLE7KXHT5NDQroaVNU",
        "3Q8H2ZWMtc4R1M3mkmhnTjCoYKTeCFigDP",
    )
    turkish = "İran: USDT TXmVpin5vq5gdZsciyyjdZgKRUju4st1wM end"
    assert wallet_addresses(turkish) == ("TXmVpin5vq5gdZsciyyjdZgKRUju4st1wM",)
    assert not wallet_addresses("https://www.interpol.int/en/How-we-work/Notices/View-UN-Notices")


@pytest.mark.parametrize(
    ("schema", "numbers"),
    [
        ("Organization", {"swiftBic": ("KUDBKPPY",), "innCode": ("7718813855", "771881385512")}),
        ("Person", {"innCode": ("771881385512",)}),
    ],
)
def test_a_text_about_a_person_gives_it_no_number_of_a_company(schema, numbers):
    draft = Draft("1", schema, where="list.csv line 1")
    draft.add("name", "Anton")
    add_numbers(draft, "He directs a bank (SWIFT: KUDBKPPY, INN: 7718813855). INN 771881385512")
    assert draft.entry().properties == {"name": ("Anton",), **numbers}


def test_seco_gives_a_bank_its_bic_and_a_company_its_number():
    identity = (
        '<identity main="true"><name name-type="primary-name" quality="good"><name-part order="1" '
        'name-part-type="whole-name"><value>A</value></name-part></name></identity>'
    )
    about = "<other-information>SWIFT/BIC: SABRRUMM; OGRN: 1027700132195</other-information>"
    attribute = '<generic-attribute name="Registration number">1027700132195</generic-attribute>'
    xml = write_xml(f'<target ssid="5"><entity>{identity}{about}</entity>{attribute}</target>')
    audit = Audit()
    (entry,) = read_swiss({"xml": Source.of_bytes("xml", xml, name="seco.xml")}, audit)
    assert entry.properties["swiftBic"] == ("SABRRUMM",)
    assert entry.properties["ogrnCode"] == ("1027700132195",)
    assert entry.properties["registrationNumber"] == ("1027700132195",)
    assert not audit.unread


@pytest.mark.shared
def test_every_wallet_of_the_uk_list_is_read(shared):
    with unpacked(shared("data/uk/uksl_2026-08-22.jsonl.gz"), "rt", encoding="utf-8") as lines:
        texts = [json.loads(line).get("other_information") or "" for line in lines]
    assert sum(len(wallet_addresses(text)) for text in texts) == 21
