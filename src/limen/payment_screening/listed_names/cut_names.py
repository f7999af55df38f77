"""Find the listed names of which a name that was cut off is the beginning.

A field of a payment ends after 35, 70 or 140 characters, and a long name with it. What is left is
compared with the same length of listed names: those that begin with it letter by letter, and those
that are like it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace
from rapidfuzz.distance.Indel import normalized_similarity as ratio

from limen import names
from limen.mentions.finder import is_rare
from limen.mentions.name_runs import WORD, folded
from limen.model import Finding, Party
from limen.names import NameMatch, Query
from limen.screening.findings import Comparer, PartyQuery
from limen.screening.parties import PartyScreen
from limen.screening.profile import Profile
from limen.util.text import squash

#: A name that was cut has at least so many characters; shorter ones fit every field.
_SHORTEST = 30
#: Letters that must be equal at least where a listed name begins with what is left of one.
_LETTERS = 20
#: The score of a listed name that begins with all that is left: its end is unknown.
_BEGINS = 0.95
#: A beginning of more names than this is wording of many (a legal form), and means none of them.
_MOST = 40
#: The score from which names that are like are compared cut, how many parties of these, and how
#: alike the letters must then be.
_NEAR, _RANKED, _ALIKE = 0.5, 20, 0.8
_WHY = "the field is full, so the name may go on: compared with as much of the listed name"


class Beginning(NamedTuple):
    """Represents a listed name that begins like a cut one: its row, and the score."""

    row: int
    score: float


class CutNames:
    """Represents the search for listed names by their beginning.

    Args:
        screen: the snapshot's parties, and the index of their names.
    """

    def __init__(self, screen: PartyScreen) -> None:
        self._screen = screen
        self._snapshot = screen.snapshot

    def prepare(self) -> None:
        """File the names, which the first cut name would wait for."""
        self._filed  # noqa: B018

    @cached_property
    def _filed(self) -> tuple[list[str], list[int]]:
        """Return the letters of long listed names in order, and the row of each."""
        texts = self._snapshot.name_texts
        long = ((_key(text), row) for row, text in enumerate(texts) if len(text) > _SHORTEST)
        filed = sorted(long)
        return [key for key, _ in filed], [row for _, row in filed]

    def findings(self, name: str, schema: str, comparer: Comparer) -> tuple[list[Finding], bool]:
        """Return what a cut name may be, and whether it is the beginning of too many names."""
        beginnings, many = self._begin_with(name, comparer)
        best: dict[int, Beginning] = {}
        party_of = self._snapshot.names["party"]
        for each in (*beginnings, *self._like(name, schema, comparer)):
            at = int(party_of[each.row])
            if at not in best or best[at].score < each.score:
                best[at] = each
        party = Party(schema=schema, properties={"name": (name,)})
        query = PartyQuery(Profile(party), (name,))
        found = (
            comparer.finding(query, position, NameMatch(position, each.row, 0, each.score))
            for position, each in best.items()
        )
        return [_explained(finding) for finding in found if finding is not None], many

    def _counts(self, row: int, comparer: Comparer) -> bool:
        party = int(self._snapshot.names["party"][row])
        return bool(comparer.scope.rows[row]) and bool(comparer.scope.parties[party])

    def _begin_with(self, name: str, comparer: Comparer) -> tuple[list[Beginning], bool]:
        key = _key(name)
        if len(key) < _LETTERS:
            return [], False
        keys, rows = self._filed
        at = bisect_left(keys, key)
        found = []
        while at < len(keys) and keys[at].startswith(key):
            if len(keys[at]) > len(key) and self._counts(rows[at], comparer):
                found.append(Beginning(rows[at], _BEGINS))
            at += 1
        parties = {int(self._snapshot.names["party"][each.row]) for each in found}
        return ([], True) if len(parties) > _MOST else (found, False)

    def _like(self, name: str, schema: str, comparer: Comparer) -> Iterator[Beginning]:
        """Yield names that are like a cut one once they are cut at the same length."""
        scope, judge = comparer.scope, comparer.judge
        if schema != "Person" and not _is_own(name):
            return
        search = self._screen.index.begin(
            [Query((name,), schema)],
            cutoff=_NEAR,
            matcher=judge.matcher,
            parties=scope.parties,
            rows=scope.rows,
        )
        (matches,) = search()
        for match in islice(matches, _RANKED):
            for known in scope.known:
                for row in self._snapshot.name_rows(match.party, *known):
                    listed = self._snapshot.name_texts[row][: len(name)]
                    if len(self._snapshot.name_texts[row]) <= len(name):
                        continue
                    if ratio(name.casefold(), listed.casefold()) < _ALIKE:
                        continue
                    score = names.score(name, listed, schema=schema, matcher=judge.matcher)
                    if score >= judge.threshold:
                        yield Beginning(row, min(score, _BEGINS))


def _key(name: str) -> str:
    """Return the letters of a name in small Latin ones, as systems transliterate it."""
    return squash(name) if name.isascii() else "".join(map(folded, WORD.findall(name)))


def _is_own(name: str) -> bool:
    """Return whether a name has a rare word besides its legal form, by which it can be like."""
    return any(map(is_rare, WORD.findall(name)))


def _explained(finding: Finding) -> Finding:
    carrier, *rest = finding.features
    return replace(finding, features=(replace(carrier, detail=_WHY), *rest))
