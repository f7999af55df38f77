"""A regime file while it is checked: its content, and the place of each value."""

from __future__ import annotations

from dataclasses import dataclass

from limen.law.records import RegimeFile
from limen.util.located_yaml import Located


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A regime file's content, with the place of every value."""

    located: Located
    content: RegimeFile
