"""What tests of readers share."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def by_id(whole):
    """The entries of the file a module calls ``whole``, by record id."""
    return {entry.record_id: entry for entry in whole[0]}
