"""A server to load, and what its processes use."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

LIMEN = "from limen.cli import main; main()"
MATCH = Path(__file__).parent / "match.lua"
_TICK = os.sysconf("SC_CLK_TCK")


@contextmanager
def server(workers):
    """A server on a free port: its base URL, its process, its seconds to the first reply.

    It starts twice: the first time leaves the byte code behind, as an installation does.
    """
    with tempfile.TemporaryDirectory(prefix="limen-bytecode-") as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        process, _, _ = _start(workers, environment)
        _stop(process)
        process, base, seconds = _start(workers, environment)
        try:
            yield base, process, seconds
        finally:
            _stop(process)


def _start(workers, environment):
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    arguments = ["serve", "--port", str(port), "--workers", str(workers), "--no-log"]
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", LIMEN, *arguments], stderr=subprocess.DEVNULL, env=environment
    )
    while True:
        try:
            get(base + "/healthz")
            return process, base, time.perf_counter() - started
        except OSError:
            time.sleep(0.01)


def _stop(process):
    process.send_signal(signal.SIGTERM)
    process.wait(30)


def get(url, data=None, headers=None):
    request = urllib.request.Request(url, data=data, headers=headers or {})
    with urllib.request.urlopen(request, timeout=120) as reply:
        return reply.read()


def workers_of(process):
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(each) for each in path.read_text().split()] or [process.pid]


def private(pid):
    """Bytes a process has for itself, in MB: what is mapped and clean is everybody's."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(each) for each in re.findall(r"Private_Dirty:\s+(\d+)", text)) / 1024


def processor_seconds(process):
    """What the workers have used, in their own code and in the kernel."""
    used = 0
    for pid in workers_of(process):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / _TICK


def load(base, *, connections, seconds, names=None, pause=0):
    """wrk, begun; each connection rests ``pause`` milliseconds between two requests."""
    environment = {**os.environ, "LIMEN_PAUSE": str(pause)}
    if names:
        environment["LIMEN_NAMES"] = str(names)
    return subprocess.Popen(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(MATCH), base],
        stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


def told(process):
    """Requests, requests a second, percentiles and errors of a load that ended."""
    out, _ = process.communicate()
    requests = int(re.search(r"(\d+) requests in", out)[1])
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    errors = re.search(r"(Non-2xx.*|Socket errors.*)", out)
    percentiles = dict(re.findall(r"(50|99)%\s+([\d.]+\w+)", out))
    return requests, rate, percentiles, errors[1] if errors else "none"
