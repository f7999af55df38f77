"""What ``limen parties`` shows: listings along time, why records are one, and gaps."""

from __future__ import annotations

import pytest
from tests.worlds import TODAY, a_list, listed, registry, world

from limen.cli.runs.show_parties import (
    coordination,
    gaps_between,
    joins_of,
    listings_of,
    matrix,
    short_histories,
)
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
    by_record = listings_of(snapshot, "eu_one:9").wire
    assert [(row["record"], row["since"]) for row in by_record] == [
        ("us_one:1", "2022-02-25"),
        ("eu_one:9", "2022-02-28"),
    ]
    assert listings_of(snapshot, by_record[0]["party"]).wire == by_record
    (line,) = joins_of(snapshot, "us_one:1")
    assert "birth date: 1970-02-03" in line


def test_gaps_are_who_is_listed_by_one_and_not_by_the_other(snapshot):
    assert [row["caption"] for row in gaps_between(snapshot, "US", ["EU"], None).wire] == [
        "Northern Trade Bank"
    ]
    between = gaps_between(snapshot, "US", ["EU"], "2022-02-26").wire
    assert [(row["record"], row["lag_days"]) for row in between] == [
        ("us_one:2", 2),
        ("us_one:1", 1),
    ]


def test_an_unknown_party_or_authority_is_refused(snapshot):
    with pytest.raises(InputError, match="no party and no record"):
        listings_of(snapshot, "us_one:7")
    with pytest.raises(InputError, match="no list of authority 'XX'"):
        gaps_between(snapshot, "US", ["XX"], None)


def test_the_matrix_counts_whom_each_lists_and_others_do_not(snapshot):
    assert matrix(snapshot, "2022-02-26").wire == [
        {"listed_by": "US", "all": 2, "not_by_EU": 2},
        {"listed_by": "EU", "all": 0, "not_by_US": 0},
    ]
    assert matrix(snapshot, None).wire[0] == {"listed_by": "US", "all": 2, "not_by_EU": 1}


def test_coordination_is_who_listed_whom_first_and_who_followed(snapshot):
    found = coordination(snapshot, "2022-02-21", "2022-02-28")
    assert [(row["first"], row["US"], row["EU"]) for row in found.wire] == [
        ("US", "2022-02-24", ""),
        ("US", "2022-02-25", "2022-02-28"),
    ]
    assert "EU 1 after 3 days (median)" in found.text[-2]
    assert coordination(snapshot, "2022-02-26", "2022-02-28").wire == []
    assert len(list(short_histories(snapshot, "2022-02-21", "2022-02-28"))) == 2
