"""Limen's own API: answers whole, lines in order, files beside the requests."""

from __future__ import annotations

import csv
import json
import re
import time

import jsonschema
import pytest
from tests.conftest import ROOT

PERSON = {"schema": "Person", "properties": {"name": ["Sergey Aksyonov"]}}
PORTFOLIO = (
    b"name,born\nSergey Aksyonov,1972-11-26\nWilhelmina Unlisted,1990-01-01\nKira Exampel,\n"
)


def test_an_answer_is_as_the_published_schema_says(client):
    answer = client.post("/v1/screen", json={"party": PERSON}).json()
    schema = json.loads((ROOT / "docs/schemas/answer.schema.json").read_text())
    jsonschema.validate(answer, schema)
    assert answer["outcome"] == "hit"


def test_the_past_is_asked_with_both_clocks(client):
    bank = {"schema": "Company", "properties": {"name": ["Promsvyazbank"]}}
    then = client.post("/v1/screen", json={"party": bank, "known_at": "2022-02-20"}).json()
    assert not then["findings"]
    assert client.post("/v1/screen", json={"party": bank}).json()["findings"]


def test_lines_come_back_in_order_and_a_bad_one_alone_is_refused(client):
    lines = [json.dumps(PERSON), "{", '{"schema": "Persn"}', json.dumps({**PERSON, "id": "7"})]
    reply = client.post("/v1/screen-many", content="\n".join(lines))
    found = [json.loads(line) for line in reply.text.splitlines()]
    assert [each["outcome"] for each in found] == ["hit", "cannot_say", "cannot_say", "hit"]
    assert found[1]["error"]["status"] == 400
    assert found[3]["query"]["id"] == "7"


def test_a_key_that_is_there_twice_is_refused(client):
    twice = '{"schema": "Person", "properties": {"name": ["Anna Nowak"], "name": [""]}}'
    reply = client.post("/v1/screen", content=f'{{"party": {twice}}}')
    assert reply.status_code == 400
    assert "'name' is there twice" in reply.text
    (line,) = client.post("/v1/screen-many", content=twice).text.splitlines()
    assert json.loads(line)["error"]["status"] == 400
    query = f'{{"queries": {{"q": {twice}}}}}'
    assert client.post("/match/default", content=query).status_code == 400


def test_an_answer_is_taken_again_and_a_changed_one_is_found(client):
    answer = client.post("/v1/screen", json={"party": PERSON}).json()
    assert client.post("/v1/replay", json=answer).json()["same"] is True
    answer["findings"][0]["score"] = 0.1
    changed = client.post("/v1/replay", json=answer).json()
    assert changed["same"] is False
    assert changed["differences"][0]["path"].endswith("score")
    answer["stamp"]["snapshot"] = "0" * 16
    assert client.post("/v1/replay", json=answer).status_code == 404


def test_lists_their_freshness_and_what_changed(client):
    found = client.get("/v1/lists").json()
    by_id = {each["id"]: each for each in found["lists"]}
    assert by_id["un_sc"]["coverage"]["state"] == "ok"
    diff = client.get("/v1/lists/un_sc/diff").json()
    assert [each["caption"] for each in diff["added"]] == ["Promsvyazbank"]
    assert client.get("/v1/lists/nowhere/diff").status_code == 404


def test_a_party_s_life(client):
    (life,) = client.get("/v1/parties/un_sc:1/history").json()
    assert life["events"][0]["what"] == "listed"
    assert life["listings"][0]["applied_from"] == "2014-03-17"


def test_places_and_law(client):
    found = client.post(
        "/v1/locate", json={"address": "Simferopol, Kirova 1", "as_of": "2022-02-21"}
    ).json()
    assert {each["authority"]: each["outcome"] for each in found["verdicts"]}["US"] == "inside"
    regimes = client.get("/v1/regimes").json()
    regime = regimes[0]["id"]
    assert client.get(f"/v1/regimes/{regime}", params={"as_of": "2022-02-21"}).json()["measures"]
    asked = client.get("/v1/law", params={"territory": "ua-dnr", "as_of": "2022-02-22"}).json()
    assert {each["id"] for each in asked["in_force"]} == {"us-eo-14065"}
    assert client.get("/v1/law", params={"territory": "ua-dpr"}).status_code == 422
    along = client.get(f"/v1/regimes/{regime}/timeline", params={"as_of": "2022-02-21"}).json()
    assert along["bars"]
    drawn = client.get(f"/v1/regimes/{regime}/timeline", params={"format": "svg"})
    assert drawn.text.startswith("<svg")
    assessed = client.post(
        "/v1/assess", json={"event": "EV05", "at": "2022-02-21T23:59-05:00"}
    ).json()
    values = {each["statement"]: each["value"] for each in assessed["readings"]}
    assert values["S09a"] == "true"
    assert assessed["in_force"]


