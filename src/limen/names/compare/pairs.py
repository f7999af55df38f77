"""Score many pairs of names at once, as ``score`` does one, in a few calls of the kernels."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from limen.names.compare.comparison import mode_of, reading_pairs
from limen.names.kernels import backend
from limen.names.kernels.encode import packed
from limen.names.matchers.aligner import Aligner
from limen.names.matchers.matcher import matcher_named
from limen.names.reading.normalise import Name, normalise

#: So many pairs are laid out at a time, which bounds the memory of a long list.
_CHUNK = 20_000


def score_pairs(
    pairs: Iterable[tuple[str, str]],
    schema: str | Iterable[str] = "Thing",
    matcher: str | None = None,
) -> NDArray[np.float64]:
    """Score many pairs in their order, each to the same bit as ``score``.

    Args:
        pairs: two names each.
        schema: one for all, or one for each pair.
        matcher: ``None`` for the default.

    Raises:
        InputError: the matcher is unknown.
    """
    chosen = matcher_named(matcher)
    listed = list(pairs)
    schemas = [schema] * len(listed) if isinstance(schema, str) else list(schema)
    best = np.zeros(len(listed), dtype=np.int64)
    names: list[Name] = []
    owners: list[int] = []
    modes: list[int] = []
    for owner, ((one, two), kind) in enumerate(zip(listed, schemas, strict=True)):
        person, mode = kind == "Person", mode_of(kind)
        for mine, other in reading_pairs(one, two, kind, chosen):
            names.extend((normalise(mine, person=person), normalise(other, person=person)))
            owners.append(owner)
            modes.append(mode)
    if chosen.aligner is None:
        readings = zip(names[::2], names[1::2], modes, strict=True)
        np.maximum.at(best, owners, [chosen.score(*reading) for reading in readings])
        return best / 1000
    for start in range(0, len(owners), _CHUNK):
        stop = min(start + _CHUNK, len(owners))
        scores = _align(names[2 * start : 2 * stop], modes[start:stop], chosen.aligner)
        np.maximum.at(best, owners[start:stop], scores)
    return best / 1000


def _align(names: list[Name], modes: list[int], aligner: Aligner) -> NDArray[np.int64]:
    names = [aligner.weighed(name, modes[at // 2]) for at, name in enumerate(names)]
    records = [packed(name.tokens) for name in names]
    starts = np.array([0, *accumulate(map(len, records[:-1]))], dtype=np.int64)
    counts = np.array([len(name.tokens) for name in names], dtype=np.int64)
    lengths = np.array([name.length for name in names], dtype=np.int64)
    scores = np.zeros(len(modes), dtype=np.int64)
    work = backend.scratch()
    backend.kernels().align_pairs(
        len(modes), b"".join(records), starts, counts, lengths,
        np.array(modes, dtype=np.int64), aligner.model(), work.space, work.pairs, scores,
    )  # fmt: skip
    return scores
