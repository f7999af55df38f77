"""Every route and every user: who gets in, and whose data it gives. A new route needs a line."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from starlette.routing import Route
from tests.screened import AFTER, AKSYONOV, LIST, SIG, TODAY
from tests.worlds import Band, a_list, fill, registry

from limen.archive import Archive
from limen.cases.cases import Cases
from limen.cases.people import ROLES
from limen.server import create_app
from limen.server.access.keys import RIGHTS, ApiKeys
from limen.snapshot.build import build

#: Route -> the right it needs (``""``: none), and whether pages of other sites may call it.
ROUTES = {
    "GET /": ("screen", False),
    "GET /algorithms": ("read", False),
    "GET /answers/{name}": ("screen", False),
    "GET /answers/{name}.json": ("screen", False),
    "GET /answers/{name}.svg": ("screen", False),
    "GET /bases": ("read", False),
    "GET /bases/{name}": ("read", False),
    "GET /bases/{name}/runs/{run}": ("read", False),
    "GET /bases/{name}/runs/{run}/changes.jsonl": ("read", False),
    "POST /bases/{name}/runs/{run}/answer": ("screen", False),
    "GET /cases/{alert}": ("read", False),
    "GET /catalog": ("read", False),
    "GET /docs": ("screen", False),
    "GET /entities/{entity_id:path}": ("read", False),
    "GET /entities/{entity_id:path}/adjacent": ("read", False),
    "GET /entities/{entity_id:path}/adjacent/{prop}": ("read", False),
    "GET /favicon.ico": ("", False),
    "GET /figures": ("read", False),
    "GET /good-guys": ("read", False),
    "GET /healthz": ("", True),
    "GET /jobs/{job}": ("screen", False),
    "GET /jobs/{job}/selected.csv": ("screen", False),
    "GET /law": ("screen", False),
    "GET /lists": ("screen", False),
    "GET /lists/{list_id}/changes": ("screen", False),
    "GET /manifest": ("read", False),
    "GET /metrics": ("read", False),
    "GET /mine": ("screen", False),
    "GET /openapi.json": ("", False),
    "GET /parties": ("screen", False),
    "GET /parties/coordination": ("screen", False),
    "GET /parties/gaps": ("screen", False),
    "GET /parties/{party_id:path}": ("screen", False),
    "GET /pay": ("screen", False),
    "GET /queue": ("read", False),
    "GET /read": ("screen", False),
    "GET /readyz": ("", True),
    "GET /reconcile/{dataset}": ("screen", True),
    "GET /reconcile/{dataset}/extend/property": ("screen", True),
    "GET /reconcile/{dataset}/flyout/{kind}": ("screen", True),
    "GET /reconcile/{dataset}/preview": ("screen", True),
    "GET /reconcile/{dataset}/suggest/entity": ("screen", True),
    "GET /reconcile/{dataset}/suggest/property": ("screen", True),
    "GET /reconcile/{dataset}/suggest/type": ("screen", True),
    "GET /regimes": ("screen", False),
    "GET /regimes/{regime}": ("screen", False),
    "GET /regimes/{regime}/{event}": ("screen", False),
    "GET /search/{dataset}": ("read", False),
    "GET /statements": ("read", False),
    "GET /sign-in": ("", False),
    "GET /static/{name}": ("", True),
    "GET /upload": ("screen", False),
    "GET /v1/jobs/{job}": ("screen", False),
    "GET /v1/jobs/{job}/results": ("screen", False),
    "GET /v1/cases": ("read", False),
    "GET /v1/cases/export": ("read", False),
    "GET /v1/cases/figures": ("read", False),
    "GET /v1/cases/verify": ("read", False),
    "GET /v1/good-guys": ("read", False),
    "GET /v1/good-guys/{good_guy}": ("read", False),
    "GET /v1/webhooks": ("read", False),
    "DELETE /v1/webhooks/{webhook}": ("read", False),
    "POST /v1/cases/import": ("read", False),
    "POST /v1/cases/samples": ("read", False),
    "POST /v1/good-guys": ("read", False),
    "POST /v1/good-guys/expire": ("read", False),
    "POST /v1/good-guys/{good_guy}/approve": ("read", False),
    "POST /v1/good-guys/{good_guy}/end": ("read", False),
    "POST /v1/webhooks": ("read", False),
    "POST /v1/webhooks/deliver": ("read", False),
    "GET /v1/cases/{alert}": ("read", False),
    "GET /v1/cases/{alert}/pack": ("read", False),
    "POST /v1/cases": ("read", False),
    "POST /v1/cases/bulk": ("read", False),
    "POST /v1/cases/{alert}/events": ("read", False),
    "GET /v1/law": ("screen", False),
    "GET /v1/lists": ("read", False),
    "GET /v1/lists/{list_id}/diff": ("read", False),
    "GET /v1/parties/coordination": ("read", False),
    "GET /v1/parties/gaps": ("read", False),
    "GET /v1/parties/matrix": ("read", False),
    "GET /v1/parties/{party_id:path}": ("read", False),
    "GET /v1/parties/{party_id:path}/history": ("read", False),
    "GET /v1/regimes": ("screen", False),
    "GET /v1/regimes/{regime}": ("screen", False),
    "GET /v1/regimes/{regime}/timeline": ("screen", False),
    "GET /what-if": ("screen", False),
    "DELETE /v1/jobs/{job}": ("screen", False),
    "OPTIONS /reconcile/{rest:path}": ("screen", True),
    "POST /answers/{name}": ("screen", False),
    "POST /answers/{name}/cases": ("screen", False),
    "POST /ask": ("screen", False),
    "POST /cases/{alert}": ("read", False),
    "POST /good-guys": ("read", False),
    "POST /queue": ("read", False),
    "POST /jobs/{job}/cancel": ("screen", False),
    "POST /jobs/{job}/answer": ("screen", False),
    "POST /match/{dataset}": ("screen", False),
    "POST /pay": ("screen", False),
    "POST /read": ("screen", False),
    "POST /reconcile/{dataset}": ("screen", True),
    "POST /sign-in": ("", False),
    "POST /sign-out": ("", False),
    "POST /updatez": ("admin", False),
    "POST /upload": ("screen", False),
    "POST /v1/assess": ("screen", False),
    "POST /v1/between": ("screen", False),
    "POST /v1/jobs": ("screen", False),
    "POST /v1/locate": ("screen", False),
    "POST /v1/payments": ("screen", False),
    "POST /v1/read": ("screen", False),
    "POST /v1/replay": ("screen", False),
    "POST /v1/screen": ("screen", False),
    "POST /v1/screen-many": ("screen", False),
    "POST /what-if": ("screen", False),
    "POST /v1/what-if": ("screen", False),
}
REFUSED = (401, 403)


def routes_of(routes, prefix=""):
    """Every (method, path) of an application, those of included routers too."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes_of(inner.routes, prefix)
        elif isinstance(route, Route) or hasattr(route, "methods"):
            for method in set(route.methods) - {"HEAD"}:
                yield f"{method} {route.path}"


