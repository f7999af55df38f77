"""One places room for all tests of it, and a short way to ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from limen.law.packs import bundled_pack
from limen.model import Instant
from limen.places import Location, Places
from limen.snapshot.build.law_parts import build_law_parts

TODAY = "2026-11-22"


@pytest.fixture(scope="session")
def places() -> Places:
    return Places(build_law_parts([bundled_pack()])["places"])


@pytest.fixture(scope="session")
def locate(places: Places) -> Callable[..., Location]:
    """``locate(address, "2023-01-15", "US", "EU")``."""

    def ask(address, as_of="2023-01-15", *authorities, country=None, known_at=TODAY) -> Location:
        return places.locate(
            address,
            as_of=Instant.parse(as_of),
            known_at=Instant.parse(known_at),
            authorities=authorities or ("US", "EU", "UK"),
            country=country,
        )

    return ask
