"""Find pairs of records that may be of one party, by what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from limen.identity.facts import Facts
from limen.model.identifiers import MOST_BEARERS

#: Records that share a name or a part of it with the year of birth; a longer list says nothing.
MOST_OF_NAME = 60

Key = tuple[str, str]


def candidate_pairs(facts: Sequence[Sequence[Facts]]) -> Iterator[tuple[int, int]]:
    """Yield each pair of positions once, the lower first; ``facts`` are all states of a record."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    for position, states in enumerate(facts):
        for key in {key for state in states for key in _keys(state)}:
            blocks[key].append(position)
    pairs = {
        pair
        for key, members in blocks.items()
        if 1 < len(members) <= (MOST_BEARERS if key[0] == "number" else MOST_OF_NAME)
        for pair in combinations(members, 2)
    }
    yield from sorted(pairs)


def _keys(facts: Facts) -> Iterator[Key]:
    for space, key in facts.references:
        yield "number", f"{space} {key}"
    for number in facts.numbers:
        yield "number", f"{number.kind} {number.key}"
    for _, words in facts.names:
        if len(words.sounds) > 1 or len(words.key) > 2:
            yield "name", words.key
        if facts.kind in ("person", ""):
            yield from _parts(words.sounds, facts)


def _parts(sounds: Iterable[str], facts: Facts) -> Iterator[Key]:
    """Yield each two words of a name with each year of birth."""
    telling = sorted({sound for sound in sounds if len(sound) > 1})[:6]
    for one, other in combinations(telling, 2):
        for year in {birth.year for birth in facts.births}:
            yield "part", f"{one} {other} {year}"
