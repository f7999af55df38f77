"""Every sentence about coverage, for every state of a list: none claims more than the lists can."""

from __future__ import annotations

from typing import get_args

import pytest
from msgspec.structs import replace

from limen.model import Instant, ListCoverage
from limen.model.finding import ListState
from limen.render.coverage_sentences import STATES, fails, not_listed, on_lists, rests_on, since

DAY = Instant.parse("2015-06-01")
OK = ListCoverage("us_one", "ok", "2015-05-31", 1, 7, 100, "2014-01-01", None)
ACCEPTED = "no records (allowed by name)"

#: state -> why -> whether a clear is possible, and what the three sentences say.
SENTENCES: dict[str, tuple[str, bool, str, str, str]] = {
    "ok": (
        "", True,
        "the one list compared, us_one, was complete and current",
        "Not listed on 2015-06-01.",
        "on no list",
    ),
    "overridden": (
        ACCEPTED, True,
        f"1 of 1 list was accepted as it is: us_one ({ACCEPTED})",
        f"Not listed on 2015-06-01. The list was accepted as it is: {ACCEPTED}.",
        "on no list",
    ),
    **{
        state: (
            why, False,
            f"1 of 1 list cannot carry a clear: us_one ({why})",
            f"It is unknown whether it was listed on 2015-06-01: us_one: {why}.",
            "on no other list, and unknown for us_one",
        )
        for state, why in {
            "missing": "it was never loaded",
            "empty": "the version of 2015-05-31 has no records",
            "out_of_band": "the version of 2015-05-31 has 3 records, not 10 to 20",
            "stale": "the version of 2015-01-01 is 151 days old on 2015-06-01",
            "too_early": "it cannot speak for 2015-06-01; the first day it can is 2019-02-20",
        }.items()
    },
}  # fmt: skip


def _list(state: str) -> ListCoverage:
    return replace(OK, state=state, why=SENTENCES[state][0])


def test_the_table_has_every_state():
    assert set(SENTENCES) == set(get_args(ListState)) == set(STATES)


@pytest.mark.parametrize("state", get_args(ListState))
def test_every_sentence_for_every_state(state):
    _why, clears, rests, unlisted, none = SENTENCES[state]
    assert fails(_list(state)) is not clears
    assert rests_on([_list(state)]) == rests
    assert not_listed(_list(state), DAY) == unlisted
    assert on_lists([], [_list(state)]) == none
    assert on_lists(["us_one", "eu_one", "us_one"], [_list(state)]) == "eu_one, us_one"


@pytest.mark.parametrize("state", [state for state in SENTENCES if state != "ok"])
def test_one_list_that_is_not_whole_takes_the_claim_from_all(state):
    both = [replace(OK, list="eu_one"), _list(state)]
    assert "every list" not in rests_on(both)
    assert rests_on(both).startswith("1 of 2 lists ")


def test_failing_and_accepted_lists_are_both_named_and_long_lines_are_counted():
    lists = [_list("stale"), replace(_list("overridden"), list="eu_one")]
    assert rests_on(lists).count("; ") == 1
    many = [replace(_list("missing"), list=f"list_{number}") for number in range(7)]
    assert rests_on(many).endswith(", 3 more")
    assert on_lists([], many).endswith("unknown for list_0, list_1, list_2, list_3, 3 more")


def test_no_list_in_service_is_no_clear():
    assert rests_on([]) == "no list was in service, so nothing was compared"
    assert on_lists([], []) == "unknown: no list was in service"


@pytest.mark.parametrize(
    ("day", "basis", "words"),
    [
        ("2014-03-17", "publisher", "since 2014-03-17"),
        ("2022-02-25", "first_seen", "first seen 2022-02-25"),
        ("2019-02-20", "on_or_before", "on or before 2019-02-20"),
        (None, "on_or_before", "on or before an unknown day"),
    ],
)
def test_a_day_is_given_with_what_it_rests_on(day, basis, words):
    assert since(day, basis) == words


def test_a_clear_counts_the_lists_it_rests_on():
    assert rests_on([OK, replace(OK, list="eu_one")]) == (
        "all 2 lists compared were complete and current"
    )
