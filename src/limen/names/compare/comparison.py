"""Compare two names, with the evidence as data: which words are paired, and what each adds.

``score`` where the number is enough; ``score_pairs`` for many pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import msgspec

from limen.model import TokenPair
from limen.names.compare.drawing import Side, draw, flips_of, sentence_of
from limen.names.compare.evidence_shares import divide
from limen.names.kernels.score import ANY, ORGANISATION, PERSON, THING
from limen.names.matchers import limen_1
from limen.names.matchers.matcher import Matcher, listed_names, matcher_named
from limen.names.reading.normalise import normalise

#: A schema that is not here may be of any kind.
_MODES = {
    "Person": PERSON,
    "Organization": ORGANISATION,
    "Company": ORGANISATION,
    "PublicBody": ORGANISATION,
    "Vessel": THING,
    "Airplane": THING,
    "Vehicle": THING,
}

#: Pairs of texts cached: several lists print one name, and what is scored is then explained.
_COMPARED = 4096


class Comparison(msgspec.Struct, frozen=True, gc=False):
    """A score with its reasons; ``flips`` is what would have changed the verdict."""

    one: str
    two: str
    score: float
    threshold: float
    matcher: str
    alignment: tuple[TokenPair, ...]
    flips: str

    @property
    def sentence(self) -> str:
        """Return the verdict and its reasons in one sentence."""
        return sentence_of(self.one, self.two, self.score, self.threshold, self.alignment)


def mode_of(schema: str) -> int:
    """Return how names of a schema are weighed: PERSON, ORGANISATION, THING or ANY."""
    return _MODES.get(schema, ANY)


class _Best(NamedTuple):
    """The readings of two texts that score best, their score in thousandths, and the pairs."""

    score: int
    one: str
    two: str
    pairs: Sequence[int] | None


def score(one: str, two: str, schema: str = "Thing", matcher: str | None = None) -> float:
    """Score how likely two names are the same, from 0 to 1, the same both ways round.

    Args:
        one: a name as it was written.
        two: another.
        schema: of their bearers; a person's name is read and weighed otherwise than a company's.
        matcher: ``None`` for the default.

    Raises:
        InputError: the matcher is unknown.
    """
    return _best(one, two, schema, matcher_named(matcher).name).score / 1000


@lru_cache(maxsize=_COMPARED)
def _best(one: str, two: str, schema: str, matcher: str) -> _Best:
    """Return the best pair of the names that each text lists."""
    mode, person, chosen = mode_of(schema), schema == "Person", matcher_named(matcher)
    best = _Best(-1, one, two, None)
    for mine, other in reading_pairs(one, two, schema, chosen):
        name, listed = normalise(mine, person=person), normalise(other, person=person)
        if chosen.aligner is not None:
            value, pairs = chosen.aligner.align(name, listed, mode)
        else:
            value, pairs = chosen.score(name, listed, mode), None
        if value > best.score:
            best = _Best(value, mine, other, pairs)
    return best


def reading_pairs(one: str, two: str, schema: str, matcher: Matcher) -> list[tuple[str, str]]:
    """Return the readings of two texts that are compared: of one all, of the other as listed.

    Two names that are both respelt may meet in a spelling that neither has.
    """
    read, read_too = matcher.readings(one, schema), matcher.readings(two, schema)
    names, names_too = listed_names(one, schema), listed_names(two, schema)
    pairs = [*product(read, names_too), *product(names, read_too)]
    return list(dict.fromkeys(pairs))


@lru_cache(maxsize=_COMPARED)
def compare(one: str, two: str, schema: str = "Thing", matcher: str | None = None) -> Comparison:
    """Compare a query's name with a listed one, with the evidence; arguments as for ``score``.

    Raises:
        InputError: the matcher is unknown.
    """
    chosen = matcher_named(matcher)
    thousandths, mine, other, pairs = _best(one, two, schema, chosen.name)
    person = schema == "Person"
    name, listed = normalise(mine, person=person), normalise(other, person=person)
    if pairs is None:
        pairs = limen_1.ALIGNER.align(name, listed, mode_of(schema))[1]
    query = Side(name, mine, max(one.find(mine), 0))
    alignment = tuple(draw(query, Side(listed, other, max(two.find(other), 0)), pairs, thousandths))
    aligner, mode = chosen.aligner, mode_of(schema)
    if aligner is not None and aligner.taken is not None and alignment:
        taken = aligner.taken(name, listed, mode)
        weighed = aligner.weighed(name, mode), aligner.weighed(listed, mode)
        alignment = divide(alignment, thousandths, taken, *weighed, pairs)
    value = thousandths / 1000
    flips = flips_of(value, chosen.threshold, alignment)
    return Comparison(one, two, value, chosen.threshold, chosen.name, alignment, flips)
