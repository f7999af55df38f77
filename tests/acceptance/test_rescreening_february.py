"""The base of the examples, re-screened each day of the week of the founding case.

On OFAC's own list in the states of those days: who became a hit when, and by what. After each day
the pairs that hold are those that a screening of everything finds.
"""

from __future__ import annotations

import pytest
from tests.conftest import ROOT
from tests.rescreening.bases import BASE

from limen.batch.columns.mapping import Wishes
from limen.rescreening.bases.base_home import base_folder, open_base, store_base
from limen.rescreening.bases.compile_base import FileReading
from limen.rescreening.customer_pairs import pair_of
from limen.rescreening.rescreen import rescreen
from limen.rescreening.run_plan import Question
from limen.rescreening.run_record import read_changes, read_pairs, runs_folder
from limen.rescreening.verify_run import failed_checks, verify_run

#: The days on which something changes, and the one before them.
DAYS = ("2022-02-18", "2022-02-21", "2022-02-23", "2022-02-25")
#: The days on which everything is screened as well.
COMPARED = DAYS[-2:]
#: Day -> customers that became a hit on it, each with the measure that was behind it first.
BECAME = {
    "2022-02-21": {("C-103519", "us-eo-14065"), ("C-104260", "us-eo-14065")},
    "2022-02-23": {
        ("C-101776", "us-eo-14024"), ("C-102235", "us-eo-14024"), ("C-104685", "us-eo-14024"),
        ("C-106749", "us-eo-14024"), ("C-107922", "us-eo-14024"), ("C-109418", "us-eo-14024"),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def walked(february_home, february):
    """The runs of the week, and after each the pairs that a whole screening finds."""
    home = february_home
    store_base(home, BASE, ROOT / "examples" / "portfolio.csv", FileReading(Wishes({})), new=True)
    base, days = open_base(home, BASE), {}
    for day in DAYS:
        question = Question(as_of=day, known_at=day)
        record = rescreen(home, BASE, february, question)
        parties = map(base.party, range(len(base) if day in COMPARED else 0))
        answers = february.screen_many(parties, as_of=day, known_at=day)
        everything = {
            pair_of(key, finding)
            for key, answer in zip(base.keys, answers, strict=False)
            for finding in answer.findings
        }
        days[day] = (runs_folder(base_folder(home, BASE)) / record.id, everything)
    return days


@pytest.mark.shared
def test_a_day_leaves_what_a_whole_screening_finds(walked):
    for day in COMPARED:
        run, everything = walked[day]
        assert set(read_pairs(run).values()) == everything


@pytest.mark.shared
@pytest.mark.parametrize("day", BECAME)
def test_who_became_a_hit_when_and_by_which_act(walked, day):
    run, _ = walked[day]
    became = {
        (change.after.customer, measure)
        for change in read_changes(run)
        if change.outcome == "new" and change.after and change.after.level == "hit"
        for measure in change.after.measures
    }
    assert became >= BECAME[day]


@pytest.mark.shared
def test_who_was_a_hit_before_became_graver(walked):
    worse = {
        change.after.customer: set(change.after.measures) - set(change.before.measures)
        for change in read_changes(walked["2022-02-25"][0])
        if change.outcome == "worse" and change.after and change.before
    }
    assert worse["C-109466"] == {"us-eo-14024"}  # Patrushev, listed for Crimea since 2014


@pytest.mark.shared
def test_the_proof_of_a_day_is_verified(walked, february_home):
    checks = verify_run(february_home, walked["2022-02-23"][0], sample=433, seed=1)
    assert failed_checks(checks) is None, checks
