"""Days begin where they happen: Washington's evening is Kyiv's next morning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.law.moments import moment
from limen.model import Instant

WASHINGTON, KYIV = "-05:00", "+02:00"


def at(text: str) -> Instant:
    return Instant.parse(text)


def test_what_is_said_on_a_day_has_been_said_by_its_last_minute():
    said = moment("2022-02-22", WASHINGTON)
    assert not said.happened_by(at("2022-02-21T23:59-05:00"))
    assert not said.happened_by(at("2022-02-22T12:00-05:00"))
    assert said.happened_by(at("2022-02-22T23:59-05:00"))


def test_law_given_for_a_day_holds_all_of_it():
    assert moment("2022-02-24", "+01:00").effective_by(at("2022-02-24T00:00+01:00"))
    assert not moment("2022-02-24", "+01:00").effective_by(at("2022-02-23T23:59+01:00"))


def test_the_same_day_comes_seven_hours_later_in_washington():
    instant = at("2022-02-22T06:00+02:00")
    assert moment("2022-02-22", KYIV).effective_by(instant)
    assert not moment("2022-02-22", WASHINGTON).effective_by(instant)


def test_a_question_about_a_day_is_put_at_its_end_wherever_it_happened():
    assert moment("2022-02-21 evening", WASHINGTON).happened_by(at("2022-02-21"))
    assert not moment("2022-02-22 morning", KYIV).happened_by(at("2022-02-21"))


def test_through_a_minute_includes_it():
    end = moment("2022-03-23T00:01-04:00")
    assert not end.passed_by(at("2022-03-23T00:01-04:00"))
    assert end.passed_by(at("2022-03-23T00:01:01-04:00"))


def test_through_a_day_includes_it():
    end = moment("2022-04-22", WASHINGTON)
    assert not end.passed_by(at("2022-04-22T23:59:59-05:00"))
    assert end.passed_by(at("2022-04-23T00:00-05:00"))
    assert not end.passed_by(at("2022-04-22"))
    assert end.passed_by(at("2022-04-23"))


@given(
    st.datetimes(min_value=__import__("datetime").datetime(1970, 1, 2)),
    st.integers(-50_000, 50_000),
)
def test_what_has_happened_has_also_taken_effect(when, seconds):
    text = when.replace(microsecond=0).isoformat() + "+00:00"
    found = moment(text)
    asked = Instant(found.last + seconds)
    assert not found.happened_by(asked) or found.effective_by(asked)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2022-02-30", "the calendar has no day 2022-02-3"),
        ("yesterday", "is not a moment"),
        ("2022-02-21T10:00", "no time zone"),
        ("2022-02-22T10:00Z/2022-02-21T10:00Z", "ends before it begins"),
    ],
)
def test_what_is_no_moment_is_refused(text, says):
    with pytest.raises(ValueError, match=says):
        moment(text, WASHINGTON)
