"""A document is read as of a day: with what the lists said then, also where they say it no more."""

import pytest
from tests.worlds import a_list, listed, registry, world

from limen.documents import report_on
from limen.documents.readers import read_bytes
from limen.engine.document_report import join

FIRST = [
    listed("1", "ZOLOTOV, Viktor", alias=("Grigori Malenkov",), listed_on="2022-01-01"),
    listed("2", "Sergei Borisovich IVANOV", passportNumber="530001234", listed_on="2022-01-01"),
    listed("3", "Rosneft Oil Company", "Company", listed_on="2022-01-01"),
]
SECOND = [
    listed("1", "ZOLOTOV, Viktor", alias=("Boris Lebedev",), listed_on="2022-01-01"),
    listed("3", "Rosneft Oil Company", "Company", listed_on="2022-01-01"),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    lists = registry(a_list("eu_fsf", "EU", max_age_days=9_999))
    versions = {"2024-01-01": FIRST, "2024-05-01": SECOND}
    return world(tmp_path_factory.mktemp("as-of"), lists, {"eu_fsf": versions})


def ids(engine, text, day, known_at=None):
    return {each.id for each in engine.screen_document(text, day, known_at=known_at).findings}


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("He is Grigori Malenkov.", {"eu_fsf:1"}, set()),
        ("He is Boris Lebedev.", {"eu_fsf:1"}, {"eu_fsf:1"}),
        ("Sergei Ivanov spoke.", {"eu_fsf:2"}, set()),
        ("passport 530001234", {"eu_fsf:2"}, set()),
        ("Viktor Zolotov spoke.", {"eu_fsf:1"}, {"eu_fsf:1"}),
    ],
)
def test_a_party_is_found_as_it_was_on_the_day(engine, text, before, after):
    assert ids(engine, text, "2024-02-01") == before
    assert ids(engine, text, "2024-06-01") == after
    party = {"schema": "Person", "properties": {"name": [text.removeprefix("He is ").rstrip(".")]}}
    if text.startswith("He is"):
        screened = engine.screen(party, as_of="2024-02-01")
        assert {each.id for each in screened.findings} == before


def test_what_was_not_known_then_is_not_found_then(engine):
    assert ids(engine, "He is Boris Lebedev.", "2024-02-01", "2024-02-01") == set()


def test_the_report_says_who_was_listed_on_the_documents_day(engine):
    text = b"Geneva, 1 February 2024\n\nSergei Ivanov met Grigori Malenkov in the city.\n"
    document = read_bytes(text, "a.txt")
    assert str(document.dated.day) == "2024-02-01"
    report, _ = join(engine, document, report_on(document), "2024-06-01")
    named = {each.text: each.parties[0] for each in report.mentions}
    gone = named["Sergei Ivanov"]
    assert (gone.on_document_date, gone.on_as_of, gone.listed_from) == ("hit", None, "2022-01-01")
    renamed = named["Grigori Malenkov"]
    assert (renamed.on_document_date, renamed.on_as_of) == ("hit", None)
