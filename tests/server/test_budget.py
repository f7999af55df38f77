"""What one party may hold and how long it may take: each limit names itself, and is not a clear."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import msgspec
import pytest
from fastapi.testclient import TestClient
from tests.screened import AFTER

from limen.batch.columns.mapping import Wishes, map_columns
from limen.batch.run import Portfolio, screen_portfolio
from limen.batch.screen_arguments import ScreenArguments
from limen.batch.tables.open_table import open_table
from limen.batch.tables.table import peek
from limen.engine import open_engine
from limen.model import LimitError, TimeLimitError
from limen.server import Limits, create_app
from limen.snapshot import active_folder
from limen.util.budget import Budget

SMALL = Limits(names=5, addresses=2, properties=6, values=9, characters=50)


@pytest.fixture(scope="module")
def small(settings):
    app = create_app(replace(settings, limits=SMALL))
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def party(**properties):
    return {"schema": "Person", "properties": {"name": ["Sergey Aksyonov"], **properties}}


@pytest.mark.parametrize(
    ("limit", "too_large"),
    [
        ("names", party(name=[f"Anna {number}" for number in range(6)])),
        ("names", party(name=["Anna A; Berta B; Clara C; Dora D; Emma E; Frida F"[:50]])),
        ("addresses", party(address=["Kerch", "Yalta", "Kyiv"])),
        ("addresses", party(addressEntity=[{"city": "Kerch"}] * 3)),
        ("properties", party(**{f"p{number}": ["x"] for number in range(6)})),
        ("values", party(idNumber=[str(number) for number in range(9)])),
        ("values", party(addressEntity=[{"properties": {"city": ["Kerch"] * 9}}])),
        ("characters", party(notes=["x" * 51])),
    ],
)
def test_a_party_that_is_too_large_is_refused_with_the_limit(small, limit, too_large):
    refused = small.post("/v1/screen", json={"party": too_large})
    assert refused.status_code == 422
    assert f" {limit}, and {getattr(SMALL, limit)} are allowed" in refused.json()["detail"]
    assert f"`{limit}`" in refused.json()["errors"][0]["hint"]
    batch = {"queries": {"large": too_large, "small": party()}}
    replies = small.post("/match/default", params={"partial": True}, json=batch).json()["responses"]
    assert replies["large"]["outcome"] == "cannot_say"
    assert replies["small"]["outcome"] == "hit"


def test_within_the_limits_nothing_changes(small, client):
    for properties in ({}, {"address": ["Kerch"]}, {"name": ["Anna A; Berta B"]}):
        asked = {"party": party(**properties)}
        answers = [each.post("/v1/screen", json=asked).json() for each in (small, client)]
        assert answers[0] == answers[1]


def test_eight_megabytes_of_names_are_refused_at_once(client):
    names = [f"Anna Example {number}" for number in range(250_000)]
    started = time.process_time()
    refused = client.post("/v1/screen", json={"party": party(name=names)})
    assert refused.status_code == 422
    assert time.process_time() - started < 2


def test_when_the_time_is_over_the_answer_is_cannot_say(settings, client):
    answer = client.post("/v1/screen", json={"party": party()}).json()
    app = create_app(replace(settings, limits=Limits(seconds=-1.0)))
    with TestClient(app, base_url="http://localhost") as client:
        refused = client.post("/v1/screen", json={"party": party()})
        assert refused.status_code == 503
        assert "time allowed" in refused.json()["detail"]
        (line,) = client.post("/v1/screen-many", content=json.dumps(party())).text.splitlines()
        assert json.loads(line)["error"]["status"] == 503
        assert "time allowed" in json.loads(line)["error"]["detail"]
        replay = client.post("/v1/replay", json=answer)
        assert (replay.status_code, "time allowed" in replay.text) == (503, True)


def test_a_budget_stops_a_loop_and_a_count():
    with pytest.raises(TimeLimitError):
        list(Budget(seconds=1, deadline=time.monotonic() - 1).checked([1, 2]))
    assert list(Budget(deadline=time.monotonic() + 60).checked([1, 2])) == [1, 2]
    with pytest.raises(LimitError, match="3 names, and 2 are allowed"):
        Budget(names=2).admit("names", 3, where="party")


def test_the_time_of_rows_ends_a_simulation(settings, client):
    rows = [{"party": party(), "label": str(number)} for number in range(3)]
    asked = {"event": "EV05", "at": "2022-02-22", "portfolio": rows}
    assert client.post("/v1/what-if", json=asked).status_code == 200
    app = create_app(replace(settings, limits=Limits(seconds=-1.0)))
    with TestClient(app, base_url="http://localhost") as hasty:
        refused = hasty.post("/v1/what-if", json=asked)
        located = hasty.post("/v1/locate", json={"address": "Kerch"})
    assert (refused.status_code, "time allowed" in refused.text) == (503, True)
    assert (located.status_code, "time allowed" in located.text) == (503, True)


def test_of_many_parties_each_has_the_budget_of_its_own(settings):
    engine = open_engine(active_folder(settings.home))
    parties = [party(), party(name=[f"Anna {number}" for number in range(9)]), party()]
    budget = Budget(seconds=60, names=5)
    answers = list(engine.screen_many(parties, as_of=AFTER, on_error="row", budget=budget))
    assert [type(each).__name__ for each in answers] == ["Answer", "Refused", "Answer"]
    assert "9 names, and 5 are allowed" in str(answers[1].error)
    with pytest.raises(LimitError, match="9 names"):
        list(engine.screen_many(parties, as_of=AFTER, budget=budget))
    hasty = engine.screen_many(parties[:1], as_of=AFTER, on_error="row", budget=Budget(seconds=-1))
    assert isinstance(next(hasty).error, TimeLimitError)


def test_a_row_that_is_too_large_is_refused_and_the_others_are_answered(settings, tmp_path):
    rows = [party(), party(name=[f"Anna {number}" for number in range(9)]), party()]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    arguments = msgspec.json.decode(
        msgspec.json.encode(ScreenArguments(as_of=AFTER, budget=SMALL.row_budget())),
        type=ScreenArguments,
    )  # as a job stores them
    with open_table(str(tmp_path / "a.jsonl")) as table:
        sample, read = peek(table.rows, table.sample)
        columns = map_columns(table.name, table.columns, sample, Wishes({}))
        portfolio = Portfolio(msgspec.structs.replace(table, rows=read), columns)
        engine = open_engine(active_folder(settings.home))
        done = list(screen_portfolio(engine, portfolio, arguments))
    assert [row.refused is None for row in done] == [True, False, True]
    assert "a.jsonl line 2" in str(done[1].refused)
    assert "9 names, and 5 are allowed" in str(done[1].refused)


def test_a_problem_does_not_send_megabytes_back(client):
    for option in ("matcher", "as_of"):
        refused = client.post("/v1/screen", json={"party": party(), option: "a" * 1_000_000})
        assert refused.status_code == 422
        assert len(refused.content) < 20_000
