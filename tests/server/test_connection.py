"""Connections of one worker are bounded in number, and none has two responses to one request."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import uvicorn

from limen.server.http.connection import bounded
from limen.server.settings import Limits


async def refuse(scope, receive, send):
    await send(
        {"type": "http.response.start", "status": 413, "headers": [(b"content-length", b"0")]}
    )
    await send({"type": "http.response.body", "body": b""})


@asynccontextmanager
async def serving(limits, most):
    protocol = bounded(limits, most)
    config = uvicorn.Config(refuse, port=0, http=protocol, lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield server, server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = server.force_exit = True
        await task


def test_connections_accepted_in_one_turn_are_within_the_bound():
    async def connect():
        async with serving(Limits(), 20) as (server, port):
            opening = [asyncio.open_connection("127.0.0.1", port) for _ in range(100)]
            writers = [writer for _, writer in await asyncio.gather(*opening)]
            await asyncio.sleep(0.3)
            remaining = len(server.server_state.connections)
            for writer in writers:
                writer.close()
            return remaining

    assert asyncio.run(connect()) == 20


def test_a_refused_body_that_never_comes_gets_one_response():
    header = (b"POST / HTTP/1.1\r\nhost: a\r\n", b"content-length: 9\r\n\r\n")

    async def send():
        limits = replace(Limits(), header_seconds=0.3)
        async with serving(limits, 20) as (_, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for part in header:
                writer.write(part)
                await asyncio.sleep(0.05)
            received = await asyncio.wait_for(reader.read(), 5)
            writer.close()
            return received

    assert asyncio.run(send()).count(b"HTTP/1.1") == 1
