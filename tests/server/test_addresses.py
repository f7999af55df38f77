"""Addresses of parties, wherever answers are served."""

from __future__ import annotations

import json

import jsonschema
from tests.conftest import ROOT

CRIMEAN = {
    "schema": "Person",
    "properties": {
        "name": ["Wilhelmina Unlisted"],
        "addressEntity": [{"schema": "Address", "properties": {"city": ["Simferopol"]}}],
        "country": ["ru"],
    },
}


def test_an_answer_carries_places_beside_parties(client):
    answer = client.post("/v1/screen", json={"party": CRIMEAN}).json()
    jsonschema.validate(answer, json.loads((ROOT / "docs/schemas/answer.schema.json").read_text()))
    (finding,) = answer["findings"]
    assert (answer["outcome"], finding["kind"]) == ("hit", "place")
    assert finding["territory"] == "ua-crimea"
    assert client.post("/v1/replay", json=answer).json()["same"]


def test_a_territory_is_a_match_of_its_own_schema(client):
    queries = {"queries": {"q1": CRIMEAN}}
    found = client.post("/match/default", json=queries).json()["responses"]["q1"]
    (result,) = found["results"]
    assert (result["schema"], result["match"]) == ("Address", True)
    assert result["id"] == "ua-crimea@us-eo-13685"
    assert result["explanations"]["settlement"]["query"] == "Simferopol"


def test_the_page_of_an_answer_shows_the_ground_and_the_act(client):
    asked = {"what": "Wilhelmina Unlisted", "kind": "Person", "country": "Crimea"}
    html = client.get(client.post("/ask", data=asked).headers["location"]).text
    for shown in ("Its address lies in Crimea and Sevastopol", "Executive Order 13685", "31 CFR"):
        assert shown in html, shown
    assert "0 listed" not in html
