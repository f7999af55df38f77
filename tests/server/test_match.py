"""``/match``: yente's shapes, and what is better than yente's."""

from __future__ import annotations

AKSYONOV = {"schema": "Person", "properties": {"name": ["Sergey Aksyonov"]}}
NOBODY = {"schema": "Person", "properties": {"name": ["Wilhelmina Unlisted"]}}


def ask(client, queries, **params):
    return client.post("/match/default", json={"queries": queries}, params=params)


def test_a_listed_party_is_a_match_with_its_reasons(client):
    reply = ask(client, {"q1": {**AKSYONOV, "id": "mine"}})
    assert reply.status_code == 200
    assert reply.headers["x-batch-size"] == "1"
    body = reply.json()
    assert body["limit"] == 5
    found = body["responses"]["q1"]
    assert found["status"] == 200
    assert found["total"] == {"value": 1, "relation": "eq"}
    assert found["query"]["id"] == "mine"
    result = found["results"][0]
    assert result["id"] == "un_sc:1"
    assert result["match"] is True
    assert result["explanations"]["name_match"]["query"] == "Sergey Aksyonov"
    assert result["first_seen"] == "2022-02-17T00:00:00"
    assert body["stamp"]["snapshot"] == reply.headers["screening-snapshot"]


def test_nobody_found_on_current_lists_is_clear(client):
    found = ask(client, {"q1": NOBODY}).json()["responses"]["q1"]
    assert (found["status"], found["outcome"], found["results"]) == (200, "clear", [])


def test_a_clear_that_stale_lists_cannot_carry_is_no_success(client):
    found = ask(client, {"q1": NOBODY}, as_of="2022-02-16").json()["responses"]["q1"]
    assert (found["status"], found["outcome"]) == (503, "cannot_say")
    assert found["reasons"]
