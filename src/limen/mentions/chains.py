"""Join mentions of the same parties into chains, and add the places of their short names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from limen.documents.text.vocabulary import words
from limen.mentions.name_runs import Span, folded
from limen.mentions.office_holders import titles_in
from limen.mentions.vocabulary import text_words

#: Which rows of the table of names count.
Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Match:
    """Represents a listed party that words of a text may mean: its position, the score, the words.

    ``names`` are its names that the words may be, each with its score and row, the best first;
    none where a number means the party.
    """

    party: int
    score: float
    text: str
    names: tuple[tuple[float, int], ...] = ()

    def joined(self, other: Match) -> Match:
        """Return the match with the names of another one of the same words."""
        names = tuple(sorted({*self.names, *other.names}, key=lambda name: (-name[0], name[1])))
        return Match(self.party, names[0][0], self.text, names)

    def known(self, rows: Rows) -> tuple[float, int] | None:
        """Return score and row of the best name among some rows; ``None`` where none is."""
        return next((name for name in self.names if rows[name[1]]), None)


@dataclass(slots=True)
class Mention:
    """Represents a chain: a full name, and every other place that means the same parties."""

    text: str
    span: Span
    matches: tuple[Match, ...]
    places: list[Span] = field(default_factory=list)


def _without_inner(found: Iterable[Mention]) -> list[Mention]:
    """Leave out a mention with no place outside another mention's."""
    chains = list(found)
    every = sorted((place, at) for at, chain in enumerate(chains) for place in chain.places)
    outer: list[Mention] = []
    for at, chain in enumerate(chains):
        chain.places = [place for place in chain.places if not _inside(place, at, every)]
        if chain.places:
            chain.places.sort()
            chain.span = chain.places[0]
            outer.append(chain)
    return sorted(outer, key=lambda chain: chain.span)


def _inside(place: Span, at: int, every: Sequence[tuple[Span, int]]) -> bool:
    here = bisect_left(every, (place, -1))
    for other, owner in every[max(0, here - 4) : here + 5]:
        if owner != at and other[0] <= place[0] and place[1] <= other[1] and other != place:
            return True
    return False


def chained(text: str, found: Iterable[Mention]) -> list[Mention]:
    """Join mentions of the same parties, and add the places of a surname alone.

    Args:
        text: the document's text.
        found: mentions by name; one that is only inside others is left out.
    """
    chains: dict[int, Mention] = {}
    order: list[Mention] = []
    for mention in _without_inner(found):
        best = mention.matches[0].party
        parties = {match.party for match in mention.matches}
        known = next((chains[party] for party in parties if party in chains), None)
        if known is None:
            chains.update(dict.fromkeys(parties, mention))
            order.append(mention)
            continue
        known.places = sorted({*known.places, *mention.places})
        if len(mention.text) > len(known.text):
            known.text, known.span = mention.text, mention.span
        chains.setdefault(best, known)
    _add_short_places(text, order)
    _add_titles(text, order)
    return order


def _add_titles(text: str, chains: Sequence[Mention]) -> None:
    """Add the places where an office means a person who was named: ``the president``."""
    named = {folded(chain.text.split()[-1]): chain for chain in chains if " " in chain.text}
    added: dict[str, set[Span]] = {}
    for surname, span in titles_in(text) if named else ():
        if surname in named and span[0] > named[surname].places[0][0]:
            added.setdefault(surname, set()).add(span)
    for surname, spans in added.items():
        named[surname].places = sorted({*named[surname].places, *spans})


def _taken(span: Span, taken: Sequence[Span]) -> bool:
    """Return whether a place is inside one that is a mention already; ``taken`` is sorted."""
    at = bisect_right(taken, (span[0], 1 << 60))
    return any(low <= span[0] and span[1] <= high for low, high in taken[max(0, at - 3) : at])


def _add_short_places(text: str, chains: Sequence[Mention]) -> None:
    """Add the places of the last word of a person's name, or of a defined short name."""
    taken = sorted(place for chain in chains for place in chain.places)
    shorts: dict[str, list[tuple[str, Mention]]] = {}
    for chain in chains:
        for short in dict.fromkeys(_shorts(text, chain, chain.text.split())):
            head = _CAPITALISED.match(short)
            if head is not None:
                shorts.setdefault(head.group(), []).append((short, chain))
    added: dict[int, set[Span]] = {}
    for found in _CAPITALISED.finditer(text) if shorts else ():
        for short, chain in shorts.get(found.group(), ()):
            span = found.start(), found.start() + len(short)
            if text.startswith(short, span[0]) and _is_apart(text, span, taken):
                added.setdefault(id(chain), set()).add(span)
    for chain in chains:
        chain.places = sorted({*chain.places, *added.get(id(chain), ())})


#: A word of a name with its hyphens, from its first letter to its last.
_CAPITALISED = re.compile(r"(?<![\w-])(?![a-z])\w[\w-]*")


def _is_apart(text: str, span: Span, taken: Sequence[Span]) -> bool:
    """Return whether a short name is a word of its own, outside mentions and not another's."""
    after = text[span[1] : span[1] + 1]
    inside = after.isalnum() or after in ("_", "-")
    return not inside and not _taken(span, taken) and not _other_person(text, span[0])


def _shorts(text: str, chain: Mention, words: Sequence[str]) -> Iterator[str]:
    defined = re.match(
        r"\s*\(\s*(?:the )?[“\"‘']?([A-Z][\w-]{1,30}(?: [A-Z][\w-]+)?)[”\"’']?\s*\)",
        text[chain.span[1] : chain.span[1] + 50],
    )
    if defined and folded(defined[1]) not in text_words().common:
        yield defined[1]
    if (
        len(words) in (2, 3, 4)
        and len(words[-1]) > 2
        and folded(words[-1]) not in text_words().common
        and words[-1][0].isupper()
    ) and not any(
        folded(word) in text_words().neighbours or (word.isupper() and len(word) < 5)
        for word in words
    ):
        yield words[-1]


def _other_person(text: str, at: int) -> bool:
    """Return whether another first name precedes a surname: another person is meant."""
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
    low = before[1].lower().rstrip(".")
    known = words()
    office = low in known.person_heads or low in known.titles or low in known.honorifics
    verb = low.endswith(("s", "ed")) and low not in known.male | known.female
    return not office and not verb and (low in known.male or low in known.female)
