"""Read Australia's prose: the start of a listing, its instruments, the numbers of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from limen.lists.parsing.dates import read_date
from limen.lists.parsing.enumerations import split_enumerated

_ACT = re.compile(
    r"(?:Autonomous Sanctions|Charter of the United Nations)\b(?:(?!Autonomous Sanctions).)*?"
    r"\b(?:Instrument|List|Listing|Determination|Designation|Regulations?|Act) \d{4}"
    r"(?: \(No\.? ?\d+\))?"
    r"|Resolution \d{4} \(\d{4}\)"
)
_DATE = (
    r"(\d{1,2}(?:st|nd|rd|th)?[ .]+[A-Z][a-z]+[ .,]*\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)"
)
#: The first listing: not "relisted", "re-listed" or "Last listed".
_LISTED = re.compile(
    r"(?<!re-)(?<!last )\b(?:listed|designated)"
    rf"(?:\b(?:(?!list).)*?\bon|on|\s+by UN \d+ Committee)?:?\s+{_DATE}",
    re.IGNORECASE,
)
_BARE = re.compile(_DATE)

_SERIES = r"[A-Z]{0,2}[ -]?[A-Z0-9]"
#: The property, the labels before its numbers, and the shape of a number.
_LABELS = (
    (
        "passportNumber",
        r"passports?(?: (?:number|no|information)\b|(?=:))",
        rf"{_SERIES}[A-Z0-9/-]*",
    ),
    (
        "idNumber",
        r"(?:national identification|national id|identity card) (?:number|no)\b",
        rf"{_SERIES}[A-Z0-9./-]*",
    ),
    ("imoNumber", r"IMO(?: identification)?(?: number| no\b)?", r"\d{7}"),
    ("swiftBic", r"SWIFT/BIC|SWIFT|BIC", r"[A-Z]{6}[A-Z0-9]{5}|[A-Z]{6}[A-Z0-9]{2}"),
    ("taxNumber", r"tax ID no\b|tax number|Italian fiscal code", r"[A-Z0-9]{8,16}"),
    (
        "registrationNumber",
        r"(?:registration|company identification|registered company) (?:ID|number|no\b)",
        r"[A-Z]{0,3} ?\d{5,15}",
    ),
    ("okpoCode", r"government gazette number", r"\d{8,10}"),
)
_LABEL = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{words}))" for name, words, _ in _LABELS), re.IGNORECASE
)
_SHAPES = {
    name: re.compile(rf"(?<![A-Za-z0-9])(?:{shape})(?![A-Za-z0-9])") for name, _, shape in _LABELS
}
#: The start of further words about a document, after its number.
_FURTHER = re.compile(
    r"\b(?:issued|expire[sd]?|expiration|dated?|valid|born|listed)\b", re.IGNORECASE
)
#: Fewer digits are years, paragraphs and parts of other numbers.
_FEWEST_DIGITS = 5
#: Characters after a label in which its number begins.
_REACH = 80


def listed_on(text: str) -> str | None:
    """Return the day of the first listing in a text, as ISO; ``None`` when it has none."""
    text = " ".join(text.split())
    match = _BARE.match(text) or _LISTED.search(text)
    if match is None:
        return None
    try:
        return str(read_date(match[1].replace(".", ". ").replace(" .", " ")))
    except ValueError:
        return None


def instruments(text: str) -> tuple[str, ...]:
    """Return the instruments and resolutions named in a text."""
    return tuple(_ACT.findall(" ".join(text.split())))


@lru_cache(maxsize=64)
def identifiers(text: str) -> tuple[tuple[str, str], ...]:
    """Return every ``(property, number)`` that follows its label in a text.

    The rows of one target repeat their prose, so the last results are cached.
    """
    return tuple(_identifiers(" ".join(text.split())))


def _identifiers(text: str) -> Iterator[tuple[str, str]]:
    labels = list(_LABEL.finditer(text))
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=False):
        name = str(label.lastgroup)
        passage = text[label.end() : end]
        for item in split_enumerated(passage.lstrip(" .:-")):
            if number := _first_number(name, _FURTHER.split(item[:_REACH])[0]):
                yield name, number


def _first_number(name: str, passage: str) -> str:
    numbers = (match[0].strip(" .-/") for match in _SHAPES[name].finditer(passage))
    fewest = 0 if name == "swiftBic" else _FEWEST_DIGITS
    return next((number for number in numbers if sum(map(str.isdigit, number)) >= fewest), "")
