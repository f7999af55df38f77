"""Numbers and addresses of listed parties in running text, and what only looks like one."""

import pytest
from tests.worlds import a_list, listed, registry, world

from limen.mentions.text_numbers import _shortest

LISTED = [
    listed("1", "OCEAN STAR", "Vessel", imoNumber="9187629", mmsi="273123456", callSign="UBXY7"),
    listed("2", "VTB BANK", "Company", swiftBic="VTBRRUMM", innCode="7702070139", email="info@vtb.ru", website="www.vtb.ru"),
    listed("3", "PETROV, Ivan", passportNumber=("AB 530001", "4509 123456"), idNumber="1020304"),
    listed("4", "Hydra", "Organization", cryptoAddress="1BoatSLRHtKNngkdXEeobR76b53LETtpyT", phone="+7 495 739 77 99"),
    listed("5", "EP-PUS", "Airplane", registrationNumber="EP-PUS"),
    listed("6", "RA-96019", "Airplane", registrationNumber="RA-96019"),
    listed("7", "Coin", "Organization", cryptoAddress="0xab5801a7d398351b8be11c439e05c5b3259aec9b"),
    listed("8", "Nord", "Company", leiCode="529900T8BM49AURSDO55", registrationNumber="HRB 123456"),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    lists = registry(a_list("eu_fsf", "EU", max_age_days=9_999))
    return world(tmp_path_factory.mktemp("numbers"), lists, {"eu_fsf": {"2024-05-30": LISTED}})


FOUND = [
    ("The cargo was loaded on IMO 9187629 in May.", "1", "9187629"),
    ("The ship (IMO: 9187629), left.", "1", "IMO: 9187629"),
    ("AIS of 273123456 went dark.", "1", "273123456"),
    ("MMSI 273123456.", "1", "273123456"),
    ("Pay to VTBRRUMM by Friday.", "2", "VTBRRUMM"),
    ("BIC VTBRRUMMXXX", "2", "VTBRRUMMXXX"),
    ("ИНН 7702070139, КПП", "2", "7702070139"),
    ("Write to info@vtb.ru at once.", "2", "info@vtb.ru"),
    ("See https://www.vtb.ru/en/ for terms.", "2", "https://www.vtb.ru/en/"),
    ("holder of passport AB 530001, born", "3", "AB 530001"),
    ("holder of passport AB530001", "3", "AB530001"),
    ("паспорт 4509 123456 выдан", "3", "4509 123456"),
    ("identity card no. 1020304", "3", "1020304"),
    ("send it to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT now", "4", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
    ("Tel. +7 (495) 739-77-99", "4", "+7 (495) 739-77-99"),
    ("the jet EP-PUS landed", "5", "EP-PUS"),
    ("the jet RA-96019 landed", "6", "RA-96019"),
    ("0xAB5801A7D398351B8BE11C439E05C5B3259AEC9B", "7", "0xAB5801A7D398351B8BE11C439E05C5B3259AEC9B"),
    ("LEI 529900T8BM49AURSDO55;", "8", "529900T8BM49AURSDO55"),
    ("IMO 918\u200b7629", "1", "918\u200b7629"),
    ("ＩＭＯ ９１８７６２９", "1", "９１８７６２９"),
    ("The ship has IMO 9187629.0 in the file.", "1", "9187629"),
    ("ИНН 7702070139.0 в файле", "2", "7702070139"),
    ("INN 7 7 0 2 0 7 0 1 3 9 was given", "2", "7 7 0 2 0 7 0 1 3 9"),
    ("Pay to VTB\u200bRRUMM by Friday.", "2", "VTB\u200bRRUMM"),
    ("SWIFT V T B R R U M M here", "2", "V T B R R U M M"),
    ("tel. +7\u200b 495 739 77 99", "4", "7\u200b 495 739 77 99"),
    ("e-mail i n f o @ v t b . r u for him", "2", "i n f o @ v t b . r u"),
    ("see w w w . v t b . r u for terms", "2", "w w w . v t b . r u"),
    ("tel. +   7   4 9 5   7 3 9 - 7 7 - 9 9 there", "4", "7   4 9 5   7 3 9 - 7 7 - 9 9"),
    ("on IMO 9 1 8 7 6 2 9 in May", "1", "9 1 8 7 6 2 9"),
    ("on IMO 9-1-8-7-6-2-9 in May", "1", "9-1-8-7-6-2-9"),
    ("on IMO 9\u20091\u20098\u20097\u20096\u20092\u20099 in May", "1", "9\u20091\u20098\u20097\u20096\u20092\u20099"),
    ("holder of passport A B 5 3 0 0 0 1, born", "3", "A B 5 3 0 0 0 1"),
    ("to 0 x a b 5 8 0 1 a 7 d 3 9 8 3 5 1 b 8 b e 1 1 c 4 3 9 e 0 5 c 5 b 3 2 5 9 a e c 9 b", "7", "0 x a b"),
    ("registered as HRB 123456 there", "8", "HRB 123456"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "record", "printed"), FOUND)
def test_a_number_finds_its_party_and_its_place(engine, text, record, printed):
    answer = engine.screen_document(text, "2024-06-01")
    spans = {
        text[slice(*feature.span)]
        for finding in answer.findings
        if finding.id == f"eu_fsf:{record}"
        for feature in finding.features
        if feature.span and feature.name.startswith("identifier:")
    }
    assert spans, answer.findings
    assert any(printed in span or span in printed for span in spans), spans


@pytest.mark.parametrize(
    "text",
    [
        "They paid 1,020,304 roubles, or 1020304 in all.",
        "In 2024, 530001 people came, and 123456 left.",
        "Version 9187628 of 10.2.2024 at 12:30, page 4509.",
        "e.g. the U.S. and etc. are no hosts; call 739 77 99 99.",
    ],
)
def test_amounts_dates_and_pages_are_no_numbers_of_parties(engine, text):
    assert engine.screen_document(text, "2024-06-01").findings == ()


def test_the_report_has_the_number_as_a_mention(engine):
    from limen.documents import report_on
    from limen.documents.readers import read_bytes
    from limen.engine.document_report import join

    document = read_bytes(b"Geneva, 1 June 2024. Loaded on IMO 9187629.", "a.txt")
    report, _ = join(engine, document, report_on(document), "2024-06-01")
    (mention,) = [each for each in report.mentions if each.parties[0].id == "eu_fsf:1"]
    assert document.text[slice(*mention.span)] == mention.text
    assert mention.parties[0].on_as_of == "hit"


@pytest.mark.parametrize(
    ("spans", "shortest"),
    [
        ([], []),
        ([(0, 9), (0, 9)], [(0, 9)]),
        ([(0, 9), (0, 5), (2, 9)], [(0, 5), (2, 9)]),
        ([(0, 9), (4, 9), (4, 6), (5, 9)], [(4, 6), (5, 9)]),
        ([(at, at + 7) for at in range(0, 400_000, 2)], [(at, at + 7) for at in range(0, 400_000, 2)]),
    ],
)  # fmt: skip
def test_of_places_that_hold_another_the_shortest_count(spans, shortest):
    assert sorted(_shortest(spans)) == shortest
