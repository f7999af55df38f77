"""A small index of made-up and public names that many tests ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.names.both_ways import WAYS, running

from limen.names import NameIndex, NameRow, build_index

LISTED = [
    ("Person", ["Vladimir Vladimirovich PUTIN", "Владимир Путин"]),
    ("Person", ["Sergey Valeryevich AKSYONOV", "Sergei Aksenov"]),
    ("Person", ["Usama bin Muhammad bin Awad BIN LADIN", "Usama bin Ladin", "أسامة بن لادن"]),
    ("Person", ["George HABBASH", "AL-HAKIM"]),
    ("Person", ["KIM Jong Un", "김정은"]),
    ("Person", ["Mohammed Ali", "محمد علي"]),
    ("Person", ["XI Jinping", "习近平"]),
    ("Company", ["SIS d.o.o."]),
    ("Company", ["JSC Almaz-Antey", "АО Алмаз-Антей"]),
    ("Company", ["11420 CORP."]),
    ("Company", ["EMMA LLC"]),
    ("Company", ["Krayinvestbank", "КРАЙИНВЕСТБАНК"]),
    ("Organization", ["Islamic Revolutionary Guard Corps"]),
    ("Organization", ["Industrial and Commercial Bank of Somewhere Limited"]),
    ("Vessel", ["ADRIAN DARYA 1", "GRACE 1"]),
]
ROWS = [
    NameRow(party, text, 0 if place == 0 else 1, schema)
    for party, (schema, names) in enumerate(LISTED)
    for place, text in enumerate(names)
]


@pytest.fixture(params=WAYS)
def way(request) -> Iterator[str]:
    """Both ways to run the kernels, one after the other."""
    with running(request.param):
        yield request.param


@pytest.fixture(scope="session")
def index() -> NameIndex:
    return NameIndex(build_index(ROWS, len(LISTED)))
