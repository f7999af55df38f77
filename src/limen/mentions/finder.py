"""Find mentions of listed parties: cover names, score them, link them into chains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rapidfuzz.distance.Indel import normalized_similarity as ratio

from limen import names
from limen.mentions.chains import Match, Mention, Rows, chained
from limen.mentions.name_runs import WORD, Place, Span, folded, runs_in, stretches
from limen.mentions.name_table import CRAFT, Hit, NameTable
from limen.mentions.text_readings import Reading, further_readings
from limen.mentions.vocabulary import text_words
from limen.model.countries import country_code
from limen.names.matchers.limen_2 import weight
from limen.names.reading.normalise import normalise
from limen.names.reading.tables import tables
from limen.screening.scoring import Judge
from limen.snapshot import Snapshot
from limen.snapshot.format import SCHEMAS
from limen.util.cache import BoundedCache

#: The share of its weight that a stretch has to have of a ship's name, and of another's; words
#: left out of a company's name say what kind of company it is.
_CRAFT_SHARE, _OTHER_SHARE = 0.95, 0.8
#: Runs of words remembered with their parties, because texts repeat themselves.
_RUNS_REMEMBERED = 20_000
#: Scores that are remembered across documents: some ten documents of a hundred names each.
SCORES_REMEMBERED = 50_000
#: Words inside the names of organisations, and between people.
_BETWEEN = re.compile(r"\b(?:and|to|in|of|for|the|e|y)\b|&")
#: A number at the end of one line and a word at the head of the next are no name.
_NUMBERED = re.compile(r"\d\s*\n|\n\s*\d")
#: The least letters and the least weight (1000 is a word of no common use) of a rare word: Sberbank
#: has 748, Alliance 700.
_RARE_LETTERS, _RARE = 5, 740
#: How alike a text's last word and a listed surname must be, 0 to 1.
_SURNAME_NEAR = 0.7
#: Characters before and behind a ship's name in which a word for a ship is looked for.
_CRAFT_BEFORE, _CRAFT_BEHIND = 60, 30
_WORDS = re.compile(r"[\w/]+")


@dataclass(slots=True)
class _Seen:
    """Represents what was found in runs of words, in small letters or not, of the names that count.

    Of each: first word, last word, matches.
    """

    rows: Rows | None
    runs: dict[tuple[bool, tuple[str, ...]], list[tuple[int, int, tuple[Match, ...]]]] = field(
        default_factory=dict
    )


class MentionFinder:
    """Represents the search of a text for the listed parties that it names.

    Args:
        snapshot: the lists.
        judge: the matcher, and the scores from which it takes two names for one.
        scores_remembered: how many scores are remembered from one document to the next.
        table: the names, where another finder over the snapshot has them already.
        rare_alone: whether a rare word that alone is a listed name is a mention whatever is next
            to it, as in texts in capitals without sentences.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        judge: Judge,
        *,
        scores_remembered: int = SCORES_REMEMBERED,
        table: NameTable | None = None,
        rare_alone: bool = False,
    ) -> None:
        self._snapshot = snapshot
        self._judge = judge
        self._rare_alone = rare_alone
        self.table = table or NameTable(snapshot)
        self.scores: BoundedCache[tuple[str, str, int], float] = BoundedCache(scores_remembered)
        self._schemas = snapshot.parties["schema"]
        self._party_of = snapshot.names["party"]

    def mentions(
        self, text: str, rows: Rows | None = None, *, readings: Iterable[Reading] | None = None
    ) -> list[Mention]:
        """Return every chain of mentions in a text, in order.

        Args:
            text: any length of it.
            rows: the names that count; all of every time where it is not given.
            readings: its further readings, where they are known already.
        """
        found: dict[str, Mention] = {}
        seen = _Seen(rows)
        for span, matches in self._named(text, seen):
            _add(found, text[slice(*span)], text, span, matches)
        for reading in further_readings(text) if readings is None else readings:
            for span, matches in self._named(reading.text, seen):
                printed = reading.printed(span)
                if printed is not None:
                    _add(found, reading.text[slice(*span)], text, printed, matches)
        return chained(text, found.values())

    def _named(self, text: str, seen: _Seen) -> Iterator[tuple[Span, tuple[Match, ...]]]:
        """Yield every stretch of a text that names a party, with the matches."""
        for start, end in stretches(text):
            if len(seen.runs) > _RUNS_REMEMBERED:
                seen.runs.clear()
            printed = ((run, False) for run in runs_in(text, start, end))
            small = ((run, True) for run in self.table.small_letters.runs(text, start, end))
            for run, in_small in (*printed, *small):
                key = in_small, tuple(word for word, _, _ in run)
                known = seen.runs.get(key)
                if known is None:
                    known = self._in_run(text, run, seen.rows, in_small=in_small)
                    seen.runs[key] = known
                for low, high, matches in known:
                    span = run[low][1], run[high][2]
                    if self._in_context(text, span, matches, in_small=in_small):
                        yield span, matches

    def _in_run(
        self, text: str, run: Sequence[Place], rows: Rows | None, *, in_small: bool
    ) -> list[tuple[int, int, tuple[Match, ...]]]:
        """Return the stretches of a run that name a party: first word, last word, matches."""
        starts = {place[1]: at for at, place in enumerate(run)}
        ends = {place[2]: at for at, place in enumerate(run)}
        windows: dict[Span, dict[int, Match]] = {}
        for hit in self.table.hits(run):
            if in_small and not hit.exact:
                continue
            low, high = starts[hit.span[0]], ends[hit.span[1]]
            for match in self._matches(text, run, hit, (low, high)):
                if rows is not None and not rows[match.names[0][1]]:
                    continue
                if in_small and not self._is_name_in_small(match, hit):
                    continue
                best = windows.setdefault((low, high), {})
                known = best.get(match.party)
                best[match.party] = match if known is None else known.joined(match)
        ranked = sorted(windows.items(), key=lambda entry: _rank(entry[0], entry[1]), reverse=True)
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
        """Yield the parties of a covered name that the matcher takes the text for."""
        wording = text[slice(*hit.span)]
        rare = self._rare_alone and is_rare(wording)
        if hit.alone and not rare and not _lone_word(text, wording, run, window):
            return
        if _NUMBERED.search(wording):
            return
        for row in self.table.rows(hit.name):
            party = int(self._party_of[row])
            schema = SCHEMAS[int(self._schemas[party])]
            listed = self._snapshot.name_texts[row]
            if not (_person if schema == "Person" else _other)(schema, hit, wording, listed):
                continue
            score = self._score(wording, hit.name, row, schema)
            few = schema == "Person" and hit.exact and _has_words(wording)
            if score >= (self._judge.review_line if few else self._judge.threshold) or hit.alone:
                yield Match(party, score, wording, ((score, row),))

    def _is_name_in_small(self, match: Match, hit: Hit) -> bool:
        """Return whether words in small letters are enough; a ship near is looked for later."""
        schema = SCHEMAS[int(self._schemas[match.party])]
        is_name = self.table.small_letters.is_name
        if schema in CRAFT and hit.covered >= 1.0:
            return True
        if hit.alone:
            return False
        return is_name(match.text, person=schema == "Person", covered=hit.covered)

    def _score(self, text: str, name: int, row: int, schema: str) -> float:
        """Return how much a text is a listed name, from 0 to 1, as the matcher says."""
        return self.scores.get_or_make(
            (schema, text, name),
            lambda: names.score(
                text,
                self._snapshot.name_texts[row],
                schema=schema,
                matcher=self._judge.matcher,
            ),
        )

    def _in_context(
        self, text: str, span: Span, matches: Sequence[Match], *, in_small: bool
    ) -> bool:
        """Return whether a mention may stay: some names of ships need a word for a ship near them.

        They are those of one word; and right behind such a word given names, and those in small
        letters, of one word or of words that are ordinary or that many names have.
        """
        wording = text[slice(*span)]
        single = not _has_words(wording)
        is_name = self.table.small_letters.is_name
        if not single and (not in_small or is_name(wording, person=False, covered=1.0)):
            return True
        schemas = {SCHEMAS[int(self._schemas[match.party])] for match in matches}
        if not schemas <= CRAFT:
            return True
        before = _WORDS.findall(text[max(0, span[0] - _CRAFT_BEFORE) : span[0]].lower())
        behind = _WORDS.findall(text[span[0] : span[1] + _CRAFT_BEHIND].lower())
        right_behind = in_small or folded(wording) in self.table.given_names
        near = before[-1:] if right_behind else [*before, *behind]
        return any(word in text_words().craft for word in near)


