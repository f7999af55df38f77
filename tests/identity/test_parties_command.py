"""What ``limen parties`` shows: listings along time, why records are one, and gaps."""

from __future__ import annotations

import pytest
from tests.worlds import TODAY, a_list, listed, registry, world

from limen.cli.runs.parties.authority_tables import (
    coordination,
    gaps_between,
    later_lists,
    matrix,
    short_histories,
)
from limen.cli.runs.parties.show_party import party_records
from limen.model import InputError

IVAN = {"birthDate": "1970-02-03", "programmes": ("Russia",)}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    day = f"{TODAY:%Y-%m-%d}"
    us = [
        listed("1", "Ivan Sergeevich PETROVSKY", listed_on="2022-02-25", **IVAN),
        listed("2", "Northern Trade Bank", "Company", listed_on="2022-02-24"),
    ]
    eu = [listed("9", "PETROVSKIY Ivan Sergeyevich", listed_on="2022-02-28", **IVAN)]
    lists = registry(a_list("us_one", "US"), a_list("eu_one", "EU"))
    home = tmp_path_factory.mktemp("home")
    return world(home, lists, {"us_one": {day: us}, "eu_one": {day: eu}}).snapshot


def test_a_party_is_found_by_each_of_its_records(snapshot):
    by_record = party_records(snapshot, "eu_one:9")
    assert [(row["record"], row["since"]) for row in by_record.flat] == [
        ("us_one:1", "2022-02-25"),
        ("eu_one:9", "2022-02-28"),
    ]
    assert party_records(snapshot, by_record.wire[0]["id"]).wire == by_record.wire
    assert any(line.startswith("    birth date: 1970-02-03; ") for line in by_record.text)


def test_gaps_are_who_is_listed_by_one_and_not_by_the_other(snapshot):
    assert [row["caption"] for row in gaps_between(snapshot, "US", ["EU"], None).wire] == [
        "Northern Trade Bank"
    ]
    between = gaps_between(snapshot, "US", ["EU"], "2022-02-26")
    assert [(row["record"], row["lag_days"]) for row in between.flat] == [
        ("us_one:2", 2),
        ("us_one:1", 1),
    ]
    assert next(later_lists(snapshot, "2022-02-26", ["US"])).startswith("us_one: its first version")
    assert list(later_lists(snapshot, f"{TODAY:%Y-%m-%d}", ["US", "EU"])) == []
    assert between.text[-1] == "2 parties listed by US and not by EU on 2022-02-26"


def test_gaps_under_a_programme_are_of_the_authority_that_lists(snapshot):
    for programme, records in (("RUSS", ["us_one:1"]), ("nowhere", [])):
        found = gaps_between(snapshot, "US", ["EU"], "2022-02-26", programme).wire
        assert [row["record"] for row in found] == records


@pytest.mark.parametrize(
    ("listed_by", "not_by", "as_of", "message"),
    [
        ("XX", ["EU"], None, "no list of authority 'XX'"),
        ("US", ["EU", "us_one"], None, "no list of authority 'us_one'"),
        ("US", ["US"], None, "have to be others"),
        ("US", [], None, "have to be others"),
        ("US", ["EU"], "19/01", "neither a day nor an instant"),
    ],
)
def test_a_gap_that_cannot_be_meant_is_refused(snapshot, listed_by, not_by, as_of, message):
    with pytest.raises(InputError, match=message):
        gaps_between(snapshot, listed_by, not_by, as_of)


def test_an_unknown_party_or_date_is_refused(snapshot):
    with pytest.raises(InputError, match="no party and no record"):
        party_records(snapshot, "us_one:7")
    with pytest.raises(InputError, match="nothing was known of 'us_one:1' by 2001-01-01"):
        party_records(snapshot, "us_one:1", known_at="2001-01-01")
    with pytest.raises(InputError, match="neither a day nor an instant"):
        matrix(snapshot, "yesterday")
    with pytest.raises(InputError, match="before it begins"):
        coordination(snapshot, "2022-02-28", "2022-02-21")


def test_the_matrix_counts_whom_each_lists_and_others_do_not(snapshot):
    found = matrix(snapshot, "2022-02-26")
    assert found.wire == [
        {"listed_by": "US", "all": 2, "not_by_EU": 2},
        {"listed_by": "EU", "all": 0, "not_by_US": 0},
    ]
    assert [list(row) for row in found.flat] == [["listed_by", "all", "not_by_US", "not_by_EU"]] * 2
    assert matrix(snapshot, None).wire[0] == {"listed_by": "US", "all": 2, "not_by_EU": 1}


def test_coordination_is_who_listed_whom_first_and_who_followed(snapshot):
    found = coordination(snapshot, "2022-02-21", "2022-02-28")
    assert [(row["first"], row["US"], row["EU"]) for row in found.flat] == [
        ("US", "2022-02-24", ""),
        ("US", "2022-02-25", "2022-02-28"),
    ]
    assert "EU 1 after 3 days (median)" in found.text[-2]
    assert coordination(snapshot, "2022-02-26", "2022-02-28").wire == []
    assert len(list(short_histories(snapshot, "2022-02-21", "2022-02-28"))) == 2
