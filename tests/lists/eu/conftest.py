"""The EU's list as repackaged, and as the Commission's files."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.lists.official.eu import Official, entities


@pytest.fixture(scope="session")
def official(shared: Any) -> Official:
    """The EU's list of 26 February 2026."""
    return Official(entities(shared("data/eu/fsf/fsf_full_2026-02-26.jsonl.gz")))
