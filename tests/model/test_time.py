"""Instants and intervals: days are asked at their end, intervals are half-open."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.model import Instant, Interval
from limen.model.instant import DAY

days = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)).map(Instant.parse)


def test_a_listing_removed_on_2_april_does_not_apply_on_2_april():
    listing = Interval(Instant.parse("2022-02-25"), Instant.parse("2022-04-02"))
    assert not listing.covers(Instant.parse("2022-02-24"))
    assert listing.covers(Instant.parse("2022-02-25"))
    assert listing.covers(Instant.parse("2022-04-01"))
    assert not listing.covers(Instant.parse("2022-04-02"))


def test_a_licence_ends_at_its_minute():
    licence = Interval(None, Instant.parse("2022-03-23T00:01-04:00"))
    assert licence.covers(Instant.parse("2022-03-23T00:00:59-04:00"))
    assert not licence.covers(Instant.parse("2022-03-23T00:01-04:00"))
    assert not licence.covers(Instant.parse("2022-03-23"))


def test_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Instant.parse("2022-02-21T21:00")


@pytest.mark.parametrize("wrong", ["2022-02-30", "21.2.2022", "", "tomorrow", "2022-13-01"])
def test_what_is_no_instant_is_refused(wrong):
    with pytest.raises(ValueError):
        Instant.parse(wrong)


def test_an_interval_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        Interval(Instant.parse("2022-02-21"), Instant.parse("2022-02-20"))


@given(days)
def test_text_and_back(day):
    assert Instant.parse(str(day)) == day


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_seconds_survive_text(moment):
    instant = Instant.parse(moment.replace(tzinfo=UTC, microsecond=0))
    assert Instant.parse(str(instant)).seconds == instant.seconds


@given(days, st.integers(0, 5000))
def test_whole_days_are_counted(day, count):
    later = Instant(day.seconds + count * DAY, whole_day=True)
    assert later.days_since(day) == count
