"""MT fields by their options, and what becomes of parties as FollowTheMoney."""

from __future__ import annotations

import pytest
from tests.payments.messages import document, fin, only, read, transfer

from limen.payments import as_party, name_variants
from limen.payments.transliterated import from_rur


def party(field: str, kind: str = "103"):
    _, transaction = only(fin(":20:R", ":32A:260115EUR1,", field, kind=kind))
    return transaction.parties[0]


@pytest.mark.parametrize(
    ("field", "kinds"),
    [
        (":50A:/123\nBANKDEFFXXX", [("account", "123"), ("bic", "BANKDEFFXXX")]),
        (":50K:/123\nANNA EXAMPLE\nHIGH ST 1", [("account", "123"), ("name", "ANNA EXAMPLE"), ("address_line", "HIGH ST 1")]),
        (":50K:ANNA EXAMPLE", [("name", "ANNA EXAMPLE")]),
        (":50C:BANKDEFF", [("bic", "BANKDEFF")]),
        (":50L:ANNA", [("name", "ANNA")]),
        (":59:/1\nGAZPROMBANK\nDUBAI", [("account", "1"), ("name", "GAZPROMBANK"), ("address_line", "DUBAI")]),
        (":59:GARANTEX", [("name", "GARANTEX")]),
        (":50K:GARANTEX", [("name", "GARANTEX")]),
        (":57A:sabrrumm", [("bic", "sabrrumm")]),
        (":57D:GAZPROMBANK", [("name", "GAZPROMBANK"), ("bic", "GAZPROMBANK")]),
        (":52A:/C/55\nBANKDEFF", [("account", "55"), ("bic", "BANKDEFF")]),
        (":53B:/55\nLONDON", [("account", "55"), ("address_line", "LONDON")]),
        (":57C://SC123456", [("clearing_member", "SC123456")]),
        (":57D://SC123456\nSOME BANK\nLONDON", [("clearing_member", "SC123456"), ("name", "SOME BANK"), ("address_line", "LONDON")]),
        (":59F:/9\n1/ANNA\n1/EXAMPLE\n2/HIGH ST\n3/GB/EPPING", [
            ("account", "9"), ("name", "ANNA"), ("name", "EXAMPLE"), ("address_line", "HIGH ST"),
            ("country", "GB"), ("town", "EPPING")]),
        (":50F:CCPT/GB/12345\n1/ANNA\n4/19620115\n5/GB/YORK", [
            ("number", "12345"), ("name", "ANNA"), ("birth_date", "1962-01-15"),
            ("birth_country", "GB"), ("birth_place", "YORK")]),
        (":50F:/9\n1/ANNA\n6/GB/A BANK/77\n7/GB/88", [
            ("account", "9"), ("name", "ANNA"), ("number", "77"), ("number", "88")]),
        (":50F:/9\n1/ANNA\nEXAMPLE", [("account", "9"), ("name", "ANNA"), ("name", "EXAMPLE")]),
    ],
)  # fmt: skip
def test_a_party_field_is_read_by_its_option(field, kinds):
    assert [(each.kind, each.text) for each in party(field).elements] == kinds


def test_the_numbers_of_a_party_have_their_scheme_and_country():
    elements = party(":50F:NIDN/DE/77\n1/ANNA").elements
    assert [(each.scheme, each.country) for each in elements[:1]] == [("NIDN", "DE")]
    wire = as_party(party(":50F:CCPT/GB/12345\n1/ANNA\n4/19620115"))
    assert wire["schema"] == "Person"
    assert wire["properties"]["passportNumber"] == ["12345"]
    assert wire["properties"]["birthDate"] == ["1962-01-15"]
    assert wire["properties"]["country"] == ["GB"]


FULL = "INTERNATIONAL TRADING AND SHIPPING "  # 35 characters, the last a blank
CUT = "ISLAMIC REPUBLIC OF IRAN SHIPPING L"


