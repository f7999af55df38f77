"""Regular expressions that are compiled when they are first used.

A query for one name uses few of those that a module defines, and compiling one costs as much as
screening a party. Use ``lazy`` where a module may be loaded without its patterns being needed.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class Waiting:
    """Represents a pattern that is compiled by the first look-up of one of its methods."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = self.compiled
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)

    @property
    def compiled(self) -> re.Pattern[str]:
        """Return the pattern."""
        return re.compile(self._source, self._flags)


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that behaves like ``re.compile(source, flags)``."""
    return cast("re.Pattern[str]", Waiting(source, flags))
