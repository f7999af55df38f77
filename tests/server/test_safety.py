"""What bad input gets: a problem document that names the field, and nothing else."""

from __future__ import annotations

import logging
import os
import shutil
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from limen.model import InputError
from limen.server import Limits, create_app
from limen.server.access.keys import ApiKeys
from limen.server.access.rate import Buckets

PERSON = {"schema": "Person", "properties": {"name": ["Sergey Aksyonov"]}}


def refused(reply, status):
    assert reply.status_code == status, reply.text
    problem = reply.json()
    assert reply.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert isinstance(problem["detail"], str)
    return problem


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[" * 100_000, 422),
        (b'{"party": {"a": ' + b'{"a": ' * 5_000, 400),
        (b'{"party": {"properties": {"name": "\xff\xfe"}}}', 400),
        (b'{"party": {"properties": {"name": "\\ud800"}}}', 400),
        (b'{"party": {"schema": "Person", "properties": {"name": [NaN]}}}', 400),
        (b'{"party": {"schema": "Person", "properties": {"name": [1e999]}}}', 422),
        (b"[]", 422),
        (b'{"party": []}', 422),
        (b'{"party": {"schema": "Persn", "properties": {}}}', 422),
        (b'{"party": {"schema": "Person", "properties": {"name": [{}]}}}', 422),
        (b'{"party": {}, "treshold": 0.5}', 422),
        (b'{"party": {}, "threshold": 7}', 422),
        (b'{"party": {}, "as_of": "2022-02-30"}', 422),
        (b'{"party": {}, "as_of": "2999-01-01"}', 422),
        (b'{"party": {}, "lists": ["us_ofac_snd"]}', 422),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(client, body, status):
    reply = client.post("/v1/screen", content=body, headers={"content-type": "application/json"})
    assert refused(reply, status)["errors"][0]["message"]


def test_an_unknown_list_is_told_with_what_was_meant(client):
    problem = refused(
        client.post("/v1/screen", json={"party": PERSON, "lists": ["us_ofac_snd"]}), 422
    )
    assert "us_ofac_sdn" in problem["errors"][0]["hint"]


def test_strict_refuses_what_is_otherwise_a_notice(client):
    party = {"schema": "Person", "properties": {"name": ["Anna"], "birthdate": ["1980"]}}
    answer = client.post("/v1/screen", json={"party": party}).json()
    assert answer["outcome"] == "cannot_say"
    assert "birthDate" in answer["notices"][0]["message"]
    problem = refused(client.post("/v1/screen", json={"party": party, "strict": True}), 422)
    assert problem["errors"][0]["field"] == "party.properties.birthdate"


def test_limits_hold_before_anything_is_read(settings):
    small = replace(settings, limits=Limits(body=2_000, queries=2, lines=2, url=500))
    client = TestClient(create_app(small), base_url="http://localhost")
    refused(client.post("/v1/screen", content=b"x" * 3_000), 413)
    refused(client.post("/v1/screen", content=iter([b"x" * 1_500, b"x" * 1_500])), 413)
    refused(client.get("/search/default", params={"q": "x" * 600}), 414)
    queries = {str(number): PERSON for number in range(3)}
    problem = refused(client.post("/match/default", json={"queries": queries}), 400)
    assert "Too many queries" in problem["detail"]
    refused(client.post("/v1/screen-many", content=b"{}\n" * 3), 413)


def test_time_over_is_cannot_say_and_never_clear(settings):
    hurried = replace(settings, limits=Limits(seconds=-1.0))
    client = TestClient(create_app(hurried), base_url="http://localhost")
    queries = {"a": PERSON, "b": {"schema": "Person", "properties": {"name": ["Nobody"]}}}
    found = client.post("/match/default", json={"queries": queries}).json()["responses"]["b"]
    assert (found["status"], found["outcome"]) == (503, "cannot_say")


def test_compressed_bodies_are_not_opened(client):
    headers = {"content-encoding": "gzip"}
    refused(client.post("/v1/screen", content=b"\x1f\x8b", headers=headers), 415)


def test_a_foreign_host_name_is_not_answered(client):
    refused(client.get("/", headers={"host": "evil.example:8000"}), 421)


def test_a_foreign_page_cannot_send_our_forms(client):
    headers = {"sec-fetch-site": "cross-site"}
    refused(client.post("/ask", data={"what": "Anna"}, headers=headers), 403)


def test_cors_is_closed_but_for_reconciliation(client):
    headers = {"origin": "https://elsewhere.example"}
    assert "access-control-allow-origin" not in client.get("/catalog", headers=headers).headers
    assert client.get("/reconcile/default").headers["access-control-allow-origin"] == "*"
    assert client.options("/reconcile/default").status_code == 204


def test_a_browser_is_told_to_run_nothing_foreign(client):
    headers = client.get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_no_name_is_in_a_log_a_metric_or_an_address(client, caplog):
    with caplog.at_level(logging.DEBUG, "limen"):
        led = client.post("/ask", data={"what": "Sergey Aksyonov", "kind": "Person"})
        client.get("/search/default", params={"q": "Sergey Aksyonov"})
        client.get("/entities/un_sc:1")
        assert client.get(led.headers["location"]).status_code == 200
    assert "Aksyonov" not in led.headers["location"]
    told = [each for each in caplog.records if each.name == "limen.access"]
    assert len(told) == 4
    assert "ksyonov" not in caplog.text
    assert "un_sc:1" not in caplog.text
    metrics = client.get("/metrics").text
    assert "ksyonov" not in metrics
    assert 'screening_subjects_total{channel="page",outcome="hit"}' in metrics
    assert 'screening_list_age_seconds{list="un_sc"}' in metrics


@pytest.fixture(scope="module")
def keyed(home, settings, tmp_path_factory):
    copy = tmp_path_factory.mktemp("keyed") / "home"
    shutil.copytree(home, copy)
    keys = ApiKeys(copy / "server")
    secrets = {right: keys.add(right, right) for right in ("read", "screen", "admin")}
    app = create_app(replace(settings, home=copy))
    return TestClient(app, base_url="http://localhost", follow_redirects=False), secrets, keys


def test_keys_are_kept_as_hashes_and_asked_for(keyed):
    client, secrets, keys = keyed
    kept = (keys._path).read_text()
    assert not any(secret in kept for secret in secrets.values())
    assert keys._path.stat().st_mode & 0o077 == 0
    problem = refused(client.get("/catalog"), 401)
    assert problem["detail"] == "No API key provided."
    refused(client.get("/catalog", headers={"authorization": "ApiKey wrong"}), 401)
    for scheme in ("ApiKey", "Bearer", "bearer"):
        headers = {"authorization": f"{scheme} {secrets['read']}"}
        assert client.get("/catalog", headers=headers).status_code == 200
    assert client.get("/catalog", params={"api_key": secrets["read"]}).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_a_key_may_do_what_its_right_says(keyed):
    client, secrets, _ = keyed
    body = {"queries": {"q": PERSON}}
    reader = {"authorization": f"ApiKey {secrets['read']}"}
    refused(client.post("/match/default", json=body, headers=reader), 403)
    screener = {"authorization": f"ApiKey {secrets['screen']}"}
    assert client.post("/match/default", json=body, headers=screener).status_code == 200


def test_a_browser_signs_in_and_a_forged_cookie_is_nothing(keyed):
    client, secrets, _ = keyed
    html = {"accept": "text/html"}
    asked = client.get("/", headers=html)
    assert asked.status_code == 401
    assert "Your API key" in asked.text
    assert "un_sc" not in asked.text
    led = client.post("/sign-in", data={"key": secrets["screen"]})
    assert led.status_code == 303
    assert "httponly" in led.headers["set-cookie"].lower()
    assert client.get("/", headers=html).status_code == 200
    cookie = client.cookies["limen_session"].strip('"')
    client.cookies.clear()
    forged = cookie.swapcase()
    assert client.get("/", headers={**html, "cookie": f"limen_session={forged}"}).status_code == 401


def test_a_proxy_in_between_makes_a_key_needed(client):
    refused(client.get("/catalog", headers={"x-forwarded-for": "203.0.113.9"}), 401)


def test_a_key_is_revoked_at_once_and_names_are_taken_once(tmp_path):
    keys = ApiKeys(tmp_path)
    secret = keys.add("desk", "read")
    assert ApiKeys(tmp_path).find(secret).name == "desk"
    with pytest.raises(InputError, match="exists already"):
        keys.add("desk", "admin")
    keys.revoke("desk")
    assert keys.find(secret) is None
    with pytest.raises(InputError, match="no key"):
        keys.revoke("desk")


def test_no_operation_but_the_two_that_watch_is_open(keyed):
    client = keyed[0]
    described = client.app.openapi()["paths"]
    opened = {
        path
        for path, operations in described.items()
        for method in operations
        if client.request(method, path.replace("{", "").replace("}", "")).status_code != 401
    }
    assert opened == {"/healthz", "/readyz"}


def test_a_bucket_refills_and_says_how_long_to_wait():
    now = [0.0]
    buckets = Buckets(2.0, clock=lambda: now[0])
    assert [buckets.take("a") for _ in range(3)] == [0.0, 0.0, 0.5]
    assert buckets.take("b") == 0.0
    now[0] = 0.5
    assert buckets.take("a") == 0.0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_one_bucket_serves_all_workers():
    buckets = Buckets(4.0, clock=lambda: 0.0)
    taken = [buckets.take("a"), buckets.take("a")]
    child = os.fork()
    if not child:
        os._exit(0 if [buckets.take("a"), buckets.take("a")] == [0.0, 0.0] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert [*taken, buckets.take("a"), buckets.take("b")] == [0.0, 0.0, 0.25, 0.0]


def test_too_many_requests_are_told_when_to_come_back(keyed, settings):
    _, secrets, keys = keyed
    slow = replace(settings, home=keys._path.parent.parent, rate=1.0)
    hurried = TestClient(create_app(slow), base_url="http://localhost")
    headers = {"authorization": f"ApiKey {secrets['read']}"}
    assert hurried.get("/catalog", headers=headers).status_code == 200
    reply = hurried.get("/catalog", headers=headers)
    refused(reply, 429)
    assert int(reply.headers["retry-after"]) >= 1