@pytest.mark.parametrize(
    ("lines", "variants"),
    [
            (["BANK", "ROSSIYA"], ["BANK", "BANK ROSSIYA"]),
        (["BANK", "HIGH ST 1"], ["BANK"]),
        (["BANK ROSS+", "2 HIGH ST"], ["BANK ROSS+", "BANK ROSS2 HIGH ST", "BANK ROSS 2 HIGH ST"]),
        (["NOTPROVIDED", "1 HIGH ST"], []),
        (["OOO RAZxoMY"], ["OOO RAZxoMY", "ООО РАЗЪЁМЫ"]),
    ],
)  # fmt: skip
def test_a_name_that_may_go_on_in_the_next_line_is_also_joined_with_it(lines, variants):
    assert list(name_variants(party(":59:/1\n" + "\n".join(lines)))) == variants


def test_a_cut_name_of_xml_is_joined_with_the_first_line():
    name = ("A" * 139) + " "
    inside = f"<Dbtr><Nm>{'A' * 140}</Nm><PstlAdr><AdrLine>BCD</AdrLine></PstlAdr></Dbtr>"
    _, transaction = only(document(transfer(inside)))
    assert transaction.parties[0].elements[0].cut_at == 140
    assert "A" * 140 + "BCD" in name_variants(transaction.parties[0])
    assert len(name) == 140


def test_a_number_of_xml_gets_the_property_of_its_scheme():
    inside = (
        "<Dbtr><Nm>Anna</Nm><Id><PrvtId><Othr><Id>77</Id><SchmeNm><Cd>CCPT</Cd></SchmeNm></Othr>"
        "<Othr><Id>88</Id><SchmeNm><Cd>CUST</Cd></SchmeNm></Othr></PrvtId></Id></Dbtr>"
        "<DbtrAcct><Id><Othr><Id>1BoatSLRHtKNngkdXEeobR76b53LETtpyT</Id></Othr></Id>"
        "<Prxy><Tp><Cd>EMAL</Cd></Tp><Id>a@b.example</Id></Prxy></DbtrAcct>"
    )
    wire = as_party(only(document(transfer(inside)))[1].parties[0])["properties"]
    assert wire["passportNumber"] == ["77"]
    assert wire["email"] == ["a@b.example"]
    assert wire["cryptoAddress"] == ["1BoatSLRHtKNngkdXEeobR76b53LETtpyT"]
    assert "88" not in str(wire)


VTB = {"registrationNumber": ["044525187"]}


@pytest.mark.parametrize(
    ("field", "properties"),
    [
        (":57C://RU044525187", VTB),
        (":57D://RU044525187.", VTB),
        (":57A://RU044525187", VTB),
        (":56C:/RU044525187", VTB),
        (":57C://044525187", VTB),
        (":59:/044525187", {}),  # an account of a customer
        (":57C://SC044525", {}),
        (":50F:CUST/RU/7707083893", {"idNumber": ["7707083893"], "country": ["RU"]}),
        (":50F:CUST/RU/7707083894", {"country": ["RU"]}),  # not by its check digit
        (":59:/INN7706107510", {"idNumber": ["7706107510"]}),
        (":59:/1BoatSLRHtKNngkdXEeob\nR76b53LETtpyT", {"cryptoAddress": ["1BoatSLRHtKNngkdXEeobR76b53LETtpyT"], "name": ["R76b53LETtpyT"]}),
    ],
)  # fmt: skip
def test_the_numbers_of_an_mt_party_have_the_property_of_lists(field, properties):
    assert as_party(party(field)).get("properties", {}) == properties


@pytest.mark.parametrize(
    ("inside", "properties"),
    [
        ("<DbtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>RUCBC</Cd></ClrSysId><MmbId>RU044525187</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>", VTB),
        ("<Dbtr><Id><OrgId><Othr><Id>INN 7706107510</Id></Othr></OrgId></Id></Dbtr>", {"idNumber": ["7706107510"]}),
        ("<Dbtr><Id><OrgId><Othr><Id>BANK ROSSIYA</Id></Othr></OrgId></Id></Dbtr>", {"name": ["BANK ROSSIYA"], "idNumber": ["BANK ROSSIYA"]}),
    ],
)  # fmt: skip
def test_the_numbers_of_an_xml_party_have_the_property_of_lists(inside, properties):
    assert as_party(only(document(transfer(inside)))[1].parties[0])["properties"] == properties


