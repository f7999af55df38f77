"""Find listed people by a given name or initials and their family name, where it is a rare one.

Lists print people with their father's name and all their names; payments leave these out
(``ROMAN ABRAMOVICH``, ``ABRAMOVICH R A``). What is missing then lowers the score below a payment's
threshold, though nothing that was written differs. Common family names are left to the threshold:
thousands of others have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from limen import names
from limen.mentions.finder import surnames_of
from limen.mentions.name_runs import folded
from limen.model import Finding, Party, TokenPair
from limen.names import NameMatch
from limen.names.reading.respelling import respelled
from limen.names.reading.tables import tables
from limen.screening.findings import Comparer, PartyQuery
from limen.screening.parties import PartyScreen
from limen.screening.profile import Profile
from limen.snapshot.format import SCHEMAS, WEAK

Span = tuple[int, int]
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
#: What may part the words of one name, and the most words of a name that is looked for.
_TYING, _MOST_WORDS = re.compile(r"[ .'’`_/-]{1,3}\n?|,? ?\n?"), 3
#: The weights (1000 is a word that is rare among names) that a family name must have: where only
#: father's names are missing, where others are, and with initials.
_FATHERS_MISSING, _OTHERS_MISSING, _TWO_INITIALS, _ONE_INITIAL = 640, 740, 740, 900
_AFTER_CYRILLIC = "\u0530"
#: Letters of the shortest family name; shorter ones are words.
_LETTERS = 3
#: How names begin that many people have with another word: Abdul Rahman, Abdel Hakim.
_SERVANT = "abd"
#: Names that may be missing besides the father's.
_MOST_MISSING = 2
_FATHERS = ("ovich", "evich", "ovitch", "evitch", "ovna", "evna", "ovych", "evych", "ivna", "ich")
#: How words are paired that are the same name.
_SAME = frozenset(("identical", "equivalent", "transliteration", "nickname"))
#: What the comparison of a name says that is one in short.
SHORT = "the given name and a rare family name agree; more of the listed name is left out"


class Word(NamedTuple):
    """Represents a word of a text: its place, and how lists would write it."""

    start: int
    end: int
    forms: tuple[str, ...]


class ShortNames:
    """Represents the search for listed people by a part of their names.

    Args:
        screen: the snapshot's parties.
    """

    def __init__(self, screen: PartyScreen) -> None:
        self._snapshot = screen.snapshot

    def prepare(self) -> None:
        """File the names, which the first message would wait for."""
        self._filed  # noqa: B018

    @cached_property
    def _filed(self) -> dict[str, dict[str, list[int]]]:
        """Return the rows of people by family name and the first letter of another name."""
        filed: dict[str, dict[str, list[int]]] = {}
        schemas, kinds = self._snapshot.parties["schema"], self._snapshot.names["kind"]
        party_of, person = self._snapshot.names["party"], SCHEMAS.index("Person")
        for row, text in enumerate(self._snapshot.name_texts):
            if kinds[row] == WEAK or schemas[party_of[row]] != person or not _is_filed(text):
                continue
            parts = parts_of(text)
            if parts is not None and rarity(parts.family[0]) >= _FATHERS_MISSING:
                own = filed.setdefault(parts.family[0], {})
                for letter in {name[0] for name in (*parts.given, *parts.family[1:])}:
                    own.setdefault(letter, []).append(row)
        return filed

    def found(self, text: str, comparer: Comparer) -> Iterator[tuple[Span, Finding]]:
        """Yield the people whom a text names in short, each with its place in the text."""
        for words, rows in self._offered(text):
            span = words[0].start, words[-1].end
            for row in rows:
                party = int(self._snapshot.names["party"][row])
                if not comparer.scope.rows[row] or not comparer.scope.parties[party]:
                    continue
                finding = self._finding(text, words, row, comparer)
                if finding is not None:
                    yield span, finding

    def _offered(self, text: str) -> Iterator[tuple[Sequence[Word], set[int]]]:
        """Yield the words that may be a short name, with the rows of those that it may be."""
        words = [Word(*word.span(), _forms(word[0])) for word in _WORD.finditer(text)]
        filed = self._filed
        for at, word in enumerate(words):
            for family in word.forms:
                if family in filed:
                    for window in _windows(text, words, at):
                        rows = _common_rows(filed[family], words, window, at)
                        if rows:
                            yield words[window.start : window.stop], rows

    def _finding(
        self, text: str, words: Sequence[Word], row: int, comparer: Comparer
    ) -> Finding | None:
        span, judge = (words[0].start, words[-1].end), comparer.judge
        wording, listed = text[slice(*span)], self._snapshot.name_texts[row]
        score = judge.threshold
        if any(len(word.forms[0]) == 1 for word in words):
            if not has_initials(words, listed):
                return None
        else:
            compared = names.compare(wording, listed, schema="Person", matcher=judge.matcher)
            if not is_short_form(compared.alignment, listed):
                return None
            score = max(score, compared.score)
        query = PartyQuery(
            Profile(Party(schema="Person", properties={"name": (wording,)})), (wording,)
        )
        party = int(self._snapshot.names["party"][row])
        finding = comparer.finding(query, party, NameMatch(party, row, 0, score))
        if finding is None:
            return None
        carrier, *rest = finding.features
        return replace(finding, features=(replace(carrier, detail=SHORT, span=span), *rest))


class Parts(NamedTuple):
    """Represents a listed person's name in small Latin letters: family names, and the others."""

    family: tuple[str, ...]
    given: tuple[str, ...]


