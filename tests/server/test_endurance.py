"""A server outlasts bad clients and the loss of its file handles: nothing ends in silence."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest
from tests.resealed import twin
from tests.server.conftest import make_home
from tests.server.live import running
from tests.server.test_serving import LIMEN, QUERY, free_port, get

from limen.server import Limits
from limen.snapshot import activate

resource = pytest.importorskip("resource")


def wait_for(done, seconds=40.0):
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert done()


@pytest.fixture
def process(tmp_path):
    """A server in a process of its own: the process, its address, its home, its log."""
    home = make_home(tmp_path)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", LIMEN, "serve", "--port", str(port)],
            env={**os.environ, "LIMEN_HOME": str(home)}, stderr=log,
        )  # fmt: skip

    def answers():
        try:
            return get(base, "/healthz")[0] == 200
        except OSError:
            return False

    wait_for(answers)
    yield server, base, home, home / "log"
    server.kill()
    server.wait()


@contextmanager
def no_file_handles(pid):
    """Leave a running process no file handle, as a machine under load does."""
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (3, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="no limits of other processes here")
def test_a_watcher_without_file_handles_is_logged_counted_and_goes_on(process):
    server, base, home, log = process
    newest = twin(home, canaries=("un_sc:1",)).name
    with no_file_handles(server.pid):
        activate(home, newest)
        wait_for(lambda: "Too many open files" in log.read_text())
        assert "snapshots: failed 1 times in a row" in log.read_text()
    wait_for(lambda: get(base, "/match/default", QUERY)[1]["screening-snapshot"] == newest)
    metrics = get(base, "/metrics")[2].decode()
    assert float(re.search(r'failures_total{task="snapshots"} (\S+)', metrics)[1]) >= 1
    since = float(re.search(r'success_timestamp_seconds{task="snapshots"} (\S+)', metrics)[1])
    assert time.time() - since < 60


HASTY = Limits(header=2_000, header_seconds=0.4, body_seconds=0.5, send_seconds=0.4, connections=40)


@pytest.fixture(scope="module")
def hasty(settings):
    with running(replace(settings, limits=HASTY)) as base:
        yield base


def connected(base, *parts):
    """Open a connection and send parts, a tenth of a second apart."""
    host, port = base.removeprefix("http://").split(":")
    sock = socket.create_connection((host, int(port)), timeout=5)
    for number, part in enumerate(parts):
        time.sleep(0.1 if number else 0)
        sock.sendall(part)
    return sock


def rest(sock):
    """Everything until the server ends the connection."""
    pieces = []
    with sock:
        while piece := sock.recv(65_536):
            pieces.append(piece)
    return b"".join(pieces)


HEAD = b"POST /v1/screen HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ((), b""),
        ((b"\r\n", b"\r\n"), b"did not arrive in 0.4 s"),
        ((b"GET / HTTP/1.1\r\nHost: loc",), b"did not arrive in 0.4 s"),
        ((b"GET / HTTP/1.1\r\nX: ", *[b"x" * 700] * 4), b"larger than 2,000 bytes"),
        ((HEAD + b"Content-Length: 90\r\n\r\n", *[b"{"] * 4), b"did not arrive in 0.5 s"),
        ((HEAD + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n",), b"HTTP/1.1 4"),
    ],
    ids=[
        "silence",
        "empty lines",
        "half a header",
        "a long header",
        "a slow body",
        "a huge length",
    ],
)
def test_what_does_not_arrive_in_time_is_refused(hasty, parts, answer):
    started = time.monotonic()
    assert answer in rest(connected(hasty, *parts))
    assert time.monotonic() - started < 2.5


def test_the_rest_of_a_body_that_is_not_read_is_not_waited_for(hasty):
    sock = connected(hasty, b"POST /nowhere HTTP/1.1\r\nHost: localhost\r\n"
                     b"Content-Length: 1000\r\n\r\n")  # fmt: skip
    started = time.monotonic()
    with sock:
        while time.monotonic() - started < 4 and _sent(sock, b"x"):
            time.sleep(0.05)
    assert time.monotonic() - started < 3


def test_half_open_connections_and_slow_bodies_do_not_keep_others_out(hasty, home):
    with ExitStack() as stack:
        for _ in range(120):
            stack.enter_context(connected(hasty, b"GET / HTTP/1.1\r\nHost: l"))
        for _ in range(10):
            stack.enter_context(connected(hasty, HEAD + b"Content-Length: 90\r\n\r\n{"))
        for _ in range(20):
            assert get(hasty, "/match/default", QUERY)[0] == 200


def test_a_reader_that_does_not_read_is_ended(hasty):
    count = 200
    with connected(hasty) as sock:
        for _ in range(count):
            if not _sent(sock, b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"):
                break
            time.sleep(0.005)
        time.sleep(1)
        assert _received(sock) < count
    assert get(hasty, "/healthz")[0] == 200


def _sent(sock, data):
    try:
        sock.sendall(data)
    except OSError:
        return False
    return True


def _received(sock):
    """How many responses had begun when the server ended the connection."""
    data = b""
    try:
        while piece := sock.recv(1 << 20):
            data += piece
    except OSError:
        pass
    return data.count(b"HTTP/1.1 200")


def test_a_server_that_may_open_too_few_files_says_so_and_does_not_start(home):
    refused = subprocess.run(
        [sys.executable, "-c", LIMEN, "serve", "--port", "0"],
        env={**os.environ, "LIMEN_HOME": str(home)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (300, 300)),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert refused.returncode == 2
    assert "may open 300 files" in refused.stderr
    assert "ulimit -n 4096" in refused.stderr
