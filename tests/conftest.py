"""What all tests share: the real files in ../shared, and an isolated home."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A machine that is busy with other work is slow to draw examples; that is no fault of a test.
settings.register_profile(
    "busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("busy machine")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def shared_path(relative: str) -> Path:
    """The real file, or a loud skip where it is absent; in CI its absence is a failure."""
    path = SHARED / relative
    if path.exists():
        return path
    reason = f"SHARED DATA ABSENT: ../shared/{relative} is not here, so this is NOT tested"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """``shared("data/un/...")`` gives the path of a real file."""
    return shared_path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--live", action="store_true", help="also ask the publishers' own hosts")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--live"):
        return
    for item in items:
        if "live" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="talks to the publishers; run with --live"))


@pytest.fixture(autouse=True)
def _isolated_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the home of whoever runs it."""
    monkeypatch.setenv("LIMEN_HOME", str(tmp_path / "home"))
