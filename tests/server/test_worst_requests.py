"""Worst requests, small ones: none takes more processor time than it is allowed, and half a second.

``python -m benchmarks.server.worst`` sends the same to a real server, of 8 MB each.
"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import chain, islice

import pytest
from benchmarks.server.worst import SPARE, worst
from benchmarks.server.worst_routes import every_route
from fastapi.testclient import TestClient

from limen.server import Limits, create_app

_BYTES = 60_000
#: Of the shapes for every route, of which there are hundreds, each so many-th.
_EACH = 11
_LIMITS = Limits(seconds=1.0, document_seconds=3.0)


@pytest.fixture(scope="module")
def hasty(settings):
    app = create_app(replace(settings, limits=_LIMITS))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client


def test_no_request_takes_longer_than_it_is_allowed(hasty):
    slow = {}
    for request in chain(worst(_BYTES), islice(every_route(hasty.app, 2_000), None, None, _EACH)):
        started = time.process_time()
        reply = hasty.request(
            request.method, request.path,
            content=request.body, headers={"content-type": request.kind},
        )  # fmt: skip
        used = time.process_time() - started
        if used > _LIMITS.seconds * request.times + SPARE or reply.status_code == 500:
            slow[request.name] = (reply.status_code, round(used, 1))
    assert slow == {}
