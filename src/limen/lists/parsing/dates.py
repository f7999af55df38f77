"""Read dates as publishers print them into partial ISO dates.

Every list writes days before months, except the American ``mm/dd/yyyy``, which has its own
function. What a date cannot express stays in the entry's notes, by the reader's choice.
"""

from __future__ import annotations

import re
from functools import lru_cache

from limen.model import ListFormatError, PartialDate
from limen.model.partial_date import years_between
from limen.util.lazy_patterns import lazy

#: The digits of a year.
_LONGEST = 4
#: Characters of two dates and the words around them; in longer text the pattern of a range takes
#: quadratic time.
_LONGEST_RANGE = 200
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier",
            "feb february fevrier",
            "mar march mars",
            "apr april avril",
            "may mai",
            "jun june juin",
            "jul july juillet",
            "aug august aout",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december decembre",
        ),
        start=1,
    )
    for name in names.split()
}
_YEAR_FIRST = lazy(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d\d:.*|[+-]\d\d:\d\d|Z)?")
_DAY_FIRST = lazy(r"(\d{1,2}|dd)[./-] ?(\d{1,2}|mm)[./-] ?(\d{4})", re.IGNORECASE)
_MONTH_FIRST = lazy(r"(\d{1,2})[./](\d{4})")
_WORDED = lazy(r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+)?([A-Za-zéûÉÛ]+)(?:\.,?\s*|,?[\s-]+)(\d{4})")
_AMERICAN = lazy(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ABOUT = lazy(r"(?:circa|approximately|approx\.?|about|around|c\.|ca\.?)\s+(.+)", re.IGNORECASE)
_RANGE = lazy(
    r"(?:between\s+|from\s+)?(.*?\d{4})\s*(?:to|and|-|\N{EN DASH}|until)\s*(.*?\d{4})",
    re.IGNORECASE,
)
_YEARS = r"(?:19|20)\d\d\s*(?:-|/|\N{EN DASH}|to|and|until)\s*(?:19|20)\d\d"
_MONTH_WORD = (
    r"(?i:jan|feb|f[eé]v|mar|apr|avr|ma[iy]|jun|jui|jul|aug|ao[uû]|sep|oct|nov|d[eé]c)[a-zéû]*"
)
_MENTIONED = lazy(
    rf"(?<![\d.]){_YEARS}(?!\d)"
    r"|(?<!\d)\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}(?!\d)"
    rf"|(?<!\d)(?:\d{{1,2}}\.?[\s-]+)?\b{_MONTH_WORD}(?:\.,?\s*|,?[\s-]+)(?:19|20)\d\d(?!\d)"
    r"|(?<![\d./])(?:19|20)\d\d-\d\d-\d\d(?!\d)"
    r"|(?<![\d./])(?:19|20)\d\d(?!\d)"
)


@lru_cache(maxsize=1 << 14)
def read_date(text: str) -> PartialDate:
    """Read one date: ISO, ``28/02/2011``, ``17.3.2014``, ``12 Mar 1965``, ``Mar 1965``, ``1965``.

    Zero days and months (``00/00/1980``) and their letters (``dd/mm/1980``) mean "not known".

    Raises:
        ValueError: none of these shapes, or a day no calendar has.
    """
    text = " ".join(text.split())
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _date(match[3], match[2], match[1])
    if match := _MONTH_FIRST.fullmatch(text):
        return _date(match[2], match[1], None)
    if (match := _WORDED.fullmatch(text)) and (month := _month(match[2])):
        return _date(match[3], str(month), match[1])
    raise ValueError(f"{text!r} is not a date")


def read_american_date(text: str) -> PartialDate:
    """Read ``mm/dd/yyyy``, which only American files print.

    Raises:
        ValueError: another shape, or a day no calendar has.
    """
    match = _AMERICAN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a date of the shape 12/31/2021")
    return _date(match[3], match[1], match[2])


def read_birth_dates(text: str) -> tuple[str, ...]:
    """Read a birth date with all its uncertainty into the partial dates it may be.

    ``circa 1965`` becomes 1964, 1965 and 1966, since the lists mean "give or take"; a range
    becomes its years; a range too wide to compare becomes no date.

    Raises:
        ValueError: not a date in any shape the lists use.
    """
    text = " ".join(text.split())
    if match := _ABOUT.fullmatch(text):
        inner = match[1]
        if ranged := _range(inner):
            return years_between(read_date(ranged[1]).year, read_date(ranged[2]).year)
        year = read_date(inner).year
        return years_between(year - 1, year + 1)
    try:
        return (str(read_date(text)),)
    except ValueError:
        ranged = _range(text)
        if ranged is None:
            raise
    first, last = read_date(ranged[1]), read_date(ranged[2])
    if first.precision == "day" and str(first)[:7] == str(last)[:7]:
        return (str(first)[:7],)
    return years_between(first.year, last.year)


@lru_cache(maxsize=1 << 12)
def dates_in(text: str) -> tuple[str, ...]:
    """Return the dates a phrase mentions: ``(a) 2.1.1960, (b) between 1962 and 1963``.

    A phrase that is one date, however uncertain, is read by :func:`read_birth_dates`; one that
    mentions no date gives ``()``.
    """
    try:
        return read_birth_dates(text)
    except ValueError:
        return tuple(
            dict.fromkeys(day for mention in _MENTIONED.findall(text) for day in _day(mention))
        )


def whole_number(text: str, where: str, field: str) -> int:
    """Return the year, month or day a field prints as a number of at most four digits.

    Raises:
        ListFormatError: it is anything else.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST):
        raise ListFormatError(
            f"{field} {text!r} is not a number of a year, month or day",
            where=where,
            why="a date read wrongly would clear the party by its birth date",
        )
    return int(text)


def _range(text: str) -> re.Match[str] | None:
    return _RANGE.fullmatch(text) if len(text) <= _LONGEST_RANGE else None


def _day(mention: str) -> tuple[str, ...]:
    for part in (mention, mention[-4:]):
        try:
            return read_birth_dates(part)
        except ValueError:
            continue
    return ()


def _month(word: str) -> int | None:
    plain = word.casefold().replace("é", "e").replace("û", "u")
    return _MONTHS.get(plain)


def _date(year: str, month: str | None, day: str | None) -> PartialDate:
    month_number = _known(month)
    day_number = _known(day)
    return PartialDate(int(year), month_number, day_number if month_number else None)


def _known(number: str | None) -> int | None:
    return (int(number) or None) if number and number.isdigit() else None
