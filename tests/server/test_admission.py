"""A worker's queue is bounded, and slow senders are not in it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import httpx2
import pytest

from limen.server import Limits, create_app

QUERY = {"queries": {"q": {"schema": "Person", "properties": {"name": ["Sergey Aksyonov"]}}}}


def asked_at_once(settings, paths):
    app = create_app(replace(settings, limits=Limits(waiting=3)))

    async def ask():
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
            asked = [
                client.post(path, json=QUERY) if path.startswith("/match") else client.get(path)
                for path in paths
            ]
            return await asyncio.gather(*asked)

    return asyncio.run(ask())


def test_what_would_wait_too_long_is_turned_away_at_once(settings):
    replies = asked_at_once(settings, ["/match/default"] * 12)
    codes = [reply.status_code for reply in replies]
    assert codes.count(200) >= 3
    turned_away = [reply for reply in replies if reply.status_code == 503]
    assert len(turned_away) + codes.count(200) == 12
    assert turned_away
    for reply in turned_away:
        assert reply.headers["retry-after"] == "1"
        assert "waiting" in reply.json()["detail"]


def test_those_who_watch_are_always_answered(settings):
    replies = asked_at_once(settings, ["/match/default"] * 6 + ["/healthz"] * 6)
    assert [reply.status_code for reply in replies[6:]] == [200] * 6


@pytest.mark.parametrize("round_", range(2))
def test_places_are_given_back(settings, round_):
    replies = asked_at_once(settings, ["/match/default"] * 3)
    assert [reply.status_code for reply in replies] == [200] * 3
