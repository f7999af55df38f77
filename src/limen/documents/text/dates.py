"""Read dates as texts write them: full, partial, weekdays, and relative to another day.

A day is resolved against an anchor: the document's day for "Monday" and "in January", the day
last spoken of for "a day later". What is known to the month stays a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from limen.documents.document import Span
from limen.documents.text.cues import Cues
from limen.model import PartialDate

_MONTHS = ([
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
])  # fmt: skip
_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|"
    r"aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_COUNT = r"(?:\d{1,2}|" + "|".join(_NUMBERS) + ")"
EXPRESSION = re.compile(
    rf"""\b(?:
      (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
    | (?P<mdy>(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y1>\d{{4}}))?)
    | (?P<dmy>(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_MONTH})(?![a-z])
        (?:,?\s+(?P<y2>\d{{4}}))?)
    | (?P<my>(?P<m3>{_MONTH})(?![a-z]),?\s+(?P<y3>\d{{4}}))
    | (?P<inmonth>(?:in|last|this|since|of|early|late|mid-?)\s+
        (?P<m4>(?=(?-i:[A-Z]))(?:{"|".join(_MONTHS)}))(?![\w-])(?!,?\s+\d{{4}}(?!\d)))
    | (?P<weekday>(?:(?P<which>last|next|this|coming)\s+)?(?P<w>{"|".join(_DAYS)})(?!\w))
    | (?P<later>(?P<n1>{_COUNT})\s+(?P<u1>day|week|month)s?\s+
        (?P<way>later|earlier|before|after|ago))
    | (?P<nextday>the\s+(?:next|following|same|previous|preceding)\s+day
        |the\s+day\s+(?:before|after))
    | (?P<plain>today|tonight|yesterday|tomorrow|this\s+(?:morning|afternoon|evening)
        |this\s+(?:week|month|year)|last\s+(?:night|week|month|year)
        |earlier\s+this\s+(?:week|month|year))
    | in\s+(?P<year>(?:19|20)\d{{2}})(?![\d-])
    )""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class When:
    """Represents a date in a text: its place, its words and its value.

    ``date`` is ``None`` for an expression that needs an anchor that is not there. ``full`` is
    whether the text itself names day, month and year.
    """

    span: Span
    text: str
    date: PartialDate | None
    full: bool = False
    weekday: int | None = None
    ahead: bool = False


def dates_in(
    text: str, start: int, end: int, today: date | None, frame: PartialDate | None = None
) -> Iterator[When]:
    """Yield every date of a stretch of text, in order.

    Args:
        text: the document's text.
        start: where the stretch begins.
        end: where it ends.
        today: the document's day.
        frame: the day last spoken of, for "a day later".
    """
    for match in EXPRESSION.finditer(text, start, end):
        if match["w"] and not match["w"][0].isupper():
            continue
        yield _read(match, today, frame)


def dates_near_cues(
    text: str, cues: Cues, span: Span, today: date | None, frame: PartialDate | None = None
) -> Iterator[When]:
    """Yield the dates of a stretch of a document, read only near a word of a date."""
    for start, end in cues.near("date", text, *span):
        yield from dates_in(text, start, end, today, frame)


def _read(match: re.Match[str], today: date | None, frame: PartialDate | None) -> When:
    span, text = match.span(), match.group()
    if match["iso"]:
        return When(span, text, _parsed(match["iso"]), full=True)
    if match["mdy"] or match["dmy"]:
        month, day, year = (
            (match["m1"], match["d1"], match["y1"])
            if match["mdy"]
            else (match["m2"], match["d2"], match["y2"])
        )
        return When(span, text, _day(month, int(day), year, today), full=bool(year))
    if match["my"]:
        return When(span, text, _parsed(f"{match['y3']}-{_month(match['m3']):02}"))
    if match["inmonth"]:
        return When(span, text, _last_month_named(_month(match["m4"]), today))
    if match["year"]:
        return When(span, text, PartialDate(int(match["year"])))
    if match["weekday"]:
        return _weekday(match, today)
    return When(span, text, _relative(match, today, frame))


def _parsed(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def _month(text: str) -> int:
    short = text.lower().rstrip(".")[:3]
    return next(place for place, name in enumerate(_MONTHS, 1) if name.startswith(short))


def _day(month: str, day: int, year: str | None, today: date | None) -> PartialDate | None:
    number = _month(month)
    try:
        if year:
            return PartialDate(int(year), number, day)
        if today is None:
            return None
        in_this_year = PartialDate(today.year, number, day)
        ahead = date(today.year, number, day) > today + timedelta(days=180)
        return PartialDate(today.year - 1, number, day) if ahead else in_this_year
    except ValueError:
        return None


def _last_month_named(month: int, today: date | None) -> PartialDate | None:
    if today is None:
        return None
    return PartialDate(today.year if month <= today.month else today.year - 1, month)


def _weekday(match: re.Match[str], today: date | None) -> When:
    number = _DAYS.index(match["w"].lower())
    ahead = (match["which"] or "").lower() in ("next", "coming")
    day = None
    if today is not None:
        back = (today.weekday() - number) % 7
        if (match["which"] or "").lower() == "last" and back == 0:
            back = 7
        day = today + timedelta(days=7 - back) if ahead else today - timedelta(days=back)
    return When(
        match.span(), match.group(), of_day(day), weekday=None if ahead else number, ahead=ahead
    )


def of_day(day: date | None) -> PartialDate | None:
    """Return a calendar day as a partial date."""
    return PartialDate(day.year, day.month, day.day) if day else None


def _relative(
    match: re.Match[str], today: date | None, frame: PartialDate | None
) -> PartialDate | None:
    if match["later"]:
        return _later(match, today, frame)
    if match["nextday"]:
        phrase = match["nextday"].lower()
        step = (
            0 if "same" in phrase else -1 if re.search("previous|preceding|before", phrase) else 1
        )
        return _moved(frame, step)
    return _plain(" ".join(match["plain"].lower().split()), today)


def _later(
    match: re.Match[str], today: date | None, frame: PartialDate | None
) -> PartialDate | None:
    count = _NUMBERS.get(match["n1"].lower()) or int(match["n1"])
    days = count * {"day": 1, "week": 7, "month": 30}[match["u1"].lower()]
    way = match["way"].lower()
    anchor = of_day(today) if way == "ago" else frame
    moved = _moved(anchor, days if way in ("later", "after") else -days)
    coarse = match["u1"].lower() != "day" and moved is not None
    return PartialDate(moved.year, moved.month) if coarse and moved else moved


def _moved(frame: PartialDate | None, days: int) -> PartialDate | None:
    """Return a day some days off; of a month no more than the month is known."""
    if frame is None or frame.day is None or frame.month is None:
        return frame
    return of_day(date(frame.year, frame.month, frame.day) + timedelta(days=days))


def _plain(phrase: str, today: date | None) -> PartialDate | None:
    if today is None:
        return None
    if phrase in ("yesterday", "last night"):
        return of_day(today - timedelta(days=1))
    if phrase == "tomorrow":
        return of_day(today + timedelta(days=1))
    if phrase.endswith("year"):
        return PartialDate(today.year - (phrase.startswith("last")))
    if phrase.endswith("month"):
        first = today.replace(day=1)
        in_month = first - timedelta(days=1) if phrase.startswith("last") else first
        return PartialDate(in_month.year, in_month.month)
    if phrase.endswith("week"):
        past = today - timedelta(days=7) if phrase.startswith("last") else today
        return PartialDate(past.year, past.month)
    return of_day(today)
