"""Define what the alignment kernels need of a matcher: its numbers, and what words weigh.

Matchers that align words share the kernels and differ in this alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from limen.names.kernels import backend
from limen.names.kernels.encode import packed
from limen.names.kernels.score import PAIR
from limen.names.reading.normalise import Name


class Aligner(msgspec.Struct, frozen=True):
    """The numbers with which the kernels align and score names.

    Attributes:
        model: returns the numbers, laid out for the kernels.
        weighed: gives a name's words the weights that they have in a mode.
        taken: aligns two names and returns what each measure took from their score; ``None``
            where a score is no sum.
        records: names the array of an index that holds the records of listed words in a mode.
    """

    model: Callable[[], Any]
    weighed: Callable[[Name, int], Name]
    records: Callable[[int], str]
    taken: Callable[[Name, Name, int], list[float]] | None = None

    def align(self, one: Name, two: Name, mode: int) -> tuple[int, list[int]]:
        """Return the score in thousandths, and the pairs as the kernels write them."""
        work = backend.scratch()
        one, two = self.weighed(one, mode), self.weighed(two, mode)
        value = backend.kernels().align(
            packed(one.tokens), 0, len(one.tokens), one.length,
            packed(two.tokens), 0, len(two.tokens), two.length,
            mode, self.model(), work.space, work.pairs,
        )  # fmt: skip
        return value, [*map(int, work.pairs[: 1 + PAIR * int(work.pairs[0])])]
