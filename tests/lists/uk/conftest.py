"""The UK Sanctions List of a day, to be written as the FCDO's own files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.lists.official.uk import Published
from benchmarks.lists.official.uk import published as read_published


@pytest.fixture(scope="session")
def published(shared: Callable[[str], Path]) -> Callable[[str], Published]:
    """``published("2026-02-23")`` is the list of that day."""
    folder = shared("data/uk/normalised_2026-04-29").parent
    return lambda day: read_published(folder, day)