@pytest.fixture(scope="module")
def keyed(home, settings, tmp_path_factory):
    """A server with a key of each right, and a second one for another desk."""
    copy = tmp_path_factory.mktemp("users") / "home"
    shutil.copytree(home, copy)
    keys = ApiKeys(copy / "server")
    secrets = {right: keys.add(right, right) for right in RIGHTS}
    secrets["other"] = keys.add("other", "screen")
    with Cases.open(copy / "cases.sqlite") as cases:  # each key is a person who may everything
        root = cases.add_account("admin", ROLES, None, level=3)
        for name in ("read", "screen", "other"):
            cases.add_account(name, ROLES, root, level=3)
    return replace(settings, home=copy, rate=0.0), secrets


def client_of(settings):
    return TestClient(create_app(settings), base_url="http://localhost", follow_redirects=False)


@pytest.fixture(scope="module")
def server(keyed):
    return client_of(keyed[0])


def with_key(secret):
    return {"authorization": f"ApiKey {secret}"}


def call(client, route, headers):
    method, path = route.split()
    for name in ("name", "job", "entity_id:path", "prop", "list_id", "party_id:path", "dataset",
                 "kind", "regime", "event", "rest:path", "alert", "good_guy", "webhook",
                 "run"):  # fmt: skip
        path = path.replace(f"{{{name}}}", "default" if name == "dataset" else "x")
    return client.request(method, path, headers=headers).status_code


