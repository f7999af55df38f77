"""The golden replay: 19 January to 25 February 2022, from facts alone, without later knowledge."""

from __future__ import annotations

import pytest
from tests.worlds import a_list, listed, registry, world

MIDNIGHT = "2022-02-21T23:59-05:00"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """An engine over a small snapshot; the law in it is the bundled one."""
    lists = registry(a_list("us_one", "US"))
    home = tmp_path_factory.mktemp("founding") / "home"
    return world(home, lists, {"us_one": {"2024-05-28": [listed("1", "Somebody")]}})


def values(assessment) -> dict[str, str]:
    return {each["statement"]: each["value"] for each in assessment["readings"]}


def ids(measures) -> set[str]:
    return {each["id"] for each in measures}


def test_the_evening_of_21_february(engine):
    """The order is in force, the package is prepared, and officials contradict each other."""
    found = engine.assess("troops-into-occupied-donbas", at=MIDNIGHT).to_dict()
    assert found["event"] == "EV05"
    assert "us-eo-14065" in ids(found["in_force"])
    assert "us-prepared-2022" in ids(found["prepared"])
    assert "us-prepared-2022" not in ids(found["in_force"])
    disagreement = found["disagreement"]
    assert disagreement["S09a"] == "true"
    assert disagreement["S10a"] == "unknown"
    assert disagreement["S14"] == "unknown"
    assert disagreement["S23"] == "false"
    (assembled,) = [each for each in found["readings"] if each["statement"] == "S10a"]
    assert assembled["missing"] == ["assembled"]
    assert "assembled" in assembled["asks"][0]
    assert not found["condition_met"]
    assert not {"S27", "S32", "S33"} & values(found).keys()


def test_nine_in_the_evening_knows_nothing_later(engine):
    found = engine.assess("EV05", at="2022-02-21T21:00-05:00").to_dict()
    assert values(found)["S09a"] == "true"
    assert values(found)["S23"] == "false"
    assert all(each["said_at"] < "2022-02-22" for each in found["readings"])
    assert "us-eo-14024-tranche-1" not in ids(found["in_force"])


def test_the_next_day_named_officials_say_yes_and_the_first_tranche_is_in_force(engine):
    found = engine.assess("EV05", at="2022-02-22T23:59-05:00").to_dict()
    assert values(found)["S27"] == "true"
    assert values(found)["S32"] == "true"
    assert values(found)["S23"] == "false"
    assert "us-eo-14024-tranche-1" in ids(found["in_force"])
    assert "us-eo-14024-february-24" not in ids(found["in_force"])
    assert "us-prepared-2022" in ids(found["prepared"])


def test_on_24_february_the_condition_is_met_under_every_reading(engine):
    found = engine.assess("full-scale-invasion", at="2022-02-24T23:59-05:00").to_dict()
    assert found["condition_met"] is True
    assert found["disagreement"] == {}
    assert set(values(found).values()) == {"true"}


def test_a_superseded_reading_stays_on_record_and_out_of_the_disagreement(engine):
    found = engine.assess("EV05", at=MIDNIGHT).to_dict()
    (incursion,) = [each for each in found["readings"] if each["statement"] == "S07a"]
    assert incursion["standing"] == "superseded"
    assert incursion["superseded_by"] == ["S09a"]
    assert "S07a" not in found["disagreement"]


def test_one_statement_is_one_reading(engine):
    found = engine.assess("EV05", at="2022-03-02").to_dict()
    assert len(values(found)) == len(found["readings"])
