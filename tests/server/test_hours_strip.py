"""The strip of hours: its scale, its labels, and the instants before and after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.server.pages.view.hours_strip import WIDTH, Dated, lay_out

WASHINGTON = timezone(timedelta(hours=-5))
HOUR = 3600
CURSOR = int(datetime(2022, 2, 21, 23, 59, tzinfo=WASHINGTON).timestamp())


def at(hours: float, first: float | None = None, **fields: str) -> Dated:
    """Return an entry so many hours from the cursor."""
    surely = CURSOR + int(hours * HOUR)
    begun = surely if first is None else CURSOR + int(first * HOUR)
    known = {"kind": "statement", "label": "Jen Psaki", "title": "words"} | fields
    return Dated(begun, surely, **known)


def test_before_and_after_are_the_nearest_entries_and_not_the_cursor_itself():
    strip = lay_out([at(-30), at(-2), at(0), at(5), at(90)], CURSOR, WASHINGTON)
    assert (strip.before, strip.after) == ("2022-02-21T21:59-05:00", "2022-02-22T04:59-05:00")
    alone = lay_out([at(0)], CURSOR, WASHINGTON)
    assert (alone.before, alone.after) == ("", "")


@pytest.mark.parametrize(
    ("hours", "first_tick", "shown"),
    [
        ((-1, -2, -3, -4, -5, -6), "12:00", 6),
        ((-1, -2, -3, -4, -5, -100), "18 Feb", 6),
        ((-1, -2, -3, -4, -5), "12:00", 5),
        ((-1, -2, -3, -9000), "17 Apr 2021", 4),
    ],
)
def test_the_scale_is_the_shortest_that_holds_six_entries(hours, first_tick, shown):
    strip = lay_out([at(each) for each in hours], CURSOR, WASHINGTON)
    assert strip.ticks[0][1] == first_tick
    assert len(strip.marks) == shown
    assert strip.cursor_x == WIDTH / 2


def test_a_mark_has_its_range_its_value_and_whether_it_was_yet_to_come():
    entries = [at(-2, -8, value="true"), at(3, kind="measure"), *[at(-1)] * 4]
    first, *_, last = lay_out(entries, CURSOR, UTC).marks
    assert (first.value, first.ahead, first.at) == ("true", False, "2022-02-22T02:59+00:00")
    assert first.x - first.from_x == pytest.approx(6 * (WIDTH - 80) / 24, abs=0.2)
    assert (last.kind, last.ahead) == ("measure", True)


@given(st.lists(st.tuples(st.floats(-12, 12), st.text(max_size=60)), max_size=40))
def test_labels_cover_no_other_label_and_leave_no_drawing(entries):
    strip = lay_out([at(hours, label=label) for hours, label in entries], CURSOR, WASHINGTON)
    labelled = [mark for mark in strip.marks if mark.label_y]
    ends: dict[int, float] = {}
    for mark in labelled:
        assert mark.label_x >= ends.get(mark.label_y, 0.0)
        ends[mark.label_y] = mark.label_x + 6.6 * len(mark.label)
        assert ends[mark.label_y] <= WIDTH
        assert mark.label_y < strip.height
