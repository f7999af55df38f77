"""From covered names to mentions: scored by the matcher, told apart, and linked into chains."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance.Indel import normalized_similarity as ratio

from limen import names
from limen.model.countries import country_code
from limen.screening.commonwords import ACRONYMS, COMMON, CRAFT
from limen.screening.mentions import Hit, NameTable, Place, Span, folded, runs_in, stretches
from limen.snapshot import Snapshot
from limen.snapshot.format import SCHEMAS

_CRAFT_SCHEMAS = frozenset(("Vessel", "Airplane", "Vehicle", "Asset"))
#: What may follow or go before a one-word name of an organisation in a run of names.
_BESIDE = frozenset(
    [
        "bank",
        "group",
        "company",
        "holding",
        "the",
        "russian",
        "iranian",
        "syrian",
        "chinese",
        "state",
        "ltd",
        "pjsc",
        "jsc",
        "llc",
        "ooo",
        "oao",
        "inc",
        "plc",
        "corp",
        "corporation",
        "and",
        "subsidiary",
        "president",
        "executive",
        "chairman",
        "sanctions",
        "shares",
    ]
)
_ORGANISATION_SHARE = 0.8
#: Runs of words whose parties are remembered, because texts repeat themselves.
_RUNS_KEPT = 20_000
_WORD = re.compile(r"\w+")
#: Words that tie the names of organisations, and stand between people.
_BETWEEN = re.compile(r"\b(?:and|to|in|of|for|the|e|y)\b|&")
#: How alike a text's last word and a listed surname must be, 0 to 1.
_SURNAME_NEAR = 0.7


@dataclass(frozen=True, slots=True)
class Match:
    """A listed party that words of a text may name: its position, the row, and the score."""

    party: int
    row: int
    score: float
    said: str


@dataclass(slots=True)
class Mention:
    """One chain: where somebody is named in full, and every other place that means them."""

    text: str
    span: Span
    matches: tuple[Match, ...]
    places: list[Span] = field(default_factory=list)


class MentionFinder:
    """Finds the listed parties that a text names, against every name of a snapshot."""

    def __init__(self, snapshot: Snapshot, matcher: str, threshold: float) -> None:
        self._snapshot = snapshot
        self._matcher = matcher
        self.threshold = threshold
        self.table = NameTable(snapshot)
        self._scored: dict[tuple[str, int], float] = {}
        self._schemas = snapshot.parties["schema"]
        self._party_of = snapshot.names["party"]

    def mentions(self, text: str) -> list[Mention]:
        """Every chain of mentions in a text, in order."""
        found: dict[str, Mention] = {}
        seen: dict[tuple[str, ...], list[tuple[int, int, tuple[Match, ...]]]] = {}
        for start, end in stretches(text):
            if len(seen) > _RUNS_KEPT:
                seen.clear()
            for run in runs_in(text, start, end):
                key = tuple(word for word, _, _ in run)
                known = seen.get(key)
                if known is None:
                    known = seen[key] = self._in_run(text, run)
                for low, high, matches in known:
                    self._add(found, text, (run[low][1], run[high][2]), matches)
        kept = _without_inner(found.values())
        return _chained(text, kept)

    def _add(
        self, found: dict[str, Mention], text: str, span: Span, matches: tuple[Match, ...]
    ) -> None:
        name = text[slice(*span)]
        if not self._in_context(text, span, matches):
            return
        key = " ".join(folded(word) for word in _WORD.findall(name))
        chain = found.get(key)
        if chain is None:
            chain = found[key] = Mention(name, span, matches)
        if span not in chain.places:
            chain.places.append(span)

    def _in_run(self, text: str, run: Sequence[Place]) -> list[tuple[int, int, tuple[Match, ...]]]:
        """The stretches of a run that name somebody: first word, last word, who."""
        starts = {place[1]: at for at, place in enumerate(run)}
        ends = {place[2]: at for at, place in enumerate(run)}
        windows: dict[Span, dict[int, Match]] = {}
        for hit in self.table.hits(run):
            low, high = starts[hit.span[0]], ends[hit.span[1]]
            for match in self._matches(text, run, hit, (low, high)):
                best = windows.setdefault((low, high), {})
                known = best.get(match.party)
                if known is None or match.score > known.score:
                    best[match.party] = match
        ranked = sorted(windows.items(), key=lambda each: _worth(each[0], each[1]), reverse=True)
        taken: list[Span] = []
        chosen = []
        for (low, high), matched in ranked:
            if any(low <= other[1] and other[0] <= high for other in taken):
                continue
            taken.append((low, high))
            order = sorted(matched.values(), key=lambda match: (-match.score, match.party))
            chosen.append((low, high, tuple(order)))
        return chosen

    def _matches(self, text: str, run: Sequence[Place], hit: Hit, window: Span) -> Iterator[Match]:
        """The parties of a covered name that the matcher takes the text for."""
        said = text[slice(*hit.span)]
        if hit.alone and not _lone_word(said, run, window):
            return
        common = hit.alone and folded(said) in COMMON
        for row in self.table.rows[hit.name]:
            party = int(self._party_of[row])
            schema = SCHEMAS[int(self._schemas[party])]
            if not _covers_enough(schema, hit, said) or (common and schema not in _CRAFT_SCHEMAS):
                continue
            if schema == "Person" and not _in_order(said, self._snapshot.name_texts[row]):
                continue
            score = self._score(said, hit.name, row, schema)
            if score >= self.threshold or hit.alone:
                yield Match(party, row, score, said)

    def _score(self, said: str, name: int, row: int, schema: str) -> float:
        key = (f"{schema}\x00{said}", name)
        score = self._scored.get(key)
        if score is None:
            listed = self._snapshot.name_texts[row]
            score = names.score(said, listed, schema=schema, matcher=self._matcher)
            self._scored[key] = score
        return score

    def _in_context(self, text: str, span: Span, matches: Sequence[Match]) -> bool:
        """A ship's name of one word needs a ship beside it."""
        said = text[slice(*span)]
        if len(said.split()) > 1:
            return True
        schemas = {SCHEMAS[int(self._schemas[match.party])] for match in matches}
        if not schemas <= _CRAFT_SCHEMAS:
            return True
        near = text[max(0, span[0] - 60) : span[1] + 30].lower()
        return any(word in CRAFT for word in re.findall(r"[\w/]+", near))


