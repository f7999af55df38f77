"""``/updatez``: only where it was allowed, only by an admin, and never twice at a time."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from limen.server import create_app
from limen.server.access.keys import ApiKeys
from limen.snapshot import active_id


@pytest.fixture
def mirror(tmp_path, shared):
    """A folder with one small version of one list."""
    name = "un_consolidated_2022-02-18.xml.gz"
    folder = tmp_path / "mirror"
    folder.mkdir()
    shutil.copy(shared(f"data/un/{name}"), folder)
    (folder / "lists.yml").write_text(
        "versions:\n"
        f"  - {{list: un_sc, format: un_xml, published: 2022-02-18, files: {{xml: {name}}}}}\n"
    )
    return folder


@pytest.fixture
def own_home(home, tmp_path):
    shutil.copytree(home, tmp_path / "home", ignore=shutil.ignore_patterns("archive*"))
    return tmp_path / "home"


def test_a_server_that_may_not_update_says_so(client):
    reply = client.post("/updatez")
    assert reply.status_code == 403
    assert "--updates-from" in reply.json()["errors"][0]["hint"]


def test_a_foreign_page_cannot_begin_one(settings, own_home):
    app = create_app(replace(settings, home=own_home, updates_from="/nowhere"))
    with TestClient(app, base_url="http://localhost") as client:
        reply = client.post("/updatez", headers={"sec-fetch-site": "cross-site"})
    assert reply.status_code == 403


def test_what_could_not_be_taken_is_told(settings, own_home, tmp_path):
    app = create_app(replace(settings, home=own_home, updates_from=str(tmp_path / "nothing")))
    with TestClient(app, base_url="http://localhost") as client:
        reply = client.post("/updatez", params={"sync": "true"})
    assert reply.status_code == 503
    assert reply.json()["detail"].count("\n") == 0


def test_an_admin_has_new_versions_taken_and_served(settings, own_home, mirror):
    keys = ApiKeys(replace(settings, home=own_home).folder)
    admin, reader = keys.add("boss", "admin"), keys.add("reader", "read")
    before = active_id(own_home)
    app = create_app(replace(settings, home=own_home, updates_from=str(mirror)))
    with TestClient(app, base_url="http://localhost") as client:
        assert client.post("/updatez", params={"token": reader}).status_code == 403
        reply = client.post("/updatez", params={"token": admin, "sync": "true"})
    assert reply.status_code == 200, reply.text
    told = reply.json()
    assert told["status"] == "ok"
    assert told["taken"] + len(told["refused"]) == 1
    if told["taken"]:
        assert active_id(own_home) == told["snapshot"] != before
