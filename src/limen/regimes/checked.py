"""A regime file while it is checked: what it says, and where it says it."""

from __future__ import annotations

from dataclasses import dataclass

from limen.model.located import Located
from limen.regimes.records import RegimeFile


@dataclass(frozen=True, slots=True)
class Checked:
    """A regime file's content, with the place of every value."""

    located: Located
    content: RegimeFile
