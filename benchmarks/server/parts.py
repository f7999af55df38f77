"""Where a ``/match`` request's processor time goes: the engine, the code around it, the wire."""

from __future__ import annotations

import asyncio
import re
import time

import msgspec

from limen.server import Settings, create_app
from limen.server.yente import match
from limen.snapshot import home_folder

from .running import MATCH

_HEAD = [(b"host", b"localhost"), (b"content-type", b"application/json")]


def sixteen():
    """The names of ``match.lua``."""
    return re.findall(r'"([^"]+)"', MATCH.read_text().split("local names = {")[1].split("}")[0])


def parts(whole):
    """Rows of a table: milliseconds a request.

    Args:
        whole: what a worker used for one, measured from outside.
    """
    app = create_app(Settings(home=home_folder()))
    engine = app.state.limen.engines.current.engine
    bodies = [
        msgspec.json.encode(
            {"queries": {"q": {"schema": "Person", "properties": {"name": [name]}}}}
        )
        for name in sixteen()
    ]
    parties = [{"schema": "Person", "properties": {"name": [name]}} for name in sixteen()]
    answers = [engine.screen(party) for party in parties]
    loop = asyncio.new_event_loop()

    def asked():
        loop.run_until_complete(_ask_all(app, bodies))

    def screened():
        for party in parties:
            engine.screen(party)

    all_of_it, screening = _least(asked), _least(screened)
    kept = {answer.query["properties"]["name"][0]: answer for answer in answers}
    engine.screen = lambda party, **_: kept[party["properties"]["name"][0]]
    around = _least(asked)

    async def nothing(*_):
        return {}, None

    replies, match._replies = match._replies, nothing
    framework = _least(asked)
    match._replies = replies
    findings = sum(len(answer.findings) for answer in answers) / len(answers)
    hits = sum(answer.outcome == "hit" for answer in answers)
    yield f"Of the sixteen names {hits} are hits; a name has {findings:.1f} findings."
    yield ""
    yield "| part | ms a request |"
    yield "|---|---|"
    yield f"| the engine | {screening:.2f} |"
    yield f"| answer to yente's JSON, counting | {max(0.0, around - framework):.2f} |"
    yield f"| routing, guard, key check, body | {framework:.2f} |"
    yield f"| HTTP, sockets, kernel | {max(0.0, whole - all_of_it):.2f} |"
    yield f"| **all, measured from outside** | **{whole:.2f}** |"


def _least(work, times=25, rounds=5):
    """The least milliseconds a name of some rounds: what others take is not ours."""
    work()
    found = []
    for _ in range(rounds):
        started = time.process_time()
        for _ in range(times):
            work()
        found.append((time.process_time() - started) / times)
    return min(found) * 1000 / len(sixteen())


async def _ask_all(app, bodies):
    for body in bodies:
        await _ask(app, body)


async def _ask(app, body):
    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        assert message.get("status", 200) == 200

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
        "path": "/match/default", "raw_path": b"/match/default", "query_string": b"",
        "headers": _HEAD, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        "scheme": "http", "root_path": "",
    }  # fmt: skip
    await app(scope, receive, send)
