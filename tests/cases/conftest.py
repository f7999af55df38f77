from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cases.desk import Clock, accounts

from limen.cases.cases import Cases


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cases(tmp_path: Path, clock: Clock) -> Iterator[Cases]:
    with Cases.open(tmp_path / "cases.sqlite", clock=clock) as store:
        yield store


@pytest.fixture
def staffed(cases: Cases) -> Cases:
    """A store with accounts: for what looks a person up by name."""
    accounts(cases)
    return cases