def test_a_long_name_may_have_been_cut_at_any_length():
    long, short = "JOINT STOCK COMPANY FOR AVIATIO", "JOINT STOCK COMPANY FOR AVIAT"
    for text, cut in ((long, 31), (short, None)):
        xml = only(document(transfer(f"<Dbtr><Nm>{text}</Nm></Dbtr>")))[1].parties[0]
        assert xml.elements[0].cut_at == cut
        assert bool(party(f":59:{text}").elements[0].cut_at) == bool(cut)


def test_the_span_of_a_sender_is_its_bic():
    message, _ = only(fin(":20:R", ":50K:A", ":59:B"))
    (sender, _) = message.parties
    start, end = sender.elements[0].span
    assert fin()[start:end] == sender.elements[0].text == "BANKDEFF"


def test_an_address_is_given_by_its_parts_and_by_its_lines():
    inside = (
        "<Dbtr><Nm>Anna</Nm><PstlAdr><TwnNm>Epping</TwnNm><Ctry>GB</Ctry>"
        "<AdrLine>Simferopol</AdrLine></PstlAdr></Dbtr>"
    )
    wire = as_party(only(document(transfer(inside)))[1].parties[0])["properties"]
    assert [each["properties"] for each in wire["addressEntity"]] == [
        {"city": ["Epping"], "country": ["GB"]},
        {"full": ["Simferopol, Epping, GB"]},
    ]


def test_an_mt101_has_a_transaction_for_each_sequence_and_what_is_above_them_in_each():
    raw = fin(
        ":20:R", ":28D:1/1", ":50H:/1\nDEBTOR", ":30:260115", ":21:A", ":32B:EUR1,", ":59:/2\nONE",
        ":21:B", ":32B:EUR2,5", ":59:/3\nTWO", kind="101",
    )  # fmt: skip
    ((_, transactions),) = read(raw)
    assert [each.references["21"] for each in transactions] == ["A", "B"]
    assert [each.amount for each in transactions] == ["1", "2.5"]
    assert [[p.values("name")[0] for p in each.parties] for each in transactions] == [
        ["DEBTOR", "ONE"], ["DEBTOR", "TWO"],
    ]  # fmt: skip


def test_a_cover_payment_has_two_sequences():
    raw = fin(
        ":20:R", ":21:X", ":32A:260115EUR1,", ":52A:BANKDEFF", ":58A:BANKGB2L", ":50K:/1\nANNA",
        ":52A:BANKFRPP", ":59:/2\nBOB", kind="202", block_3="{3:{119:COV}}",
    )  # fmt: skip
    message, transaction = only(raw)
    assert message.kind == "MT202COV"
    assert transaction.is_read
    assert [(p.role, p.kind) for p in transaction.parties] == [
        ("debtor", "institution"), ("creditor", "institution"), ("debtor", "customer"),
        ("debtor_agent", "institution"), ("creditor", "customer"),
    ]  # fmt: skip


def test_a_statement_without_blocks_has_an_entry_a_line_and_its_text_in_parts():
    raw = (
        ":20:S1\r\n:25:DE1/2\r\n:60F:C260115EUR100,\r\n:61:2601150115C10,50NTRFNONREF//B1\r\n"
        ":86:166?00GUTSCHRIFT?20RECHNUNG 7?32ANNA?33EXAMPLE\r\n:61:260116D1,NTRFX\r\n:86:FEE\r\n"
        ":62F:C260116EUR109,50\r\n-\r\n:20:S2\r\n:25:DE3\r\n:60F:C260115EUR1,\r\n:62F:C260115EUR1,\r\n-\r\n"
    )
    (first, entries), (second, rest) = read(raw)
    assert (first.kind, second.kind) == ("MT940", "MT940")
    assert [(each.position, each.amount, each.date) for each in entries] == [
        (1, "10.50", "2026-01-15"), (2, "1", "2026-01-16"), (0, "", ""),
    ]  # fmt: skip
    texts = [each.text for text in entries[0].texts for each in text.elements]
    assert texts[-4:] == ["GUTSCHRIFT", "RECHNUNG 7", "ANNA", "EXAMPLE"]
    assert [each.position for each in rest] == [0]


