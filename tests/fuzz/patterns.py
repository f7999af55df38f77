"""Find regular expressions that take more than linear time: ``python -m tests.fuzz.patterns``.

Every pattern that Limen compiles searches texts of repeated characters, of repeated words, and of
repeated beginnings of what it matches itself, each of one length and of four times as much.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import limen
from limen.util import lazy_patterns

# The parser of the standard library, of which the public modules are deprecated names.
_PARSER: Any = importlib.import_module("re._parser")

_LENGTH, _TIMES = 1000, 4
#: Linear time is four times as long; clocks and short texts leave some room below 16.
MOST_TIMES, _SHORT = 9.0, 0.0015
_UNITS = (
    *"aAz019.,;:-'\"()[<&%+?!=/@_",
    *(" ", "\n", "\t", "\u00a0", "é", "я", "ا", "中", "“", "’", "\u202e", "\ufeff"),
    *("a ", "A ", "1 ", "a.", "A.", "a,", "1.", "1,", "a-", "a'", "Aa ", "aa ", "11 ", "a1", "1a"),
    *("a, ", "a. ", "A. ", "a\n", "\n ", " \n", "\n\n", "--", "- ", "' ", " '", '" ', "((", "()"),
    *("a\u0301", "Aя", "of ", "and ", "the ", "to ", "1/", "1-", "&a", "<a", "</", "=a"),
)


FEW = ("a", "A", "1", " ", ".")
#: Patterns that are matched from one place alone, or against a text of a bounded length.
ANCHORED = frozenset(
    {
        "batch.columns.dates._MONTH_FIRST_WORDS", "documents.text.cues._DATE",
        "documents.facts.measures._MORE", "documents.readers.docx._MUTE",
        "documents.text.layout.LABEL",
        "documents.speech.transcripts.SALUTATION", "documents.text.sentences._ATTRIBUTION",
        "documents.text.sentences._NEXT", "lists.parsing.dates._RANGE",
        "lists.parsing.dates._WORDED", "lists.parsing.identifiers._BARE",
        "lists.readers.csl.csl._IN_BRACKETS", "lists.readers.eu.fsf._CONTACT",
        "lists.readers.ofac.remarks._LINK_IN_BRACKETS", "mentions.finder._NUMBERED",
        "mentions.office_holders._APPOSED", "mentions.office_holders._NAMED",
        "mentions.office_holders._OFFICE", "mentions.text_numbers._FLOAT",
        "model.identifiers._NUMBER", "model.identifier_text._FLOAT", "model.identifier_text._LABEL", "names.reading.normalise._ALTERNATIVES",
        "util.disguise.decode._PLUSES",
    }
)  # fmt: skip


def patterns() -> dict[str, re.Pattern[str]]:
    """Return every pattern of texts in a module of Limen, by module and name."""
    found: dict[str, tuple[str, re.Pattern[str]]] = {}
    for info in pkgutil.walk_packages(limen.__path__, "limen."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            own = f"{info.name.removeprefix('limen.')}.{name}"
            for at, pattern in enumerate(_within(value)):
                source = f"{pattern.flags} {pattern.pattern}"
                if source not in found or own in ANCHORED:
                    found[source] = (f"{own}[{at}]", pattern)
    return {name: pattern for name, pattern in found.values() if name[:-3] not in ANCHORED}


def _within(value: object, depth: int = 3) -> Iterator[re.Pattern[str]]:
    """Yield the patterns in a value: itself, or those of a container."""
    if isinstance(value, lazy_patterns.Waiting):
        value = value.compiled
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, dict) and depth:
        for each in (*value, *value.values()):
            yield from _within(each, depth - 1)
    elif isinstance(value, (tuple, list, frozenset, set)) and depth:
        for each in value:
            yield from _within(each, depth - 1)


def slowest(pattern: re.Pattern[str], units: Iterable[str]) -> tuple[float, str]:
    """Return how many times as long a text four times as long takes at most, and which."""
    worst = (0.0, "")
    for unit in units:
        times = _growth(pattern, unit)
        if times > MOST_TIMES:  # or the machine did something else meanwhile
            times = min(times, _growth(pattern, unit))
        worst = max(worst, (times, f"{unit!r} * n"))
        if times > MOST_TIMES:
            return worst
    return worst


def _growth(pattern: re.Pattern[str], unit: str) -> float:
    large = _seconds(pattern, unit * (_LENGTH * _TIMES // len(unit)))
    if large < _SHORT:
        return 0.0
    small = min(_seconds(pattern, unit * (_LENGTH // len(unit))) for _ in range(3))
    large = min(large, _seconds(pattern, unit * (_LENGTH * _TIMES // len(unit))))
    return large / max(small, 1e-6)


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


def _beginnings(pattern: re.Pattern[str]) -> Sequence[str]:
    text = _example(_PARSER.parse(pattern.pattern, pattern.flags))[:24]
    return [text[:end] for end in range(1, len(text) + 1)]


def _example(parsed: Any) -> str:
    """Return a text much like those that a pattern matches."""
    return "".join(_item(str(op), argument) for op, argument in parsed)


def _item(op: str, argument: Any) -> str:
    match op:
        case "LITERAL":
            return chr(argument)
        case "NOT_LITERAL" | "ANY":
            return "x"
        case "IN":
            return _member(argument)
        case "BRANCH":
            return _example(argument[1][0])
        case "SUBPATTERN":
            return _example(argument[-1])
        case "ATOMIC_GROUP":
            return _example(argument)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            low, high, item = argument
            return _example(item) * max(int(low), min(1, int(high)))
        case _:
            return ""


def _member(items: Any) -> str:
    for op, argument in items:
        match str(op):
            case "LITERAL":
                return chr(argument)
            case "RANGE":
                return chr(argument[0])
            case "CATEGORY":
                return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " "}.get(str(argument), "a")
    return "x"


def main() -> int:
    every = patterns()
    findings = 0
    for name, pattern in sorted(every.items()):
        times, text = slowest(pattern, dict.fromkeys((*_UNITS, *_beginnings(pattern))))
        if times > MOST_TIMES:
            findings += 1
            print(
                f"{name}: {times:.0f} times as long for {text}\n    {pattern.pattern[:150]!r}",
                flush=True,
            )
    print(f"{findings} of {len(every)} patterns take more than linear time")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
