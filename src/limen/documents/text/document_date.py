"""Find a document's day: given, stated, in its dateline, or inferred from its dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from limen.documents.document import Block, Dated, Raw
from limen.documents.text.cues import Cues
from limen.documents.text.dates import When, dates_in, dates_near_cues
from limen.documents.text.layout import dateline_of
from limen.model import PartialDate

_STATED = re.compile(
    r"(?:published|posted|updated|date|dated|issued|released?|sent)\b[:\s]*(?:on\s+)?",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|until|by|before|from|expires?|through|shall|due|deadline|scheduled)\b[^.]{0,40}$",
    re.IGNORECASE,
)
#: Paragraphs from the top in which a date of its own is the document's.
_HEAD = 12
_DateInText = tuple[Block, When, date | None]


def date_of(raw: Raw, blocks: Sequence[Block], cues: Cues, given: date | None) -> Dated:
    """Return the document's day."""
    if given is not None:
        return Dated(given, "asked")
    if raw.dated is not None:
        return Dated(raw.dated, "stated", "the file's own metadata")
    text = raw.text
    stated = _stated(text, blocks)
    if stated is not None:
        return stated
    dates = list(_dates_of(text, blocks, cues))
    latest = max((day for _, _, day in dates if day is not None), default=None)
    return _in_dateline(text, blocks, latest) or _inferred(dates, latest)


def _stated(text: str, blocks: Sequence[Block]) -> Dated | None:
    """Return the day of a line near the top that is a date, or "Published:" and a date."""
    for block in blocks[:_HEAD]:
        body = text[block.start : block.end]
        if len(body) > 120 or block.kind == "dateline":
            continue
        start = block.start
        label = _STATED.match(body)
        if label:
            start += label.end()
        for when in dates_in(text, start, block.end, None):
            day = _whole(when.date)
            alone = len(body) - len(when.text) < 40 or label
            if day and when.full and alone and block.kind != "caption":
                return Dated(day, "stated", f'"{body}"')
    return None


def _dates_of(text: str, blocks: Sequence[Block], cues: Cues) -> Iterator[_DateInText]:
    """Yield every date: its paragraph, the date, and its day if it is full and no plan."""
    for block in blocks:
        for when in dates_near_cues(text, cues, block.span, None):
            day = _whole(when.date) if when.full else None
            if day and _FUTURE.search(text, max(block.start, when.span[0] - 80), when.span[0]):
                day = None
            yield block, when, day


def _in_dateline(text: str, blocks: Sequence[Block], latest: date | None) -> Dated | None:
    line = dateline_of(text, blocks)
    if line is None or not line["day"]:
        return None
    start, end = line.span("day")
    for when in dates_in(text, start, end, latest):
        day = _whole(when.date)
        if day:
            return Dated(day, "dateline", f'"{line.group().strip()}"')
    return None


def _inferred(dates: Sequence[_DateInText], latest: date | None) -> Dated:
    """Return the first day named as a weekday on or after the latest full date that is no plan."""
    if latest is None:
        return Dated(None, "unknown", "no full date stands in the text")
    weekdays = Counter(
        when.weekday
        for block, when, _ in dates
        if block.kind in ("body", "dateline") and when.weekday is not None
    )
    if not weekdays:
        return Dated(latest, "inferred", f"the latest date in the text is {latest}")
    most = weekdays.most_common(1)[0][0]
    day = latest + timedelta(days=(most - latest.weekday()) % 7)
    return Dated(
        day,
        "inferred",
        f"{day:%A} is the day most spoken of; the latest date in the text is {latest}",
    )


def _whole(partial: PartialDate | None) -> date | None:
    if partial is None or partial.month is None or partial.day is None:
        return None
    return date(partial.year, partial.month, partial.day)
