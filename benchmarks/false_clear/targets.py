"""Draw listed parties from a snapshot: every list and every kind, in equal shares."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.false_clear.cases import Target

#: A single short word is no name that a person would call a certain hit.
_LEAST_LETTERS = 6
_PERSONS_WORDS = 2


def draw(engine, count: int, chance: random.Random) -> Iterator[Target]:
    """Yield that many targets, from all lists and schemata in turn.

    Args:
        engine: an open engine.
        count: how many.
        chance: where the draws come from.
    """
    groups = defaultdict(list)
    for position, target in enumerate(_listed(engine)):
        if target is not None:
            groups[target.id.partition(":")[0], target.schema].append((position, target))
    for members in groups.values():
        chance.shuffle(members)
    drawn = 0
    while drawn < count and groups:
        for key in list(groups):
            if not groups[key]:
                del groups[key]
                continue
            yield groups[key].pop()[1]
            drawn += 1
            if drawn == count:
                return


def _listed(engine) -> Iterator[Target | None]:
    snapshot = engine.snapshot
    scope = engine.scope(None, None, (), None, ())
    known = scope.question.known_at
    for position in range(len(snapshot)):
        if not scope.parties[position]:
            yield None
            continue
        listed = engine.listed.at(position, known)
        yield _target(listed.profile.party) if listed is not None else None


def _target(party) -> Target | None:
    names = [name for name in party.properties.get("name", ()) if _says_enough(name, party.schema)]
    if not names:
        return None
    return Target(party.id, party.schema, names[0], dict(party.properties))


def _says_enough(name: str, schema: str) -> bool:
    letters = sum(char.isalpha() for char in name)
    words = len(name.split())
    return letters >= _LEAST_LETTERS and (schema != "Person" or words >= _PERSONS_WORDS)
