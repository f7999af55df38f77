"""Find the numbers and addresses of listed parties in a text: IMO, BIC, passports, wallets, e-mail.

A number is read out of its words as out of a cell (``limen.model.identifier_text``) and looked up
as a screening looks it up. What is short and could be an amount, a date or a page counts only
behind a word that says what it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from msgspec.structs import replace

from limen.mentions.name_runs import Span
from limen.mentions.text_readings import Reading
from limen.mentions.vocabulary import text_words
from limen.model import Finding, Party
from limen.model.identifier_text import SHORTEST_MARK, plain_digits, read_number
from limen.model.identifiers import valid_imo
from limen.screening.coverage import Scope
from limen.screening.findings import Comparer, PartyQuery
from limen.screening.listed_parties import ListedParties
from limen.screening.profile import Profile
from limen.snapshot import Snapshot

#: A digit with what is behind it in its word; a long text is searched fast for digits.
_FROM_DIGIT = re.compile(r"\d\S*")
_CODES = r"[A-Z]{5}[A-Z0-9]{2}(?:[A-Z0-9]{3})?"
#: What may have no digit, or other marks inside: codes of banks, marks on tails, addresses. Each
#: begins with characters by which a long text is searched fast.
_PATTERNS = (
    ("bic", re.compile(rf"[A-Z](?<![A-Za-z0-9].)(?:{_CODES})(?![A-Za-z0-9])")),
    ("mark", re.compile(r"[A-Z](?<![A-Za-z0-9].)[A-Z]?-[A-Z]{3,4}(?![A-Za-z0-9])")),
    ("website", re.compile(r"(?:https?://|www\.)[^\s<>\"']+")),
    ("phone", re.compile(r"(?:\+\s?)?\(?\d[\d\s().\-/]{6,24}\d")),
)
#: What shows an address, and what it may consist of on either side.
_AT = re.compile(r"@(?<=[^\s<>(),;:\"'@]@)(?=[^\s<>(),;:\"'@]{2})")
_DOT = re.compile(r"\.(?<=\w.)[a-z]{2,6}(?![\w.-])")
_BREAKS = re.compile(r"[\s<>(),;:\"'@]")
_EDGES = ".,;:()[]{}<>\"'«»“”‘’!?*"
_FLOAT = re.compile(r"\d+\.0+")
#: Blanks that part lines, or the cells of a table.
_LINE_OR_CELL = "\n\r\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"
#: Words of one number at most: ``45 09 123456``.
_WORDS_MOST = 8
#: Letters and digits of the shortest number, a mark, and of the longest, a wallet's address.
_SHORTEST, _LONGEST = SHORTEST_MARK, 120
#: What is before a number without a digit, and belongs to it: the series of a passport.
_SERIES = re.compile(r"(?<![^\W_])([A-ZА-Я]{1,3})[ -]$")
#: A number of digits alone that is shorter needs a word that says what it is.
_TELLING_DIGITS = 9
#: Characters before a number in which such a word is looked for.
_BEFORE = 48
_DIGITS_SPACES = ("imo", "mmsi", "document", "bik", "kpp")
_MIXED_SPACES = ("imo", "document", "mark", "wallet", "lei", "isin", "bic", "serial number")


#: Place, space and key of what may be a number, and the party that is filed under it.
Filed = tuple[Span, str, str, int]


class Numbered(NamedTuple):
    """Represents a number of a text: its place, the party that has it, and the comparison."""

    span: Span
    party: int
    finding: Finding


class Numbers:
    """Represents the search of a text for the numbers of listed parties.

    Args:
        snapshot: the lists.
        listed: their parties.
    """

    def __init__(self, snapshot: Snapshot, listed: ListedParties) -> None:
        self._snapshot = snapshot
        self._listed = listed

    def held(self, text: str, filed: Iterable[Filed], comparer: Comparer) -> Iterator[Numbered]:
        """Yield the numbers of a text that listed parties have or had, in order.

        Args:
            text: the text as printed.
            filed: what parties may be filed under, of :meth:`filed`.
            comparer: compares at the instants of the question.
        """
        for span, space, key, party in filed:
            held = self._property(party, (space, key), comparer.scope)
            if held:
                properties = {held: (text[slice(*span)],)}
                query = Party(schema=self._listed.schema(party), properties=properties)
                found = comparer.finding(PartyQuery(Profile(query), ()), party, None)
                if found is not None:
                    yield Numbered(span, party, _placed(found, span))

    def filed(self, text: str, readings: Iterable[Reading]) -> list[Filed]:
        """Return what parties may be filed under at any time, in order.

        Args:
            text: the text as printed.
            readings: its further readings.
        """
        spans_by_key: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        for span, space, key in _keys(text):
            spans_by_key[space][key].append(span)
        for reading in readings:
            for span, space, key in _keys(reading.text):
                printed = reading.printed(span)
                if printed is not None:
                    spans_by_key[space][key].append(printed)
        return sorted(
            (span, space, key, party)
            for space, keys in spans_by_key.items()
            for key, party in self._snapshot.parties_with_each(space, list(keys))
            for span in _shortest(keys[key])
        )

    def _property(self, party: int, key: tuple[str, str], scope: Scope) -> str:
        """Return the property under which a party has a number; empty where it has none."""
        for known in scope.known:
            state = self._listed.at(party, *known)
            for number in state.profile.numbers if state is not None else ():
                if key in number.keys:
                    return number.property
        return ""


def _placed(found: Finding, span: Span) -> Finding:
    """Return a finding whose number has its place in the document."""
    features = (
        replace(feature, query_field="document", span=span)
        if feature.name.startswith("identifier:")
        else feature
        for feature in found.features
    )
    return replace(found, features=tuple(features))


def _shortest(spans: list[Span]) -> Iterator[Span]:
    """Yield the spans that hold no other one, the last first."""
    least: int | None = None  # the least end of the spans that begin at the same place or later
    for start, end in sorted(set(spans), key=lambda span: (-span[0], span[1])):
        if least is None or end < least:
            least = end
            yield start, end


def _keys(text: str) -> Iterator[tuple[Span, str, str]]:
    """Yield what may be a number: its place, the space in which it may be one, and its key."""
    tokens = [_trimmed(text, *span) for span in _words_with_digits(text)]
    for run in _runs(text, tokens):
        for low in range(len(run)):
            for high in range(low, min(len(run), low + _WORDS_MOST)):
                yield from _of_words(text, (run[low][0], run[high][1]))
        for row in _rows(run):
            yield from _of_words(text, row)
    for space, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if space != "phone" or match[0][0] == "+" or _labelled(text, match.start()):
                yield from _read(text, match.span(), space)
    for space, mark in (("email", _AT), ("website", _DOT)):
        for match in mark.finditer(text):
            yield from _read(text, _around(text, match.start()), space)


def _words_with_digits(text: str) -> Iterator[Span]:
    """Yield the words that have a digit, whole."""
    end = 0
    for found in _FROM_DIGIT.finditer(text):
        start = found.start()
        while start > end and not text[start - 1].isspace():
            start -= 1
        end = found.end()
        yield start, end


def _around(text: str, at: int) -> Span:
    """Return the stretch without breaks around a place, of the length of an address."""
    low, before = max(0, at - _LONGEST), at
    while before > low and not _BREAKS.match(text, before - 1):
        before -= 1
    after = _BREAKS.search(text, at + 1, at + _LONGEST)
    return before, after.start() if after else min(len(text), at + _LONGEST)


def _of_words(text: str, span: Span) -> Iterator[tuple[Span, str, str]]:
    """Yield the keys of one word, or of some with blanks between them."""
    plain = "".join(filter(str.isalnum, text[slice(*span)]))
    if not _SHORTEST <= len(plain) <= _LONGEST:
        return
    series = _SERIES.search(text, max(0, span[0] - 5), span[0])
    if series is not None:
        yield from _read(text, (series.start(), span[1]), "document")
        yield from _read(text, (series.start(), span[1]), "mark")
    if not plain.isdigit():
        for space in _MIXED_SPACES:
            yield from _read(text, span, space)
    elif len(plain) >= _TELLING_DIGITS or _labelled(text, span[0]) or valid_imo(plain):
        yield from ((span, space, plain_digits(plain)) for space in _DIGITS_SPACES)


def _read(text: str, span: Span, space: str) -> Iterator[tuple[Span, str, str]]:
    for key in _keys_of(space, text[slice(*span)]):
        telling = not key.isdigit() or len(key) >= _TELLING_DIGITS or space == "phone"
        if telling or (space == "imo" and valid_imo(key)) or _labelled(text, span[0]):
            yield span, space, key


@lru_cache(maxsize=1 << 14)
def _keys_of(space: str, printed: str) -> tuple[str, ...]:
    return read_number(space, printed).keys


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if end - start > _SHORTEST and _FLOAT.fullmatch(text, start, end):
        end = text.rfind(".", start, end)  # of a number that a spreadsheet took for an amount
    return start, end


def _rows(run: list[Span]) -> Iterator[Span]:
    """Yield the rows of spaced characters that are longer than a number of so many words."""
    for spaced, row in groupby(run, key=lambda span: span[1] - span[0] == 1):
        spans = list(row)
        if spaced and len(spans) > _WORDS_MOST:
            yield spans[0][0], spans[-1][1]


def _runs(text: str, tokens: list[Span]) -> Iterator[list[Span]]:
    """Yield tokens that are one blank apart together."""
    run: list[Span] = tokens[:1]
    for before, after in pairwise(tokens):
        between = text[before[1] : after[0]]
        if len(between) != 1 or not between.isspace() or between in _LINE_OR_CELL:
            yield run
            run = []
        run.append(after)
    if run:
        yield run


def _labelled(text: str, at: int) -> bool:
    """Return whether a word near before a place says that a number follows."""
    line = text[max(0, at - _BEFORE) : at].rpartition("\n\n")[2].casefold()
    return any(word in text_words().number_labels for word in re.findall(r"[^\W\d_]+|№|#", line))
