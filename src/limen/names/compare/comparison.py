"""Compare two names, with the evidence as data: which words are paired, and what each adds.

``score`` where the number is enough; ``score_pairs`` for many pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from limen.model import TokenPair
from limen.names.kernels.score import ANY, ORGANISATION, PAIR, PERSON, THING, loss_of
from limen.names.kernels.word_similarity import (
    CUT,
    EQUIVALENT,
    INITIAL_OF,
    JOINED_PAIR,
    LEGAL,
    NUMBER,
    PARTICLE,
    SAME,
    SHORT,
    SOUND,
    TITLE,
)  # fmt: skip
from limen.names.matchers import limen_1
from limen.names.matchers.matcher import DEFAULT_MATCHER, Matcher, matcher_named
from limen.names.reading.normalise import Name, alternatives, normalise

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
_KINDS = {
    SAME: "identical",
    EQUIVALENT: "equivalent",
    SHORT: "nickname",
    SOUND: "transliteration",
    INITIAL_OF: "initial",
    JOINED_PAIR: "joined",
    CUT: "cut",
}


#: Pairs of texts cached: several lists print one name, and what is scored is then explained.
_COMPARED = 4096


class Comparison(msgspec.Struct, frozen=True):
    """A score with its reasons; ``flips`` is what would have changed the verdict."""

    score: float
    threshold: float
    matcher: str
    alignment: tuple[TokenPair, ...]
    sentence: str
    flips: str


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
    return _best(one, two, schema, matcher_named(matcher)).score / 1000


@lru_cache(maxsize=_COMPARED)
def _best(one: str, two: str, schema: str, chosen: Matcher) -> _Best:
    """Return the best pair of the names that each text lists."""
    mode, person = mode_of(schema), schema == "Person"
    best = _Best(-1, one, two, None)
    for mine in alternatives(one):
        name = normalise(mine, person=person)
        for other in alternatives(two):
            listed = normalise(other, person=person)
            if chosen.name == DEFAULT_MATCHER:
                value, pairs = limen_1.align_names(name, listed, mode)
            else:
                value, pairs = chosen.score(name, listed, mode), None
            if value > best.score:
                best = _Best(value, mine, other, pairs)
    return best


@lru_cache(maxsize=_COMPARED)
def compare(one: str, two: str, schema: str = "Thing", matcher: str | None = None) -> Comparison:
    """Compare a query's name with a listed one, with the evidence; arguments as for ``score``.

    Raises:
        InputError: the matcher is unknown.
    """
    chosen = matcher_named(matcher)
    thousandths, mine, other, pairs = _best(one, two, schema, chosen)
    person = schema == "Person"
    name, listed = normalise(mine, person=person), normalise(other, person=person)
    if pairs is None:
        pairs = limen_1.align_names(name, listed, mode_of(schema))[1]
    shift, shift2 = max(one.find(mine), 0), max(two.find(other), 0)
    alignment = tuple(_draw(name, mine, shift, listed, other, shift2, pairs, thousandths))
    value = thousandths / 1000
    return Comparison(
        value,
        chosen.threshold,
        chosen.name,
        alignment,
        _sentence(one, two, value, chosen.threshold, alignment),
        _flips(value, chosen.threshold, alignment),
    )


def _text(raw: str, name: Name, first: int, last: int) -> tuple[str, tuple[int, int]]:
    span = (name.spans[first][0], name.spans[last - 1][1])
    return raw[span[0] : span[1]], span


def _draw(
    name: Name, mine: str, shift: int, listed: Name, other: str, shift2: int,
    pairs: Sequence[int], thousandths: int,
) -> list[TokenPair]:  # fmt: skip
    """Return the pairs in the query's order, then the words that only the listed name has."""
    drawn: list[tuple[int, TokenPair]] = []
    used: set[int] = set()
    used2: set[int] = set()
    total = sum(token.weight for token in (*name.tokens, *listed.tokens)) or 1
    for at in range(1, 1 + PAIR * pairs[0], PAIR):
        first, last, begin, stop, packed = pairs[at : at + PAIR]
        used.update(range(first, last))
        used2.update(range(begin, stop))
        own = sum(token.weight for token in name.tokens[first:last])
        own += sum(token.weight for token in listed.tokens[begin:stop])
        text, span = _text(mine, name, first, last)
        text2, span2 = _text(other, listed, begin, stop)
        kind = _kind(name.tokens[first].kind, packed & 15, packed >> 4)
        weight = own / total * (1 - loss_of(packed >> 4, limen_1.numbers()) / 1000)
        pair = TokenPair(
            text, text2, _moved(span, shift), _moved(span2, shift2), kind, round(weight, 4)
        )
        drawn.append((first, pair))
    left = [at for at in range(len(name.tokens)) if at not in used]
    left2 = [at for at in range(len(listed.tokens)) if at not in used2]
    matched = sum(pair.contribution for _, pair in drawn)
    share = (thousandths / 1000 - matched) / max(1, len(left) + len(left2))
    for at in left:
        text, span = _text(mine, name, at, at + 1)
        kind = _left_kind(name.tokens[at].kind, "missing_listed", both=bool(left2))
        drawn.append((at, TokenPair(text, "", _moved(span, shift), None, kind, round(share, 4))))
    for at in left2:
        text, span = _text(other, listed, at, at + 1)
        kind = _left_kind(listed.tokens[at].kind, "missing_query", both=bool(left))
        pair = TokenPair("", text, None, _moved(span, shift2), kind, round(share, 4))
        drawn.append((len(name.tokens) + at, pair))
    return [pair for _, pair in sorted(drawn, key=lambda entry: entry[0])]


def _moved(span: tuple[int, int], shift: int) -> tuple[int, int]:
    return span[0] + shift, span[1] + shift


def _kind(token_kind: int, pair_kind: int, similarity: int) -> str:
    if token_kind == LEGAL:
        return "legal_form"
    if token_kind == NUMBER:
        return "number"
    return _KINDS.get(pair_kind, "typo" if similarity >= 600 else "conflict")


def _left_kind(token_kind: int, missing: str, *, both: bool) -> str:
    if token_kind == LEGAL:
        return "legal_form"
    small = token_kind in (PARTICLE, TITLE)
    return "conflict" if both and not small else missing


def _sentence(
    one: str, two: str, value: float, threshold: float, alignment: tuple[TokenPair, ...]
) -> str:
    verdict = "matches" if value >= threshold else "does not match"
    reasons = []
    for pair in alignment:
        if pair.kind == "identical":
            continue
        if pair.query and pair.listed:
            reasons.append(f"{pair.query} meets {pair.listed} ({pair.kind.replace('_', ' ')})")
        elif pair.query:
            reasons.append(f"{pair.query} is not in the listed name")
        else:
            reasons.append(f"{pair.listed} is not in the query")
    because = "; ".join(reasons[:4]) if reasons else "every word is the same"
    return f"{one!r} {verdict} {two!r} ({value:.2f}): {because}."


def _flips(value: float, threshold: float, alignment: tuple[TokenPair, ...]) -> str:
    if value >= threshold:
        best = max(alignment, key=lambda pair: pair.contribution, default=None)
        if best is None or not best.query:
            return ""
        return f"without {best.query} = {best.listed} it would not match"
    worst = [pair for pair in alignment if pair.kind in ("conflict", "missing_listed")]
    if not worst:
        return ""
    words = " and ".join(pair.query or pair.listed for pair in worst[:3])
    return f"it would match if {words} agreed"
