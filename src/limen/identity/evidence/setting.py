"""Say what two records have to do with each other, and how common their names are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Commonness(NamedTuple):
    """Represents how common names and programmes are among all records.

    ``names`` and ``main_names`` are, by section of a list, how many of its records have a name's
    key, and have it as their main name. ``topics`` are the share of all records that a
    programme's topic has.
    """

    names: Mapping[str, Mapping[str, int]]
    main_names: Mapping[str, Mapping[str, int]]
    topics: Mapping[str, float]


class Setting(NamedTuple):
    """Represents the two sections that records are of, and what is common in them."""

    sections: tuple[str, str]
    same_publisher: bool
    common: Commonness

    @property
    def same_section(self) -> bool:
        return self.sections[0] == self.sections[1]

    def bearers(self, key: str) -> int:
        """Return how many records of one of the two sections have a name, at most."""
        return self._most(self.common.names, key)

    def headed(self, key: str) -> int:
        """Return how many records of one of the two sections have a main name, at most."""
        return self._most(self.common.main_names, key)

    def _most(self, counts: Mapping[str, Mapping[str, int]], key: str) -> int:
        return max(counts[section].get(key, 1) for section in self.sections)
