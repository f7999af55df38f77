"""The outcome after filters is about what the filters rejected, and nothing else."""

from __future__ import annotations

import msgspec
import pytest

from limen.server.service.refusal import outcome_after_filters
from limen.server.yente.listed_view import ListedView


@pytest.mark.parametrize(
    ("before", "after"),
    [("hit", "review"), ("review", "review"), ("cannot_say", "cannot_say")],
)
def test_filters_change_only_what_found_someone(client, before, after):
    engine = client.app.state.limen.engines.current.engine
    party = {"schema": "Person", "properties": {"name": ["Sergey Aksyonov"]}}
    answer = msgspec.structs.replace(engine.screen(party), outcome=before)
    assert outcome_after_filters(answer, matched=False, left_out=1)[0] == after


def test_a_search_has_what_screening_finds_whatever_the_index_ranks_first(client, monkeypatch):
    monkeypatch.setattr(ListedView, "search", lambda *_: [])
    found = client.get("/search/default", params={"q": "Sergey Aksyonov"}).json()
    (result,) = found["results"]
    assert (result["referents"], found["outcome"]) == (["un_sc:1"], "hit")


@pytest.mark.parametrize(
    ("more", "relation"),
    [({}, "gte"), ({"sort": "caption"}, "gte"), ({"filter": "gender:male"}, "eq"),
     ({"topics": "sanction"}, "eq"), ({"offset": 5}, "eq")],
)  # fmt: skip
def test_the_total_of_a_search_is_a_bound_where_records_were_left_out(
    client, monkeypatch, more, relation
):
    monkeypatch.setattr("limen.server.yente.search._MOST_SIMILAR", 1)
    params = {"q": "Sergey Aksyonov", "limit": 1, **more}
    found = client.get("/search/default", params=params).json()
    assert found["total"]["relation"] == relation
