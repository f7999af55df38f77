"""The desk over HTTP: who the key names decides, and a stale page's decision is refused."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from tests.screened import AFTER

from limen.cases.cases import Cases
from limen.server import create_app
from limen.server.access.keys import ApiKeys

PEOPLE = {
    "root": (("admin", "read"), 3),
    "anna": (("read", "screen", "decide"), 1),
    "bo": (("read", "decide", "approve"), 2),
    "cleo": (("read", "decide", "approve"), 2),
    "eve": (("audit",), 1),
}
PROPOSE = {
    "action": "propose",
    "decision": {
        "outcome": "closed_fp",
        "reason": "dob_conflict",
        "discriminators": [
            {"field": "birth_date", "subject": "1985-05-05", "listed": "1972-11-26"}
        ],
    },
}


@pytest.fixture(scope="module")
def desk(home, settings, tmp_path_factory):
    """A client, and a function that sends a request as a person."""
    copy = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(home, copy)
    keys = ApiKeys(copy / "server")
    secrets = {name: keys.add(name, "screen") for name in (*PEOPLE, "nokto")}
    with Cases.open(copy / "cases.sqlite") as cases:
        by = None
        for name, (roles, level) in PEOPLE.items():
            cases.add_account(name, roles, by, level=level)
            by = cases.person("root")
    app = create_app(replace(settings, home=copy, rate=0.0))
    with TestClient(app, base_url="http://localhost") as client:

        def send(person, method, path, **rest):
            headers = {"authorization": f"ApiKey {secrets[person]}"}
            return client.request(method, path, headers=headers, **rest)

        yield send


def test_an_alert_is_opened_decided_and_packed_by_those_who_may(desk):
    party = {"id": "C1", "schema": "Person",
             "properties": {"name": ["Sergey Aksyonov"], "birthDate": ["1985-05-05"]}}  # fmt: skip
    query = {"party": party, "as_of": AFTER}
    answer = desk("anna", "POST", "/v1/screen", json=query).json()
    assert answer["findings"]
    opened = desk("anna", "POST", "/v1/cases", json={"answers": [answer]}).json()["opened"]
    assert [each["outcome"] for each in opened] == ["new"]
    (alert,) = desk("anna", "GET", "/v1/cases?open_only=true").json()["alerts"]
    path = f"/v1/cases/{alert['id']}"
    assert desk("anna", "GET", path).json()["then"]["answer"] == answer
    body = PROPOSE | {"version": alert["version"]}
    done = desk("anna", "POST", f"{path}/events", json=body)
    assert (done.status_code, done.json()["alert"]["state"]) == (200, "pending_approval")
    stale = desk(
        "bo", "POST", f"{path}/events", json={"action": "start", "version": alert["version"]}
    )
    assert (stale.status_code, "anna did 'propose'" in stale.text) == (409, True)
    sign = {"action": "approve", "version": done.json()["alert"]["version"]}
    for person, says in (("anna", "needs the role approve"), ("eve", "needs the role approve"),
                         ("nokto", "no account is 'nokto'")):  # fmt: skip
        refused = desk(person, "POST", f"{path}/events", json=sign)
        assert (refused.status_code, says in refused.text) == (403, True), person
    assert desk("bo", "POST", f"{path}/events", json=sign).json()["alert"]["state"] == "closed_fp"
    names = zipfile.ZipFile(BytesIO(desk("bo", "GET", f"{path}/pack").content)).namelist()
    assert f"{alert['id']}/verify.py" in names
    assert desk("bo", "GET", "/v1/cases/figures").json()["by_state"] == {"closed_fp": 1}
    assert desk("eve", "GET", "/v1/cases").status_code == 403
    assert desk("bo", "POST", "/v1/cases", json={"answers": [answer]}).status_code == 403


def test_metrics_have_figures_and_no_name(desk):
    text = desk("bo", "GET", "/metrics").text
    for line in (
        'limen_cases_alerts{state="closed_fp"} 1.0',
        'limen_cases_alerts_of_channel{channel="screen"} 1.0',
        'limen_cases_closed_of_reason{reason="dob_conflict"} 1.0',
        'limen_cases_open_of_age{age="older"} 0.0',
        "limen_cases_overdue 0.0",
        "limen_cases_oldest_open_seconds 0.0",
    ):
        assert line in text, line
    assert "Aksyonov" not in text


def test_metrics_of_a_store_that_cannot_be_read_say_so(home, settings, tmp_path):
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    client = TestClient(create_app(replace(settings, home=copy)), base_url="http://localhost")
    assert "limen_cases" not in client.get("/metrics").text
    (copy / "cases.sqlite").write_bytes(b"no database at all, and long enough for a page" * 99)
    assert "limen_cases_readable 0.0" in client.get("/metrics").text


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"answers": [{}]}, 422, "this is no answer"),
        ({"answers": [{"findings": [{}], "query": {}}]}, 422, "an answer is incomplete"),
        ({"answers": [], "profile": "two words"}, 422, "is no name of a profile"),
        ({"wrong": 1}, 422, "wrong"),
    ],
)
def test_what_is_no_answer_is_refused(desk, body, status, says):
    done = desk("anna", "POST", "/v1/cases", json=body)
    assert (done.status_code, says in done.text) == (status, True), done.text


def test_a_bulk_decision_is_previewed_first(desk):
    before = desk("anna", "GET", "/v1/cases").json()["count"]
    bulk = {"alerts": ["A-1"], **PROPOSE}
    assert desk("anna", "POST", "/v1/cases/bulk", json=bulk).status_code == 422
    assert desk("anna", "GET", "/v1/cases").json()["count"] == before


def test_without_a_key_cases_are_read_and_no_one_decides(client):
    assert client.get("/v1/cases").status_code == 200
    done = client.post("/v1/cases/A-1/events", json={"action": "start", "version": 1})
    assert (done.status_code, "no one is named" in done.text) == (401, True)


def decided(desk, subject):
    """An alert about a subject, closed by anna and bo."""
    party = {"id": subject, "schema": "Person",
             "properties": {"name": ["Sergey Aksyonov"], "birthDate": ["1985-05-05"]}}  # fmt: skip
    answer = desk("anna", "POST", "/v1/screen", json={"party": party, "as_of": AFTER}).json()
    (opened,) = desk("anna", "POST", "/v1/cases", json={"answers": [answer]}).json()["opened"]
    path, version = f"/v1/cases/{opened['alert']}", None
    for person, body in (("anna", PROPOSE), ("bo", {"action": "approve"})):
        version = desk("bo", "GET", path).json()["alert"]["version"]
        done = desk(person, "POST", f"{path}/events", json=body | {"version": version})
        assert done.status_code == 200, done.text
    return opened["alert"]


def test_a_good_guy_is_proposed_simulated_approved_and_ended(desk):
    alert = decided(desk, "G1")
    body = {"alert": alert, "note": "known for years"}
    assert desk("anna", "POST", "/v1/good-guys", json=body).status_code == 403
    made = desk("cleo", "POST", "/v1/good-guys", json=body).json()
    path = f"/v1/good-guys/{made['good_guy']['id']}"
    assert made["simulation"]["alerts"] == [alert]
    sign = {"simulation": made["simulation"]["digest"]}
    assert desk("cleo", "POST", f"{path}/approve", json=sign).status_code == 403
    assert desk("bo", "POST", f"{path}/approve", json={"simulation": "x"}).status_code == 409
    assert desk("bo", "POST", f"{path}/approve", json=sign).json()["good_guy"]["state"] == "active"
    assert desk("anna", "GET", path).json()["events"][-1]["type"] == "good_guy.approved"
    assert desk("bo", "POST", "/v1/good-guys/expire").json() == {"expired": []}
    ended = desk("bo", "POST", f"{path}/end", json={"note": "the client left"}).json()
    assert (ended["good_guy"]["state"], ended["reopened"]) == ("ended", [])
    (held,) = desk("anna", "GET", "/v1/good-guys?state=ended").json()["good_guys"]
    assert held["suppresses"] == 0
    assert desk("anna", "GET", "/v1/good-guys?state=x").status_code == 422
    assert desk("anna", "GET", "/v1/good-guys/G-0").status_code == 422


def test_webhooks_are_for_admins(desk):
    body = {"url": "https://example.org/hook", "events": ["alert.opened"]}
    assert desk("bo", "POST", "/v1/webhooks", json=body).status_code == 403
    made = desk("root", "POST", "/v1/webhooks", json=body).json()
    assert made["secret"].startswith("whsec_")
    (held,) = desk("root", "GET", "/v1/webhooks").json()["webhooks"]
    assert (held["id"], held["waiting"], held["ended"]) == (made["id"], 0, False)
    assert "secret" not in held
    assert desk("root", "DELETE", f"/v1/webhooks/{made['id']}").status_code == 204
    assert desk("root", "GET", "/v1/webhooks").json()["webhooks"][0]["ended"]
    assert desk("root", "POST", "/v1/webhooks/deliver").json()["sent"] == 0
    assert desk("root", "POST", "/v1/webhooks", json={"url": "file:///x"}).status_code == 422
    for method, path in (("GET", "/v1/webhooks"), ("POST", "/v1/webhooks/deliver"),
                         ("DELETE", f"/v1/webhooks/{made['id']}")):  # fmt: skip
        assert desk("eve", method, path).status_code == 403


def test_an_auditor_draws_samples_verifies_and_exports(desk):
    alert = decided(desk, "Q1")
    sample = {"count": 500, "seed": "2026"}
    assert desk("bo", "POST", "/v1/cases/samples", json=sample).status_code == 403
    drawn = desk("eve", "POST", "/v1/cases/samples", json=sample).json()
    assert alert in drawn["alerts"]
    assert (drawn["seed"], drawn["population"]) == ("2026", len(drawn["alerts"]))
    found = desk("eve", "GET", "/v1/cases/verify").json()
    assert (found["faults"], found["head_found"]) == ([], True)
    assert not desk("eve", "GET", f"/v1/cases/verify?head={'0' * 64}").json()["head_found"]
    for person, path in (("bo", "verify"), ("bo", "export"), ("anna", "export?format=events")):
        assert desk(person, "GET", f"/v1/cases/{path}").status_code == 403
    events = desk("eve", "GET", "/v1/cases/export?format=events")
    assert len(events.content.splitlines()) == found["events"]
    rows = desk("eve", "GET", "/v1/cases/export?format=csv")
    assert rows.headers["content-type"].startswith("text/csv")
    assert alert in rows.text


def test_decisions_of_another_system_are_proposed_after_a_preview(desk):
    party = {"id": "I1", "schema": "Person", "properties": {"name": ["Sergey Aksyonov"]}}
    answer = desk("anna", "POST", "/v1/screen", json={"party": party, "as_of": AFTER}).json()
    (opened,) = desk("anna", "POST", "/v1/cases", json={"answers": [answer]}).json()["opened"]
    content = f'["{answer["findings"][0]["id"]}", "I1", "negative"]'.encode()
    path = "/v1/cases/import?format=nomenklatura"
    assert desk("eve", "POST", path, content=content).status_code == 403
    preview = desk("bo", "POST", path, content=content).json()
    assert [row["alert"] for row in preview["rows"]] == [opened["alert"]]
    done = desk("bo", "POST", f"{path}&seen={preview['digest']}", content=content)
    assert done.json()["done"]
    again = desk("bo", "POST", f"{path}&seen={preview['digest']}", content=content)
    assert again.status_code == 409
    assert desk("bo", "POST", path, content=b"{").status_code == 422
