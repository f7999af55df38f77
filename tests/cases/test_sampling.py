"""Samples are drawn at random, and anyone with the seed draws them again."""

from __future__ import annotations

import pytest
from tests.cases.desk import ANNA, BO, CLEO, DORA, answer, closed, do, opened

from limen.cases.decision import Act
from limen.cases.people import Person
from limen.cases.sampling import MOST, draw_sample
from limen.cases.verification import verify
from limen.model import InputError, RightsError

BOTH = Person("bo", BO.roles | {"audit"}, 2)


@pytest.fixture
def many(cases):
    """Twelve closed alerts, six of them signed by cleo, and one that is open."""
    for number in range(12):
        second = CLEO if number % 2 else BO
        closed(cases, opened(cases, answer(subject=f"C{number}")), second=second)
    opened(cases, answer(subject="open"))
    return cases


def test_a_sample_is_drawn_once_and_noted_with_its_seed(many):
    first = draw_sample(many, 5, DORA, seed="2026-Q1")
    assert (len(first.alerts), first.population) == (5, 12)
    assert all(many.alert(key).sample == "drawn" for key in first.alerts)
    second = draw_sample(many, 50, DORA)
    assert (len(second.alerts), second.population) == (7, 7)
    assert not set(first.alerts) & set(second.alerts)
    assert len(second.seed) == 32
    noted = [event.data for event in many.events("") if event.type == "sample.drawn"]
    assert [each["seed"] for each in noted] == ["2026-Q1", second.seed]
    assert verify(many.database).faults == ()
    assert do(many, many.alert(first.alerts[0]), Act("pass_sample"), DORA).sample == "passed"


def test_the_same_seed_draws_the_same_and_another_does_not(many, tmp_path, clock):
    from limen.cases.cases import Cases

    drawn = {draw_sample(many, 4, DORA, seed="a").alerts}
    with Cases.open(tmp_path / "other.sqlite", clock=clock) as other:
        for number in range(12):
            closed(other, opened(other, answer(subject=f"C{number}")))
        drawn.add(draw_sample(other, 4, DORA, seed="a").alerts)
        assert len(drawn) == 1
        drawn.add(draw_sample(other, 4, DORA, seed="b").alerts)
    assert len(drawn) == 2


def test_no_one_checks_what_they_decided(many):
    sample = draw_sample(many, 50, BOTH)
    assert sample.population == 6
    assert {many.alert(key).decided_by for key in sample.alerts} == {"cleo"}


def test_a_sample_is_of_a_time(many):
    moments = sorted(many.alert(key).decided_at for key in draw_sample(many, 50, DORA).alerts)
    since, until = moments[3], moments[9]
    for number in range(12):
        closed(many, opened(many, answer(subject=f"D{number}")))
    assert draw_sample(many, 50, DORA, since=since, until=until).population == 0
    assert draw_sample(many, 50, DORA, since=until).population == 12


@pytest.mark.parametrize("count", [0, -1, MOST + 1])
def test_a_count_is_bounded(many, count):
    with pytest.raises(InputError):
        draw_sample(many, count, DORA)


def test_samples_are_for_auditors(many):
    with pytest.raises(RightsError, match="needs the role audit"):
        draw_sample(many, 1, ANNA)
    assert many.events("") == []
