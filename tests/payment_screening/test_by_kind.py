"""Who and what is written in another place or form than its own element is found as well."""

from __future__ import annotations

import pytest
from tests.payment_messages import pacs008, transaction
from tests.worlds import Band, a_list, listed, registry, world

from limen.payment_screening.meant import can_name_place
from limen.payments import Element

NAME = "SERGEY VALERYEVICH AKSYONOV"
PARTIES = [
    listed("1", "Sergey Valeryevich Aksyonov", birthDate="1972-11-26"),
    listed("2", "Promsvyazbank", "Company", swiftBic="PRMSRUMM"),
    listed("3", "Bank Zaldastan", "Company"),
    listed("4", "Zaldastan Republic Shipping Lines", "Company"),
    listed("5", "Alliance", "Company"),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    lists = registry(a_list("us_ofac_sdn", "US", max_age_days=14, records=Band(min=1, max=10)))
    return world(tmp_path_factory.mktemp("kinds"), lists, {"us_ofac_sdn": {"2022-02-25": PARTIES}})


def decision(engine, **given):
    (answer,) = engine.screen_payment(
        pacs008(transaction(**given)), as_of="2022-03-01"
    ).transactions
    return answer.decision


def at(parts):
    return f"<PstlAdr>{parts}</PstlAdr>"


HELD = {
    "a line of the address": {"debtor_address": at(f"<AdrLine>{NAME}</AdrLine>")},
    "in care of, in a line": {"debtor_address": at(f"<AdrLine>C/O {NAME}</AdrLine>")},
    "street": {"debtor_address": at("<StrtNm>C/O BANK ZALDASTAN</StrtNm><Ctry>GB</Ctry>")},
    "building": {"debtor_address": at("<BldgNm>PROMSVYAZBANK</BldgNm><Ctry>GB</Ctry>")},
    "department": {"debtor_address": at("<Dept>PROMSVYAZBANK</Dept><Ctry>GB</Ctry>")},
    "over the lines": {
        "debtor": "ZALDASTAN",
        "debtor_address": at("<AdrLine>REPUBLIC</AdrLine><AdrLine>SHIPPING LINES</AdrLine>"),
    },
    "branch": {"creditor": "BANK ZALDASTAN ISTANBUL BRANCH 1234"},
    "with its town": {"creditor": "PROMSVYAZBANK MOSCOW"},
    "place in a street": {
        "debtor_address": at("<StrtNm>KIROVA 1 SIMFEROPOL</StrtNm><TwnNm>KYIV</TwnNm>")
    },
    "behind a legal form and a hyphen": {"creditor": "HELLO SARL - PROMSVYAZBANK"},
    "behind a legal form and a comma": {"creditor": "HELLO S.A.R.L., PROMSVYAZBANK"},
    "behind words that part names": {"creditor": "HELLO SARL OBO PROMSVYAZBANK"},
    "one word of a text": {"remittance": "PAYMENT TO PROMSVYAZBANK FOR PARTS"},
    "country in a text": {"remittance": "GOODS ORIGIN IRAN"},
    "country by its letters": {"remittance": "FREIGHT DPRK"},
    "account in a text": {"remittance": "TO IBAN IR580540105180021273113007"},
    "BIC in a text": {"remittance": "BIC MELIIRTHXXX"},
    "account of no form": {
        "more": "<CdtrAcct><Id><Othr><Id>IR580540105180021273113007</Id></Othr></Id></CdtrAcct>"
    },
    "country of reporting": {"more": "<RgltryRptg><Dtls><Ctry>IR</Ctry></Dtls></RgltryRptg>"},
}
PASSED = {
    "an ordinary word": {"remittance": "OUR ALLIANCE WITH CUSTOMERS"},
    "another country": {"remittance": "GOODS ORIGIN GERMANY BIC DEUTDEFF"},
    "an account elsewhere": {"remittance": "DE89370400440532013000"},
    "a longer name of a person": {"creditor": "SERGEY AKSYONOV MILLER"},
    "a legal form behind another": {"creditor": "VIELDAN CIE, SOCIETE ANONYME"},
    "an ordinary word behind a legal form": {"creditor": "HELLO SARL, ALLIANCE HOUSE"},
    "words of many": {"creditor": "HELLO SHIPPING LINES LTD"},
    "a street": {"debtor_address": at("<AdrLine>ALLIANCE STREET 5</AdrLine><Ctry>GB</Ctry>")},
    "a bracket": {"creditor": "HELLO MOTORS (I) PVT LTD"},
    "joint holders": {"creditor": "ANNA UNLISTED AND JOHN MILLER"},
}


@pytest.mark.parametrize("given", HELD.values(), ids=list(HELD))
def test_it_is_a_hold(engine, given):
    assert decision(engine, **given) == "hold"


@pytest.mark.parametrize("given", PASSED.values(), ids=list(PASSED))
def test_it_passes(engine, given):
    assert decision(engine, **given) == "pass"


def test_the_instant_channel_verifies_banks(engine):
    data = (
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.009.001.08"><FICdtTrf><GrpHdr>'
        b"<MsgId>1</MsgId></GrpHdr><CdtTrfTxInf><PmtId><EndToEndId>1</EndToEndId></PmtId><Dbtr>"
        b"<FinInstnId><BICFI>PRMSRUMM</BICFI></FinInstnId></Dbtr><Cdtr><FinInstnId><BICFI>BARCGB22"
        b"</BICFI></FinInstnId></Cdtr></CdtTrfTxInf></FICdtTrf></Document>"
    )
    answer = engine.screen_payment(data, channel="sct_inst", as_of="2022-03-01")
    assert answer.decision == "reject"


WORDS = (
    "OR", "AND", "UND", "ET", "FAO", "PP", "B/O", "FFC", "UBO", "&", "+", ",", "O/B", "OBO", "O/B OF", "I/F/O",
    "FOR ACCOUNT OF", "FURTHER CREDIT TO", "BENEF", "NOMINEE OF", "TRUSTEE FOR", "IN FAVOUR OF",
    "A FAVOR DE", "IM AUFTRAG VON", "NEBO", "LUB", "VEYA",
)  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_second_name_is_read_behind_a_word(engine, word):
    assert decision(engine, creditor=f"JOHN MILLER {word} {NAME}") == "hold"


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("name", "HELLO TRADING SIMFEROPOL", True),
        ("name", "ROYA SADAT", False),
        ("street", "CRIMEA", True),
        ("address_line", "SIMFEROPOL", False),
        ("town", "SIMFEROPOL", False),
        ("unstructured", "GOODS", True),
    ],
)
def test_places_are_searched_in_lines_where_one_can_count(kind, text, expected):
    element = Element("Cdtr", "creditor", kind, text, (0, len(text)), use="text")
    assert can_name_place(element) is expected
