"""Who gets in: every rule of access at its boundary."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from limen.model import DataError, InputError
from limen.server import Limits, create_app
from limen.server.access import sessions
from limen.server.access.keys import RIGHTS, ApiKey, ApiKeys
from limen.server.access.permissions import may_see
from limen.server.access.rate import Buckets
from limen.server.http.middleware import UPLOADS
from limen.server.settings import Settings, is_loopback

EIGHT_HOURS = 8 * 3600
NOW = 1_700_000_000


@pytest.fixture(scope="module")
def keyed(home, settings, tmp_path_factory):
    """A home with one key of each right: its settings, and the secrets by right."""
    copy = tmp_path_factory.mktemp("access") / "home"
    shutil.copytree(home, copy)
    keys = ApiKeys(copy / "server")
    return replace(settings, home=copy), {right: keys.add(right, right) for right in RIGHTS}


def client_of(settings: Settings) -> TestClient:
    return TestClient(create_app(settings), base_url="http://localhost", follow_redirects=False)


# No key is needed where only this machine can reach the server, and there is none.


@pytest.mark.parametrize(
    ("headers", "status", "because"),
    [
        ({}, 200, "a request of this machine"),
        ({"forwarded": "for=203.0.113.9"}, 401, "a proxy is in between"),
        ({"x-forwarded-for": "203.0.113.9"}, 401, "a proxy is in between"),
        ({"x-real-ip": "203.0.113.9"}, 401, "a proxy is in between"),
        ({"via": "1.1 squid"}, 401, "a proxy is in between"),
        ({"Via": ""}, 401, "the header alone is enough"),
        ({"x-forwarded-proto": "https"}, 200, "it says nothing about the client"),
    ],
)
def test_a_proxy_in_between_makes_a_key_needed(client, headers, status, because):
    assert client.get("/catalog", headers=headers).status_code == status, because


def test_a_server_that_others_reach_needs_a_key(settings):
    open_to_all = client_of(replace(settings, host="0.0.0.0"))
    assert open_to_all.get("/catalog").status_code == 401
    assert open_to_all.get("/healthz").status_code == 200


def test_one_key_makes_keys_needed_on_loopback_too(keyed):
    settings, _ = keyed
    assert client_of(settings).get("/catalog").status_code == 401


# A key, and how it is given.


@pytest.mark.parametrize(
    ("given", "status", "detail"),
    [
        ({"headers": {"authorization": "ApiKey {}"}}, 200, ""),
        ({"headers": {"authorization": "apikey  {} "}}, 200, ""),
        ({"headers": {"authorization": "Bearer {}"}}, 200, ""),
        ({"headers": {"authorization": "Basic {}"}}, 401, "No API key provided."),
        ({"headers": {"authorization": "ApiKey "}}, 401, "No API key provided."),
        ({"headers": {"authorization": "{}"}}, 401, "No API key provided."),
        ({"headers": {"authorization": "ApiKey x{}"}}, 401, "Invalid API key."),
        ({"params": {"api_key": "{}"}}, 200, ""),
        ({"params": {"token": "{}"}}, 200, ""),
        ({"params": {"api_key": "", "token": "{}"}}, 200, ""),
        ({"params": {"key": "{}"}}, 401, "No API key provided."),
    ],
)
def test_how_a_key_is_given(keyed, given, status, detail):
    settings, secrets = keyed
    filled = {
        where: {name: value.format(secrets["read"]) for name, value in values.items()}
        for where, values in given.items()
    }
    reply = client_of(settings).get("/catalog", **filled)
    assert reply.status_code == status
    if detail:
        assert reply.json()["detail"] == detail
        assert reply.headers["www-authenticate"] == "ApiKey"


@pytest.mark.parametrize("held", RIGHTS)
@pytest.mark.parametrize("required", RIGHTS)
def test_a_right_holds_those_before_it(held, required):
    key = ApiKey("desk", held, "", "")
    assert key.may(required) == (RIGHTS.index(held) >= RIGHTS.index(required))


@pytest.mark.parametrize(
    ("right", "path", "status"),
    [
        ("read", "/match/default", 403),
        ("screen", "/match/default", 200),
        ("admin", "/match/default", 200),
        ("screen", "/updatez", 403),
        ("read", "/updatez", 403),
    ],
)
def test_what_a_right_opens(keyed, right, path, status):
    settings, secrets = keyed
    person = {"schema": "Person", "properties": {"name": ["Ximena"]}}
    reply = client_of(settings).post(
        path,
        json={"queries": {"q": person}},
        headers={"authorization": f"ApiKey {secrets[right]}"},
    )
    assert reply.status_code == status


# A session: a cookie in place of a key, for eight hours.


SESSIONS = [
    (0, 200, "at once"),
    (EIGHT_HOURS - 1, 200, "a second before its end"),
    (EIGHT_HOURS, 200, "in its last second"),
    (EIGHT_HOURS + 1, 401, "a second after its end"),
    (30 * 86_400, 401, "a month later: a cookie is not good for ever"),
]


@pytest.mark.parametrize(("later", "status", "because"), SESSIONS)
def test_a_session_ends(keyed, monkeypatch, later, status, because):
    settings, _ = keyed
    key = ApiKeys(settings.folder).named("read")
    monkeypatch.setattr(sessions, "time", SimpleNamespace(time=lambda: NOW))
    cookie = sessions.Sessions(settings.folder / "sessions").open(key.sha256)
    monkeypatch.setattr(sessions, "time", SimpleNamespace(time=lambda: NOW + later))
    reply = client_of(settings).get("/catalog", headers={"cookie": f"limen_session={cookie}"})
    assert reply.status_code == status, because


FORGED = [
    (lambda token: f"{token}x", "a longer token"),
    (lambda token: token[:-1], "a shorter token"),
    (lambda token: token.swapcase(), "another token"),
    (sessions.session_name, "the name of its file"),
    (lambda token: f"../{sessions.session_name(token)}", "a path"),
    (lambda token: "", "nothing"),
]


@pytest.mark.parametrize(("forge", "because"), FORGED)
def test_a_forged_session_is_none(keyed, forge, because):
    settings, _ = keyed
    key = ApiKeys(settings.folder).named("read")
    token = sessions.Sessions(settings.folder / "sessions").open(key.sha256)
    headers = {"cookie": f"limen_session={forge(token)}"}
    assert client_of(settings).get("/catalog", headers=headers).status_code == 401, because


def test_a_session_ends_with_its_key(keyed):
    settings, _ = keyed
    keys = ApiKeys(settings.folder)
    keys.add("short", "read")
    token = sessions.Sessions(settings.folder / "sessions").open(keys.named("short").sha256)
    headers = {"cookie": f"limen_session={token}"}
    client = client_of(settings)
    assert client.get("/catalog", headers=headers).status_code == 200
    keys.revoke("short")
    assert client.get("/catalog", headers=headers).status_code == 401
    keys.add("short", "read")
    assert client.get("/catalog", headers=headers).status_code == 401, "another key of that name"


@pytest.mark.parametrize(
    ("site", "status"),
    [("cross-site", 403), ("same-site", 403), ("same-origin", 401), ("none", 401)],
)
def test_a_form_of_another_site_is_refused(keyed, site, status):
    reply = client_of(keyed[0]).post(
        "/sign-in", data={"key": "wrong"}, headers={"sec-fetch-site": site}
    )
    assert reply.status_code == status


# How often: a bucket that holds a second's requests and refills steadily.


def taken(rate: float, moments: list[float], name: str = "a") -> list[float]:
    """What each request waits that comes at one of the moments."""
    clock = iter(moments)
    buckets = Buckets(rate, clock=lambda: next(clock))
    return [round(buckets.take(name), 4) for _ in moments]


RATES = [
    (2.0, [0, 0, 0], [0, 0, 0.5], "a second's requests, then half a second"),
    (2.0, [0, 0, 0.25], [0, 0, 0.25], "half of one has come back"),
    (2.0, [0, 0, 0.49, 0.5], [0, 0, 0.01, 0], "exactly one has come back"),
    (2.0, [0, 0, 100, 100, 100], [0, 0, 0, 0, 0.5], "never more than a second's requests"),
    (1.0, [0, 0], [0, 1.0], "one a second"),
    (0.5, [0, 1, 2], [0, 1.0, 0], "one every two seconds: a bucket holds one at least"),
    (3.0, [0, 0, 0, 0], [0, 0, 0, 0.3333], "three"),
    (2.0, [0, 0, 0, 0.5], [0, 0, 0.5, 0], "what is refused takes nothing out"),
]


@pytest.mark.parametrize(("rate", "moments", "waits", "because"), RATES)
def test_a_bucket(rate, moments, waits, because):
    assert taken(rate, moments) == waits, because


def test_no_rate_lets_everything_pass():
    assert taken(0.0, [0.0] * 50) == [0.0] * 50


def test_two_keys_have_two_buckets_wherever_they_lie():
    buckets = Buckets(1.0, clock=lambda: 0.0)
    names = [f"key {number}" for number in range(300)]
    assert [buckets.take(name) for name in names] == [0.0] * 300
    assert [buckets.take(name) for name in names] == [1.0] * 300


@pytest.mark.parametrize(("rate", "wait"), [(1.0, "1"), (0.25, "4"), (0.4, "2"), (4.0, "1")])
def test_retry_after_is_at_least_a_second(keyed, rate, wait):
    settings, secrets = keyed
    still = Buckets(rate, clock=lambda: 0.0)  # whatever time the two requests take
    client = TestClient(create_app(settings, buckets=still), base_url="http://localhost")
    headers = {"authorization": f"ApiKey {secrets['read']}"}
    for _ in range(max(1, int(rate))):
        assert client.get("/catalog", headers=headers).status_code == 200
    reply = client.get("/catalog", headers=headers)
    assert (reply.status_code, reply.headers["retry-after"]) == (429, wait)


# Keys as they are stored.


NAMES = [("a", True), ("desk-2.b_c", True), ("x" * 64, True), ("x" * 65, False), ("", False),
         ("-x", False), (".x", False), ("a b", False), ("é", False)]  # fmt: skip


@pytest.mark.parametrize(("name", "fits"), NAMES)
def test_the_name_of_a_key(tmp_path, name, fits):
    keys = ApiKeys(tmp_path)
    if fits:
        secret = keys.add(name, "read")
        assert secret.startswith("limen_")
        assert len(secret) >= 49, "256 random bits"
        assert keys.find(secret) == keys.named(name)
    else:
        with pytest.raises(InputError, match="is not a valid name for a key"):
            keys.add(name, "read")


def test_keys_are_told_by_name_and_read_again_when_they_change(tmp_path):
    here, there = ApiKeys(tmp_path), ApiKeys(tmp_path)
    assert here.all() == ()
    secrets = [there.add(name, "read") for name in ("b", "a", "c")]
    assert [key.name for key in here.all()] == ["a", "b", "c"]
    assert [here.find(secret).name for secret in secrets] == ["b", "a", "c"]
    there.revoke("b")
    assert [key.name for key in here.all()] == ["a", "c"]
    assert here.find(secrets[0]) is None
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600
    (tmp_path / "keys.json").unlink()
    assert here.all() == ()


def test_a_damaged_file_of_keys_lets_nobody_in(tmp_path):
    (tmp_path / "keys.json").write_text("[{")
    with pytest.raises(DataError, match="cannot be read"):
        ApiKeys(tmp_path).all()


# What is refused before anything is read.


HOSTS = [
    ("localhost", True), ("localhost:8000", True), ("127.0.0.1", True), ("127.8.8.8:1", True),
    ("[::1]:8000", True), ("LocalHost", True), ("own.example", True), ("OWN.example:80", True),
    ("evil.example", False), ("localhost.evil.example", False), ("10.0.0.1", False), ("", False),
]  # fmt: skip


@pytest.mark.parametrize(("host", "known"), HOSTS)
def test_a_host_name_that_was_not_given_is_refused(settings, host, known):
    client = client_of(replace(settings, hosts=("Own.Example",)))
    status = client.get("/healthz", headers={"host": host}).status_code
    assert status == (200 if known else 421)


def test_a_server_for_all_answers_to_any_name_unless_names_are_given(settings):
    for hosts, status in (((), 200), (("own.example",), 421)):
        client = client_of(replace(settings, host="0.0.0.0", hosts=hosts))
        assert client.get("/healthz", headers={"host": "any.example"}).status_code == status


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("[::1]", True), ("localhost", True),
     ("LOCALHOST", True), ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("host", False),
     ("128.0.0.1", False), ("", False)],
)  # fmt: skip
def test_what_loopback_is(host, loopback):
    assert is_loopback(host) == loopback


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 414)])
def test_a_url_of_exactly_the_limit_is_read(settings, more, status):
    path, query = "/healthz", "x="
    client = client_of(replace(settings, limits=Limits(url=100)))
    long = "y" * (100 - len(path) - len(query) + more)
    assert client.get(f"{path}?{query}{long}").status_code == status


@pytest.mark.parametrize(("more", "status"), [(0, 422), (1, 413)])
@pytest.mark.parametrize("streamed", [False, True])
def test_a_body_of_exactly_the_limit_is_read(settings, more, status, streamed):
    client = client_of(replace(settings, limits=Limits(body=1000)))
    body = b'{"x": "' + b"y" * (1000 - 9 + more) + b'"}'
    assert len(body) == 1000 + more
    headers = {"content-type": "application/json"}
    content = iter([body[:600], body[600:]]) if streamed else body
    assert client.post("/v1/screen", content=content, headers=headers).status_code == status


def test_files_have_a_limit_of_their_own(settings):
    client = client_of(replace(settings, limits=Limits(body=10, upload=5000)))
    assert {"/upload", "/v1/jobs", "/v1/payments"} == UPLOADS
    for path in UPLOADS:
        assert client.post(path, content=b"x" * 5001).status_code == 413
        assert client.post(path, content=b"x" * 5000).status_code != 413


@pytest.mark.parametrize(
    ("given", "taken"),
    [("abc-123", True), ("x" * 64, True), ("x" * 65, False), ("", False), ("a b", False),
     ("<script>", False), ("-", False)],
)  # fmt: skip
def test_the_name_of_a_request_is_taken_where_it_is_safe(client, given, taken):
    reply = client.get("/healthz", headers={"x-request-id": given})
    assert (reply.headers["x-request-id"] == given) == taken
    assert reply.headers["x-request-id"]


def test_only_a_preview_may_be_framed(client):
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]
    preview = client.get("/reconcile/default/preview", params={"id": "un_sc:1"})
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    assert preview.headers["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_the_cookie_of_a_session(keyed, scheme, secure):
    settings, secrets = keyed
    client = TestClient(
        create_app(settings), base_url=f"{scheme}://localhost", follow_redirects=False
    )
    reply = client.post("/sign-in", data={"key": f" {secrets['read']} "})
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    cookie = reply.headers["set-cookie"].lower()
    assert f"max-age={EIGHT_HOURS}" in cookie
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert ("secure" in cookie) == secure
    assert client.post("/sign-in", data={"key": "x" * 201}).status_code == 422
    gone = client.post("/sign-out")
    assert 'limen_session=""' in gone.headers["set-cookie"]


def test_the_limits_of_a_server_are_those_that_are_documented():
    limits, settings = Limits(), Settings(home=None)
    assert (limits.body, limits.upload) == (8 << 20, 256 << 20)
    assert (limits.queries, limits.lines, limits.url, limits.waiting) == (100, 10_000, 60_000, 64)
    assert (limits.seconds, limits.document_seconds, limits.document_memory) == (
        10.0,
        30.0,
        1 << 30,
    )
    assert (limits.header, limits.header_seconds, limits.connections) == (96_000, 10.0, 4096)
    assert (limits.body_seconds, limits.upload_seconds, limits.send_seconds) == (30.0, 300.0, 30.0)
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 1)
    assert (settings.rate, settings.keep_days, settings.hosts) == (100.0, 30, ())
    assert (settings.allow_stale, settings.updates_from) == ((), "")


@pytest.mark.parametrize(
    ("owner", "of", "seen"),
    [
        ("key:a", "key:a", True), ("key:a", "key:b", False), ("key:a", "session:s", False),
        ("key:a", "", False), ("session:s", "session:s", True), ("session:s", "key:a", False),
        ("session:s", "", True), ("", "", True), ("", "key:a", False),
    ],
)  # fmt: skip
def test_who_may_see_what_an_owner_has(owner, of, seen):
    request = SimpleNamespace(state=SimpleNamespace(owner=owner))
    assert may_see(request, of) is seen


def test_another_file_of_keys_is_read_though_it_has_the_time_of_the_first(tmp_path):
    """As ``cp -p`` of a copy leaves it, or two changes within one tick of a file system's clock."""
    keys, elsewhere = ApiKeys(tmp_path), ApiKeys(tmp_path / "other")
    (tmp_path / "other").mkdir()
    old, new = keys.add("one", "read"), elsewhere.add("one", "read")
    (file,) = tmp_path.glob("*.json")
    (copy,) = (tmp_path / "other").glob("*.json")
    assert keys.find(old)
    same = (file.stat().st_mtime_ns, file.stat().st_mtime_ns)
    copy.replace(file)
    os.utime(file, ns=same)
    assert keys.find(new)
    assert keys.find(old) is None


def test_a_sweep_removes_only_sessions_that_are_over(tmp_path):
    kept, over = (sessions.Sessions(tmp_path).open() for _ in range(2))
    for token, age in (
        (kept, sessions.SESSION_SECONDS - 60),
        (over, sessions.SESSION_SECONDS + 60),
    ):
        began = time.time() - age
        os.utime(tmp_path / sessions.session_name(token), (began, began))
    sessions.Sessions(tmp_path).sweep()
    assert [path.name for path in tmp_path.iterdir()] == [sessions.session_name(kept)]
