"""Instants and intervals: days are asked at their end, intervals are half-open."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.model import InputError, Instant, Interval
from limen.model.instant import DAY, read_instant

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


@pytest.mark.parametrize(
    "wrong",
    [
        *("2022-02-30", "21.2.2022", "", "tomorrow", "2022-13-01"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    ],
)
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


def test_an_instant_is_read_from_text_a_day_or_itself():
    night = Instant.parse("2022-02-21T23:59-05:00")
    assert read_instant("2022-02-21T23:59-05:00", "at") == night
    assert read_instant(date(2022, 2, 21), "at") == Instant.parse("2022-02-21")
    assert read_instant(night, "at") is night
    assert read_instant(None, "at") is None


@pytest.mark.parametrize("text", ["", "21.2.2022", "2022-02-30", "2022-02-21T23:59"])
def test_what_is_no_instant_is_refused_with_its_field_and_a_hint(text):
    with pytest.raises(InputError, match=r"--as-of") as refused:
        read_instant(text, "--as-of")
    assert "2022-02-21T23:59-05:00" in refused.value.hint
