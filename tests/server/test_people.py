"""People at the browser: passwords, sessions, a proxy's header, and what each is refused."""

from __future__ import annotations

import shutil
from base64 import b64encode
from dataclasses import replace
from hashlib import scrypt
from ipaddress import ip_network

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from limen.cases.cases import Cases
from limen.cases.people import account_id, secret_hash
from limen.cases.storage import passwords, schema
from limen.cases.verification import verify
from limen.model import InputError, RightsError
from limen.server import create_app
from limen.server.settings import network

PASSWORD = "correct horse battery"
OURS = {"sec-fetch-site": "same-origin"}
HTML = {"accept": "text/html"}
PROXY = "10.0.0.5"
HEADER = "X-Auth-Request-User"


@pytest.fixture(scope="module")
def staffed(home, settings, tmp_path_factory):
    """A home with three accounts; its server would need no key."""
    copy = tmp_path_factory.mktemp("people") / "home"
    shutil.copytree(home, copy)
    with Cases.open(copy / "cases.sqlite") as cases:
        root = cases.add_account("root", ("admin",), None, level=3)
        cases.add_account("anna", ("read", "screen", "decide"), root, password=PASSWORD)
        cases.add_account("bo", ("read", "approve"), root, level=2, password=PASSWORD)
    return replace(settings, home=copy, rate=0.0)


@pytest.fixture
def browser(staffed):
    """A new browser at a server that is reached through a proxy, so that everyone signs in."""
    return client_of(staffed)


def client_of(settings, **rest):
    headers = {"x-forwarded-for": "192.0.2.1"}
    return TestClient(create_app(settings), base_url="http://localhost", follow_redirects=False,
                      headers=headers, **rest)  # fmt: skip


def sign_in(client, name="anna", password=PASSWORD, **more):
    return client.post("/sign-in", data={"name": name, "password": password, **more}, headers=HTML)


def test_a_person_signs_in_screens_and_signs_out(browser):
    refused = browser.get("/lists?a=1", headers=HTML)
    assert (refused.status_code, 'value="/lists?a=1"' in refused.text) == (401, True)
    done = sign_in(browser, then="/lists?a=1")
    assert (done.status_code, done.headers["location"]) == (303, "/lists?a=1")
    assert {"HttpOnly", "SameSite=strict"} <= set(done.headers["set-cookie"].split("; "))
    assert "<span>anna</span>" in browser.get("/").text
    asked = browser.post("/ask", data={"what": "Sergey Aksyonov"}, headers=OURS)
    answer = asked.headers["location"]
    assert browser.get(answer).status_code == 200
    browser.post("/sign-out", headers=OURS)
    assert browser.get(answer).status_code == 401
    sign_in(browser)
    assert browser.get(answer).status_code == 200, "what a person asked is theirs, not a session's"
    sign_in(browser, "bo")
    assert browser.get(answer).status_code == 403, "bo may not screen"


@pytest.mark.parametrize(
    ("name", "password"), [("anna", "wrong"), ("nokto", PASSWORD), ("root", ""), ("", "")]
)
def test_who_does_not_fit_is_refused_in_the_same_words(browser, name, password):
    done = sign_in(browser, name, password)
    assert done.status_code == 401
    assert "name and password do not fit" in done.text
    assert "limen_session" not in browser.cookies


@pytest.mark.parametrize(("by", "secure"), [("https", True), ("http", False), ("", False)])
def test_a_cookie_that_came_by_tls_goes_by_tls(browser, by, secure):
    browser.headers["x-forwarded-proto"] = by
    parts = sign_in(browser).headers["set-cookie"].split("; ")
    assert ("Secure" in parts) == secure


@pytest.mark.parametrize(
    "then", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "", "x"]
)
def test_signing_in_leads_to_no_other_site(browser, then):
    assert sign_in(browser, then=then).headers["location"] == "/"


def test_a_role_opens_what_it_is_for_and_nothing_else(browser):
    sign_in(browser, "bo")
    assert browser.get("/v1/cases").status_code == 200
    assert browser.get("/v1/lists").status_code == 200
    assert browser.get("/").status_code == 403
    party = {"schema": "Person", "properties": {"name": ["x"]}}
    refused = browser.post("/v1/screen", json={"party": party}, headers=OURS)
    assert (refused.status_code, "the rights of bo are: read" in refused.text) == (403, True)
    assert browser.post("/updatez", headers=OURS).status_code == 403


def test_five_wrong_passwords_lock_the_account(staffed):
    with Cases.open(staffed.home / "cases.sqlite") as cases:
        root = cases.person("root")
        cases.add_account("eve", ("read",), root, password=PASSWORD)
        client = client_of(staffed)
        replies = [sign_in(client, "eve", "wrong").text for _ in range(5)]
        assert all("do not fit" in reply for reply in replies)
        locked = sign_in(client, "eve")
        assert "the account eve is locked until" in locked.text
        assert cases.events("U-eve")[-1].type == "account.locked"
        cases.change_account("eve", root, password=PASSWORD)
        assert sign_in(client, "eve").status_code == 303


@pytest.mark.parametrize("change", [{"password": "another long password"}, {"disabled": True}])
def test_a_session_ends_with_the_password_or_the_account(staffed, change):
    with Cases.open(staffed.home / "cases.sqlite") as cases:
        root, name = cases.person("root"), f"cleo-{next(iter(change))}"
        cases.add_account(name, ("read", "screen"), root, password=PASSWORD)
        client = client_of(staffed)
        sign_in(client, name)
        assert client.get("/").status_code == 200
        cases.change_account(name, root, roles=("screen",))
        assert client.get("/").status_code == 200
        cases.change_account(name, root, **change)
        assert client.get("/").status_code == 401


