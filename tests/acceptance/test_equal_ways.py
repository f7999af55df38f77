"""The same answer whichever way it is requested, on a home of more than 1,000 parties.

A party alone, in a batch, by the command line in a file, by the API alone, in a batch and as
yente asks: the findings, their order, scores and reasons must be the same.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.golden import large_index
from tests.worlds import TODAY, Band, a_list, fill, listed, registry

from limen.archive import Archive
from limen.cli.main_command import limen
from limen.cli.run_command import run
from limen.engine import Engine
from limen.server import Settings, create_app
from limen.snapshot import Snapshot, active_folder
from limen.snapshot.build import build

DAY = "2024-05-30"
QUERIES = large_index.queries()[::3]
SUBJECTS = [{"schema": schema, "properties": {"name": list(names)}} for names, schema in QUERIES]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("equal") / "home"
    entries = [
        listed(str(party), names[0], schema, alias=tuple(names[1:]))
        for party, (schema, names) in enumerate(large_index.LISTED)
    ]
    fill(home, {"us": {DAY: entries}})
    with Archive.open(str(home / "archive.sqlite")) as archive:
        lists = registry(a_list("us", "US", records=Band(min=1, max=5_000)))
        build(home, lists, archive=archive, clock=lambda: TODAY)
    return home


@pytest.fixture(scope="module")
def answers(home) -> list[dict]:
    """Every party screened alone."""
    engine = Engine(Snapshot(active_folder(home)), clock=lambda: TODAY)
    return [plain(engine.screen(party, as_of=DAY).to_dict()) for party in SUBJECTS]


def plain(wire: dict) -> dict:
    """An answer as JSON has it, without what depends on the way."""
    found = json.loads(json.dumps(wire))
    found.pop("input", None)
    return found


def test_there_is_something_to_tell_apart(answers):
    assert len(large_index.LISTED) > 1_000
    assert sum(len(answer["findings"]) for answer in answers) > 200
    assert {answer["outcome"] for answer in answers} == {"hit", "clear"}


def test_in_a_batch(home, answers):
    engine = Engine(Snapshot(active_folder(home)), clock=lambda: TODAY)
    together = [plain(each.to_dict()) for each in engine.screen_many(SUBJECTS, as_of=DAY)]
    assert together == answers


def test_the_order_of_questions_never_matters(home, answers):
    engine = Engine(Snapshot(active_folder(home)), clock=lambda: TODAY)
    backwards = [plain(each.to_dict()) for each in engine.screen_many(SUBJECTS[::-1], as_of=DAY)]
    assert backwards[::-1] == answers


def test_by_the_command_line(home, answers, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LIMEN_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with Path("portfolio.jsonl").open("w") as stream:
        stream.writelines(json.dumps(party) + "\n" for party in SUBJECTS)
    assert run(limen, ["screen", "portfolio.jsonl", "--as-of", DAY]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["findings"] for each in found] == [each["findings"] for each in answers]
    single = [at for at, (names, _) in enumerate(QUERIES) if len(names) == 1]
    with Path("portfolio.csv").open("w", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("name", "schema"))
        rows.writerows((*QUERIES[at].names, SUBJECTS[at]["schema"]) for at in single)
    assert run(limen, ["screen", "portfolio.csv", "--as-of", DAY]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["findings"] for each in found] == [answers[at]["findings"] for at in single]


def test_by_the_api(home, answers):
    app = create_app(Settings(home=home, clock=lambda: TODAY))
    with TestClient(app, base_url="http://localhost") as client:
        for party, answer in zip(SUBJECTS, answers, strict=True):
            found = client.post("/v1/screen", json={"party": party, "as_of": DAY}).json()
            assert found == answer, party
        body = b"".join(json.dumps(party).encode() + b"\n" for party in SUBJECTS)
        streamed = client.post("/v1/screen-many", params={"as_of": DAY}, content=body)
        assert [json.loads(line) for line in streamed.text.splitlines()] == answers
        queries = {str(at): party for at, party in enumerate(SUBJECTS)}
        matched = client.post(
            "/match/default", json={"queries": queries}, params={"limit": 200, "threshold": 0.7}
        ).json()["responses"]
    for at, answer in enumerate(answers):
        hits = [each["id"] for each in answer["parties"] if each["level"] == "hit"]
        matches = [each["id"] for each in matched[str(at)]["results"] if each["match"]]
        assert matches == hits[: len(matches)], SUBJECTS[at]
        assert len(matches) == min(len(hits), 200)