def parts_of(listed: str) -> Parts | None:
    """Return the parts of a name of which the list marks the family name, or with a father's name.

    ``None`` where neither shows which word is which.
    """
    words = [name for word in _WORD.findall(listed) if (name := folded(word))]
    marked = [name for name in surnames_of(listed) if rarity(name)]
    fathers = [name for name in words if name.endswith(_FATHERS)]
    if not marked and len(words) == _MOST_WORDS and words[1:2] == fathers:
        marked = words[2:]
    given = [name for name in words if name not in surnames_of(listed) and name not in marked]
    return Parts(tuple(marked), tuple(given)) if marked and given else None


def is_short_form(alignment: Sequence[TokenPair], listed: str) -> bool:
    """Return whether an alignment is that of a listed name of which only names are left out.

    The first of the family names and the first given name, or its initial, are there.
    """
    parts, written = parts_of(listed), [pair for pair in alignment if pair.query]
    if parts is None or not all(pair.kind in _SAME for pair in written):
        return False
    of = {form: pair.kind for pair in written for form in _forms(pair.listed.strip(".,"))}
    family, first = (_kind(of, name) for name in (parts.family[0], parts.given[0]))
    if not family or not first:
        return False
    missing = [folded(pair.listed.strip(".,")) for pair in alignment if not pair.query]
    others = [name for name in missing if rarity(name) and not name.endswith(_FATHERS)]
    if len(others) > _MOST_MISSING or not missing:
        return False
    return rarity(parts.family[0]) >= (_OTHERS_MISSING if others else _FATHERS_MISSING)


def has_initials(words: Sequence[Word], listed: str) -> bool:
    """Return whether words are family names of a listed name and the initials of its others."""
    parts = parts_of(listed)
    if parts is None:
        return False
    initials = [word.forms[0] for word in words if len(word.forms[0]) == 1]
    family = [word for word in words if len(word.forms[0]) > 1]
    if [name[0] for name in parts.given[: len(initials)]] != initials:
        return False
    if not family or not all(set(word.forms) & set(parts.family) for word in family):
        return False
    return rarity(parts.family[0]) >= (_TWO_INITIALS if len(initials) > 1 else _ONE_INITIAL)


def _kind(pairs: dict[str, str], name: str) -> str:
    """Return how a listed name is paired; empty where it is not."""
    return next((pairs[form] for form in _forms(name) if form in pairs), "")


@lru_cache(maxsize=65_536)
def rarity(name: str) -> int:
    """Return how rare a word is in people's names, in thousandths; 0 for no name."""
    known = tables()
    if (
        len(name) < _LETTERS
        or name in known.particles
        or name in known.titles
        or (name.startswith(_SERVANT))
    ):
        return 0
    return known.weights.get(name, 1000)


@lru_cache(maxsize=65_536)
def _forms(word: str) -> tuple[str, ...]:
    """Return a word as lists would print it: in small Latin letters, spelt in English."""
    return tuple(dict.fromkeys((folded(word), *map(folded, respelled(word, person=True)))))


def _windows(text: str, words: Sequence[Word], at: int) -> Iterator[range]:
    """Yield the stretches of two and three words around a word that may be one name."""
    for size in range(_MOST_WORDS, 1, -1):
        for start in range(max(0, at - size + 1), min(at, len(words) - size) + 1):
            inside = words[start : start + size]
            if all(_TYING.fullmatch(text, one.end, two.start) for one, two in pairwise(inside)):
                yield range(start, start + size)


def _common_rows(
    filed: dict[str, list[int]], words: Sequence[Word], window: range, family: int
) -> set[int]:
    """Return the rows that have another name for each other word of a stretch."""
    rows: set[int] | None = None
    for at in window:
        if at != family:
            own = {row for form in words[at].forms if form for row in filed.get(form[0], ())}
            rows = own if rows is None else rows & own
            if not rows:
                return set()
    return rows or set()


def _is_filed(text: str) -> bool:
    """Return whether a name is written in letters that are read one by one: Latin, Cyrillic."""
    return all(char < _AFTER_CYRILLIC or not char.isalpha() for char in text)
