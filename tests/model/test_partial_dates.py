"""Partial dates never say more than the source did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.model import PartialDate

partial_dates = st.one_of(
    st.integers(1, 9999).map(PartialDate),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)),
)


@given(partial_dates)
def test_text_and_back(day):
    assert PartialDate.parse(str(day)) == day


@given(partial_dates, partial_dates)
def test_agreement_is_mutual(one, other):
    assert one.agrees(other) == other.agrees(one)


@given(partial_dates)
def test_a_date_agrees_with_less_of_itself(day):
    assert day.agrees(PartialDate(day.year))
    assert day.agrees(PartialDate(day.year, day.month))


def test_a_year_does_not_contradict_a_day():
    assert PartialDate.parse("1962").agrees(PartialDate.parse("1962-11-23"))
    assert not PartialDate.parse("1962-10").agrees(PartialDate.parse("1962-11-23"))


@pytest.mark.parametrize(
    "wrong", ["62", "1962-13", "1962-02-30", "1962-11-23T00:00", "", "1962-1-1"]
)
def test_what_is_no_partial_date_is_refused(wrong):
    with pytest.raises(ValueError):
        PartialDate.parse(wrong)
