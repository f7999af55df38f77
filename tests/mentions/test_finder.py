"""Listed names in running text: what is found, what is not, and what it is linked to."""

import pytest
from tests.worlds import a_list, listed, registry, world

from limen.mentions.finder import MentionFinder

LISTED = [
    listed("1", "PUTIN, Vladimir Vladimirovich", alias=("Владимир Путин",)),
    listed("2", "Sergei Borisovich IVANOV"),
    listed("3", "Rosneft Oil Company", "Company"),
    listed("4", "PUBLIC JOINT STOCK COMPANY SOVCOMBANK", "Company"),
    listed("5", "LADY HAYA", "Vessel"),
    listed("6", "VICTORY", "Vessel"),
    listed("7", "Abdel Karim AL NASSER"),
    listed("8", "Progress Ltd", "Company"),
    listed("9", "National Bank of Iran", "Company"),
    listed("10", "小さな会社", "Company"),
    listed("11", "BICENTENARIO XV", "Vessel"),
    listed("12", "SEA STAR 3", "Vessel"),
    listed("13", "DEEP SEA", "Vessel"),
    listed("14", "GALAXY", "Vessel"),
    listed("18", "VALERA", "Vessel"),
    listed("15", "BERGEN T", "Vessel"),
    listed("16", "ETS Solutions (China) Ltd.", "Company"),
    listed("17", "LEON TECHNOLOGY COMPANY LIMITED", "Company"),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    lists = registry(a_list("eu_fsf", "EU", max_age_days=9_999))
    return world(tmp_path_factory.mktemp("mentions"), lists, {"eu_fsf": {"2024-05-30": LISTED}})


def chains(engine, text):
    found = engine.documents.finder.mentions(text)
    return {each.text: [text[slice(*place)] for place in each.places] for each in found}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Russian President Vladimir Putin said no.", {"Vladimir Putin"}),
        ("RUSSIAN PRESIDENT VLADIMIR PUTIN SAID NO", {"VLADIMIR PUTIN"}),
        ("Wladimir Putin sagte nein.", {"Wladimir Putin"}),
        ("Это сказал Владимир Путин.", {"Владимир Путин"}),
        ("Shares of Rosneft fell, and Sovcombank was cut off.", {"Rosneft", "Sovcombank"}),
        ("The tanker Lady Haya left.", {"Lady Haya"}),
        ("The tanker Victory left.", {"Victory"}),
        ("小さな会社は言った。", {"小さな会社"}),
        ("The minister met BICENTENARIO XV in Geneva.", {"BICENTENARIO XV"}),
        ("They sold Bicentenario 15 and left.", {"Bicentenario 15"}),
        ("they sold bicentenario xv and left", {"bicentenario xv"}),
        ("The minister met SEA_STAR_3 in Geneva.", {"SEA_STAR_3"}),
        ("the tanker deep sea left", {"deep sea"}),
        ("the tanker galaxy left", {"galaxy"}),
        ("The tanker Valera left.", {"Valera"}),
        ("The tanker BERGEN T left.", {"BERGEN T"}),
        ("They met ETS Solutions (China) Ltd. there.", {"ETS Solutions (China) Ltd"}),
        ("They met TECHNOLOGY COMPANY LIMITED LEON there.", {"TECHNOLOGY COMPANY LIMITED LEON"}),
        ("The minister met Vladimir_Putin in Geneva.", {"Vladimir_Putin"}),
    ],
)
def test_found(engine, text, found):
    assert set(chains(engine, text)) == found


def test_companies_in_a_list_of_names_are_found_one_by_one(engine):
    assert set(chains(engine, "Rosneft, Sovcombank. We have cut both.")) == {
        "Rosneft",
        "Sovcombank",
    }


def test_an_initial_is_no_stranger_in_a_name(engine):
    assert set(chains(engine, "Mr Vladimir V. Putin said no.")) == {"Vladimir V. Putin"}


