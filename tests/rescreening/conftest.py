"""A small home with a base in it, compiled once and copied for each test."""

from __future__ import annotations

import shutil

import pytest
from tests.rescreening.bases import store
from tests.screened import TODAY, small_home
from tests.worlds import person

from limen.engine import Engine
from limen.snapshot import Snapshot, active_folder

CUSTOMERS = [
    {"id": "C1", **person("Sergey Aksyonov", birthDate="1972-11-26")},
    {"id": "C2", **person("Nobody Known")},
    {"id": "C3", "schema": "Company", "properties": {"name": ["Promsvyazbank PAO"]}},
    {
        "id": "C4",
        "schema": "Company",
        "properties": {"name": ["Another"], "swiftBic": ["PRMSRUMM"]},
    },
    {
        "id": "C5",
        "schema": "Thing",
        "properties": {"name": ["PROMSVYAZBANK, ul. Smirnovskaya 10, str. 22, Moscow"]},
    },
]


@pytest.fixture(scope="session")
def _prepared(tmp_path_factory):
    home = tmp_path_factory.mktemp("rescreening") / "home"
    small_home(home)
    store(home, CUSTOMERS)
    return home


@pytest.fixture
def home(_prepared, tmp_path, monkeypatch):
    home = tmp_path / "home"
    shutil.copytree(_prepared, home)
    monkeypatch.setenv("LIMEN_HOME", str(home))
    return home


@pytest.fixture
def engine(home):
    return Engine(Snapshot(active_folder(home)), clock=lambda: TODAY)