def test_a_page_that_does_not_say_where_it_is_changes_nothing(browser):
    sign_in(browser)
    question = {"what": "Sergey Aksyonov"}
    silent = browser.post("/ask", data=question)
    assert (silent.status_code, "which page sent" in silent.text) == (403, True)
    for headers in (OURS, {"origin": "http://localhost"}):
        assert browser.post("/ask", data=question, headers=headers).status_code == 303
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("cookie", ["x", "", "../../keys", "9" * 5_000])
def test_a_forged_session_is_no_session(staffed, cookie):
    headers = {"cookie": f"limen_session={cookie}"}
    assert client_of(staffed).get("/", headers=headers).status_code == 401


def test_without_a_key_whoever_has_not_signed_in_sees_no_cases(staffed):
    client = TestClient(create_app(staffed), base_url="http://localhost", follow_redirects=False)
    assert client.get("/").status_code == 200
    assert client.get("/v1/cases").status_code == 401
    assert 'href="/sign-in"' in client.get("/").text
    sign_in(client)
    assert client.get("/v1/cases").status_code == 200


# --------------------------------------------------------------------------- a proxy


@pytest.fixture(scope="module")
def proxied(staffed):
    return replace(staffed, proxies=(ip_network(PROXY), ip_network("fd00::/8")), user_header=HEADER)


def call(settings, peer, headers, method="GET", path="/"):
    client = TestClient(
        create_app(settings), base_url="http://localhost", follow_redirects=False, client=(peer, 1)
    )
    return client.request(method, path, headers=headers)


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        (PROXY, {HEADER: "anna"}, 200),
        (f"::ffff:{PROXY}", {HEADER: "anna"}, 200),
        ("fd00::7", {HEADER: "anna"}, 200),
        (PROXY, {HEADER: "bo"}, 403),
        (PROXY, {HEADER: "nokto"}, 403),
        (PROXY, [(HEADER, "anna"), (HEADER, "root")], 403),
        (PROXY, {}, 401),
        ("10.0.0.6", {HEADER: "anna"}, 403),
        ("127.0.0.1", {HEADER: "anna"}, 403),
        ("127.0.0.1", {}, 401),
        ("somewhere", {HEADER: "anna"}, 403),
    ],
)
def test_a_proxy_names_people_and_no_one_else_does(proxied, peer, headers, status):
    assert call(proxied, peer, headers).status_code == status


def test_a_proxys_person_changes_things_from_our_pages_alone(proxied):
    for more, status in (({}, 403), (OURS, 404), ({"sec-fetch-site": "cross-site"}, 403)):
        headers = {HEADER: "anna", **more}
        assert call(proxied, PROXY, headers, "POST", "/jobs/x/cancel").status_code == status


def test_without_a_proxy_its_header_means_nothing(staffed):
    assert client_of(staffed).get("/", headers={HEADER: "anna"}).status_code == 401


@pytest.mark.parametrize("text", ["", "proxy.example", "10.0.0.5/40", "10.0.0.5/8"])
def test_what_is_no_address_of_a_proxy_is_refused(text):
    with pytest.raises(InputError, match="is no address"):
        network(text)


# --------------------------------------------------------------------------- passwords


def test_a_password_of_an_earlier_version_is_hashed_anew_when_it_is_used(tmp_path):
    salt = b"0123456789abcdef"
    made = scrypt(PASSWORD.encode(), salt=salt, n=1 << 10, r=8, p=1)
    old = f"scrypt:1024:8:1:{b64encode(salt).decode()}:{b64encode(made).decode()}"
    with Cases.open(tmp_path / "cases.sqlite") as cases:
        root = cases.add_account("root", ("admin",), None, password=PASSWORD)
        _store(cases, "root", old)
        with pytest.raises(RightsError):
            cases.sign_in("root", "wrong")
        assert _stored(cases) == old
        assert cases.sign_in("root", PASSWORD) == root
        assert _stored(cases).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert cases.sign_in("root", PASSWORD) == root
        events = [event.type for event in cases.events("U-root")]
        assert events == ["account.added", "account.changed", "account.rehashed"]
        assert verify(cases.database).faults == ()


def _store(cases, name, record):
    """Store a password as it is, as an earlier version would have."""
    with cases.adding() as ledger:
        table = schema.secret
        change = sa.update(table).where(table.c.id == account_id(name)).values(record=record)
        ledger.connection.execute(change)
        changes = {"secret_sha256": secret_hash(record)}
        ledger.append(account_id(name), "account.changed", name, changes=changes)


def _stored(cases):
    with cases.database.reading() as connection:
        return connection.scalar(sa.select(schema.secret.c.record))


@pytest.mark.parametrize(("password", "fits"), [("x" * 11, False), ("x" * 12, True),
                                                ("x" * 1_000, True), ("x" * 1_001, False)])  # fmt: skip
def test_how_long_a_password_is(password, fits):
    if fits:
        assert passwords.matches(passwords.hashed(password), password)
        return
    with pytest.raises(InputError, match="12 to 1,000"):
        passwords.hashed(password)


def test_no_one_has_the_password_of_no_account():
    assert not passwords.matches(passwords.NO_ONES, "")
    assert not passwords.is_outdated(passwords.NO_ONES)
