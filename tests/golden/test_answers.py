"""Whole answers that must not move unless it is meant: parties, lives, places, the sample.

``python tools/build_golden.py answers`` writes them anew; read the difference before it is
committed, and say in the commit what moves and why.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.golden import answers, facts, golden
from tests.golden.parties import golden_world

from limen.engine import Engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return golden_world(tmp_path_factory.mktemp("golden") / "home")


def lines_of(name: str) -> dict[str, Any]:
    text = (golden.HERE / name).read_text(encoding="utf-8")
    return {key: value for line in text.splitlines() for key, value in json.loads(line).items()}


def same(name: str, stored: dict[str, Any], found: dict[str, Any]) -> None:
    """Fail with every key that has another value, and the first of them in full."""
    plain = json.loads(json.dumps(found, ensure_ascii=False))
    assert list(stored) == list(plain) or sorted(stored) == sorted(plain), name
    other = [key for key in stored if stored[key] != plain[key]]
    if other:
        first = other[0]
        assert plain[first] == stored[first], f"{name}: {len(other)} answers moved: {other[:8]}"


def test_parties(engine):
    same("parties.jsonl", lines_of("parties.jsonl"), answers.parties(engine))


def test_the_lives_of_parties(engine):
    stored = json.loads((golden.HERE / "lives.json").read_text(encoding="utf-8"))
    same("lives.json", stored, answers.lives(engine))


def test_addresses(engine):
    same("addresses.jsonl", lines_of("addresses.jsonl"), answers.located(engine.places))


def test_verdicts_on_every_day(engine):
    stored = json.loads((golden.HERE / "verdicts.json").read_text(encoding="utf-8"))
    same("verdicts.json", stored, answers.verdicts(engine.places))


FACTS = {
    "facts.jsonl": facts.reviewed,
    "assessments.jsonl": facts.assessments,
    "simulations.jsonl": facts.simulations,
    "texts.jsonl": facts.texts,
}


@pytest.mark.parametrize("name", FACTS)
def test_facts(engine, name):
    """A date of the law, a limit of a list: each is a reviewed fact with a source."""
    same(name, lines_of(name), dict(FACTS[name](engine)))


def test_the_bundled_sample(tmp_path: Path):
    engine = answers.sample_engine(tmp_path / "home")
    same("sample.jsonl", lines_of("sample.jsonl"), answers.sampled(engine))
