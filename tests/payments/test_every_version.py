"""Valid messages of the oldest and newest version of each type are read in full.

``python -m benchmarks.payments.generated`` does all 130 versions.
"""

from __future__ import annotations

import pytest
from benchmarks.payments.generated import KINDS, Writer, faults, modules, schema_faults
from tests.conftest import shared_path

VERSIONS = modules()
CHOSEN = [
    version
    for kind in KINDS
    for version in (
        min(name for name in VERSIONS if name.startswith(kind)),
        max(name for name in VERSIONS if name.startswith(kind)),
    )
]


def test_every_type_that_is_read_is_generated():
    assert len(VERSIONS) >= 130
    assert len(set(CHOSEN)) == 2 * len(KINDS)


@pytest.mark.parametrize("module", CHOSEN)
def test_every_value_of_a_message_is_read_once_with_its_path(module):
    for chance in (1.0, 0.1):
        writer = Writer(module, 1, chance)
        raw = writer.message().encode()
        assert writer.leaves
        assert list(faults(raw, writer.leaves)) == []


@pytest.mark.shared
@pytest.mark.parametrize("module", ["pacs_008_001_12", "pacs_004_001_13", "pain_001_001_09"])
def test_what_is_generated_is_valid_under_its_schema(module):
    folder = shared_path("data/payments/xsd")
    raw = Writer(module, 1, 0.5).message().encode()
    assert (folder / f"{module.replace('_', '.')}.xsd").is_file()
    assert schema_faults(raw, folder, module) == []
