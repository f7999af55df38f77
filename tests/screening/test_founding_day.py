"""The founding day by the hour: a listing of 22 February reaches nobody before midnight there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from tests.worlds import a_list, listed, registry, world

#: Where each authority's midnight of 22 February 2022 is, in hours of UTC of that day.
MIDNIGHT = {"US": 5, "EU": -1, "UK": 0, "CA": 5, "AU": -10, "UN": 5}
VERSION = "2022-03-01"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    lists = registry(*(a_list(f"list_{name.lower()}", name) for name in MIDNIGHT))
    entries = {
        f"list_{name.lower()}": {
            VERSION: [
                listed("1", "Promsvyazbank", "Company", listed_on="2022-02-22"),
                listed(
                    "2", "Steel Bank", "Company", listed_on="2022-02-21", delisted_on="2022-02-22"
                ),
            ]
        }
        for name in MIDNIGHT
    }
    return world(tmp_path_factory.mktemp("hours") / "home", lists, entries)


def authorities(engine, name, at):
    party = {"schema": "Company", "properties": {"name": name}}
    answer = engine.screen(party, as_of=at, known_at=VERSION)
    return {finding.listings[0].list[5:].upper() for finding in answer.findings}


@pytest.mark.parametrize("hour", range(-14, 30))
def test_each_hour_of_the_day(engine, hour):
    """One second before each hour of UTC, and at it, written in Washington's and Kyiv's time."""
    midnight = datetime(2022, 2, 22, tzinfo=UTC)
    for zone in (timezone(timedelta(hours=-5)), timezone(timedelta(hours=2))):
        for second in (-1, 0):
            when = (midnight + timedelta(hours=hour, seconds=second)).astimezone(zone)
            begun = {name for name, at in MIDNIGHT.items() if hour * 3600 + second >= at * 3600}
            at = when.isoformat()
            assert authorities(engine, "Promsvyazbank", at) == begun, at
            assert authorities(engine, "Steel Bank", at) == {
                name
                for name in MIDNIGHT
                if name not in begun and hour * 3600 + second >= (MIDNIGHT[name] - 24) * 3600
            }, at


def test_a_minute_before_midnight_in_washington_is_not_the_22nd(engine):
    assert "US" not in authorities(engine, "Promsvyazbank", "2022-02-21T23:59-05:00")
    assert "US" in authorities(engine, "Promsvyazbank", "2022-02-22T00:00-05:00")


def test_a_whole_day_is_that_day_wherever(engine):
    assert authorities(engine, "Promsvyazbank", "2022-02-22") == set(MIDNIGHT)
    assert authorities(engine, "Promsvyazbank", "2022-02-21") == set()
    assert authorities(engine, "Steel Bank", "2022-02-22") == set()
