"""``/match``: yente's shapes, and what is better than yente's."""

from __future__ import annotations

import pytest

from limen.model.party import party_id_of

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
    assert (result["id"], result["referents"]) == (party_id_of("un_sc:1"), ["un_sc:1"])
    assert result["match"] is True
    assert result["explanations"]["name_match"]["query"] == "Sergey Aksyonov"
    assert result["first_seen"] == "2022-02-17T00:00:00"
    assert body["stamp"]["snapshot"] == reply.headers["screening-snapshot"]


def test_nobody_found_on_current_lists_is_clear(client):
    found = ask(client, {"q1": NOBODY}).json()["responses"]["q1"]
    assert (found["status"], found["outcome"], found["results"]) == (200, "clear", [])


EARLY = "2022-02-16"  # before the first version of any list
UNREAD = {
    "schema": "Person",
    "properties": {"name": ["Wilhelmina Unlisted"], "birthDate": ["soon"]},
}


def test_a_clear_that_stale_lists_cannot_carry_is_an_error(client):
    reply = ask(client, {"q1": NOBODY}, as_of=EARLY)
    assert reply.status_code == 503
    problem = reply.json()
    assert reply.headers["content-type"] == "application/problem+json"
    assert problem["detail"].startswith("no match was found, and the lists cannot carry a clear: ")
    assert any(reason.startswith("un_sc: ") for reason in problem["reasons"])
    assert problem["responses"]["q1"]["outcome"] == "cannot_say"


def test_partial_answers_are_given_to_whoever_asks_for_them(client):
    reply = ask(client, {"q1": NOBODY, "q2": UNREAD}, as_of=EARLY, partial="true")
    assert reply.status_code == 200
    found = reply.json()["responses"]
    assert (found["q1"]["status"], found["q1"]["outcome"]) == (503, "cannot_say")
    assert found["q1"]["reasons"]


def test_a_party_that_was_not_all_compared_is_an_error_unless_it_is_a_match(client):
    reply = ask(client, {"q1": UNREAD})
    assert reply.status_code == 400
    assert "birthDate" in reply.json()["detail"]
    assert ask(client, {"q1": UNREAD}, partial="true").json()["responses"]["q1"]["status"] == 400
    listed = {"schema": "Person", "properties": {**AKSYONOV["properties"], "birthDate": ["soon"]}}
    found = ask(client, {"q1": listed})
    assert found.status_code == 200
    assert found.json()["responses"]["q1"]["outcome"] == "hit"
    assert found.json()["responses"]["q1"]["reasons"]


def test_a_match_is_never_refused_nor_lost_in_a_batch_that_is(client):
    late = "2022-03-01"
    failing = {"as_of": late, "known_at": "2022-02-18"}  # the second list was not known then
    alone = ask(client, {"q1": AKSYONOV}, **failing)
    assert alone.status_code == 200
    assert alone.json()["responses"]["q1"]["reasons"]
    both = ask(client, {"q1": AKSYONOV, "q2": NOBODY}, **failing)
    assert both.status_code == 503
    assert both.json()["responses"]["q1"]["results"][0]["match"] is True
    assert both.json()["errors"][0]["field"] == "q2"


def test_the_outcome_is_that_of_the_results_and_no_filter_makes_a_clear_of_a_hit(client):
    def answered(**params):
        return ask(client, {"q1": AKSYONOV}, **params).json()["responses"]["q1"]

    none_left = answered(limit=0)
    assert (none_left["outcome"], len(none_left["results"])) == ("hit", 1)
    for name, value in (
        ("topics", "debarment"), ("changed_since", "2022-02-28"), ("exclude_entity_ids", "un_sc:1"),
        ("exclude_schema", "Person"),
    ):  # fmt: skip
        found = answered(**{name: value})
        assert (found["outcome"], found["results"]) == ("review", []), name
        assert found["reasons"] == ["1 match was left out by the filters of the request"]
    above = answered()["results"][0]["score"] + 0.05
    strict = answered(threshold=above)
    assert (strict["outcome"], strict["results"][0]["match"]) == ("review", False)
    wide = answered(threshold=above, cutoff=0.2)
    assert (wide["outcome"], wide["results"][0]["match"]) == ("review", False)
    cut = answered(threshold=above, cutoff=above - 0.01)
    assert (cut["outcome"], cut["results"]) == ("review", [])


def test_a_search_that_finds_nobody_is_refused_where_that_is_no_clear(client):
    def search(q, **params):
        return client.get("/search/default", params={"q": q, **params})

    assert search("Wilhelmina Unlisted").status_code == 200
    early = search("Wilhelmina Unlisted", as_of=EARLY)
    assert early.status_code == 503
    assert any(reason.startswith("un_sc: ") for reason in early.json()["reasons"])
    assert search("Wilhelmina Unlisted", as_of=EARLY, partial="true").json()["results"] == []
    assert search("???").status_code == 400
    found = search("Aksyonov", known_at="2022-02-18")
    assert found.status_code == 200
    assert any(warning.startswith("us_ofac_sdn: ") for warning in found.json()["warnings"])


@pytest.mark.parametrize(
    "without",
    [
        {"schema": "Vessel"},
        {"exclude_schema": "Person"},
        {"countries": "zw"},
        {"filter": "gender:female"},
        {"topics": "role.pep"},
        {"exclude_entity_ids": "un_sc:1"},
        {"changed_since": "2022-12-01"},
    ],
)
def test_a_filter_that_empties_a_search_does_not_read_as_clear(client, without):
    hit = client.get("/search/default", params={"q": "Sergey Aksyonov"}).json()
    assert (hit["outcome"], hit["reasons"]) == ("hit", [])
    assert hit["results"][0]["id"] == party_id_of("un_sc:1")
    emptied = client.get("/search/default", params={"q": "Sergey Aksyonov", **without}).json()
    assert (emptied["results"], emptied["outcome"]) == ([], "review")
    assert emptied["reasons"] == ["1 match was left out by the filters of the request"]


def test_a_search_has_an_outcome_only_where_it_names_someone(client):
    assert client.get("/search/default").json()["outcome"] is None
    unlisted = client.get("/search/default", params={"q": "Wilhelmina Unlisted"}).json()
    assert unlisted["outcome"] == "clear"
