"""Make some items before they are needed, so that threads work on them meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def lookahead(items: Iterable[T], count: int) -> Iterator[T]:
    """Yield items in their order, with ``count`` of those that follow already made.

    What was made before an item that fails is yielded before its exception is raised.
    """
    made: deque[T] = deque()
    source = iter(items)
    while True:
        try:
            made.append(next(source))
        except StopIteration:
            break
        except Exception:
            yield from made
            raise
        if len(made) > count:
            yield made.popleft()
    yield from made
