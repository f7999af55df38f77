"""The walk of docs/own-regimes.md, command by command from a blank home: each prints what it says."""

from __future__ import annotations

import re
import shlex
import time

import pytest
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "own-regimes.md").read_text("utf-8")
FENCED = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
BLOCKS = [text for language, text in FENCED if not language]


@pytest.fixture
def walked(command, tmp_path, monkeypatch):
    """A blank home with the scaffold of the page's first command, and its folder as the place."""
    assert BLOCKS[0] == "limen regimes new strait-2027\n"
    monkeypatch.setenv("LIMEN_HOME", str(tmp_path / "blank"))
    made = command(*shlex.split(BLOCKS[0])[1:])
    assert made.code == 0
    folder = tmp_path / "blank" / "regimes.d"
    monkeypatch.chdir(folder)
    return folder / "strait-2027.yml"


def run(command, line):
    name, *arguments = shlex.split(line)
    assert name == "limen"
    if "--format" not in arguments:
        arguments += ["--format", "table"]
    return command(*arguments)


def test_check_and_assess_print_what_the_page_says(command, walked):
    check, right, wrong, assess, assessed = BLOCKS[1:6]
    began = time.process_time()
    assert run(command, check).out == right
    assert time.process_time() - began < 1, "a check takes less than a second of CPU"
    assert run(command, assess).out == assessed
    early = run(command, assess.replace("2026-11-28", "2026-11-27"))
    assert "condition met under none" in early.out
    walked.write_text(walked.read_text().replace("is: prepared", "is: prepard"))
    refused = run(command, check)
    assert (refused.out, refused.code) == (wrong, 3)


def test_the_rest_of_the_page_runs_once_there_are_lists(command, walked):
    (walked.parent / "portfolio.csv").write_text("id,name\n1,Example Bank\n")
    assert command("lists", "update", "limen_starter").code == 0
    for line in BLOCKS[6].splitlines():
        result = command(*shlex.split(line)[1:])
        assert result.code in (0, 6), (line, result.err)
    assert (walked.parent / "strait.svg").read_text().startswith("<svg")
    found = command(*shlex.split(BLOCKS[6].splitlines()[-1])[1:], "--format", "json")
    assert "strait-2027-prepared" in found.out


def test_the_declaration_of_the_page_is_in_the_scaffold(walked):
    text = walked.read_text()
    for line in ("actor: [strait-2027-forces]", "kind: [strait-2027-blockade]"):
        assert line in PAGE
        assert line in text


@pytest.mark.parametrize("name", ["russia-ukraine", "programmes", "us_russia"])
def test_a_name_that_the_law_has_is_refused(command, name):
    result = command("regimes", "new", name)
    assert result.code == 2


def test_a_record_of_another_file_is_one_error_among_all(command, walked):
    wrong = walked.read_text().replace("id: strait-2027-trigger", "id: T-01")
    wrong = wrong.replace("is: prepared", "is: prepard").replace('zone: "+00:00"', 'zone: "+99:00"')
    wrong = wrong.replace("STRAIT-2027-EVENT-1", "STRAIT-2027-EVENT-9").replace(
        "strait-2027-port-closed", "another-slug"
    )
    other = walked.with_name("other-2027.yml")
    other.write_text(wrong)
    out = command("regimes", "check", str(other), "--format", "table").out
    assert "T-01 is in snapback.yml already" in out
    assert "strait-2027-prepared is in regimes.d/strait-2027.yml already" in out
    assert "did you mean prepared?" in out
    assert "'+99:00' is no zone: they are between -14:00 and +14:00" in out
    assert "timedelta" not in out