def test_every_route_has_its_line(server):
    assert set(routes_of(server.app.routes)) == set(ROUTES)


@pytest.mark.parametrize("user", ["nobody", *RIGHTS])
def test_who_gets_in(server, keyed, user):
    headers = with_key(keyed[1][user]) if user in RIGHTS else {}
    for route, (right, _) in ROUTES.items():
        status = call(server, route, headers)
        if not right:
            assert status not in REFUSED or route == "POST /sign-in", route
        elif user == "nobody":
            assert status == 401, route
        elif RIGHTS.index(user) < RIGHTS.index(right):
            assert status == 403, route
        elif route != "POST /updatez":  # this server takes no updates: 403 for everyone
            assert status not in REFUSED, route


FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
    {"origin": "https://elsewhere.example"},
    {"origin": "http://localhost:3333"},
    {"origin": "null"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: " ".join(headers.values()))
def test_pages_of_other_sites_get_nothing(client, headers):
    for route, (_, others) in ROUTES.items():
        status = call(client, route, headers)
        assert (status != 403) if others else (status == 403), route


@pytest.mark.parametrize(
    "headers",
    [
        {
            "sec-fetch-site": "cross-site",
            "sec-fetch-mode": "navigate",
            "sec-fetch-dest": "document",
        },
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"origin": "http://localhost"},
        {},
    ],
    ids=["a link that is followed", "our own form", "our own script", "a program"],
)
def test_what_is_not_another_site_gets_in(client, headers):
    assert client.get("/", headers=headers).status_code == 200


PORTFOLIO = {"file": ("p.csv", b"name\nSergey Aksyonov\n")}


def test_two_keys_do_not_see_each_other(keyed):
    settings, secrets = keyed
    with client_of(settings) as client:
        own, other = with_key(secrets["screen"]), with_key(secrets["other"])
        admin = with_key(secrets["admin"])
        started = client.post("/v1/jobs", files=PORTFOLIO, headers=own)
        job = started.json()["id"]
        asked = client.post("/ask", data={"what": "Sergey Aksyonov"}, headers=own)
        answer = asked.headers["location"]
        addresses = [
            ("GET", f"/v1/jobs/{job}"), ("GET", f"/v1/jobs/{job}/results"), ("GET", f"/jobs/{job}"),
            ("POST", f"/jobs/{job}/cancel"), ("GET", f"/jobs/{job}/selected.csv"),
            ("DELETE", f"/v1/jobs/{job}"), ("GET", answer),
            ("GET", f"{answer}.json"), ("GET", f"{answer}.svg"), ("POST", answer),
        ]  # fmt: skip
        for headers in (other, admin):
            for method, path in addresses:
                assert client.request(method, path, headers=headers).status_code == 404, path
        again = client.post("/ask", data={"what": "Sergey Aksyonov"}, headers=other)
        assert again.headers["location"] != answer
        assert client.get(f"/v1/jobs/{job}", headers=own).status_code == 200
        assert client.get(answer, headers=own).status_code == 200
        folder = settings.folder / "jobs" / job
        for path in (folder, *folder.rglob("*"), folder.parent):
            assert path.stat().st_mode & 0o077 == 0, path
        assert client.delete(f"/v1/jobs/{job}", headers=own).status_code == 204


