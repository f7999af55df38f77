"""The pieces of evidence: comparisons, each with both sides as they were written."""

from __future__ import annotations

from typing import Literal

import msgspec

Verdict = Literal["equal", "near", "conflict", "missing_query", "missing_listed", "missing_both"]
Level = Literal["hit", "review"]


class Feature(msgspec.Struct, frozen=True, gc=False):
    """Represents one comparison: the query's value, the list's, and the effect on the score.

    ``contribution`` is signed and in score units; the contributions of a finding add up to its
    score before it is clamped to [0, 1]. ``span`` is the part of ``query`` that matched, as
    character offsets.
    """

    name: str
    verdict: Verdict
    contribution: float
    query: str = ""
    query_field: str = ""
    listed: str = ""
    listed_field: str = ""
    detail: str = ""
    span: tuple[int, int] | None = None


class TokenPair(msgspec.Struct, frozen=True, gc=False):
    """Represents two aligned words of two names.

    Attributes:
        query, listed: the words as written; empty where a side has none.
        query_span, listed_span: offsets in the raw names, ``None`` where a side has none.
        kind: identical, equivalent, nickname, transliteration, typo, initial, joined, cut,
            legal_form, number, missing_query, missing_listed or conflict.
        contribution: what the pair added to the name's score.
    """

    query: str
    listed: str
    query_span: tuple[int, int] | None
    listed_span: tuple[int, int] | None
    kind: str
    contribution: float
