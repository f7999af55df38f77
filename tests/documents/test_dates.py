"""Days as texts tell them, against the document's day and the day last spoken of."""

from datetime import date

import pytest

from limen.documents.readers import read_bytes
from limen.documents.text.dates import dates_in
from limen.model import PartialDate

TODAY = date(2022, 2, 21)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Monday", "2022-02-21"),
        ("on Friday", "2022-02-18"),
        ("in January", "2022-01"),
        ("in March", "2021-03"),
        ("yesterday", "2022-02-20"),
        ("on 24 February 2022", "2022-02-24"),
        ("Feb. 18, 2022", "2022-02-18"),
        ("on Jan. 19", "2022-01-19"),
        ("two days ago", "2022-02-19"),
        ("last month", "2022-01"),
        ("in 2014", "2014"),
    ],
)
def test_against_the_documents_day(text, expected):
    found = next(iter(dates_in(text, 0, len(text), TODAY)))
    assert str(found.date) == expected


def test_a_day_later_than_what_was_told_last():
    frame = PartialDate(2022, 1, 19)
    (found,) = dates_in("a day later", 0, 11, TODAY, frame)
    assert str(found.date) == "2022-01-20"
    (found,) = dates_in("a day later", 0, 11, TODAY, PartialDate(2022, 1))
    assert str(found.date) == "2022-01", "of a month no day can be told"


@pytest.mark.parametrize(
    ("head", "day", "basis"),
    [
        ("WASHINGTON, March 3, 2022 (Wire) - It rained.", "2022-03-03", "dateline"),
        ("A title\n\n22 February 2022\n\nIt rained there.", "2022-02-22", "stated"),
        ("It rained, and nobody said when it did.", None, "unknown"),
    ],
)
def test_the_documents_own_day(head, day, basis):
    dated = read_bytes(head.encode(), "a.txt").dated
    assert (dated.day and dated.day.isoformat(), dated.basis) == (day, basis)
