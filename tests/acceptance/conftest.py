"""Homes filled from the real lists, each once for all tests that ask them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from tests.conftest import shared_path

from limen.engine import Engine
from limen.snapshot import Snapshot, active_folder
from limen.snapshot.build import update

NOW = datetime(2026, 11, 22, tzinfo=UTC)
#: The weeks of the founding case, on OFAC's own list, with the last full set before them.
WEEKS = ("2022-01-21", "2022-02-17", "2022-02-23", "2022-02-25", "2022-03-01")


def described(keep) -> str:
    """The shared ``lists.yml`` with only the versions wanted."""
    data = shared_path("data/lists.yml")
    versions = yaml.safe_load(data.read_text())["versions"]
    kept = [version for version in versions if keep(version["list"], str(version["published"]))]
    return yaml.safe_dump({"versions": kept}, allow_unicode=True)


@pytest.fixture(scope="session")
def mirror_of(tmp_path_factory):
    """A folder that carries some of the real versions: the real files, copied aside."""

    def make(keep) -> Path:
        folder = tmp_path_factory.mktemp("mirror")
        data = shared_path("data")
        versions = yaml.safe_load(described(keep))["versions"]
        for version in versions:
            for path in version["files"].values():
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                if not target.exists():
                    target.write_bytes((data / path).read_bytes())
        (folder / "lists.yml").write_text(described(keep))
        return folder

    return make


def engine_of(home: Path) -> Engine:
    return Engine(Snapshot(active_folder(home)), clock=lambda: NOW)


@pytest.fixture(scope="session")
def february_home(tmp_path_factory, mirror_of) -> Path:
    """OFAC's list over the weeks of the founding case, and the UN's of those days."""
    home = tmp_path_factory.mktemp("february")
    folder = mirror_of(
        lambda name, day: (
            (name == "us_ofac_sdn" and day in WEEKS) or (name == "un_sc" and day == "2022-02-18")
        )
    )
    report = update(home, source=str(folder))
    assert not report.refused
    return home


@pytest.fixture(scope="session")
def february(february_home) -> Engine:
    return engine_of(february_home)