def _worth(window: Span, matched: dict[int, Match]) -> tuple[int, float]:
    return window[1] - window[0], max(match.score for match in matched.values())


def _covers_enough(schema: str, hit: Hit, said: str) -> bool:
    """A person by two words, an organisation by nearly all of what is its own."""
    if schema == "Person":
        return not hit.alone and len(_WORD.findall(said)) >= 2 and not _BETWEEN.search(said)
    if schema in _CRAFT_SCHEMAS:
        return hit.covered >= 0.95
    return hit.alone or hit.covered >= _ORGANISATION_SHARE


def _in_order(said: str, listed: str) -> bool:
    """Whether the text's last word can be the listed surname; in another order, to the letter.

    Lists print surnames in capitals or before a comma. ``Kim Jong Un`` stands as it is listed;
    ``Nasser Karimi`` is not ``Karim AL NASSER``.
    """
    surnames = _surnames(listed)
    words = [folded(word) for word in _WORD.findall(said)]
    if not surnames or not words:
        return True
    if any(ratio(words[-1], surname) >= _SURNAME_NEAR for surname in surnames):
        return True
    every = {folded(word) for word in _WORD.findall(listed)}
    return all(word in every for word in words)


@lru_cache(maxsize=65_536)
def _surnames(listed: str) -> tuple[str, ...]:
    """The words of a listed name that are marked as its surname; none where nothing is."""
    head, comma, _ = listed.partition(",")
    if comma:
        return tuple(folded(word) for word in _WORD.findall(head))
    words = _WORD.findall(listed)
    shouted = [word for word in words if word.isupper() and len(word) > 1]
    return tuple(map(folded, shouted)) if 0 < len(shouted) < len(words) else ()


