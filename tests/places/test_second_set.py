"""Kinds of addresses that the development set does not hold; labelled before they were located."""

from pathlib import Path

import pytest
import yaml

SET = yaml.safe_load(Path(__file__).with_name("second_set.yml").read_text())
ROWS = [
    pytest.param(address, str(day), authority, expected, id=f"{kind}: {because}")
    for kind, rows in SET.items()
    for address, day, authority, expected, because in rows
]


@pytest.mark.parametrize(("address", "day", "authority", "expected"), ROWS)
def test_an_address_of_another_kind(locate, address, day, authority, expected):
    allowed = [expected] if isinstance(expected, str) else expected
    assert locate(address, day, authority).outcome(authority) in allowed
