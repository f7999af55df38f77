"""The bundled law, read once."""

from __future__ import annotations

import pytest

from limen.law import Law, Regimes, build_part
from limen.law.files.read_law import read_law


@pytest.fixture(scope="session")
def regimes() -> Regimes:
    return Regimes(build_part(read_law()))


@pytest.fixture(scope="session")
def law(regimes) -> Law:
    return regimes.law
