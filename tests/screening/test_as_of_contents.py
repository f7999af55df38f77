"""As of a day a list answers as its version of that day did, also where it says otherwise now."""

import pytest
from tests.worlds import a_list, listed, person, registry, world

NAME, ALIAS = "Viktor Pavlovich Ostrovsky", "Arkady Quartermaster Belov"
OTHER = "Gustavo Hernan Salvatierra"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """An alias that an amendment removed, and a key that was given to somebody else."""
    bystander = listed("9", "Petronella Bystander Quist")
    return world(
        tmp_path_factory.mktemp("contents") / "home",
        registry(a_list("us", "US", max_age_days=400)),
        {
            "us": {
                "2021-01-10": [bystander, listed("1", NAME, alias=(ALIAS,))],
                "2021-06-01": [bystander, listed("1", NAME)],
                "2022-04-01": [bystander, listed("1", OTHER)],
            }
        },
    )


@pytest.mark.parametrize(
    ("name", "as_of", "hit", "because"),
    [
        (ALIAS, "2021-02-01", True, "the alias was on the list of that day"),
        (ALIAS, "2022-05-01", False, "it was removed, and the key belongs to another"),
        (NAME, "2021-02-01", True, "the name was on the list of that day"),
        (NAME, "2022-03-31", True, "the day before the key was given away"),
        (NAME, "2022-05-01", False, "after it"),
        (OTHER, "2022-05-01", True, "the new holder of the key"),
    ],
)
def test_what_a_list_said_on_a_day(engine, name, as_of, hit, because):
    assert (engine.screen(person(name), as_of=as_of).outcome == "hit") is hit, because


def test_known_then_nothing_later_counts(engine):
    answer = engine.screen(person(ALIAS), as_of="2021-02-01", known_at="2021-02-01")
    assert answer.outcome == "hit"
