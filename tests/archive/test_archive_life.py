"""When a listing applied, and when that was known: stories a lawyer can read.

Each story gives a record as the versions of its list had it (``None``: not in it), and the
listing rows that must follow. The archive's first version is of 2017-07-03 in all of them.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive.by_hand import person, told

from limen.archive.timeline import content_states, listing_rows, settle
from limen.model import Entry, Instant

FIRST = "2017-07-03"


def says(*programmes: str, **dates: str) -> Entry:
    return person("IRi.001", "A NAME", *programmes, **dates)


STORIES = {
    "in the first version, without a date: listed on or before it": (
        [(FIRST, says("IRAN"))],
        ["applied 2017-07-03.. IRAN by on_or_before, known 2017-07-03.."],
    ),
    "new in a later version, without a date: from the day it was first seen": (
        [("2022-02-23", says("RUSSIA"))],
        ["applied 2022-02-23.. RUSSIA by first_seen, known 2022-02-23.."],
    ),
    "the publisher's date of listing is when it applied, the version when it was known": (
        [("2022-02-23", says("RUSSIA", listed_on="2022-02-22"))],
        ["applied 2022-02-22.. RUSSIA by publisher, known 2022-02-23.."],
    ),
    "a year or a month alone counts as its first day": (
        [(FIRST, says("IRAN", listed_on="2014-03"))],
        ["applied 2014-03-01.. IRAN by publisher, known 2017-07-03.."],
    ),
    "removed: until then it was known as open, from then on as ended": (
        [(FIRST, says("IRAN", listed_on="2006-12-23")), ("2024-01-05", None)],
        [
            "applied 2006-12-23.. IRAN by publisher, known 2017-07-03..2024-01-05",
            "applied 2006-12-23..2024-01-05 IRAN by publisher, known 2024-01-05..",
        ],
    ),
    "gone and back under the same number: two periods, the second is not backdated": (
        [
            (FIRST, says("IRAN", listed_on="2006-12-23")),
            ("2024-01-05", None),
            ("2025-11-20", says("IRAN", listed_on="2006-12-23")),
        ],
        [
            "applied 2006-12-23.. IRAN by publisher, known 2017-07-03..2024-01-05",
            "applied 2006-12-23..2024-01-05 IRAN by publisher, known 2024-01-05..",
            "applied 2025-11-20.. IRAN by first_seen, known 2025-11-20..",
        ],
    ),
    "gone and back with a new date of listing: from that date": (
        [
            (FIRST, says("IRAN", listed_on="2006-12-23")),
            ("2024-01-05", None),
            ("2025-11-20", says("IRAN", listed_on="2025-09-27")),
        ],
        [
            "applied 2006-12-23.. IRAN by publisher, known 2017-07-03..2024-01-05",
            "applied 2006-12-23..2024-01-05 IRAN by publisher, known 2024-01-05..",
            "applied 2025-09-27.. IRAN by publisher, known 2025-11-20..",
        ],
    ),
    "another programme applies from the version that first has it": (
        [(FIRST, says("UKRAINE")), ("2022-06-28", says("UKRAINE", "RUSSIA"))],
        [
            "applied 2017-07-03.. UKRAINE by on_or_before, known 2017-07-03..2022-06-28",
            "applied 2017-07-03..2022-06-28 UKRAINE by on_or_before, known 2022-06-28..",
            "applied 2022-06-28.. UKRAINE+RUSSIA by first_seen, known 2022-06-28..",
        ],
    ),
    "programmes in another order are the same programmes": (
        [(FIRST, says("SDGT", "IFSR")), ("2022-06-28", says("IFSR", "SDGT"))],
        ["applied 2017-07-03.. SDGT+IFSR by on_or_before, known 2017-07-03.."],
    ),
    "marked as removed by the publisher: ended on the day it says": (
        [
            (FIRST, says("MM", listed_on="2014-03-17")),
            ("2020-05-01", says("MM", listed_on="2014-03-17", delisted_on="2020-04-15")),
        ],
        [
            "applied 2014-03-17.. MM by publisher, known 2017-07-03..2020-05-01",
            "applied 2014-03-17..2020-04-15 MM by publisher, known 2020-05-01..",
        ],
    ),
    "a removal dated to the month counts as of its last day": (
        [(FIRST, says("MM", listed_on="2014", delisted_on="2016-02"))],
        ["applied 2014-01-01..2016-02-29 MM by publisher, known 2017-07-03.."],
    ),
    "an announced removal is known before it applies, and can be withdrawn": (
        [
            (FIRST, says("MM", delisted_on="2018-01-01")),
            ("2017-12-01", says("MM")),
        ],
        [
            "applied 2017-07-03..2018-01-01 MM by on_or_before, known 2017-07-03..2017-12-01",
            "applied 2017-07-03.. MM by on_or_before, known 2017-12-01..",
        ],
    ),
    "the mark of removal is taken back after it applied: listed again": (
        [
            (FIRST, says("MM", listed_on="2014-03-17", delisted_on="2016-01-01")),
            ("2020-05-01", says("MM", listed_on="2014-03-17")),
        ],
        [
            "applied 2014-03-17..2016-01-01 MM by publisher, known 2017-07-03..",
            "applied 2020-05-01.. MM by first_seen, known 2020-05-01..",
        ],
    ),
    "removed and listed again between two versions, and the publisher says so": (
        [
            (FIRST, says("MM", listed_on="2014-03-17", delisted_on="2016-01-01")),
            ("2020-05-01", says("MM", listed_on="2019-09-09", delisted_on="2016-01-01")),
        ],
        [
            "applied 2014-03-17..2016-01-01 MM by publisher, known 2017-07-03..",
            "applied 2019-09-09.. MM by publisher, known 2020-05-01..",
        ],
    ),
    "first seen as removed already, never with a date of listing: it did apply before": (
        [(FIRST, says("MM", delisted_on="2016-01-01"))],
        ["applied ..2016-01-01 MM by on_or_before, known 2017-07-03.."],
    ),
    "marked as removed, and then no longer printed: the publisher's day stands": (
        [
            (FIRST, says("MM", listed_on="2014-03-17", delisted_on="2016-01-01")),
            ("2020-05-01", None),
        ],
        ["applied 2014-03-17..2016-01-01 MM by publisher, known 2017-07-03.."],
    ),
    "the date of listing is moved back: the old row was known until then": (
        [
            (FIRST, says("IRAN", listed_on="2014-03-17")),
            ("2018-12-27", says("IRAN", listed_on="2012-01-01")),
        ],
        [
            "applied 2014-03-17.. IRAN by publisher, known 2017-07-03..2018-12-27",
            "applied 2012-01-01.. IRAN by publisher, known 2018-12-27..",
        ],
    ),
    "a date of listing is printed only later: it replaces the day it was first seen": (
        [("2022-02-23", says("RUSSIA")), ("2022-03-01", says("RUSSIA", listed_on="2022-02-22"))],
        [
            "applied 2022-02-23.. RUSSIA by first_seen, known 2022-02-23..2022-03-01",
            "applied 2022-02-22.. RUSSIA by publisher, known 2022-03-01..",
        ],
    ),
    "a date of listing that is no longer printed is not forgotten": (
        [(FIRST, says("IRAN", listed_on="2014-03-17")), ("2018-12-27", says("IRAN"))],
        ["applied 2014-03-17.. IRAN by publisher, known 2017-07-03.."],
    ),
    "a later date of listing takes nothing back that a version had in effect": (
        [
            (FIRST, says("IRAN", listed_on="2014-03-17")),
            ("2018-12-27", says("IRAN", listed_on="2018-12-20")),
        ],
        ["applied 2014-03-17.. IRAN by publisher, known 2017-07-03.."],
    ),
    "published before it takes effect: known now, applied later": (
        [("2022-02-23", says("RUSSIA", listed_on="2022-03-01"))],
        ["applied 2022-03-01.. RUSSIA by publisher, known 2022-02-23.."],
    ),
    "put off and changed before it takes effect: it never applied the old way": (
        [
            ("2022-02-23", says("RUSSIA", listed_on="2022-03-01")),
            ("2022-02-25", says("BELARUS", listed_on="2022-04-01")),
        ],
        [
            "applied 2022-03-01.. RUSSIA by publisher, known 2022-02-23..2022-02-25",
            "applied 2022-04-01.. BELARUS by publisher, known 2022-02-25..",
        ],
    ),
    "to take effect later, and then printed without that date: from that version on": (
        [("2022-02-23", says("RUSSIA", listed_on="2022-03-01")), ("2022-02-25", says("RUSSIA"))],
        [
            "applied 2022-03-01.. RUSSIA by publisher, known 2022-02-23..2022-02-25",
            "applied 2022-02-25.. RUSSIA by first_seen, known 2022-02-25..",
        ],
    ),
    "withdrawn before it takes effect: it never applied": (
        [("2022-02-23", says("RUSSIA", listed_on="2022-03-01")), ("2022-02-25", None)],
        ["applied 2022-03-01.. RUSSIA by publisher, known 2022-02-23..2022-02-25"],
    ),
    "moved to another programme, then removed: both periods end where they ended": (
        [
            (FIRST, says("UKRAINE", listed_on="2014-03-17")),
            ("2022-02-25", says("RUSSIA", listed_on="2014-03-17")),
            ("2024-04-02", None),
        ],
        [
            "applied 2014-03-17.. UKRAINE by publisher, known 2017-07-03..2022-02-25",
            "applied 2014-03-17..2022-02-25 UKRAINE by publisher, known 2022-02-25..",
            "applied 2022-02-25.. RUSSIA by first_seen, known 2022-02-25..2024-04-02",
            "applied 2022-02-25..2024-04-02 RUSSIA by first_seen, known 2024-04-02..",
        ],
    ),
}


@pytest.mark.parametrize("story", STORIES)
def test_listing_rows(story):
    changes, expected = STORIES[story]
    assert told(listing_rows(changes, FIRST)) == expected


def test_states_run_from_the_version_that_has_them_to_the_one_that_replaces_them():
    one, other = says("IRAN"), says("IRAN", listed_on="2006")
    versions = [
        (FIRST, one),
        ("2018-12-27", one),
        ("2021-01-27", other),
        ("2024-01-05", None),
        ("2025-11-20", other),
    ]
    states = content_states(settle(versions))
    assert [(str(s.known.start), str(s.known.end), s.entry) for s in states] == [
        ("2017-07-03", "2021-01-27", one),
        ("2021-01-27", "2024-01-05", other),
        ("2025-11-20", "None", other),
    ]


DAYS = [f"{year}-{month:02}-15" for year in range(2017, 2021) for month in (1, 5, 9)]
partial_days = st.one_of(
    st.none(), st.sampled_from([*DAYS, "2016", "2018", "2018-05", "2019-09", "2021-03-01"])
)
entries = st.builds(
    lambda programme, listed, delisted: says(programme, listed_on=listed, delisted_on=delisted),
    st.sampled_from(["IRAN", "RUSSIA"]),
    partial_days,
    st.one_of(st.none(), partial_days),
)


@st.composite
def lives(draw):
    days = sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1)))
    said = [draw(st.one_of(st.none(), entries)) for _ in days]
    return settle(zip(days, said, strict=True))


def seen_from(rows, day):
    """What is known on a day: applied intervals, terms and basis."""
    at = Instant.parse(day)
    return {
        (str(row.applied.start), str(row.applied.end), row.programmes, row.applied_basis)
        for row in rows
        if row.known.covers(at)
    }


@given(lives(), st.sampled_from(DAYS))
def test_what_was_known_on_a_day_does_not_depend_on_what_came_later(life, day):
    until_then = [change for change in life if change[0] <= day]
    assert seen_from(listing_rows(life, DAYS[0]), day) == seen_from(
        listing_rows(until_then, DAYS[0]), day
    )


@given(lives(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_on_both_clocks_at_most_one_row_holds(life, as_of, known_at):
    rows = listing_rows(life, DAYS[0])
    applied, known = Instant.parse(as_of), Instant.parse(known_at)
    holding = [row for row in rows if row.applied.covers(applied) and row.known.covers(known)]
    assert len(holding) <= 1


@given(lives())
def test_a_version_s_own_day_shows_what_that_version_says(life):
    rows = listing_rows(life, DAYS[0])
    for day, entry in life:
        at = Instant.parse(day)
        holding = [row for row in rows if row.applied.covers(at) and row.known.covers(at)]
        if entry is None:
            assert holding == []
        elif entry.delisted_on is None and (entry.listed_on or "") <= day:
            assert [row.programmes for row in holding] == [entry.programmes]
