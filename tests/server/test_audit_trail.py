"""Requests that screened are in the chain, where the operator wants it, before they are answered."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from hashlib import sha256

import pytest
from fastapi.testclient import TestClient
from tests.screened import AFTER
from tests.server.test_routes_and_users import ROUTES as EVERY_ROUTE

from limen.cases.cases import Cases
from limen.cases.verification import verify
from limen.model import CasesError
from limen.server import create_app
from limen.server.access import audit_trail
from limen.server.access.audit_trail import ABOUT, ROUTES, ScreeningLog
from limen.server.access.keys import ApiKeys

PARTY = {"schema": "Person", "properties": {"name": ["Sergey Aksyonov"]}}
SCREEN = {"party": PARTY, "as_of": AFTER}
#: Forms of which the response is about no one who was screened; some lead to a page that is.
NO_SCREENING = {
    "POST /answers/{name}", "POST /answers/{name}/cases", "POST /ask",
    "POST /jobs/{job}/cancel", "POST /upload",
    "POST /v1/assess",
}  # fmt: skip
#: Forms of the desk: what they do to an alert is an event of its own.
DESK = ("POST /cases", "POST /queue", "POST /good-guys", "POST /base")


@pytest.fixture
def audited(home, settings, tmp_path):
    """A server with a key, of which requests are recorded; and a look at the events."""
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    secret = ApiKeys(copy / "server").add("payments", "screen")
    with TestClient(
        create_app(replace(settings, home=copy, audit=True, rate=0.0)),
        base_url="http://localhost", headers={"authorization": f"ApiKey {secret}"},
    ) as client:  # fmt: skip

        def events():
            with Cases.open(copy / "cases.sqlite") as cases:
                assert verify(cases.database).faults == ()
                return cases.events(ABOUT)

        yield client, events


def test_what_takes_a_question_is_recorded_or_is_about_no_one():
    screening = {name for name, (right, _) in EVERY_ROUTE.items() if right == "screen"}
    assert ROUTES - {"GET /search/{dataset}"} <= screening
    forms = {name for name in screening if name.startswith("POST") and not name.startswith(DESK)}
    assert forms - ROUTES == NO_SCREENING


def test_an_answer_is_in_the_chain_with_its_hash_and_without_a_name(audited):
    client, events = audited
    reply = client.post("/v1/screen", json=SCREEN)
    (event,) = events()
    assert (event.by, event.type) == ("payments", "screening.answered")
    assert event.data == {
        "route": "POST /v1/screen", "status": 200,
        "snapshot": reply.headers["screening-snapshot"],
        "sha256": sha256(reply.content).hexdigest(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "sent", "recorded"),
    [
        ("POST", "/match/default", {"json": {"queries": {"q": PARTY}}}, 1),
        ("POST", "/v1/screen-many", {"content": b'{"schema":"Person","properties":{"name":["x"]}}'}, 1),
        ("GET", "/search/default?q=Aksyonov", {}, 1),
        ("POST", "/ask", {"data": {"what": "Sergey Aksyonov"}}, 1),
        ("POST", "/v1/screen", {"json": {"wrong": 1}}, 1),
        ("GET", "/lists", {}, 0),
        ("GET", "/v1/cases", {}, 0),
        ("POST", "/v1/screen", {"json": SCREEN, "headers": {"authorization": "ApiKey x"}}, 0),
    ],
)  # fmt: skip
def test_what_screened_is_recorded_and_nothing_else(audited, method, path, sent, recorded):
    client, events = audited
    client.request(method, path, **sent)
    assert len(events()) == recorded


def test_without_the_setting_nothing_is_recorded(home, settings, tmp_path):
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    client = TestClient(create_app(replace(settings, home=copy)), base_url="http://localhost")
    assert client.post("/v1/screen", json=SCREEN).status_code == 200
    assert not (copy / "cases.sqlite").exists()


def test_an_answer_that_cannot_be_recorded_is_refused(audited, monkeypatch):
    client, events = audited

    def full(*_):
        raise CasesError("the disk is full", where="cases.sqlite")

    monkeypatch.setattr(audit_trail.ScreeningLog, "_append", full)
    reply = client.post("/v1/screen", json=SCREEN)
    assert (reply.status_code, "the disk is full" in reply.text) == (503, True)
    assert "Aksyonov" not in reply.text
    monkeypatch.undo()
    assert client.post("/v1/screen", json=SCREEN).status_code == 200
    assert len(events()) == 1


def test_what_comes_at_once_is_stored_at_once(tmp_path):
    class Store:
        def __init__(self, cases):
            self.cases = cases

    async def all_at_once(log):
        await asyncio.gather(*(log.record("anna", {"number": number}) for number in range(50)))

    with Cases.open(tmp_path / "cases.sqlite") as cases:
        asyncio.run(all_at_once(ScreeningLog(Store(cases))))
        events = cases.events(ABOUT)
        assert [event.data["number"] for event in events] == list(range(50))
        assert len({event.at for event in events}) <= 2, "two transactions"
        assert verify(cases.database).faults == ()