def _add(
    found: dict[str, Mention], wording: str, text: str, span: Span, matches: tuple[Match, ...]
) -> None:
    """Add a mention to those of the same words."""
    key = " ".join(folded(word) for word in WORD.findall(wording))
    chain = found.get(key)
    if chain is None:
        chain = found[key] = Mention(text[slice(*span)], span, matches)
    if span not in chain.places:
        chain.places.append(span)


def _rank(window: Span, matched: dict[int, Match]) -> tuple[int, float]:
    return window[1] - window[0], max(match.score for match in matched.values())


def _has_words(wording: str) -> bool:
    """Return whether a stretch has more than one word; an underscore is a blank of file names."""
    return len(wording.replace("_", " ").split()) > 1


def _person(schema: str, hit: Hit, wording: str, listed: str) -> bool:
    """Return whether a stretch can be a person's name: two words of it, the surname last."""
    del schema
    if hit.alone or len(WORD.findall(wording)) < 2 or _BETWEEN.search(wording):
        return False
    return _in_order(wording, listed)


def _other(schema: str, hit: Hit, wording: str, listed: str) -> bool:
    """Return whether a stretch can be the name of no person: it has nearly all of its own."""
    craft = schema in CRAFT
    if hit.loose or (not hit.alone and hit.covered < (_CRAFT_SHARE if craft else _OTHER_SHARE)):
        return False
    if hit.alone:
        return craft or folded(wording) not in text_words().common
    return not _is_ordinary(wording, listed)