def test_screening_information_and_acknowledgements_are_in_the_header():
    ack = "{1:F21BANKDEFFAXXX0000000000}{4:{177:2601150717}{451:0}}"
    raw = ack + fin(":20:R", ":50K:A", ":59:B", block_3="{3:{433:/AOK/NO HIT DETECTED}{119:STP}}")
    ((message, _),) = read(raw)
    assert message.kind == "MT103STP"
    kinds = {each.path: (each.kind, each.text) for each in message.header}
    assert kinds["3/433"] == ("screening_information", "/AOK/NO HIT DETECTED")
    assert kinds["ack/4/451"] == ("code", "0")
    assert [(each.role, each.values("bic")) for each in message.parties] == [
        ("sender", ("BANKDEFF",)), ("receiver", ("BANKGB2L",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "cyrillic"),
    [
        ("RAZxoMY eLEKTRIcESKIE", "РАЗЪЁМЫ ЭЛЕКТРИЧЕСКИЕ"),
        ("OOO 'ACME' TOcKA", "ООО ACME ТОЧКА"),
        ("Bank of Rossiya", ""),
        ("ANNA EXAMPLE", ""),
    ],
)
def test_swift_rur_is_read_back(written, cyrillic):
    assert from_rur(written) == cyrillic


def texts(raw: str) -> list[str]:
    return [each.text for text in only(raw)[1].texts for each in text.elements]


@pytest.mark.parametrize(
    "inside",
    [
        "<PmtId><EndToEndId>{}</EndToEndId></PmtId>",
        "<PmtTpInf><LclInstrm><Prtry>{}</Prtry></LclInstrm></PmtTpInf>",
        "<Dbtr><Nm>Anna</Nm><Id><OrgId><Othr><Id>77</Id><Issr>{}</Issr></Othr></OrgId></Id></Dbtr>",
        "<Dbtr><Nm>Anna</Nm><Foo>{}</Foo></Dbtr>",
        "<DbtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Prtry>{}</Prtry></ClrSysId></ClrSysMmbId></FinInstnId></DbtrAgt>",
        "<RmtInf><Strd><CdtrRefInf><Ref>{}</Ref></CdtrRefInf></Strd></RmtInf>",
        "<RmtInf><Strd><RfrdDocInf><Tp><CdOrPrtry><Prtry>{}</Prtry></CdOrPrtry></Tp></RfrdDocInf></Strd></RmtInf>",
        "<SplmtryData><Envlp><Val>{}</Val></Envlp></SplmtryData>",
        "<SplmtryData><Envlp><Tp><Cd>{}</Cd></Tp></Envlp></SplmtryData>",
    ],
)  # fmt: skip
def test_what_someone_may_write_words_into_is_text(inside):
    assert texts(document(transfer(inside.format("BANK ROSSIYA")))) == ["BANK ROSSIYA"]
    assert texts(document(transfer(inside.format("IMO 9187629")))) == ["IMO 9187629"]
    assert texts(document(transfer(inside.format("4711")))) == []


def test_a_reference_of_an_mt_is_text_where_it_has_a_word():
    assert texts(fin(":20:ROSSIYA1", ":50K:A", ":59:B")) == ["ROSSIYA1"]
    assert texts(fin(":20:RF2026-1", ":50K:A", ":59:B")) == []
    assert texts(fin(":20:1", ":50F:/9\n1/ANNA\n6/GB/A BANK/77", ":59:B")) == ["A BANK"]
