"""Loops over many names around the kernels; interpreted or compiled, like them."""

from __future__ import annotations

from limen.names.align import align
from limen.names.kernels import Numbers, Pack, Scratch


def align_pairs(
    pack: Pack, starts: Numbers, counts: Numbers, lengths: Numbers,
    modes: Numbers, costs: Numbers, space: Scratch, pairs: Scratch, scores: Scratch,
) -> None:  # fmt: skip
    """Score names two by two: name ``2k`` against name ``2k + 1``, into ``scores[k]``."""
    for k in range(len(scores)):
        i, j = 2 * k, 2 * k + 1
        scores[k] = align(
            pack, starts[i], counts[i], lengths[i],
            pack, starts[j], counts[j], lengths[j],
            modes[k], costs, space, pairs,
        )  # fmt: skip
