"""Find the words that a reading cannot do without, in one pass over the text.

A date needs a number, a month or a weekday; an event needs a verb of its kind; a quotation
needs a verb of speech. The patterns that read them are slow and run only near such a
word. Memory: one number a word found.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from limen.documents.text.vocabulary import words

Cue = Literal["date", "event", "speech", "channel", "act"]

_WORD = re.compile(r"\w+")
#: Distinct words that are remembered; a text has fewer, a list of codes may have more.
_REMEMBERED = 50_000
#: Characters around a word within which everything is that belongs to it.
_REACH = 30
_DATE = re.compile(
    r"(?:.*\d.*|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|"
    r"satur|sun)day|today|tonight|yesterday|tomorrow|morning|afternoon|evening|night|days?|"
    r"weeks?|months?|year)\Z",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"(?:Orders?|EO|O|Regulations?|Decisions?|Position|[Ll]icen[cs]es?|GLs?|[Rr]esolutions?|"
    r"UNSCRs?|UNSC|SI|I|C|CFR|USC|FR|Reg|Directive|CAATSA|IEEPA|SAMLA|PAARSS|INKSNA|CISADA|FSIA|"
    r"Act|order|decree|bill)\Z"
)


@dataclass(frozen=True, slots=True)
class Cues:
    """Represents the places of the words of every kind, ascending, and the number of words."""

    places: Mapping[Cue, array[int]]
    words: int

    def any(self, cue: Cue, start: int, end: int) -> bool:
        """Return whether a word of a kind begins between two offsets."""
        places = self.places[cue]
        at = bisect_left(places, start)
        return at < len(places) and places[at] < end

    def near(self, cue: Cue, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches between two offsets around the words of a kind, cut between words."""
        places = self.places[cue]
        low = high = -1
        for at in range(bisect_left(places, start), len(places)):
            place = places[at]
            if place >= end:
                break
            if low >= 0 and place - _REACH > high:
                yield low, high
                low = -1
            low = max(start, place - _REACH) if low < 0 else low
            if place + _REACH > high:  # else the same blank is the next one
                blank = text.find(" ", place + _REACH, end)
                high = blank if blank >= 0 else end
        if low >= 0:
            yield low, high


def cues_of(text: str) -> Cues:
    """Return the cues of a text."""
    tests = _tests()
    places: dict[Cue, array[int]] = {cue: array("I") for cue in tests}
    kinds: dict[str, tuple[array[int], ...]] = {}
    count = 0
    for found in _WORD.finditer(text):
        count += 1
        word = found.group()
        mine = kinds.get(word)
        if mine is None:
            if len(kinds) > _REMEMBERED:
                kinds.clear()
            mine = kinds[word] = tuple(places[cue] for cue, test in tests.items() if test(word))
        for offsets in mine:
            offsets.append(found.start())
    return Cues(places, count)


@cache
def _tests() -> dict[Cue, Callable[[str], object]]:
    known = words()
    speech = frozenset(known.speech) | {"according"}
    phrases = [phrase for _, phrases in known.channels for phrase in phrases]
    last = frozenset(_WORD.findall(phrase)[-1] for phrase in phrases)
    stems = (stem for stems in known.event_stems.values() for stem in stems)
    event = re.compile("|".join(sorted(set(stems))), re.IGNORECASE)
    return {
        "date": _DATE.match,
        "event": event.match,
        "speech": speech.__contains__,
        "channel": lambda word: word.lower() in last,
        "act": _ACT.match,
    }
