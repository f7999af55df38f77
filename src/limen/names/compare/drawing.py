"""Draw an alignment: which words of two names are paired, how, and what each adds to the score."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from limen.model import TokenPair
from limen.names.kernels.score import PAIR, loss_of
from limen.names.kernels.word_similarity import (
    CUT,
    EQUIVALENT,
    FULL,
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
from limen.names.reading.normalise import Name

_KINDS = {
    SAME: "identical",
    EQUIVALENT: "equivalent",
    SHORT: "nickname",
    SOUND: "transliteration",
    INITIAL_OF: "initial",
    JOINED_PAIR: "joined",
    CUT: "cut",
}


class Side(NamedTuple):
    """One of two names: as it was read, its text, and where this begins in what was written."""

    name: Name
    text: str
    shift: int

    def words(self, first: int, last: int) -> tuple[str, tuple[int, int]]:
        """Return the text of some words, and their span in what was written."""
        spans, shift = self.name.spans, self.shift
        span = spans[first]
        if last - first > 1:
            span = (span[0], spans[last - 1][1])
        text = self.text[span[0] : span[1]]
        return text, (span[0] + shift, span[1] + shift) if shift else span


@cache
def _shares() -> tuple[float, ...]:
    """Return the share of its weight that a pair adds, by its similarity in thousandths."""
    numbers = limen_1.numbers()
    return tuple(1 - loss_of(found, numbers) / 1000 for found in range(FULL + 1))


def draw(query: Side, listed: Side, pairs: Sequence[int], thousandths: int) -> list[TokenPair]:
    """Return the pairs in the query's order, then the words that only the listed name has."""
    weights = [token.weight for token in query.name.tokens]
    weights2 = [token.weight for token in listed.name.tokens]
    total = sum(weights) + sum(weights2) or 1
    left, left2 = [True] * len(weights), [True] * len(weights2)
    drawn: dict[int, TokenPair] = {}  # by the place of the first word, the listed words last
    added: list[float] = []
    for at in range(1, 1 + PAIR * pairs[0], PAIR):
        first, last, begin, stop, packed = pairs[at : at + PAIR]
        left[first:last] = [False] * (last - first)
        left2[begin:stop] = [False] * (stop - begin)
        own = sum(weights[first:last]) + sum(weights2[begin:stop])
        share = round(own / total * _shares()[packed >> 4], 4)
        added.append(share)
        text, span = query.words(first, last)
        text2, span2 = listed.words(begin, stop)
        kind = _kind(query.name.tokens[first].kind, packed & 15, packed >> 4)
        drawn[first] = TokenPair(text, text2, span, span2, kind, share)
    alone, alone2 = (_places(left), _places(left2))
    if alone or alone2:
        share = round((thousandths / 1000 - sum(added)) / (len(alone) + len(alone2)), 4)
        for at in alone:
            text, span = query.words(at, at + 1)
            kind = _left_kind(query.name.tokens[at].kind, "missing_listed", both=bool(alone2))
            drawn[at] = TokenPair(text, "", span, None, kind, share)
        for at in alone2:
            text, span = listed.words(at, at + 1)
            kind = _left_kind(listed.name.tokens[at].kind, "missing_query", both=bool(alone))
            drawn[len(weights) + at] = TokenPair("", text, None, span, kind, share)
    return [drawn[place] for place in sorted(drawn)]


def _places(left: Sequence[bool]) -> list[int]:
    """Return the places of the words that are left."""
    return [at for at, alone in enumerate(left) if alone] if True in left else []


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


def sentence_of(
    one: str, two: str, value: float, threshold: float, alignment: Sequence[TokenPair]
) -> str:
    """Return a verdict on two names and its reasons in one sentence."""
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


def flips_of(value: float, threshold: float, alignment: Sequence[TokenPair]) -> str:
    """Return what would have changed the verdict; empty where no single word would."""
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
