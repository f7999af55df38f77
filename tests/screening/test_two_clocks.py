"""When it applied, and when it was known: one snapshot answers every date."""

import pytest
from tests.worlds import a_list, listed, person, registry, world

NAME = "Viktor Pavlovich Ostrovsky"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """One man's life on one list: listed, further sanctioned, better known, removed, back."""
    first = listed("1", NAME, programmes=("UKRAINE-EO13661",))
    second = listed("1", NAME, programmes=("UKRAINE-EO13661", "RUSSIA-EO14024"))
    better = listed(
        "1",
        NAME,
        alias=("Vitya the Quartermaster",),
        birthDate="1960-05-04",
        programmes=("UKRAINE-EO13661", "RUSSIA-EO14024"),
    )
    other = listed("2", "Somebody Else Entirely")
    return world(
        tmp_path_factory.mktemp("clocks") / "home",
        registry(a_list("us", "US", max_age_days=400)),
        {
            "us": {
                "2021-01-10": [other],
                "2021-06-01": [other, first],
                "2022-02-24": [other, second],
                "2022-09-01": [other, better],
                "2023-03-01": [other],
                "2024-01-01": [other, better],
            }
        },
    )


def listings(engine, **asked):
    findings = engine.screen(person(NAME), **asked).findings
    return findings[0].listings if findings else ()


@pytest.mark.parametrize(
    ("as_of", "programmes"),
    [
        ("2021-05-31", None),
        ("2021-06-01", ("UKRAINE-EO13661",)),
        ("2022-02-23", ("UKRAINE-EO13661",)),
        ("2022-02-24", ("UKRAINE-EO13661", "RUSSIA-EO14024")),
        ("2023-02-28", ("UKRAINE-EO13661", "RUSSIA-EO14024")),
        ("2023-03-01", None),
        ("2023-12-31", None),
        ("2024-01-01", ("UKRAINE-EO13661", "RUSSIA-EO14024")),
    ],
)
def test_who_was_listed_under_what_on_a_day(engine, as_of, programmes):
    found = listings(engine, as_of=as_of)
    assert (found[0].programmes if found else None) == programmes


def test_a_decision_is_taken_again_as_it_was_and_as_it_would_be_now(engine):
    query = person("Vitya the Quartermaster")
    then = engine.screen(query, as_of="2022-03-01", known_at="2022-03-01")
    now = engine.screen(query, as_of="2022-03-01")
    assert then.outcome == "clear"
    assert now.outcome == "hit"


def test_a_removal_is_not_known_before_it_was_published(engine):
    (found,) = listings(engine, as_of="2022-12-01", known_at="2022-12-01")
    assert found.applied_to is None
    (later,) = listings(engine, as_of="2022-12-01", known_at="2023-06-01")
    assert later.applied_to == "2023-03-01"


def test_before_the_first_version_nobody_can_say(engine):
    answer = engine.screen(person("Margaret Appleyard"), as_of="2021-01-09")
    assert answer.outcome == "cannot_say"
    assert "2021-01-10" in answer.reasons[0]


def test_ages_are_measured_against_the_day_asked_about(engine):
    (coverage,) = engine.coverage(as_of="2022-02-20")
    assert (coverage.version, coverage.age_days) == ("2021-06-01", 264)
