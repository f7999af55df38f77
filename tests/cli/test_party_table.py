"""The table of results: one line a party on any terminal, nothing wider than it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from tests.conftest import ROOT

from limen.cli.render.text import width
from limen.snapshot.build import update

LEVELS = ("HIT", "review", "refused", "cannot say", "clear")


@pytest.fixture(scope="module")
def starter(tmp_path_factory):
    """A home with the bundled list, and the example portfolio's copy next to it."""
    home = tmp_path_factory.mktemp("starter")
    update(home, lists=["limen_starter"])
    shutil.copy(ROOT / "examples" / "portfolio.csv", home)
    return home


def screened(home, columns, *arguments):
    """The lines of the real command on so many columns."""
    done = subprocess.run(
        [sys.executable, "-c", "from limen.cli import main; main()", "screen", *arguments,
         "--list", "limen_starter", "--as-of", "2022-04-30", "--format", "table", "--quiet"],
        cwd=home, env={**os.environ, "LIMEN_HOME": str(home), "COLUMNS": str(columns)},
        capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.decode().splitlines()


def test_the_example_portfolio_has_one_line_a_party_at_120_columns(starter):
    head, rule, *lines = screened(starter, 120, "portfolio.csv")
    assert head.split() == ["outcome", "your", "party", "matched", "score", "since", "lists"]
    assert set(rule.strip()) == {"─"}
    assert max(map(width, (head, *lines))) <= 120
    matched = [line for line in lines if line.startswith(("HIT", "review"))]
    assert len(matched) > 40
    start, end = head.index("score"), head.index("since")
    assert all(0 <= float(line[start:end]) <= 1 for line in matched)
    *others, last = [line for line in lines if line not in matched]
    assert last.endswith("rows with nothing found")
    assert all(line.startswith((*LEVELS, " ")) for line in others)


@pytest.mark.parametrize(
    ("columns", "headings"),
    [
        (80, ["outcome", "your party", "matched", "score", "lists"]),
        (99, ["outcome", "your party", "matched", "score", "lists"]),
        (100, ["outcome", "your party", "matched", "score", "since", "lists"]),
        (140, ["outcome", "your party", "matched", "score", "since", "lists", "programmes", "id"]),
    ],
)
def test_a_wider_terminal_has_more_columns(starter, columns, headings):
    head, *lines = screened(starter, columns, "Sergey Aksyonov")
    assert [each.strip() for each in head.split("  ") if each.strip()] == headings
    assert max(map(width, lines)) <= columns


def test_one_party_found_by_name_has_its_listings_below(starter):
    lines = screened(starter, 120, "Sergey Aksyonov")
    assert [line[:3] for line in lines].count("HIT") == 1
    below = lines[lines.index("") + 1 :]
    assert below[0].split() == ["listing", "score", "since", "until", "programmes"]
    assert all(line.startswith("limen_starter:") for line in below[2:])
