"""One party whole: names by script, facts and who contradicts them, merges and splits by day."""

from __future__ import annotations

import pytest
from tests.worlds import a_list, listed, registry, world

from limen.engine.view_party import find_party, view_party
from limen.model import Instant
from limen.model.party import party_id_of
from limen.screening.listed_parties import ListedParties

FIRST, SECOND = "2024-05-20", "2024-05-25"
LEI = "253400V1H6ART1UQ0N98"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """A bank whose LEI the EU prints from the second version on; a man of two birth days."""
    bank = listed("1", "VTB Bank", "Company", leiCode=LEI, alias=("ВТБ",), listed_on="2022-02-24")
    plain = listed("9", "Vneshtorgbank", "Company")
    ivan = {"programmes": ("Russia",), "nationality": "Russia"}
    us = [bank, listed("2", "Ivan Sergeevich PETROVSKY", birthDate="1970-02-03", **ivan)]
    eu = [listed("8", "Ivan Sergeevich PETROVSKY", birthDate="1970-03-02", **ivan)]
    versions = {
        "us_one": {FIRST: us},
        "eu_one": {
            FIRST: [*eu, plain],
            SECOND: [*eu, listed("9", "Vneshtorgbank VTB Bank", "Company", leiCode=LEI)],
        },
    }
    lists = registry(a_list("us_one", "US"), a_list("eu_one", "EU"))
    return world(tmp_path_factory.mktemp("home"), lists, versions).snapshot


def viewed(snapshot, any_id, as_of="2024-06-01", known_at="2024-06-01"):
    return view_party(
        snapshot, ListedParties(snapshot), any_id, Instant.parse(as_of), Instant.parse(known_at)
    )


def test_names_have_their_script_and_the_records_that_print_them(snapshot):
    names = {each.text: (each.script, each.records) for each in viewed(snapshot, "us_one:1").names}
    assert names["ВТБ"] == ("Cyrillic", ("us_one:1",))
    assert names["VTB Bank"] == ("Latin", ("us_one:1",))
    assert next(reversed(names)) == "ВТБ"


def test_a_fact_has_who_prints_it_and_who_prints_another(snapshot):
    view = viewed(snapshot, "us_one:2")
    assert {each.id for each in view.records} == {"us_one:2", "eu_one:8"}
    births = {each.value: (each.records, each.contradicted_by) for each in view.facts
              if each.property == "birthDate"}  # fmt: skip
    assert births == {
        "1970-02-03": (("us_one:2",), ("eu_one:8",)),
        "1970-03-02": (("eu_one:8",), ("us_one:2",)),
    }
    assert {each.contradicted_by for each in view.facts if each.property == "nationality"} == {()}


def test_an_id_that_was_merged_leads_on_and_the_day_is_told(snapshot):
    merged, into = party_id_of("us_one:1"), party_id_of("eu_one:9")
    view = viewed(snapshot, merged)
    assert view.id == into
    (change,) = view.changes
    assert (change.day, change.record) == (SECOND, "us_one:1")
    assert (change.before, change.after) == (merged, into)


def test_before_the_merge_was_known_the_id_is_the_partys_own(snapshot):
    view = viewed(snapshot, party_id_of("us_one:1"), known_at=FIRST)
    assert view.id == party_id_of("us_one:1")
    assert [each.id for each in view.records] == ["us_one:1"]
    assert {each.text for each in view.names} == {"VTB Bank", "ВТБ"}


def test_a_listing_applies_or_not_on_the_day_asked_about(snapshot):
    for day, applies in (("2022-02-23", False), ("2022-02-24", True)):
        (listing,) = viewed(snapshot, "us_one:1", as_of=day).listings[:1]
        assert (listing.since, listing.since_basis, listing.applies) == (
            "2022-02-24", "publisher", applies,
        )  # fmt: skip


def test_every_id_that_was_given_leads_to_the_party_of_today(snapshot):
    day = Instant.parse("2024-06-01")
    for any_id in ("us_one:1", "eu_one:9", party_id_of("us_one:1"), party_id_of("eu_one:9")):
        assert find_party(snapshot, any_id, day) == party_id_of("eu_one:9")
