"""Divide a score of ``limen-2`` among the words of two names: what each adds, what each takes.

Every measure that lowered the score (``limen.names.kernels.evidence.weigh``) is charged to the
words that caused it, so the contributions are signed and their sum is the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from limen.model import TokenPair
from limen.names.kernels.evidence import weigh
from limen.names.kernels.score import PAIR
from limen.names.kernels.word_similarity import FULL
from limen.names.reading.normalise import Name
from limen.names.reading.tokens import LEGAL, NUMBER, PARTICLE, TITLE

#: The measures by the words they are charged to: pairs that differ, all pairs, words left, small
#: words left, numbers left, legal forms left.
_CHARGED = {
    "unlike": (*range(weigh.NEAR, weigh.BLANKS + 1), weigh.NONE_SAME, weigh.SHORT_WORD),
    "pair": (weigh.LACK, weigh.LACK_MORE, weigh.LACK_MOST, weigh.GENERAL_WORDS, weigh.LONE_WORD),
    "left": (weigh.CONFLICT, weigh.PEAK, weigh.DIFFERS, weigh.OMITTED, weigh.OMITTED_PEAK),
    "small": (weigh.SMALL,),
    "number": (weigh.NUMBERS_APART, weigh.NUMBER_LACKS),
    "legal": (weigh.FORMS_APART, weigh.FORM_LACKS),
}
_LEFT = {NUMBER: "number", LEGAL: "legal", PARTICLE: "small", TITLE: "small"}


class _Part(NamedTuple):
    """A pair or a word left: its place in the drawing, what it is, and what it weighs."""

    place: int
    group: str
    weight: int
    gap: int


def divide(
    alignment: Sequence[TokenPair], score: int, taken: Sequence[float],
    one: Name, two: Name, pairs: Sequence[int],
) -> tuple[TokenPair, ...]:  # fmt: skip
    """Return the alignment with contributions that sum to the score.

    Args:
        alignment: as ``limen.names.compare.drawing.draw`` returned it.
        score: in thousandths.
        taken: what each measure took from the score, in thousandths.
        one: the query's name, with the weights that its words have here.
        two: the listed one.
        pairs: the alignment as the kernels wrote it.
    """
    parts = sorted(_parts(one, two, pairs))
    words = [pair for pair in alignment if pair.kind != "legal_form"]
    if score and words and not any(pair.query and pair.listed for pair in words):
        return _spelled(alignment, score, parts)
    paired = _weights(parts, "pair")
    shares = [0.0] * len(parts)
    _spread(shares, FULL, paired)
    for group, measures in _CHARGED.items():
        charge = -sum(taken[measure] for measure in measures)
        own = [part.gap for part in parts] if group == "unlike" else _weights(parts, group)
        _spread(shares, charge, own if any(own) else paired)
    rest = score - sum(shares)  # the score of an acronym or of moved blanks, and what is rounded
    _spread(shares, rest, paired if any(paired) else [part.weight for part in parts])
    rounded = [round(share / FULL, 4) for share in shares]
    rounded[0] = round(rounded[0] + score / FULL - sum(rounded), 4)
    return tuple(
        replace(pair, contribution=share) for pair, share in zip(alignment, rounded, strict=True)
    )


def _spelled(
    alignment: Sequence[TokenPair], score: int, parts: Sequence[_Part]
) -> tuple[TokenPair, ...]:
    """Return the alignment of an acronym, or of a name with its blanks in other places.

    None of its words is paired with another: all of them together are the match.
    """
    words = [pair for pair in alignment if pair.kind != "legal_form"]
    letters = sum(len(pair.query) for pair in words), sum(len(pair.listed) for pair in words)
    kind = "initial" if 2 * min(letters) < max(letters) else "joined"
    shares = [0.0] * len(parts)
    _spread(shares, score, [part.weight if part.group != "legal" else 0 for part in parts])
    rounded = [round(share / FULL, 4) for share in shares]
    rounded[0] = round(rounded[0] + score / FULL - sum(rounded), 4)
    return tuple(
        replace(pair, contribution=share, kind=pair.kind if pair.kind == "legal_form" else kind)
        for pair, share in zip(alignment, rounded, strict=True)
    )


def _weights(parts: Sequence[_Part], group: str) -> list[int]:
    """Return what the parts of a group weigh, and 0 for the others."""
    return [part.weight if part.group == group else 0 for part in parts]


def _spread(shares: list[float], amount: float, weights: Sequence[int]) -> None:
    """Add an amount to the shares, in proportion to the weights."""
    total = sum(weights)
    for at, weight in enumerate(weights):
        shares[at] += amount * weight / total if total else 0.0


def _parts(one: Name, two: Name, pairs: Sequence[int]) -> list[_Part]:
    """Return the pairs and the words left, each with its place in the drawing."""
    words, listed = one.tokens, two.tokens
    left, left2 = set(range(len(words))), set(range(len(listed)))
    parts = []
    for at in range(1, 1 + PAIR * pairs[0], PAIR):
        first, last, begin, stop, packed = pairs[at : at + PAIR]
        left -= set(range(first, last))
        left2 -= set(range(begin, stop))
        own = sum(word.weight for word in words[first:last])
        weight = max(1, min(own, sum(word.weight for word in listed[begin:stop])))
        parts.append(_Part(first, "pair", weight, weight * (FULL - (packed >> 4))))
    for name, places, shift in ((words, left, 0), (listed, left2, len(words))):
        for place in places:
            group = _LEFT.get(name[place].kind, "left")
            parts.append(_Part(shift + place, group, max(1, name[place].weight), 0))
    return parts
