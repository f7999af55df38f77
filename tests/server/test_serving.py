"""``limen serve`` as a process: workers, a swap under load, an orderly end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest
from tests.resealed import twin
from tests.server.conftest import make_home

from limen.snapshot import activate

LIMEN = "from limen.cli import main; main()"
QUERY = json.dumps(
    {"queries": {"q": {"schema": "Person", "properties": {"name": ["Sergey Aksyonov"]}}}}
).encode()

#: How long anything is waited for: on a machine that is busy with other work, two workers may take
#: a minute to start. A test that passes never waits so long.
PATIENCE = 180

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def get(base, path, body=None):
    request = urllib.request.Request(base + path, data=body)
    with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
        return reply.status, reply.headers, reply.read()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    home = make_home(tmp_path_factory.mktemp("process"))
    log = home / "log"
    port = free_port()
    with log.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-c", LIMEN, "serve", "--port", str(port), "--workers", "2"],
            env={**os.environ, "LIMEN_HOME": str(home)},
            stderr=stderr,
        )
    base = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            get(base, "/healthz")
            break
        except OSError:
            assert process.poll() is None, (home / "log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.05)
    yield process, base, home
    process.kill()
    process.wait()


def test_a_swap_drops_no_request(served):
    _process, base, home = served
    newest = twin(home, canaries=("un_sc:1",)).name
    faults, seen, stop = [], set(), threading.Event()

    def ask():
        while not stop.is_set():
            try:
                status, headers, _ = get(base, "/match/default", QUERY)
                seen.add(headers["screening-snapshot"])
                assert status == 200
            except (OSError, AssertionError) as error:
                faults.append(error)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    activate(home, newest)
    deadline = time.monotonic() + PATIENCE
    while newest not in seen and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join()
    assert not faults
    assert newest in seen


def test_counts_of_all_workers_are_one(served):
    _, base, _ = served
    for _ in range(8):
        get(base, "/match/default", QUERY)
    text = get(base, "/metrics")[2].decode()
    line = next(
        line for line in text.splitlines()
        if line.startswith('screening_subjects_total{channel="match"')
    )  # fmt: skip
    assert float(line.split()[-1]) >= 8


def test_the_port_is_not_shared_unseen(served):
    _, base, home = served
    port = base.rpartition(":")[2]
    second = subprocess.run(
        [sys.executable, "-c", LIMEN, "serve", "--port", port, "--workers", "2"],
        env={**os.environ, "LIMEN_HOME": str(home)},
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert second.returncode == 2
    assert "cannot be served on" in second.stderr


def test_elsewhere_than_loopback_needs_a_key(served):
    _, _, home = served
    refused = subprocess.run(
        [sys.executable, "-c", LIMEN, "serve", "--host", "0.0.0.0", "--port", "0"],
        env={**os.environ, "LIMEN_HOME": str(home)},
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert refused.returncode == 2
    assert "no API key" in refused.stderr


def test_it_ends_in_order(served):
    process, base, home = served
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert "ksyonov" not in (home / "log").read_text()
    with pytest.raises(OSError):
        get(base, "/healthz")
