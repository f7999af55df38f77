"""The pages of customer bases: runs in their order, what became of pairs, and who may see them."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from tests.rescreening.bases import run, store
from tests.screened import TODAY
from tests.worlds import person

from limen.cases.cases import Cases
from limen.engine import Engine
from limen.rescreening.bases.base_home import base_folder
from limen.rescreening.run_record import changes_of, runs_folder
from limen.server import create_app
from limen.snapshot import Snapshot, active_folder

CUSTOMERS = [
    {"id": "C1", **person("Sergey Aksyonov", birthDate="1972-11-26")},
    {"id": "C2", **person("Nobody Known")},
    {"id": "C3", "schema": "Company", "properties": {"name": ["Promsvyazbank PAO"]}},
]
EARLIER, LATER = "2022-02-20", "2022-02-26"


@pytest.fixture(scope="module")
def screened(home, settings, tmp_path_factory):
    """A server of a base with two runs, and their records."""
    copy = tmp_path_factory.mktemp("bases") / "home"
    shutil.copytree(home, copy)
    store(copy, CUSTOMERS)
    engine = Engine(Snapshot(active_folder(copy)), clock=lambda: TODAY)
    runs = [run(copy, engine, day) for day in (EARLIER, LATER)]
    return replace(settings, home=copy, rate=0.0), runs


@pytest.fixture
def client(screened):
    return TestClient(create_app(screened[0]), base_url="http://localhost", follow_redirects=False)


def test_a_base_has_its_runs_the_last_first(client, screened):
    first, second = screened[1]
    assert f'href="/bases/retail/runs/{second.id}"' in client.get("/bases").text
    html = client.get("/bases/retail").text
    links = re.findall(
        r'<tr><th scope="row" class="nowrap"><a href="/bases/retail/runs/(\w+)"', html
    )
    assert links == [second.id, first.id]
    assert "every customer: it is the first run" in html


def test_a_run_has_what_became_of_pairs_and_its_proof(client, screened):
    first, second = screened[1]
    html = client.get(f"/bases/retail/runs/{second.id}").text
    assert 'href="/parties/un_sc:3"' in html
    assert f'href="/bases/retail/runs/{first.id}"' in html
    assert f"limen rescreen verify {second.id}" in html
    gone = client.get(f"/bases/retail/runs/{second.id}?show=gone").text
    assert "No pair became gone." in gone
    lines = client.get(f"/bases/retail/runs/{second.id}/changes.jsonl").text.splitlines()
    assert len(lines) == sum(second.outcomes.values())


def test_a_page_of_changes_is_some_of_one_outcome(screened):
    settings, (first, _) = screened
    folder = runs_folder(base_folder(settings.home, "retail")) / first.id
    whole = changes_of(folder, "", 0, 100)
    assert len(whole) == sum(first.outcomes.values()) > 0
    assert changes_of(folder, "new", 0, 100) == [each for each in whole if each.outcome == "new"]
    assert changes_of(folder, "", 1, 1) == whole[1:2]
    assert changes_of(folder, "worse", 0, 100) == []


def test_a_customer_is_answered_as_the_run_asked(client, screened):
    where = f"/bases/retail/runs/{screened[1][1].id}/answer"
    led = client.post(where, data={"customer": "C3"})
    assert led.status_code == 303
    answer = client.get(f"{led.headers['location']}.json").json()
    assert answer["query"]["properties"]["name"] == ["Promsvyazbank PAO"]
    assert answer["stamp"]["as_of"].startswith(LATER)
    assert client.post(where, data={"customer": "C9"}).status_code == 404


@pytest.mark.parametrize("path", ["/bases/retail/runs/0123456789abcdef", "/bases/retail/runs/last"])
def test_a_run_that_is_not_there(client, path):
    assert client.get(path).status_code == 404


def test_bases_are_for_those_who_may_see_cases(screened, tmp_path):
    settings, runs = screened
    copy = tmp_path / "home"
    shutil.copytree(settings.home, copy)
    with Cases.open(copy / "cases.sqlite") as cases:
        cases.add_account("root", ("admin",), None, level=3)
    staffed = TestClient(create_app(replace(settings, home=copy)), base_url="http://localhost")
    for path in ("/bases", "/bases/retail", f"/bases/retail/runs/{runs[0].id}"):
        assert staffed.get(path).status_code == 401, path
