"""Dates against the document's day, at every boundary; and what turns a condition round."""

from __future__ import annotations

from datetime import date

import pytest

from limen.documents.conditions.polarity import denied, denied_noun
from limen.documents.text.dates import dates_in
from limen.model import PartialDate

MONDAY = date(2022, 2, 21)


def date_of(text: str, today: date | None = MONDAY, frame: PartialDate | None = None) -> str | None:
    found = next(iter(dates_in(text, 0, len(text), today, frame)), None)
    return None if found is None or found.date is None else str(found.date)


AHEAD = [
    ("on August 20", MONDAY, "2022-08-20", "exactly 180 days ahead is this year's"),
    ("on August 21", MONDAY, "2021-08-21", "181 days ahead is last year's"),
    ("on December 31", MONDAY, "2021-12-31", "ten months ahead is last year's"),
    ("on 20 August", MONDAY, "2022-08-20", "the day before the month"),
    ("on 21 August", MONDAY, "2021-08-21", "the day before the month"),
    ("on August 21, 2022", MONDAY, "2022-08-21", "a year that is written is that year"),
    ("on January 3", date(2022, 12, 30), "2022-01-03", "long ago in the same year"),
    ("on February 30", MONDAY, None, "no day"),
    ("on Feb. 29", date(2022, 3, 1), None, "no leap year"),
    ("on Feb. 29", date(2024, 3, 1), "2024-02-29", "a leap year"),
    ("on August 20", None, None, "without the document's day it stays open"),
]


@pytest.mark.parametrize(("text", "today", "expected", "because"), AHEAD)
def test_a_day_without_its_year(text, today, expected, because):
    assert date_of(text, today) == expected, because


MONTHS = [
    ("in February", "2022-02", "the month itself"), ("in March", "2021-03", "the next has not come"),
    ("in January", "2022-01", "the last"), ("since December", "2021-12", "last year's"),
    ("in February 2014", "2014-02", "with its year"), ("in may", None, "a word"),
    ("this year", "2022", ""), ("last year", "2021", ""), ("this month", "2022-02", ""),
    ("last month", "2022-01", ""), ("last week", "2022-02", ""), ("in 1999", "1999", ""),
    ("in 1899", None, "no year of ours"),
    ("since March, 2014", "2014-03", "with its year, after a comma"),
    ("in March 20140", "2021-03", "a number is no year"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "because"), MONTHS)
def test_a_month_or_a_year(text, expected, because):
    assert date_of(text) == expected, because


def test_last_month_in_january_is_december():
    assert date_of("last month", date(2022, 1, 31)) == "2021-12"
    assert date_of("last week", date(2022, 1, 7)) == "2021-12"
    assert date_of("last week", date(2022, 1, 8)) == "2022-01"


WEEKDAYS = [
    ("on Monday", "2022-02-21", "today"), ("last Monday", "2022-02-14", "a week ago"),
    ("next Monday", "2022-02-28", "in a week"), ("on Tuesday", "2022-02-15", "the last one"),
    ("next Tuesday", "2022-02-22", "tomorrow"), ("coming Sunday", "2022-02-27", "the next one"),
    ("last Sunday", "2022-02-20", "yesterday"), ("this Friday", "2022-02-18", "the last one"),
    ("on monday", None, "not a name"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "because"), WEEKDAYS)
def test_a_day_of_the_week(text, expected, because):
    assert date_of(text) == expected, because


RELATIVE = [
    ("yesterday", "2022-02-20"), ("last night", "2022-02-20"), ("tomorrow", "2022-02-22"),
    ("today", "2022-02-21"), ("tonight", "2022-02-21"), ("this evening", "2022-02-21"),
    ("three days ago", "2022-02-18"), ("2 weeks ago", "2022-02"), ("a month ago", "2022-01"),
    ("a day later", "2022-01-20"), ("ten days after", "2022-01-29"), ("two days before", "2022-01-17"),
    ("a week earlier", "2022-01"), ("the next day", "2022-01-20"), ("the day after", "2022-01-20"),
    ("the same day", "2022-01-19"), ("the previous day", "2022-01-18"), ("the day before", "2022-01-18"),
    ("the preceding day", "2022-01-18"), ("the following day", "2022-01-20"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RELATIVE)
def test_a_day_off_another(text, expected):
    assert date_of(text, frame=PartialDate(2022, 1, 19)) == expected


POLARITY = [
    ("if", "there will be sanctions", False, "brought"),
    ("if", "it would not itself trigger the package", True, "denied"),
    ("if", "it is not an invasion", True, "not taken for it"),
    ("if", "there will be no sanctions", True, "none of it"),
    ("if", "no new sanctions follow", True, "none of it"),
    ("if", "no bank is safe", False, "no one is safe: brought"),
    ("if", "it does not move forward", False, "an end is itself what is brought"),
    ("if", "not", True, "the word alone"), ("if", "No", True, "the word alone"),
    ("if", "nothing happens", True, "nothing"),
    ("if", "sanctions follow, but not at once", False, "the first clause decides"),
    ("if", "transactions that are not authorised remain prohibited", False, "a relative clause"),
    # with these the condition keeps the consequence away: they turn the answer round
    ("unless", "there will be sanctions", True, "held off"),
    ("until", "sanctions remain", True, "held off"),
    ("until", "sanctions will not be lifted", False, "until turns what is denied"),
    ("unless", "we will not act", False, "turned"),
    ("without", "there is a response", True, "turned"),
    ("absent", "we will respond", True, "turned"),
    ("barring", "we will respond", True, "turned"),
    ("short of", "we will respond", True, "turned"),
    ("but for", "we will respond", True, "turned"),
    ("when", "we will respond", False, "no such word"),
    ("until", "not", True, "the word alone is itself"),
]  # fmt: skip


@pytest.mark.parametrize(("mark", "consequence", "expected", "because"), POLARITY)
def test_whether_a_consequence_is_denied(mark, consequence, expected, because):
    assert denied(mark, consequence) is expected, because


@pytest.mark.parametrize(
    ("condition", "consequence", "expected"),
    [
        ("No exercise", "will trigger the package", True),
        ("Nothing of the kind", "will trigger the package", True),
        ("An exercise", "will trigger the package", False),
        ("An exercise", "will not trigger the package", True),
    ],
)
def test_a_noun_as_the_condition(condition, consequence, expected):
    assert denied_noun(condition, consequence) is expected
