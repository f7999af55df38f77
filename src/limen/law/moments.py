"""When something happened or takes effect, as exactly as its source says and no more.

A moment is written ``2022-02-22T17:23-05:00`` (a minute), ``2022-02-21 evening`` (a part of a
day), ``2022-02-21`` (a day) or ``2022-02-21T22:00+02:00/2022-02-22T06:00+02:00`` (some time
between). Days and their parts are those of the place where it happened: 22 February begins
seven hours later in Washington than in Kyiv, and that decides who had spoken by midnight.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

import msgspec

from limen.model import Instant
from limen.model.instant import calendar_day
from limen.util.lazy_patterns import lazy

_DAY = lazy(r"(\d{4}-\d{2}-\d{2})(?: (morning|afternoon|evening|night))?")
_ZONE = lazy(r"([+-])(\d{2}):(\d{2})")
#: Hours of a part of the day, from and to; by the second it has surely come.
_PARTS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 21), "night": (21, 24)}
_MINUTE = 60
#: The zone that is farthest from UTC, in hours.
_FARTHEST_HOURS = 14


class Moment(msgspec.Struct, frozen=True):
    """A point of time between two seconds.

    Attributes:
        text: as it is written.
        first: the first second at which it may have come, since 1970 in UTC.
        last: the second by which it has surely come; of a day, its last minute.
        day: the calendar day of ``last``, where it happened.
        whole_day: whether the source gives a day and no hour.
    """

    text: str
    first: int
    last: int
    day: date
    whole_day: bool

    def happened_by(self, instant: Instant) -> bool:
        """Return whether what is dated so had certainly happened by an instant.

        A query about a whole day is put at that day's end, in the zone of what happened.
        """
        return self.day <= instant.day if instant.whole_day else self.last <= instant.seconds

    def effective_by(self, instant: Instant) -> bool:
        """Return whether it was in effect; law given for a day holds for all of it."""
        if instant.whole_day:
            return self.day <= instant.day
        return (self.first if self.whole_day else self.last) <= instant.seconds

    def passed_by(self, instant: Instant) -> bool:
        """Return whether an inclusive end (``through``) had passed by an instant."""
        if self.whole_day:
            after = self.day + timedelta(days=1)
            return (
                after <= instant.day
                if instant.whole_day
                else self.last + _MINUTE <= instant.seconds
            )
        return self.day <= instant.day if instant.whole_day else self.last < instant.seconds


@lru_cache(maxsize=8192)
def moment(text: str, zone: str = "+00:00") -> Moment:
    """Read a moment; ``zone`` is that of days and their parts.

    Raises:
        ValueError: another shape, an impossible date, a time without a zone, or an end before
            its beginning.
    """
    found = _DAY.fullmatch(text.strip())
    if found is not None:
        return _of_day(text, calendar_day(found[1]), found[2], zone)
    start, slash, end = text.partition("/")
    first, last = _exact(start), _exact(end if slash else start)
    if last < first:
        raise ValueError(f"{text} ends before it begins")
    return Moment(text, _second(first), _second(last), last.date(), whole_day=False)


def _of_day(text: str, day: date, part: str | None, zone: str) -> Moment:
    midnight = _second(datetime(day.year, day.month, day.day, tzinfo=_zone(zone)))
    begins, ends = _PARTS[part] if part else (0, 24)
    last = midnight + ends * 3600 - (_MINUTE if ends == 24 else 0)
    return Moment(text, midnight + begins * 3600, last, day, whole_day=part is None)


def _exact(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError(
            f"{text!r} is not a moment: write 2022-02-21, 2022-02-21 evening or "
            "2022-02-21T23:59-05:00"
        ) from error
    if found.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone: write it with Z or -05:00")
    return found


def _second(when: datetime) -> int:
    return int(when.timestamp())


def _zone(text: str) -> timezone:
    found = _ZONE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a time zone such as -05:00")
    if int(found[2]) > _FARTHEST_HOURS or int(found[3]) >= _MINUTE:
        raise ValueError(f"{text!r} is no zone: they are between -14:00 and +14:00")
    away = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-away if found[1] == "-" else away)
