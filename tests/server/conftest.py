"""A small home, served in the same process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.screened import AFTER, AKSYONOV, BANK, BEFORE, LIST, SIG, TODAY
from tests.worlds import Band, a_list, fill, listed, registry

from limen.archive import Archive
from limen.server import Settings, create_app
from limen.snapshot.build import build

OTHER = "us_ofac_sdn"
KIRA = listed(
    "77",
    "Kira Example",
    birthDate="1980-05-03",
    nationality="Belarus",
    listed_on="2022-02-20",
    measures=("Asset freeze",),
)


def make_home(home: Path) -> Path:
    """Two lists: the UN's in two versions, and one of the US."""
    lists = registry(
        a_list(LIST, "UN", max_age_days=14, records=Band(min=1, max=10)),
        a_list(OTHER, "US", max_age_days=14, records=Band(min=1, max=10)),
    )
    fill(
        home,
        {
            LIST: {BEFORE: [AKSYONOV, SIG], AFTER: [AKSYONOV, SIG, BANK]},
            OTHER: {AFTER: [KIRA]},
        },
    )
    with Archive.open(str(home / "archive.sqlite")) as archive:
        build(home, lists, archive=archive, clock=lambda: TODAY)
    return home


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="session")
def settings(home: Path) -> Settings:
    return Settings(home=home, clock=lambda: TODAY)


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient]:
    app = create_app(settings)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client
