"""Let a party's kind raise or lower a match by name, and never hide one.

The index compares names of kinds that can describe one party. A form or a file may give the
wrong kind, so names that are equal are looked up among the other kinds as well: as they are
written, and with the words before and after a comma exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from limen.model import Feature
from limen.model.schemata import ancestors, comparable
from limen.screening.scoring import Judge, score_of
from limen.snapshot.format import as_written

#: A name of more words is looked up as it is written: each order of these adds as many look-ups.
_MOST_WORDS = 5


def orders(written: str) -> Iterator[str]:
    """Yield the keys of a name whose first or last words may be a surname, with and without comma.

    One list files ``Vladimir Putin`` as ``putin, vladimir``, another as ``putin vladimir``.

    Args:
        written: the name's own key, ``as_written``.
    """
    words = written.replace(",", " ").split()
    count = len(words)
    if not 2 <= count <= _MOST_WORDS:
        return
    twice = [*words, *words]
    for start in range(count):
        turned = twice[start : start + count]
        yield " ".join(turned)
        for cut in range(1, count):
            yield f"{' '.join(turned[:cut])}, {' '.join(turned[cut:])}"


def in_any_order(written: str) -> str | None:
    """Return one key for all names that are ``orders`` of each other; ``None`` for other names."""
    words = written.replace(",", " ").split()
    count = len(words)
    if not 2 <= count <= _MOST_WORDS:
        return None
    twice = [*words, *words]
    return " ".join(min(twice[start : start + count] for start in range(count)))


def is_person_and_craft(query: str, listed: str) -> bool:
    """Return whether one schema is a person's and the other that of a ship, aircraft or vehicle."""
    one, other = ("Person" in ancestors(query), "Person" in ancestors(listed))
    return (one and "Vehicle" in ancestors(listed)) or (other and "Vehicle" in ancestors(query))


def hold_other_kind(
    features: list[Feature], query: str, listed: str, judge: Judge
) -> list[Feature]:
    """Hold a match by name below the threshold where the kinds cannot be one party's.

    A name that is equal as written stays a hit between people and organisations, because forms
    confuse the two; a person and a ship of the same name are for review.
    """
    if not features or features[0].name != "name" or comparable(query, listed):
        return features
    carrier, excess = features[0], round(score_of(features) - judge.below, 4)
    equal = as_written(carrier.query) == as_written(carrier.listed)
    if excess <= 0 or (equal and not is_person_and_craft(query, listed)):
        return features
    held = Feature(
        "kind",
        "conflict",
        -excess,
        query=query,
        query_field="schema",
        listed=listed,
        listed_field="schema",
        detail="the kinds are not those of one party, and only the name speaks for the match",
    )
    return [*features, held]


def other_keys(written: Sequence[str]) -> dict[str, int]:
    """Return further keys of names, by their own keys -> the position of the name."""
    found: dict[str, int] = {}
    taken = frozenset(written)
    for position, own in enumerate(written):
        for key in orders(own):
            if key not in taken:
                found.setdefault(key, position)
    return found
