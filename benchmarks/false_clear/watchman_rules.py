"""Score two names by the rules that Moov Watchman publishes; written from its documentation alone.

Rules: docs/pipeline.md (what is done to a name before it is compared) and the notes of release
v0.27.0 (tokens of the search are matched, each once, and weigh by their length). Weights: the
defaults of docs/config.md, "Similarity Configuration". The multipliers for a query by name alone
are left out: with them no name would reach a usual threshold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import Jaro

#: The least score of a match; the documentation's examples show 0.84 to 0.94 for true ones.
THRESHOLD = 0.85
_BOOST_THRESHOLD, _PREFIX_SIZE, _PREFIX_WEIGHT = 0.7, 4, 0.1
_LENGTH_CUTOFF, _LENGTH_PENALTY = 0.9, 0.3
_LETTER_PENALTY = 0.9
_UNMATCHED_WEIGHT = 0.15
_ADJACENT = 3
_COMPANY = re.compile(
    r"\b(?:co|company|corp|corporation|inc|limited|llc|ltd|l\.?t\.?d|s\.?a|gmbh|agency)\b\.?",
    re.IGNORECASE,
)
#: Letters of one class sound alike at the head of a word, as in Soundex.
_CLASSES = ("aeiouyhw", "bfpv", "cgjkqsxz", "dt", "l", "mn", "r")


def score(query: str, listed: str, *, person: bool) -> float:
    """Return how alike two names are, 0 to 1.

    Args:
        query: the name that is searched.
        listed: the name in the index.
        person: whether the listed name is a person's.
    """
    wanted, indexed = _tokens(query, person=person), _tokens(listed, person=person)
    if not wanted or not indexed:
        return 0.0
    free = set(range(len(indexed)))
    total = weight = 0.0
    for at, token in enumerate(wanted):
        near = [place for place in free if abs(place - at) <= _ADJACENT]
        best = max(near, key=lambda place: _alike(token, indexed[place]), default=None)
        length = len(token) + (len(indexed[best]) if best is not None else 0)
        weight += length
        if best is not None:
            total += length * _alike(token, indexed[best])
            free.discard(best)
    left = sum(len(indexed[place]) for place in free) / sum(map(len, indexed))
    return total / weight * (1 - _UNMATCHED_WEIGHT * left)


def _tokens(name: str, *, person: bool) -> Sequence[str]:
    if person and "," in name:
        last, _, first = name.partition(",")
        name = f"{first} {last}"
    if not person:
        name = _COMPANY.sub(" ", name) if _COMPANY.sub(" ", name).strip(" .,") else name
    plain = unicodedata.normalize("NFD", name.lower())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return "".join(char if char.isalnum() else " " for char in plain).split()


def _alike(one: str, two: str) -> float:
    alike = Jaro.similarity(one, two)
    if alike > _BOOST_THRESHOLD:
        same = next((at for at in range(_PREFIX_SIZE) if one[at : at + 1] != two[at : at + 1]), 4)
        alike += same * _PREFIX_WEIGHT * (1 - alike)
    ratio = min(len(one), len(two)) / max(len(one), len(two))
    if ratio < _LENGTH_CUTOFF:
        alike *= 1 - _LENGTH_PENALTY * (1 - ratio)
    return alike if _class(one) == _class(two) else alike * _LETTER_PENALTY


def _class(word: str) -> str:
    return next((letters for letters in _CLASSES if word[0] in letters), word[0])