def _lone_word(said: str, run: Sequence[Place], window: Span) -> bool:
    """Whether one word of a run can be a name by itself."""
    low = folded(said)
    if len(low) < 4 and low not in ACRONYMS:
        return False
    if len(low) < 5 and not said.isupper() and said.isascii():
        return False
    if country_code(said) is not None:
        return False
    if low in COMMON:
        return True  # a ship may be called so; what stands near it decides
    beside = [run[at][0] for at in (window[0] - 1, window[1] + 1) if 0 <= at < len(run)]
    return all(word.lower() in _BESIDE or word.islower() or word.isdigit() for word in beside)


def _without_inner(found: Iterable[Mention]) -> list[Mention]:
    """Leave out a mention all of whose places lie inside another's."""
    chains = list(found)
    every = sorted((place, at) for at, each in enumerate(chains) for place in each.places)
    kept: list[Mention] = []
    for at, chain in enumerate(chains):
        chain.places = [place for place in chain.places if not _inside(place, at, every)]
        if chain.places:
            chain.places.sort()
            chain.span = chain.places[0]
            kept.append(chain)
    return sorted(kept, key=lambda chain: chain.span)


def _inside(place: Span, at: int, every: Sequence[tuple[Span, int]]) -> bool:
    here = bisect_left(every, (place, -1))
    for other, owner in every[max(0, here - 4) : here + 5]:
        if owner != at and other[0] <= place[0] and place[1] <= other[1] and other != place:
            return True
    return False


def _chained(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Join mentions of the same parties, and add the places where a surname alone stands."""
    chains: dict[int, Mention] = {}
    order: list[Mention] = []
    for each in found:
        best = each.matches[0].party
        parties = {match.party for match in each.matches}
        known = next((chains[party] for party in parties if party in chains), None)
        if known is None:
            chains.update(dict.fromkeys(parties, each))
            order.append(each)
            continue
        known.places = sorted({*known.places, *each.places})
        if len(each.text) > len(known.text):
            known.text, known.span = each.text, each.span
        chains.setdefault(best, known)
    taken = sorted(place for each in order for place in each.places)
    for chain in order:
        chain.places = sorted({*chain.places, *_short_places(text, chain, taken)})
    return order


def _taken(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a place lies inside one that is a mention already; ``taken`` is sorted."""
    at = bisect_right(taken, (span[0], 1 << 60))
    return any(low <= span[0] and span[1] <= high for low, high in taken[max(0, at - 3) : at])


def _short_places(text: str, chain: Mention, taken: Sequence[Span]) -> Iterator[Span]:
    """Where the last word of a person's name, or a defined short name, stands alone."""
    words = chain.text.split()
    for short in _shorts(text, chain, words):
        for found in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w-])", text):
            span = found.span()
            if _taken(span, taken):
                continue
            if not _other_person(text, span[0]):
                yield span


def _shorts(text: str, chain: Mention, words: Sequence[str]) -> Iterator[str]:
    defined = re.match(
        r"\s*\(\s*(?:the )?[“\"‘']?([A-Z][\w-]{1,30}(?: [A-Z][\w-]+)?)[”\"’']?\s*\)",
        text[chain.span[1] : chain.span[1] + 50],
    )
    if defined and folded(defined[1]) not in COMMON:
        yield defined[1]
    if (
        len(words) in (2, 3, 4)
        and len(words[-1]) > 2
        and folded(words[-1]) not in COMMON
        and words[-1][0].isupper()
    ) and not any(folded(word) in _BESIDE or (word.isupper() and len(word) < 5) for word in words):
        yield words[-1]


def _other_person(text: str, at: int) -> bool:
    """Whether another first name stands before a surname: somebody else is meant."""
    before = re.search(r"([A-Z][\w’'-]+)\s+$", text[max(0, at - 30) : at])
    if before is None:
        return False
    start = at - len(before.group())
    if (
        text[max(0, start - 2) : start].strip(" ") in (".", "")
        and start > 0
        and text[start - 1] in ".\n"
    ):
        return False
    from limen.documents.words import words

    low = before[1].lower().rstrip(".")
    known = words()
    office = low in known.person_heads or low in known.titles or low in known.honorifics
    verb = low.endswith(("s", "ed")) and low not in known.male | known.female
    return not office and not verb and (low in known.male or low in known.female)
