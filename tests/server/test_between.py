"""``/v1/between``, and shares of a request that may be fractions."""

from __future__ import annotations

PARTY = {"party": {"schema": "Person", "properties": {"name": ["Kira Example"]}}}


def test_two_actual_days_are_compared(client):
    body = {"first": "2022-02-19", "second": "2022-02-28", "portfolio": [PARTY]}
    found = client.post("/v1/between", json=body).json()
    assert (found["first"], found["second"], found["rows"]) == ("2022-02-19", "2022-02-28", 1)
    refused = client.post("/v1/between", json={**body, "first": "soon"})
    assert refused.status_code == 422


def test_shares_that_may_be_fractions_are_refused(client):
    stake = {"owner": "Kira Example", "owned": "A Company", "percent": 0.5}
    body = {**PARTY, "as_of": "2022-03-01", "ownership": [stake]}
    refused = client.post("/v1/screen", json=body)
    assert refused.status_code == 422
    assert "may be fractions" in refused.text
    body["ownership"] = [{**stake, "percent": 50}]
    assert client.post("/v1/screen", json=body).status_code == 200
