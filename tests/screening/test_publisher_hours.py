"""A list at each hour: what it publishes, what it covers and what it lists change in one instant.

Lists without dates of listing, and a removal, seen by both clocks at each hour around a version.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.worlds import a_list, listed, registry, world

#: Hours of UTC after which the day of a version begins at each authority.
MIDNIGHT = {"US": 5, "EU": -1, "UK": 0, "AU": -10, "NZ": -13}
FIRST, SECOND = "2024-03-04", "2024-03-06"
KEPT, RENAMED, REMOVED, ADDED = "Perpetua Oduya", "Quentin Farnsworth", "Ivo Brandl", "Ana Teles"
OTHER_NAME = "Zebulon Marchetti"
HOURS = range(-16, 18)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    lists = registry(*(a_list(f"list_{name.lower()}", name) for name in MIDNIGHT))
    versions = {
        FIRST: [listed("1", KEPT), listed("2", RENAMED), listed("3", REMOVED)],
        SECOND: [listed("1", KEPT), listed("2", OTHER_NAME), listed("4", ADDED)],
    }
    home = tmp_path_factory.mktemp("hours") / "home"
    return world(home, lists, {f"list_{name.lower()}": versions for name in MIDNIGHT})


def at_hour(day, hour):
    """Return an instant by the hours between it and midnight in UTC of a day."""
    return (datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(hours=hour)).isoformat()


def outcome(engine, authority, name, **clocks):
    party = {"schema": "Person", "properties": {"name": name}}
    return engine.screen(party, lists=[f"list_{authority.lower()}"], **clocks).outcome


@pytest.mark.parametrize("hour", HOURS)
@pytest.mark.parametrize("clock", ["as_of", "known_at", "both"])
def test_a_first_version_without_dates_is_never_current_and_empty(engine, hour, clock):
    """Before its midnight the list cannot answer; from then on it has its parties."""
    at = at_hour(FIRST, hour)
    clocks = {"as_of": {"as_of": at}, "known_at": {"as_of": FIRST, "known_at": at}}
    chosen = clocks.get(clock, {"as_of": at, "known_at": at})
    for authority, midnight in MIDNIGHT.items():
        (coverage,) = engine.coverage(lists=[f"list_{authority.lower()}"], **chosen)
        begun = hour >= midnight
        assert (coverage.state == "ok") is begun, (authority, coverage)
        assert outcome(engine, authority, KEPT, **chosen) == ("hit" if begun else "cannot_say")


@pytest.mark.parametrize("hour", HOURS)
def test_a_removal_takes_effect_at_the_publishers_midnight(engine, hour):
    at = at_hour(SECOND, hour)
    for authority, midnight in MIDNIGHT.items():
        gone = "clear" if hour >= midnight else "hit"
        here = "hit" if hour >= midnight else "clear"
        assert outcome(engine, authority, REMOVED, as_of=at) == gone
        assert outcome(engine, authority, REMOVED, as_of=at, known_at=at) == gone
        assert outcome(engine, authority, ADDED, as_of=at) == here
        assert outcome(engine, authority, ADDED, as_of=at, known_at=at) == here


@pytest.mark.parametrize("hour", HOURS)
def test_names_change_when_the_version_is_known(engine, hour):
    """A new name is known, and an old one forgotten, at the publisher's midnight."""
    at = at_hour(SECOND, hour)
    for authority, midnight in MIDNIGHT.items():
        begun = hour >= midnight
        now = {"as_of": at, "known_at": at}
        assert outcome(engine, authority, RENAMED, **now) == ("clear" if begun else "hit")
        assert outcome(engine, authority, OTHER_NAME, **now) == ("hit" if begun else "clear")
        (state,) = engine.coverage(lists=[f"list_{authority.lower()}"], **now)
        assert state.version == (SECOND if begun else FIRST)


@pytest.mark.parametrize("hour", HOURS)
def test_the_name_of_the_day_asked_about_counts_on_clocks_of_both_kinds(engine, hour):
    """Of a day before the second version, its names count however late it is known from."""
    day = "2024-03-05"
    for authority in MIDNIGHT:
        known = at_hour(SECOND, hour)
        assert outcome(engine, authority, RENAMED, as_of=day, known_at=known) == "hit"
        earlier = at_hour(day, MIDNIGHT[authority])
        assert outcome(engine, authority, RENAMED, as_of=earlier, known_at=SECOND) == "hit"


def test_no_list_that_covers_loses_a_party_between_two_days_that_have_it(engine):
    """Each hour of a publisher's day has what the day before and the day after have, or no list."""
    days = ["2024-03-02", "2024-03-03", FIRST, "2024-03-05", SECOND, "2024-03-07"]
    names = (KEPT, RENAMED, REMOVED, OTHER_NAME, ADDED)
    for authority in MIDNIGHT:
        for known_at in (None, "same"):
            for before, after in zip(days, days[2:], strict=False):
                both = [_hits(engine, authority, names, day, known_at) for day in (before, after)]
                for hour in range(24, 49, 3):
                    at = at_hour(before, MIDNIGHT[authority] + hour)
                    missing = (both[0] & both[1]) - _hits(engine, authority, names, at, known_at)
                    assert not missing, (authority, at, known_at)


def _hits(engine, authority, names, at, known_at):
    """Return the names that are not cleared at an instant, as known now or then."""
    known = {"known_at": at} if known_at else {}
    outcomes = {name: outcome(engine, authority, name, as_of=at, **known) for name in names}
    return {name for name, found in outcomes.items() if found != "clear"}


def test_the_sample_is_current_when_the_last_of_its_authorities_is(tmp_path):
    """Its parties are of several authorities; it covers once a day has begun at all of them."""
    american = listed("1", KEPT, programmes=("RUSSIA-EO14024",))
    european = listed("2", RENAMED, programmes=("UKR",))
    lists = registry(a_list("sample", "SAMPLE", sample=True))
    engine = world(tmp_path / "home", lists, {"sample": {FIRST: [american, european]}})
    for hour in HOURS:
        at = at_hour(FIRST, hour)
        (coverage,) = engine.coverage(lists=["sample"], as_of=at)
        assert (coverage.state == "ok") is (hour >= MIDNIGHT["US"])
        for name in (KEPT, RENAMED):
            party = {"schema": "Person", "properties": {"name": name}}
            found = engine.screen(party, lists=["sample"], as_of=at).outcome
            assert found == "hit" if coverage.state == "ok" else found != "clear"
