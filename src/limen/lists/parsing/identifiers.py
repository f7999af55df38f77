"""Extract the numbers of documents and registers from the words printed around them.

``Jordanian passport no. K475336 issued on 31 Aug 2009`` is the number K475336. Words that
name another register than the field does (``7725842590 (Tax ID/INN)``) decide the property;
which words those are is data: ``identifiers.yml``. Readers retain the whole text too. Check
digits are not tested here: that is ``limen.model.identifiers``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from limen.lists.parsing.enumerations import split_enumerated
from limen.model import DataError

#: A number and nothing else: no lower case, brackets only inside it (Burmese ``12/ABC(N)1234``).
_BARE = re.compile(r"(?=[^a-z]*\d)[^\Wa-z_](?:[^\Wa-z_]|[ ./\-–№°_,](?=[^ ,])|\([A-Z]+\)(?=\d))*")
_PLAIN = re.compile(r"\d[\d-]*")
_INN_AND_KPP = re.compile(r"(?<!\d)(\d{10})\s*/\s*(\d{9})(?!\d)")
_BRACKETS = re.compile(r"\((?=[^()]*[a-z])[^()]*\)|\s\([^()]*\)(?![-\d])")
_CLAUSE = re.compile(r"(?<=\.)\s+(?=[A-Z][a-z])|[;·]|,\s+(?=\w*\d)")
_DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_TAIL = re.compile(
    r"\b(?:issue[ds]?|expir\w*|valid|dated?|place of|date of|under|born|in the name)\b.*",
    re.IGNORECASE | re.DOTALL,
)
#: Characters: a hundred times the longest of the official lists.
_LONGEST_CELL = 100_000
#: A shorter number between words is a count or a part of an address more often than a document.
_SHORTEST = 4
#: Four digits in sequence, or parted by hyphens or dots: what a line with its own number has.
_LINE_NUMBER = re.compile(r"\d(?:[-.]?\d){3}")
_SERIES = re.compile(r"[^\Wa-z\d_]{1,4}-?")
_LABELS = frozenset({"NO", "NR", "ID", "UN", "REF", "NI", "SRN", "CRN", "UEN", "BIN", "NIF", "NIT"})
_JOINT = re.compile(r"(?:No\.?|no\.?|№)")
_QUOTES = " '\"‘’“”.,;:#№()\u00a0"


@dataclass(frozen=True, slots=True)
class _Kind:
    property: str
    before: re.Pattern[str]
    after: re.Pattern[str]


@lru_cache(maxsize=1 << 12)
def identifiers_in(text: str, otherwise: str) -> tuple[tuple[str, str], ...]:
    """Return every ``(property, number)`` in a cell; ``otherwise`` is for unlabelled numbers.

    Raises:
        DataError: the cell is longer than any that a publisher has printed.
    """
    if len(text) > _LONGEST_CELL:
        raise DataError(
            f"a cell of numbers has {len(text):,} characters",
            where=otherwise,
            why=f"the longest that is read has {_LONGEST_CELL:,}; real ones have some hundreds",
            hint="compare the file with the publisher's: it may be damaged",
        )
    if _PLAIN.fullmatch(text):
        return ((otherwise, text),)
    numbers: dict[tuple[str, str], None] = {}
    for item in split_enumerated(text):
        for line in _lines(item):
            for pair in _labelled(line, otherwise):
                numbers[pair] = None
    return tuple(numbers)


def _lines(text: str) -> list[str]:
    """Return the lines of a cell where each has a number of its own, else the cell whole."""
    lines = [line for line in text.splitlines() if line.strip()]
    numbered = all(_LINE_NUMBER.search(line) and not _DATE.search(line) for line in lines)
    return lines if numbered else [text]


def _labelled(text: str, otherwise: str) -> list[tuple[str, str]]:
    numbers: list[tuple[str, str]] = []
    for inn, kpp in _INN_AND_KPP.findall(text):
        numbers += [("innCode", inn), ("kppCode", kpp)]
    rest = _INN_AND_KPP.sub(" ", text)
    for kind in _kinds():
        for pattern in (kind.before, kind.after):
            numbers += [(kind.property, number) for number in pattern.findall(rest)]
            rest = pattern.sub("; ", rest)
    return numbers + [(otherwise, number) for number in _numbers(rest)]


def _numbers(text: str) -> list[str]:
    text = text.replace("\u00a0", " ").strip(_QUOTES)
    if _BARE.fullmatch(text):
        return [text]
    while (shorter := _BRACKETS.sub("; ", text)) != text:
        text = shorter
    clauses = (_TAIL.sub("", clause) for clause in _CLAUSE.split(text))
    numbers = (_number(clause.split()) for clause in clauses)
    return [
        number for number in numbers if len(number) >= _SHORTEST and not _DATE.fullmatch(number)
    ]


def _number(words: list[str]) -> str:
    """Return the number in a clause: its first word with a digit, its series, its further parts."""
    first = next((i for i, word in enumerate(words) if _is_part(word)), None)
    if first is None:
        return ""
    start = first
    while start and _SERIES.fullmatch(words[start - 1]) and words[start - 1] not in _LABELS:
        start -= 1
    end = first + 1
    while end < len(words) and not words[end - 1].endswith((",", ";", ":")):
        joint = bool(_JOINT.fullmatch(words[end]))
        if not _is_part(words[end + 1] if joint and end + 1 < len(words) else words[end]):
            break
        end += 1 + joint
    return _trim(" ".join(words[start:end]))


def _is_part(word: str) -> bool:
    bare = re.sub(r"(?i)^(?:no|nr|n°)[.:]*(?=[\w])(?=.*\d)", "", word)
    return any(char.isdigit() for char in bare) and not any(char.islower() for char in bare)


def _trim(number: str) -> str:
    return re.sub(r"^(?:[Nn]o|[Nn]r)[.:]+(?=\w)", "", number).strip(_QUOTES)


@cache
def _kinds() -> tuple[_Kind, ...]:
    rows = yaml.safe_load(
        files("limen.lists.parsing").joinpath("identifiers.yml").read_text("utf-8")
    )
    return tuple(_kind(row) for row in rows)


def _kind(row: dict[str, str | list[str]]) -> _Kind:
    labels = "|".join(_words(label) for label in sorted(row["labels"], key=len, reverse=True))
    number = rf"({row['number']})(?![0-9])"
    return _Kind(
        property=str(row["property"]),
        before=re.compile(rf"(?:(?<=\d)|(?<![^\W_]))(?:{labels})[\s:.–№'-]*{number}"),
        after=re.compile(
            rf"(?<![0-9A-Za-z]){number}\s*\((?:[^()]*[^\w()])?(?:{labels})(?!\w)[^()]*\)"
        ),
    )


def _words(label: str) -> str:
    """Return the pattern of a label: initials match as written, words in any case."""
    return f"(?i:{re.escape(label)})" if " " in label else re.escape(label)
