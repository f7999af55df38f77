"""What no one should send and no one can help, over HTTP: refused, told why, and nothing lost."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from tests.cases.desk import BO, CLEO, DOB, PROPOSE, accounts, answer, do, opened

from limen.cases.cases import Cases
from limen.cases.verification import verify
from limen.server import create_app
from limen.server.access.keys import ApiKeys

DECISION = {
    "outcome": "closed_fp",
    "reason": "dob_conflict",
    "discriminators": [{"field": DOB.field, "subject": DOB.subject, "listed": DOB.listed}],
}
BARE = DECISION | {"discriminators": []}
MEGABYTE = "x" * 1_000_000


class Desk:
    """A served store with an open alert and one that waits for a signature, and four keys."""

    def __init__(self, home, settings) -> None:
        self.secrets = {name: ApiKeys(home / "server").add(name, "screen")
                        for name in ("anna", "bo", "cleo", "dora")}  # fmt: skip
        self.app = create_app(replace(settings, home=home, rate=0.0))
        self.client = TestClient(self.app, base_url="http://localhost")
        self.cases: Cases = self.app.state.limen.cases.cases
        accounts(self.cases)
        self.open = opened(self.cases)
        self.waiting = do(self.cases, opened(self.cases, answer(subject="C2")), PROPOSE, BO)

    def send(self, person, alert, headers=None, **body):
        headers = headers or {"authorization": f"ApiKey {self.secrets[person]}"}
        return self.client.post(f"/v1/cases/{alert.id}/events", json=body, headers=headers)

    def propose(self, person, decision=DECISION, **more):
        sent = {"action": "propose", "version": self.open.version, "decision": decision} | more
        return self.send(person, self.open, **sent)

    def sign(self, person, **more):
        sent = {"action": "approve", "version": self.waiting.version} | more
        return self.send(person, self.waiting, **sent)

    @contextmanager
    def clock_back(self):
        now = self.cases.clock
        self.cases.clock = lambda: now() - timedelta(hours=1)
        yield
        self.cases.clock = now

    @contextmanager
    def full_disk(self):
        def no_room(connection, _):
            connection.execute("PRAGMA max_page_count = 1").close()

        engine = self.cases.database.engine
        sa.event.listen(engine, "connect", no_room)
        engine.dispose()
        yield
        sa.event.remove(engine, "connect", no_room)
        engine.dispose()


@pytest.fixture
def desk(home, settings, tmp_path):
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    return Desk(copy, settings)


def two_people(desk):
    do(desk.cases, desk.open, PROPOSE, CLEO)
    return desk.propose("anna")


def forged(desk):
    return desk.send("", desk.open, {"cookie": f"limen_session={'A' * 43}"}, action="start",
                     version=desk.open.version)  # fmt: skip


def clock_back(desk):
    with desk.clock_back():
        return desk.propose("anna")


#: What is sent -> the status, and what the refusal says.
BAD = {
    "two people on one alert": (two_people, 409, "cleo did 'propose'"),
    "an approver without the right": (lambda d: d.sign("anna"), 403, "needs the role approve"),
    "who proposed it": (lambda d: d.sign("bo"), 403, "another person must sign it"),
    "no role at all": (lambda d: d.sign("dora"), 403, "needs the role approve"),
    "a reason without its discriminator": (
        lambda d: d.propose("anna", BARE), 422, "needs the discriminator birth_date",
    ),
    "no reason": (lambda d: d.propose("anna", BARE | {"reason": ""}), 422, "a reason is needed"),
    "a true match by level 1": (
        lambda d: d.propose(
            "anna", {"outcome": "closed_true", "reason": "identity_confirmed", "note": "same"}
        ), 403, "for level 2 and above",
    ),
    "a stale page's decision": (
        lambda d: d.sign("cleo", version=d.waiting.version - 1), 409, "made on version",
    ),
    "a note of 1 MB": (lambda d: d.propose("anna", note=MEGABYTE), 422, "1,000,000 characters"),
    "a decision's note of 1 MB": (
        lambda d: d.propose("anna", DECISION | {"note": MEGABYTE}), 422, "1,000,000 characters",
    ),
    "a value of 1 MB": (
        lambda d: d.propose("anna", DECISION | {"discriminators": [
            {"field": "birth_date", "subject": MEGABYTE, "listed": DOB.listed, "source": "file"}
        ]}), 422, "the event has",
    ),
    "a forged session": (forged, 401, "No API key"),
    "a clock that went back": (clock_back, 503, "the clock of this machine"),
    "an alert that is none": (
        lambda d: d.client.post(
            "/v1/cases/A-0/events", json={"action": "start", "version": 1},
            headers={"authorization": f"ApiKey {d.secrets['anna']}"},
        ), 422, "no alert is 'A-0'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_told_why_and_nothing_is_lost(desk, name):
    work, status, says = BAD[name]
    reply = work(desk)
    assert (reply.status_code, says in reply.text) == (status, True), reply.text[:500]
    assert verify(desk.cases.database).faults == ()
    assert desk.cases.alert(desk.waiting.id) == desk.waiting
    if name != "two people on one alert":
        assert desk.cases.alert(desk.open.id) == desk.open
    assert desk.sign("cleo").json()["alert"]["state"] == "closed_fp", "the desk goes on"


def test_a_full_disk_is_named_and_what_was_acknowledged_stays(desk):
    with desk.full_disk():
        while (reply := desk.propose("anna", note="y" * 9_000)).status_code == 200:
            version = reply.json()["alert"]["version"]
            undo = {"action": "undo", "version": version, "note": "z" * 9_000}
            reply = desk.send("anna", desk.open, **undo)
            if reply.status_code != 200:
                break
            desk.open = desk.cases.alert(desk.open.id)
    assert (reply.status_code, "the disk is full" in reply.text) == (503, True), reply.text[:500]
    assert verify(desk.cases.database).faults == ()
    assert desk.cases.alert(desk.waiting.id) == desk.waiting
    assert desk.sign("cleo").json()["alert"]["state"] == "closed_fp"
