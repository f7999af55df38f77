"""The kernels as the rest of Limen calls them: compiled where they were, else interpreted.

The compiled module carries the digest of the sources it was made from in its name. Where there is
none for these sources and this Python, or it cannot be loaded, the same modules run interpreted,
with the same answers to the bit, and one line on standard error says so. ``LIMEN_PURE=1`` asks
for that, without the line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import local
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from limen.names.kernels.digest import extension_name, seal_of
from limen.names.kernels.evidence.weigh import MEASURED, MEASURES
from limen.names.kernels.rank import BLOCK
from limen.names.kernels.word_similarity import SPACE

#: Set to anything but nothing and 0, it asks for the interpreted kernels, at build and at run time.
PURE = "LIMEN_PURE"
#: Where the build leaves why it compiled nothing.
REASON = Path(__file__).with_name("_not_compiled.txt")


class Kernels(NamedTuple):
    """The kernels that are called from outside; their arguments are those of their sources.

    ``numbers`` lays 64-bit integers out as these kernels read and write them.
    """

    compiled: bool
    numbers: Callable[[Sequence[int]], Any]
    align: Callable[..., int]
    align_pairs: Callable[..., None]
    count_names: Callable[..., None]
    weigh_names: Callable[..., None]
    post_names: Callable[..., None]
    rank_queries: Callable[..., None]
    search_queries: Callable[..., None]
    similar_words: Callable[..., None]
    names_of_words: Callable[..., int]
    score_alike: Callable[..., None]


@cache
def kernels() -> Kernels:
    """Return the kernels of this process: compiled, or interpreted after one line that says why."""
    if os.environ.get(PURE, "0") not in ("", "0"):
        return interpreted()
    try:
        return compiled()
    except ImportError as error:
        sys.stderr.write(
            f"limen: names are compared by interpreted code, a hundred times slower: {error}; "
            "to fix: install limen again where a C compiler or the package index can be reached\n"
        )
        return interpreted()


def compiled() -> Kernels:
    """Load the compiled kernels.

    Raises:
        ImportError: there are none of these sources for this Python, or they are broken.
    """
    name = f"{__package__}.{extension_name(Path(__file__).parent)}"
    found = find_spec(name)
    if found is None or found.origin is None:
        raise ImportError(_reason())
    if not _is_whole(Path(found.origin)):
        raise ImportError(f"{found.origin} is not what was compiled, by its hash")
    module: Any = import_module(name)
    return Kernels(
        compiled=True,
        numbers=_array,
        align=module.py_align,
        align_pairs=module.py_align_pairs,
        count_names=module.py_count_names,
        weigh_names=module.py_weigh_names,
        post_names=module.py_post_names,
        rank_queries=module.py_rank_queries,
        search_queries=module.py_search_queries,
        similar_words=module.py_similar_words,
        names_of_words=module.py_names_of_words,
        score_alike=module.py_score_alike,
    )


def _is_whole(extension: Path) -> bool:
    """Return whether a compiled module has the hash that was written after it.

    The operating system kills a process that loads half of one.
    """
    try:
        sealed = seal_of(extension).read_text("ascii").strip()
    except OSError:
        return False
    return sealed == sha256(extension.read_bytes()).hexdigest()


def _reason() -> str:
    try:
        return REASON.read_text("utf-8").strip()
    except OSError:
        return "nothing was compiled from these sources for this Python"


def interpreted() -> Kernels:
    """Return the same kernels as Python runs them; loaded here, as others have no use for them."""
    from limen.names.kernels import align, loops, post, rank

    return Kernels(
        compiled=False,
        numbers=list,
        align=_over_views(align.align),
        align_pairs=_over_views(loops.align_pairs),
        count_names=_over_views(post.count_names),
        weigh_names=_over_views(post.weigh_names),
        post_names=_over_views(post.post_names),
        rank_queries=_over_views(rank.rank_queries),
        search_queries=_over_views(loops.search_queries),
        similar_words=_over_views(loops.similar_words),
        names_of_words=_over_views(loops.names_of_words),
        score_alike=_over_views(loops.score_alike),
    )


class Scratch(local):
    """What the kernels write to while they work; every thread has its own."""

    def __init__(self) -> None:
        numbers = kernels().numbers
        self.space = numbers([0] * SPACE)
        self.pairs = numbers([0] * (MEASURED + MEASURES))
        self.sums = np.zeros(BLOCK, dtype="i4")


@cache
def scratch() -> Scratch:
    """Return the scratch of the thread that asks."""
    return Scratch()


def _array(numbers: Sequence[int]) -> NDArray[np.int64]:
    return np.array(numbers, dtype="i8")


def _over_views(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """Call a kernel with views of arrays, of which Python reads plain numbers, and fast."""

    def call(*arguments: Any) -> Any:
        return kernel(
            *(
                type(argument)(*map(_view, argument))
                if isinstance(argument, tuple)
                else _view(argument)
                for argument in arguments
            )
        )

    return call


def _view(argument: Any) -> Any:
    return memoryview(argument) if isinstance(argument, np.ndarray) else argument  # type: ignore[arg-type]
