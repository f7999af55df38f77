"""A released matcher is frozen: under its name no score, reading, number or table may change.

A change that moves one is a new matcher next to the old. ``python tools/build_golden.py matchers``
writes the files anew, where pairs are added or a constant has another name.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest
from tests.conftest import ROOT
from tests.golden import golden

from limen.names import score_pairs

REFUSED = (
    "this moves what {name!r} makes of names. A released matcher is frozen: make a new matcher "
    "next to it, under a new name, and leave the old as it is. The first differences:\n{lines}"
)


def refuse(name: str, expected: list[str], found: list[str]) -> None:
    """Fail with the first differences, if there are any."""
    if expected != found:
        was, now = set(expected), set(found)
        gone = [f"  - {line}" for line in expected if line not in now]
        came = [f"  + {line}" for line in found if line not in was]
        lines = "\n".join((*gone[:5], *came[:5])) or "  their order"
        pytest.fail(REFUSED.format(name=name, lines=lines), pytrace=False)


@pytest.mark.parametrize("matcher", golden.MATCHERS)
def test_no_score_changes(matcher):
    stored = (golden.HERE / f"{matcher}.csv").read_text(encoding="utf-8")
    header = next(csv.reader(io.StringIO(stored)))
    found = golden.as_csv(header, golden.scored(matcher))
    refuse(matcher, stored.splitlines(), found.splitlines())


def test_interpreted_kernels_score_the_same():
    done = subprocess.run(
        [sys.executable, "-m", "tests.golden.golden"],
        cwd=ROOT, env={**os.environ, "LIMEN_PURE": "1"}, capture_output=True, check=True,
    )  # fmt: skip
    stored = (golden.HERE / "limen-1.csv").read_text(encoding="utf-8")
    refuse("limen-1", stored.splitlines(), done.stdout.decode().splitlines())


@pytest.mark.parametrize("matcher", golden.MATCHERS)
def test_many_pairs_at_once_score_the_same(matcher):
    pairs = golden.pairs()
    names, schemas = (
        [(each["one"], each["two"]) for each in pairs],
        [each["schema"] for each in pairs],
    )
    with (golden.HERE / f"{matcher}.csv").open(encoding="utf-8", newline="") as stream:
        stored = [float(row["score"]) for row in csv.DictReader(stream)]
    assert score_pairs(names, schemas, matcher).tolist() == stored


@pytest.mark.parametrize("matcher", golden.MATCHERS)
def test_no_number_and_no_table_changes(matcher):
    stored = (golden.HERE / f"{matcher}.json").read_text(encoding="utf-8")
    refuse(matcher, stored.splitlines(), golden.as_json(golden.frozen(matcher)).splitlines())


def test_no_name_is_read_otherwise():
    stored = (golden.HERE / "readings.csv").read_text(encoding="utf-8")
    header = next(csv.reader(io.StringIO(stored)))
    refuse("limen-1", stored.splitlines(), golden.as_csv(header, golden.readings()).splitlines())


def test_the_pairs_are_many_and_of_every_kind():
    pairs = golden.pairs()
    assert len(pairs) > 500
    assert {pair["schema"] for pair in pairs} == {
        "Person", "Company", "Organization", "Vessel", "Thing",
    }  # fmt: skip
    with (golden.HERE / "limen-1.csv").open(encoding="utf-8", newline="") as stream:
        kinds = {
            part.split(" ")[-2]
            for row in csv.DictReader(stream)
            for part in row["alignment"].split("; ")
            if part
        }
    assert kinds == {
        "identical", "equivalent", "nickname", "transliteration", "typo", "initial", "joined",
        "cut", "legal_form", "number", "missing_query", "missing_listed", "conflict",
    }  # fmt: skip


def test_the_refusal_names_the_matcher_and_what_to_do():
    with pytest.raises(pytest.fail.Exception, match="make a new matcher") as refused:
        refuse("limen-1", ["a,0.9"], ["a,0.8"])
    assert "  - a,0.9\n  + a,0.8" in str(refused.value)


def test_every_table_of_names_is_under_the_seal():
    sealed = json.loads((golden.HERE / "limen-1.json").read_text())["tables"]
    assert set(sealed) == {path.name for path in golden.TABLES}
    assert len(sealed) == 8