def test_what_if_is_stamped_a_simulation(client):
    body = {
        "event": "troops-into-occupied-donbas",
        "at": "2022-02-21T23:59-05:00",
        "portfolio": [{"party": {"schema": "Company", "properties": {"name": ["VTB Bank"]}}}],
    }
    found = client.post("/v1/what-if", json=body).json()
    assert found["stamp"] == "simulation"
    assert found["rows"] == 1


def finished(client, job):
    for _ in range(300):
        told = client.get(f"/v1/jobs/{job}").json()
        if told["state"] not in ("queued", "running"):
            return told
        time.sleep(0.05)
    raise AssertionError(told)


@pytest.fixture(scope="module")
def job(client):
    reply = client.post("/v1/jobs", files={"file": ("../../p?.csv", PORTFOLIO)})
    assert reply.status_code == 202
    told = finished(client, reply.json()["id"])
    assert reply.headers["location"] == f"/v1/jobs/{told['id']}"
    return told


def test_a_file_is_screened_beside_the_requests(client, job):
    assert (job["state"], job["rows"], job["hit"], job["refused"]) == ("done", 3, 2, 0)
    reply = client.get(job["results"])
    assert reply.headers["content-type"].startswith("text/csv")
    lines = reply.text.splitlines()
    assert lines[0].startswith("name,born,limen_outcome")
    assert len(lines) == 4


def test_the_results_are_filtered_searched_sorted_and_downloaded(client, job):
    where = f"/jobs/{job['id']}"
    whole = client.get(where).text
    assert re.findall(r">([a-z ]+) <span class=\"dim\">(\d+)</span></a>", whole)[:2] == [
        ("all rows", "3"), ("hits", "2"),
    ]  # fmt: skip
    rows = client.get(job["results"]).text.splitlines()
    for wanted in ({"show": "hit"}, {"words": "aksyonov SERGEY"}, {"words": "nobody at all"}):
        shown = client.get(f"{where}/selected.csv", params=wanted).text.splitlines()
        assert shown[0] == rows[0]
        assert set(shown) < set(rows)
        assert client.get(where, params=wanted).text.count('name="number"') == len(shown) - 1
    scores = re.findall(r'class="num">([0-9.]*)<', client.get(where, params={"sort": "score"}).text)
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 3


def test_a_row_of_the_results_leads_to_its_answer(client, job):
    rows = list(csv.DictReader(client.get(job["results"]).text.splitlines()))
    for number, row in enumerate(rows):
        led = client.post(f"/jobs/{job['id']}/answer", data={"number": number})
        answer = client.get(f"{led.headers['location']}.json").json()
        assert answer["outcome"] == row["limen_outcome"]
        assert answer["query"]["properties"]["name"] == [row["name"]]
        assert (
            f"{answer['findings'][0]['score'] if answer['findings'] else ''}" == row["limen_score"]
        )
    assert client.post(f"/jobs/{job['id']}/answer", data={"number": 3}).status_code == 404


def test_a_job_that_is_ended_leaves_nothing(client, job):
    started = client.post("/v1/jobs", files={"file": ("p.csv", PORTFOLIO * 500)}).json()
    assert client.delete(f"/v1/jobs/{started['id']}").status_code == 204
    assert client.get(f"/v1/jobs/{started['id']}").status_code == 404


def test_a_file_that_is_no_portfolio_fails_with_its_reason(client):
    started = client.post("/v1/jobs", files={"file": ("p.csv", b"%PDF-1.4")}).json()
    told = finished(client, started["id"])
    assert told["state"] == "failed"
    assert "PDF" in told["error"]
    assert client.post("/v1/jobs", data={"schema": "Person"}).status_code == 422


def test_what_a_file_does_not_tell_can_be_said_with_it(client):
    bare = {"file": ("p.csv", b"1,Sergey Aksyonov\n2,Wilhelmina Unlisted\n")}
    told = client.post(
        "/v1/jobs", files=bare, data={"header": "no", "map": "column_2=name\ncolumn_1=id"}
    ).json()
    told = finished(client, told["id"])
    assert (told["state"], told["rows"], told["hit"]) == ("done", 2, 1)
    refused = client.post("/v1/jobs", files=bare, data={"map": "column_2=nme"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "map"


def test_a_file_that_nobody_can_tell_is_told_in_the_words_of_a_form(client):
    told = client.post("/v1/jobs", files={"file": ("p.csv", b"a,b\n1,2\n")}).json()
    told = finished(client, told["id"])
    assert told["state"] == "failed"
    assert "--" not in told["error"]
    assert "header=no" in told["error"]
