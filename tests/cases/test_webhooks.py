"""Events reach another system, signed and in order, also when it was away for a while."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from tests.cases.desk import ADMIN, ANNA, answer, closed, opened

from limen.cases.exchange.webhooks import add_webhook, deliver, end_webhook, signature
from limen.cases.verification import verify
from limen.model import InputError, RightsError


class Receiver(BaseHTTPRequestHandler):
    """Another system; it answers with the status that it is given."""

    status = 204
    received: ClassVar[list] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.status == 204:
            self.received.append((dict(self.headers), body))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def receiver():
    Receiver.received, Receiver.status = [], 204
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/limen"
    server.shutdown()
    server.server_close()


def test_every_event_arrives_once_in_order_and_signed(cases, receiver):
    hook = add_webhook(cases, receiver, ("alert.", "good_guy."), ADMIN)
    alert = closed(cases, opened(cases))
    assert deliver(cases) == (3, 0, 0)
    assert deliver(cases) == (0, 0, 0)
    bodies = [json.loads(body) for _, body in Receiver.received]
    assert [body["type"] for body in bodies] == ["alert.opened", "alert.propose", "alert.approve"]
    assert {body["about"] for body in bodies} == {alert.id}
    headers, body = Receiver.received[-1]
    lower = {name.lower(): value for name, value in headers.items()}
    expected = signature(hook.secret, lower["webhook-id"], lower["webhook-timestamp"], body)
    assert lower["webhook-signature"] == expected
    other = add_webhook(cases, receiver, (), ADMIN).secret
    assert signature(other, lower["webhook-id"], lower["webhook-timestamp"], body) != expected
    assert b"Aksyonov" not in b"".join(body for _, body in Receiver.received)
    assert verify(cases.database).faults == ()


def test_what_was_not_received_waits_and_keeps_its_order(cases, receiver, clock):
    add_webhook(cases, receiver, ("alert.opened",), ADMIN)
    for number in range(3):
        opened(cases, answer(subject=f"C{number}"))
    Receiver.status = 503
    assert deliver(cases) == (0, 3, 0)
    Receiver.status = 204
    clock.pass_days(0.01)
    assert deliver(cases) == (3, 0, 0)
    numbers = [json.loads(body)["seq"] for _, body in Receiver.received]
    assert numbers == sorted(numbers)


def test_one_that_never_answers_is_given_up(cases, receiver, clock):
    add_webhook(cases, receiver, (), ADMIN)
    opened(cases)
    Receiver.status = 500
    ends = []
    for _ in range(13):
        ends.append(deliver(cases))
        clock.pass_days(4)
    assert ends == [(0, 1, 0)] * 12 + [(0, 0, 1)]
    assert deliver(cases) == (0, 0, 0)


def test_an_ended_webhook_gets_nothing_and_only_an_admin_adds_one(cases, receiver):
    hook = add_webhook(cases, receiver, (), ADMIN)
    opened(cases)
    end_webhook(cases, hook.id, ADMIN)
    opened(cases, answer(subject="C2"))
    assert deliver(cases) == (0, 0, 0)
    with pytest.raises(RightsError, match="needs the role admin"):
        add_webhook(cases, receiver, (), ANNA)
    with pytest.raises(InputError, match="no address of HTTP"):
        add_webhook(cases, "file:///etc/passwd", (), ADMIN)
