"""Licences over all their days: none stands after its end, and what is not known is not assumed."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest
from tests.law.small import clocks, law_of

import build_licences
from limen.law.licence_state import chain, licence_state
from limen.law.listing_measures import possible_licence
from limen.law.queries.licences import authorised

FIRST, LAST = date(2022, 1, 1), date(2026, 11, 30)


def _table(shared):
    return list(csv.DictReader(shared("facts/licences_us.csv").read_text().splitlines()))


def test_every_licence_of_the_table_is_encoded(law, shared):
    assert {row["id"] for row in _table(shared)} <= set(law.licences)


def test_no_licence_stands_after_its_end_on_any_day(law, shared):
    """Against the table itself, every day from 2022 to today; not against our own encoding."""
    ends = {
        row["id"]: date.fromisoformat(row["valid_until"][:10])
        for row in _table(shared)
        if row["valid_until"]
    }
    days = [FIRST + timedelta(days=each) for each in range((LAST - FIRST).days + 1)]
    instants = [clocks(day.isoformat()) for day in days]
    checked = 0
    for key, end in ends.items():
        for day, at in zip(days, instants, strict=True):
            if day > end:
                assert licence_state(law, law.licences[key], at).value != "valid", (key, day)
                checked += 1
    assert checked > 90_000


def test_what_the_table_does_not_know_never_stands(law, shared):
    unknown = [row["id"] for row in _table(shared) if not row["valid_from"]]
    assert unknown
    for key in unknown:
        for day in ("2022-06-01", "2026-04-15", "2026-11-30"):
            assert licence_state(law, law.licences[key], clocks(day)).value != "valid"


def test_after_the_last_day_of_research_no_open_end_is_a_permission(law):
    for licence in law.licences.values():
        assert licence.known_to, licence.key
        if not (licence.until or licence.through):
            state = licence_state(law, licence, clocks("2026-11-30"))
            assert state.value in ("cannot_say", "ended"), licence.key


def test_letters_of_a_chain_never_stand_together(law):
    days = [(FIRST + timedelta(days=7 * each)).isoformat() for each in range(256)]
    chains = {(each.programme, each.number) for each in law.licences.values() if each.replaces}
    for day in days:
        standing = [
            (each.programme, each.number)
            for each in law.licences.values()
            if (each.programme, each.number) in chains
            and licence_state(law, each, clocks(day)).value == "valid"
        ]
        assert len(standing) == len(set(standing)), day


STATES = [
    ("RUSSIA-EO14024/131", "2025-11-20", "valid", ""),
    ("RUSSIA-EO14024/131B", "2026-02-01", "valid", ""),
    ("RUSSIA-EO14024/131E", "2026-02-01", "not_yet", ""),
    ("RUSSIA-EO14024/131D", "2026-05-01", "cannot_say", "131E"),
    ("RUSSIA-EO14024/131E", "2026-05-01", "cannot_say", "its day of issue was not found"),
    ("RUSSIA-EO14024/131E", "2026-05-31", "ended", ""),
    ("RUSSIA-EO14024/131D", "2026-05-31", "ended", "131E"),
    ("RUSSIA-EO14024/76", "2023-12-01", "cannot_say", "76A"),
    ("RUSSIA-EO14024/2", "2023-12-01", "cannot_say", "its end was not found"),
    ("RUSSIA-EO14024/15", "2023-04-11", "valid", ""),
    ("RUSSIA-EO14024/15", "2023-04-12", "ended", "revoked"),
    ("RUSSIA-EO14024/115D", "2026-11-30", "valid", "2026-12-18"),
    ("RUSSIA-EO14024/6D", "2026-06-26", "valid", "no end"),
    ("RUSSIA-EO14024/6D", "2026-06-27", "cannot_say", "2026-06-26"),
]


@pytest.mark.parametrize(("key", "day", "value", "why"), STATES)
def test_how_a_licence_stood(law, key, day, value, why):
    state = licence_state(law, law.licences[key], clocks(day))
    assert state.value == value
    assert why in state.why


def test_a_stated_end_after_the_research_is_not_knowledge_of_a_standing(law):
    """It is valid as far as is known, and says so: a revocation since June would not be known."""
    licence = law.licences["RUSSIA-EO14024/55F"]
    for day, beyond in (("2026-06-26", False), ("2026-06-27", True), ("2026-11-30", True)):
        state = licence_state(law, licence, clocks(day))
        assert (state.value, state.beyond_known) == ("valid", beyond), day
        assert ("known to 2026-06-26 only" in state.why) is beyond
        assert possible_licence(law, licence, state).beyond_known is beyond


REVOCATIONS = [
    ("2023-04-11", "2023-05-01", "valid"),
    ("2023-04-12", "2023-05-01", "ended"),
    ("2023-05-01", "2023-04-11", "valid"),
    ("2023-05-01", "2023-04-12", "ended"),
    ("2023-04-12T00:00-05:00", "2023-04-12T00:00-05:00", "ended"),
    ("2023-05-01", "2023-04-11T23:59-05:00", "valid"),
]


@pytest.mark.parametrize(("day", "known_at", "value"), REVOCATIONS)
def test_a_revocation_ends_a_licence_once_it_is_known(law, day, known_at, value):
    licence = law.licences["RUSSIA-EO14024/15"]
    assert licence_state(law, licence, clocks(day, known_at)).value == value


def test_a_chain_says_what_it_lacks(law):
    links = {
        link.key: link
        for link in chain(law, law.licences["RUSSIA-EO14024/9C"], clocks("2022-06-01"))
    }
    assert "9B" in links["RUSSIA-EO14024/9C"].hole
    whole = chain(law, law.licences["RUSSIA-EO14024/8L"], clocks("2025-02-01"))
    assert [link.key.rpartition("/")[2] for link in whole] == [
        "8",
        *(f"8{x}" for x in "ABCDEFGHIJKL"),
    ]
    assert not any(link.hole for link in whole)
    first = chain(law, law.licences["VENEZUELA-EO13850/30B"], clocks("2026-03-01"))
    assert first[0].hole == "30 to 30A: in no stored source"


def test_a_gap_of_days_in_a_chain_is_said():
    law = law_of(
        measures=[{"id": "m", "status": [{"on": "2022-01-01", "is": "in_force", "source": "S"}]}],
        licences=[
            {"number": "1", "from": "2022-01-01", "until": "2022-02-01"},
            {"number": "1", "letter": "A", "from": "2022-03-01", "replaces": "P/1"},
        ],
    )
    links = chain(law, law.licences["P/1"], clocks("2022-02-15"))
    assert links[1].hole == "no letter is known from 2022-02-01 to 2022-03-01"
    assert [link.standing for link in links] == ["ended", "not_yet"]


ENDS = [
    ("2022-03-23", "2022-03-23", "valid"),
    ("2022-03-23", "2022-05-01", "valid"),
    ("2022-03-24", "2022-03-24", "ended"),
    ("2022-03-24", "2022-03-01", "ended"),
]


@pytest.mark.parametrize(("day", "known_at", "value"), ENDS)
def test_a_stated_end_counts_on_the_clock_of_the_day_asked_about(law, day, known_at, value):
    licence = law.licences["RUSSIA-EO14024/3"]
    assert licence_state(law, licence, clocks(day, known_at)).value == value


@pytest.mark.parametrize(
    ("end", "begin", "hole"),
    [
        ("2024-03-10T12:00Z", "2024-03-10T12:00Z", False),
        ("2024-03-10T12:00Z", "2024-03-10T12:01Z", True),
        ("2024-03-10", "2024-03-10", False),
        ("2024-03-10", "2024-03-12", True),
    ],
)
def test_a_letter_that_begins_as_the_last_one_ends_leaves_no_hole(end, begin, hole):
    made = law_of(
        licences=[
            {"number": "1", "letter": "A", "from": "2024-01-01", "until": end},
            {"number": "1", "letter": "B", "from": begin, "replaces": "P/1A"},
        ]
    )
    links = chain(made, made.licences["P/1B"], clocks("2024-06-01"))
    assert bool(links[-1].hole) is hole


def test_a_wind_down_without_a_known_end_is_never_a_permission(law):
    checked = 0
    for licence in law.licences.values():
        stated = licence.until or licence.through or licence.revoked
        if any("wind_down" in each for each in licence.activities) and not stated:
            raise AssertionError(licence.key)
        if licence.until == "unknown":
            checked += 1
            state = licence_state(law, licence, clocks("2026-01-01"))
            assert state.value != "valid", licence.key
    assert checked > 4


def test_what_is_recalled_lowers_how_sure_a_licence_is(law, shared):
    """A mark of the letter before counts for what is "same" as it."""
    names = {}
    checked = 0
    for row in _table(shared):
        chain = (row["programme"], row["number"])
        if not row["parties_named"].startswith("same"):
            names[chain] = row["parties_named"]
        sure = law.licences[row["id"]].confidence
        if "recalled" in names.get(chain, ""):
            assert sure == "unconfirmed", row["id"]
        noted = row["source"].replace("expiry recalled", "")
        if "recalled" in noted or "inferred" in noted:
            checked += 1
            assert sure != "sourced", row["id"]
            assert sure == "unconfirmed" or row["confidence"].startswith("confirmed"), row["id"]
    assert checked > 30


@pytest.mark.parametrize(
    "day", ["2022-06-01", "2023-06-01", "2024-10-01", "2025-06-01", "2026-06-20"]
)
def test_no_condition_in_words_and_no_exclusion_is_passed_over(law, day):
    """Every licence, for a party that it names or any other, with no fact given."""
    at = clocks(day)
    for licence in law.licences.values():
        for measure in licence.lifts:
            for activity in licence.activities:
                found = authorised(
                    law, law.measures[measure], activity, at, {}, party="Some Firm of No List"
                )
                if licence.when or licence.prose or licence.excluded:
                    assert licence.key not in found.by, (licence.key, activity)


def test_words_of_the_table_that_set_a_condition_are_encoded(law, shared):
    scope = {}
    for row in _table(shared):
        chain = (row["programme"], row["number"])
        if not row["scope_in_own_words"].startswith("same") or chain not in scope:
            scope[chain] = row["scope_in_own_words"]
        licence = law.licences[row["id"]]
        if build_licences.CONDITION.search(scope[chain]):
            held = licence.when or licence.prose or licence.excluded or licence.class_of_parties
            assert held, row["id"]


def test_an_unconfirmed_first_day_is_no_permission_before_it():
    change = {"on": "2011-08-18", "is": "in_force", "source": "S"}
    for confidence, value in (("unconfirmed", "unknown"), ("sourced", "not_prohibited")):
        made = law_of(measures=[{"id": "m", "status": [change | {"confidence": confidence}]}])
        found = authorised(made, made.measures["m"], "any", clocks("2010-01-01"), {})
        assert found.value == value
