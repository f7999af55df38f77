"""A few changed inputs for each reader: every one is read, or refused with its place."""

from __future__ import annotations

import time

import pytest
from tests.conftest import shared_path
from tests.fuzz.oracle import fuzz
from tests.fuzz.readers import readers

_INPUTS = {"lists": 8, "documents": 5, "tables": 4, "parties": 10, "payments": 40}
#: The UK's lists are put together from tables of which reading alone takes seconds.
_LEFT_TO_THE_COMMAND = frozenset({"uk_fcdo_csv", "uk_fcdo_xml"})


@pytest.mark.parametrize(
    "reader",
    [each for each in readers() if each.name not in _LEFT_TO_THE_COMMAND],
    ids=lambda reader: reader.name,
)
def test_a_changed_input_is_read_or_refused_with_its_place(reader):
    if reader.family == "lists":
        shared_path("data/lists.yml")
    inputs = _INPUTS[reader.family]
    tally = fuzz(reader, 1, range(inputs), until=time.monotonic() + 60)
    assert tally.findings == []
    assert tally.inputs == inputs
    assert tally.kinds["netted"] == 0