def test_an_office_means_whoever_was_named_with_it_last(engine):
    text = (
        "Russian President Vladimir Putin spoke. The president was angry. President Joe Biden "
        "answered. The president was calm, but the Russian president was not."
    )
    places = chains(engine, text)["Vladimir Putin"]
    assert places == ["Vladimir Putin", "The president", "the Russian president"]


@pytest.mark.parametrize(
    "text",
    [
        "Victory came late, and Progress later still.",
        "The National Bank kept its rate.",
        "Vladimir Ivanov and Sergei Putin are other people.",
        "Nasser Karimi spoke for the ministry.",
        "The Russian oil company sold its shares.",
        "Ivanov said nothing.",
        "Bicentenario XVI and Bicentenario Two were sold.",
        "a sea, a star and 3 of them",
        "the tanker sank in the deep sea",
        "Valera, of the tanker, left.",
        "the galaxy is far from the tanker, and Bergen has a harbour",
    ],
)
def test_not_found(engine, text):
    assert chains(engine, text) == {}


def test_a_surname_later_is_the_same_chain_and_a_relative_is_not(engine):
    text = "Vladimir Putin spoke. Putin then left. Igor Putin stayed."
    assert chains(engine, text) == {"Vladimir Putin": ["Vladimir Putin", "Putin"]}


def test_the_same_answer_whatever_stands_around(engine):
    """A text twice as long has every mention twice, and no other."""
    text = "Vladimir Putin met Sergei Ivanov at Rosneft.\n\n"
    once, twice = chains(engine, text), chains(engine, text * 2)
    assert set(once) == set(twice)
    assert all(len(twice[name]) == 2 * len(once[name]) for name in once)


def test_an_empty_text_cannot_be_cleared(engine):
    answer = engine.screen_document("  ", "2024-06-01")
    assert answer.outcome == "cannot_say"
    assert "the document has no text" in answer.reasons


def test_a_snapshot_of_one_name(tmp_path):
    lists = registry(a_list("eu_fsf", "EU", max_age_days=9_999))
    empty = world(tmp_path, lists, {"eu_fsf": {"2024-05-30": [LISTED[0]]}})
    assert chains(empty, "Sergei Ivanov met Vladimir Putin.") == {
        "Vladimir Putin": ["Vladimir Putin"]
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The minister met Vladimr Putin.", {"Vladimr Putin"}),
        ("The minister met Sergei Borisovch Ivanov.", {"Sergei Borisovch Ivanov"}),
        ("Sovcombank PJSC was cut off.", {"Sovcombank PJSC"}),
        ("Putin's minister met Vladimir Putin's friends.", {"Vladimir Putin"}),
    ],
)
def test_a_slip_a_legal_form_and_a_genitive(engine, text, found):
    assert set(chains(engine, text)) == found


def test_scores_are_remembered_within_a_bound(engine):
    text = "Vladimir Putin met Sergei Ivanov, Vladimr Putin, Abdel Nasser and Sergey Ivanov."
    bounded = MentionFinder(engine.snapshot, engine.judge(None, None), scores_remembered=2)
    mentions = bounded.mentions(text)
    assert mentions == engine.documents.finder.mentions(text)
    assert 0 < len(bounded.scores) <= 2 < len(engine.documents.finder.scores)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("we paid promsvyazbank sovcomflot today", set()),
        ("we paid Promsvyazbank and Sovcomflot today", {"Promsvyazbank", "Sovcomflot"}),
    ],
)
def test_a_list_in_which_no_name_has_two_words(tmp_path, text, found):
    names = [listed("1", "Sovcomflot", "Company"), listed("2", "Promsvyazbank", "Company")]
    lists = registry(a_list("eu_fsf", "EU", max_age_days=9_999))
    engine = world(tmp_path, lists, {"eu_fsf": {"2024-05-30": names}})
    assert set(chains(engine, text)) == found
