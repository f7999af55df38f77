"""Two names aligned, by interpreted kernels or by compiled ones: the same integers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeAlias

from limen.names.kernels.align import PAIRS
from limen.names.kernels.encode import as_arrays, pack
from limen.names.kernels.score import PAIR
from limen.names.kernels.word_similarity import SPACE
from limen.names.matchers import limen_1
from limen.names.reading.normalise import Name

#: Two names and a mode to a score in thousandths, and the pairs as ``limen.names.kernels.align``
#: writes them.
Aligner: TypeAlias = Callable[[Name, Name, int], tuple[int, Sequence[int]]]


def aligner(fast: bool) -> Aligner:
    """How to align two names; ``fast`` loads the compiled kernels."""
    return _compiled() if fast else limen_1.align_names


@cache
def _compiled() -> Aligner:
    import numpy as np

    from limen.names.kernels.compiled import compiled

    align, model = compiled().align, np.array(limen_1.model(), dtype="i8")

    def align_names(one: Name, two: Name, mode: int) -> tuple[int, Sequence[int]]:
        count, others = len(one.tokens), len(two.tokens)
        both = as_arrays(pack((*one.tokens, *two.tokens)))
        space, pairs = np.empty(SPACE, dtype="i8"), np.empty(PAIRS, dtype="i8")
        found = align(
            both, 0, count, one.length, both, count, others, two.length,
            mode, model, space, pairs,
        )  # fmt: skip
        return int(found), pairs[: 1 + PAIR * int(pairs[0])].tolist()

    return align_names