def test_two_browsers_without_a_key_do_not_see_each_other(settings):
    def begun(path, **sent):
        """Where a browser without a cookie is sent to, and the cookie that it gets."""
        client.cookies.clear()
        reply = client.post(path, follow_redirects=False, **sent)
        assert {"HttpOnly", "SameSite=strict"} <= set(reply.headers["set-cookie"].split("; "))
        cookie = client.cookies["limen_session"]
        client.cookies.clear()
        return reply.headers["location"], {"cookie": f"limen_session={cookie}"}

    with TestClient(create_app(settings), base_url="http://localhost") as client:
        question = {"data": {"what": "Sergey Aksyonov"}}
        answer, own = begun("/ask", **question)
        same, other = begun("/ask", **question)
        assert same != answer
        uploaded, uploader = begun("/upload", files=PORTFOLIO)
        for path, owner in ((answer, own), (same, other), (uploaded, uploader)):
            users = (own, other, uploader, {})
            assert [client.get(path, headers=user).status_code for user in users] == [
                200 if user is owner else 404 for user in users
            ]
        job = client.post("/v1/jobs", files=PORTFOLIO).json()["id"]
        assert client.get(f"/v1/jobs/{job}").status_code == 200


def test_signing_out_ends_the_session_on_the_server(keyed):
    settings, secrets = keyed
    client = client_of(settings)
    client.post("/sign-in", data={"key": secrets["screen"]})
    stolen = {"cookie": f"limen_session={client.cookies['limen_session']}"}
    thief = client_of(settings)
    assert thief.get("/", headers=stolen).status_code == 200
    client.post("/sign-out")
    assert thief.get("/", headers=stolen).status_code == 401


@pytest.mark.parametrize("cookie", ["9" * 5_000, "read:" + "9" * 5_000 + ":x", "../keys", "\x00"])
def test_a_cookie_of_any_kind_is_no_crash(keyed, cookie):
    headers = {"cookie": f"limen_session={cookie}"}
    assert client_of(keyed[0]).get("/", headers=headers).status_code == 401


def test_lists_of_ones_own_are_for_keys_only_where_any_page_may_ask(settings, tmp_path):
    limits = {"max_age_days": 14, "records": Band(min=1, max=10)}
    lists = registry(a_list(LIST, "UN", **limits), a_list("own_internal", "OWN", **limits))
    fill(tmp_path, {LIST: {AFTER: [SIG]}, "own_internal": {AFTER: [AKSYONOV]}})
    with Archive.open(str(tmp_path / "archive.sqlite")) as archive:
        build(tmp_path, lists, archive=archive, clock=lambda: TODAY)
    served = replace(settings, home=tmp_path)
    record = f"own_internal:{AKSYONOV.record_id}"
    form = {"queries": '{"q": {"query": "Sergey Aksyonov", "type": "Person"}}'}

    def seen(headers, party):
        client = client_of(served)
        extend = {"extend": f'{{"ids": ["{party}"], "properties": [{{"id": "birthDate"}}]}}'}

        def of(method, path, **options):
            return client.request(method, f"/reconcile{path}", headers=headers, **options)

        return {
            "queries": "own_internal" in of("POST", "/default?partial=true", data=form).text,
            "own": of("POST", "/own_internal", data=form).status_code == 200,
            "extend": "1972" in of("POST", "/default", data=extend).text,
            "suggest": "own_internal" in of("GET", "/default/suggest/entity?prefix=Aksyonov").text,
            "flyout": "Aksyonov" in of("GET", f"/default/flyout/entity?id={party}").text,
            "preview": "Aksyonov" in of("GET", f"/default/preview?id={party}").text,
        }

    engine = create_app(served).state.limen.engines.current.engine
    asked = {"schema": "Person", "properties": {"name": ["Sergey Aksyonov"]}}
    party = engine.screen(asked, as_of=AFTER).parties[0].id
    assert party != record
    for each in (record, party):
        assert not any(seen({}, each).values()), seen({}, each)
    secret = with_key(ApiKeys(tmp_path / "server").add("desk", "screen"))
    for each in (record, party):
        assert all(seen(secret, each).values()), seen(secret, each)
