"""Read a text in the further ways a person may: without disguise, hyphens at line ends, and labels.

The text as printed is read first, elsewhere. Here are the stretches of it that may be read
otherwise (``limen.util.disguise.repair``), each put into the words around it; places in such a
reading are mapped back to the stretch of the printed text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from limen.mentions.name_runs import Span
from limen.mentions.vocabulary import text_words
from limen.util.disguise.decode import MOJIBAKE
from limen.util.disguise.repair import repair
from limen.util.disguise.suspects import suspects

#: Characters of the words around a stretch that belong to its reading, on either side.
_AROUND = 120
#: Further readings of a stretch: digits may be letters in two ways, and direction has two.
_READINGS_MOST = 6
#: Characters of a stretch that is repaired in one piece.
_LONGEST = 2_000
#: Characters that two such pieces share, so that a name is whole in one: 100 letters as entities.
_SHARED = 700
#: Where a stretch may be cut: in no entity, tag, or encoded character, which is shorter than this.
_OUTSIDE = re.compile(rf"(?=[\s&<]|%(?!(?:25)*[89ABab])|{MOJIBAKE.pattern})")
_ESCAPE_MOST = 100
#: A hyphen at the end of a line, between letters.
_HYPHEN = re.compile(r"[-\u00ad\u2010\u2011](?<=[^\W\d_].)\u00ad?[^\S\n]*\n[^\S\n]*(?=[^\W\d_])")
#: Letters of the longest part of a word before a hyphen.
_PART_MOST = 40
_WORD_PART = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Represents a stretch of a text with its further readings."""

    start: int
    end: int
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Represents a piece of a text in a further reading.

    ``changed`` are the places of what was read otherwise, with their places in the printed text;
    between them the two texts agree.
    """

    text: str
    start: int
    changed: tuple[tuple[Span, Span], ...]

    def printed(self, span: Span) -> Span | None:
        """Return the place in the printed text; ``None`` where nothing was read otherwise."""
        touched = [pair for pair in self.changed if pair[0][0] < span[1] and span[0] < pair[0][1]]
        inside = [pair for pair in self.changed if span[0] <= pair[0][0] and pair[0][1] <= span[1]]
        if not touched and not inside:
            return None
        return self._at(span[0], at_end=False), self._at(span[1], at_end=True)

    def _at(self, place: int, *, at_end: bool) -> int:
        """Return the place of the printed text that a place of the reading is."""
        before = bisect_right(self.changed, place, key=lambda pair: pair[0][0]) - 1
        if before < 0:
            return self.start + place
        (low, high), (first, last) = self.changed[before]
        if place >= high:
            return last + place - high
        return last if at_end and place > low else first


def further_readings(text: str) -> Iterator[Reading]:
    """Yield the further readings of a text, piece by piece.

    Args:
        text: the text as printed.
    """
    group: list[Stretch] = []
    for stretch in _stretches(text):
        if group and not 0 <= stretch.start - group[-1].end <= _AROUND:
            yield from _of_group(text, group)
            group = []
        group.append(stretch)
    yield from _of_group(text, group)


def _of_group(text: str, group: Sequence[Stretch]) -> Iterator[Reading]:
    """Yield the readings of neighbouring stretches, in the words around them."""
    if not group:
        return
    start = _word_edge(text, max(0, group[0].start - _AROUND), group[0].start)
    end = min(len(text), group[-1].end + _AROUND)
    for turn in range(max(len(stretch.readings) for stretch in group)):
        parts: list[str] = []
        changed: list[tuple[Span, Span]] = []
        at, length = start, 0
        for stretch in group:
            between = text[at : stretch.start]
            reading = stretch.readings[min(turn, len(stretch.readings) - 1)]
            low = length + len(between)
            length = low + len(reading)
            changed.append(((low, length), (stretch.start, stretch.end)))
            parts += [between, reading]
            at = stretch.end
        yield Reading("".join([*parts, text[at:end]]), start, tuple(changed))


def _word_edge(text: str, low: int, high: int) -> int:
    blank = text.find(" ", low, high)
    return low if low == 0 or blank < 0 else blank


def _stretches(text: str) -> Iterator[Stretch]:
    """Yield the stretches that may be read otherwise, in order; only pieces of one overlap."""
    for start, stop in _merged(text, sorted(_suspects(text))):
        printed = text[start:stop]
        readings = (" ",) if _labels().fullmatch(printed) else tuple(_repaired(printed))
        if readings:
            yield Stretch(start, stop, readings)


def _merged(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield spans, those that overlap as one, and long ones in pieces."""
    open_span: Span | None = None
    for span in spans:
        if open_span is not None and span[0] < open_span[1]:
            open_span = open_span[0], max(open_span[1], span[1])
            continue
        if open_span is not None:
            yield from _pieces(text, *open_span)
        open_span = span
    if open_span is not None:
        yield from _pieces(text, *open_span)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST:
        cut = _cut(text, start + _LONGEST)
        yield start, cut
        start = _cut(text, cut - _SHARED)
    yield start, end


def _cut(text: str, at: int) -> int:
    """Return the last place up to another at which a stretch may be cut; that one where none is."""
    places = _OUTSIDE.finditer(text, at - _ESCAPE_MOST, at + _ESCAPE_MOST)
    return max((found.start() for found in places if found.start() <= at), default=at)


def _repaired(printed: str) -> list[str]:
    whole = _HYPHEN.sub("", printed)
    readings = dict.fromkeys(repair(printed).readings[1:])
    if whole != printed:
        readings = dict.fromkeys([*repair(whole).readings, *readings])
    return list(readings)[:_READINGS_MOST]


def _suspects(text: str) -> Iterator[Span]:
    """Yield the stretches that may be read otherwise, in no order."""
    yield from suspects(text)
    for match in _HYPHEN.finditer(text):
        before = max(0, match.start() - _PART_MOST)
        start = max(before, *(text.rfind(blank, before, match.start()) + 1 for blank in " \n"))
        rest = _WORD_PART.match(text, match.end())
        yield start, rest.end() if rest else match.end()
    yield from (match.span() for match in _labels().finditer(text))


@cache
def _labels() -> re.Pattern[str]:
    """Return the pattern of a label in a form, with what parts it from its neighbours."""
    words = sorted(text_words().labels, key=len, reverse=True)
    labels = "|".join(re.escape(word).replace("_", r"[\s_-]?") for word in words)
    return re.compile(rf"[\n\t|;,]\s*(?:{labels})[^\S\n]*[:|\t\n=][\s|]*", re.IGNORECASE)