def _is_ordinary(wording: str, listed: str) -> bool:
    """Return whether a stretch has ordinary words alone, and not those of the listed name."""
    small = _small_words()
    words = {folded(word) for word in WORD.findall(wording)}
    if not words - small <= text_words().common:
        return False
    own = {folded(word) for word in WORD.findall(listed)}
    return not (words <= own and own - small <= words)


@cache
def _small_words() -> frozenset[str]:
    return text_words().ties | tables().legal_forms.keys()


def _in_order(wording: str, listed: str) -> bool:
    """Return whether the last word can be the listed surname; in another order, to the letter.

    Lists print surnames in capitals or before a comma. ``Kim Jong Un`` is written as it is
    listed; ``Nasser Karimi`` is not ``Karim AL NASSER``, and ``Ivan Ivanovich`` names no one.
    """
    surnames = surnames_of(listed)
    words = [folded(word) for word in WORD.findall(wording) if len(word) > 1]
    if not surnames or not words:
        return True
    if any(ratio(words[-1], surname) >= _SURNAME_NEAR for surname in surnames):
        return True
    every = {folded(word) for word in WORD.findall(listed)}
    return every.issuperset(words) and not set(words).isdisjoint(surnames)


@lru_cache(maxsize=16_384)
def surnames_of(listed: str) -> tuple[str, ...]:
    """Return the words of a listed name that are marked as its surname; none where nothing is."""
    head, comma, _ = listed.partition(",")
    if comma:
        return tuple(folded(word) for word in WORD.findall(head))
    words = WORD.findall(listed)
    shouted = [word for word in words if word.isupper() and len(word) > 1]
    return tuple(map(folded, shouted)) if 0 < len(shouted) < len(words) else ()


@lru_cache(maxsize=16_384)
def is_rare(wording: str) -> bool:
    """Return whether a word is so rare among names that it means the listed one."""
    low = folded(wording)
    if len(low) < _RARE_LETTERS or low in text_words().common or country_code(wording) is not None:
        return False
    return all(weight(token) >= _RARE for token in normalise(wording, person=False).tokens)


def _lone_word(text: str, wording: str, run: Sequence[Place], window: Span) -> bool:
    """Return whether one word of a run can be a name by itself."""
    low = folded(wording)
    if len(low) < 4 and low not in text_words().acronyms:
        return False
    if len(low) < 5 and not wording.isupper() and wording.isascii():
        return False
    if country_code(wording) is not None:
        return False
    if low in text_words().common:
        return True  # a ship may have the name; the words near it decide
    return all(
        word.lower() in text_words().neighbours or word.islower() or word.isdigit()
        for word in _neighbours(text, run, window)
    )


def _neighbours(text: str, run: Sequence[Place], window: Span) -> Iterator[str]:
    """Yield the words next to a stretch of a run, unless a comma or a full stop is between."""
    low, high = window
    if low > 0 and not _APART.search(text, run[low - 1][2], run[low][1]):
        yield run[low - 1][0]
    if high + 1 < len(run) and not _APART.search(text, run[high][2], run[high + 1][1]):
        yield run[high + 1][0]


#: What parts two words that are not one name.
_APART = re.compile(r"[,.;()\n\"”“]")
