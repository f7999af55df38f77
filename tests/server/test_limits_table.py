"""The table of docs/security.md and the limits of the code agree: every limit, its value."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from tests.conftest import ROOT

from limen.cli.commands.read import read
from limen.documents.readers import MAX_BYTES, limits
from limen.server import Limits, Settings

_UNITS = {"MB": 1 << 20, "GB": 1 << 30}
#: A number of the table, with its unit or without.
_VALUE = re.compile(r"(\d[\d,]*)(?: (MB|GB))?")


def rows():
    """Return the rows of the table: what each limit is of, its value, the answer, its names."""
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    lines = text.split("## Limits")[1].split("\n## ")[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in cells if len(row) == 4 and not row[0].startswith(("limit", "---"))]


def values(cell):
    return [
        int(number.replace(",", "")) * _UNITS.get(unit, 1) for number, unit in _VALUE.findall(cell)
    ]


def documented():
    """Return name -> the values in its row, in the order of the row's names."""
    found = {}
    for _, value, _, raised in rows():
        for at, name in enumerate(re.findall(r"`([^`]+)`", raised)):
            found[name] = values(value)[at:]
    return found


@pytest.mark.parametrize("limit", [field.name for field in fields(Limits)])
def test_every_limit_is_in_the_table_with_its_value(limit):
    assert documented()[limit][0] == getattr(Limits(), limit)


def test_limits_of_the_command_line_and_of_documents_are_in_the_table():
    found = documented()
    options = {
        f"--{each.name}": each.default
        for each in read.params
        if each.name in ("seconds", "megabytes")
    }
    assert found["--seconds"][0] == options["--seconds"]
    assert found["--megabytes"][0] == options["--megabytes"] << 20
    assert found["--rate"][0] == Settings(home=ROOT).rate
    constants = {"MAX_BYTES": MAX_BYTES} | {
        name: value for name, value in vars(limits).items() if name.startswith("MAX_")
    }
    assert {name: found[name][0] for name in constants} == constants


def test_every_row_says_what_is_answered_and_how_to_raise_it():
    for limit, value, answer, raised in rows():
        assert answer, limit
        assert "`" in raised or value == "none", limit


def test_every_threat_names_a_test_that_is_there():
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    threats = text.split("## Threats")[1].split("\n## ")[0]
    tests = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/test_*.py"))
    for row in (line for line in threats.splitlines() if line.startswith("| ")):
        shown_by = row.strip("|").split("|")[-1]
        for path in re.findall(r"`(tests/[^`]+)`", shown_by):
            assert (ROOT / path).exists(), path
        for name in re.findall(r"`(test_\w+)`", shown_by):
            assert f"def {name}(" in tests, name
