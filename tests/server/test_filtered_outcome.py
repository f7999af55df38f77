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


def test_a_party_that_the_search_does_not_return_is_not_left_out_by_filters(client, monkeypatch):
    monkeypatch.setattr(ListedView, "search", lambda view, q: [])
    found = client.get("/search/default", params={"q": "Sergey Aksyonov"}).json()
    assert (found["results"], found["outcome"], found["reasons"]) == ([], "hit", [])
