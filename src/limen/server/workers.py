"""Run the worker processes: forked from one process that has everything open, one socket each.

Imports and the mapped snapshot are loaded once and shared by all workers through fork. Where there
is no fork, or one worker is enough, the process serves by itself.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import uvicorn

from limen.model import InputError, LimenError
from limen.server.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from limen.server.access.rate import Buckets
    from limen.server.service.engine_registry import EngineRegistry

_LOG = logging.getLogger("limen.server")
#: Restarts for each worker before a server gives up: a worker that fails at its start fails again.
#: One that has served for so many seconds did not fail at its start.
_RESTARTS, _SETTLED_SECONDS = 10, 60.0
#: How long a stopping worker waits for its open requests: a document takes longer, few others do.
GRACE_SECONDS = 20
#: Connections the kernel holds while a worker is busy; uvicorn's own default.
_BACKLOG = 2048
#: File handles of one worker for all but connections: libraries, files of the home, subprocesses.
_HANDLES = 256
#: Connections of a worker that must be possible.
_FEWEST = 64


def serve(settings: Settings) -> int:
    """Serve until stopped by a signal, and return the exit code.

    Raises:
        InputError: the address is in use, other machines reach it and no one can sign in, or too
            few files may be open.
        SnapshotError: there is no snapshot to serve.
    """
    _check_access(settings)
    _connections(settings.limits.connections)
    if settings.workers == 1 or not hasattr(os, "fork"):
        sockets = _bind(settings, 1)
        signal.signal(signal.SIGTERM, lambda *_: None)  # in force once uvicorn has stopped
        _run_worker(settings, sockets[0])
        return 0
    folder = tempfile.mkdtemp(prefix="limen-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    try:
        return _supervise(settings, _bind(settings, settings.workers))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check_access(settings: Settings) -> None:
    from limen.server.access.keys import ApiKeys
    from limen.server.service.case_store import CaseStore

    if settings.on_loopback or settings.proxies or ApiKeys(settings.folder).all():
        return
    with CaseStore(settings.home).cases as cases:
        if cases.can_sign_in():
            return
    raise InputError(
        f"{settings.host} can be reached from elsewhere, and there is no API key and no account",
        where="limen serve --host",
        why="whoever reaches it could read whom you screen",
        hint="limen keys add NAME, limen cases users add NAME, or serve on 127.0.0.1",
    )


def _bind(settings: Settings, count: int) -> list[socket.socket]:
    """Return sockets on one address; the kernel distributes connections among them.

    Raises:
        InputError: the address is in use, or this user may not use it.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(
            family, kind
        ) as probe:  # else another server could share the port unnoticed
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            address = probe.getsockname()
        sockets = []
        for _ in range(count):
            sock = socket.socket(family, kind)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if count > 1:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            sock.bind(address)
            sockets.append(sock)
    except OSError as error:
        raise InputError(
            f"{settings.host}:{settings.port} cannot be served on: {error.strerror or error}",
            where="limen serve",
            hint="choose another --port, or end the program that uses it",
        ) from error
    return sockets


def _run_worker(
    settings: Settings,
    sock: socket.socket,
    engines: EngineRegistry | None = None,
    buckets: Buckets | None = None,
) -> None:
    from limen.server.app import create_app

    app = create_app(settings, engines, buckets)
    _announce(settings, sock)
    uvicorn.Server(uvicorn_config(app, settings)).run(sockets=[sock])


def uvicorn_config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """Return how uvicorn serves the application."""
    from limen.server.http.connection import bounded

    return uvicorn.Config(
        app,
        http=bounded(settings.limits, _connections(settings.limits.connections)),
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        backlog=_BACKLOG,
    )


def _connections(wished: int) -> int:
    """Return how many connections may be open, so that file handles are left for files.

    The limit of file handles is raised as far as this user may.

    Raises:
        InputError: it leaves too few.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return wished
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if resource.RLIM_INFINITY not in (soft, hard):
        soft = max(soft, min(hard, wished + _HANDLES))
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        if soft < _HANDLES + _FEWEST:
            raise InputError(
                f"a process may open {soft} files, and a worker needs {_HANDLES + _FEWEST}",
                where="ulimit -n",
                why="half-open connections would take the handles of what is served",
                hint="ulimit -n 4096",
            )
        return min(wished, soft - _HANDLES)
    return wished


def _announce(settings: Settings, sock: socket.socket) -> None:
    port = sock.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    _LOG.info("serving http://%s:%d (process %d)", host, port, os.getpid())


def _supervise(settings: Settings, sockets: Sequence[socket.socket]) -> int:
    from limen.server import app  # noqa: F401 (imported once, before the workers part)
    from limen.server.access.rate import Buckets
    from limen.server.service.engine_registry import EngineRegistry

    engines, buckets = EngineRegistry(settings), Buckets(settings.rate)
    gc.collect()
    gc.freeze()  # the collector skips what the workers share, so their pages are not copied
    return _Workers(settings, sockets, engines, buckets).run()


class _Workers:
    """Represents the worker processes, each on its socket; one that fails is started again."""

    def __init__(
        self,
        settings: Settings,
        sockets: Sequence[socket.socket],
        engines: EngineRegistry,
        buckets: Buckets,
    ) -> None:
        self._settings = settings
        self._sockets = sockets
        self._engines = engines
        self._buckets = buckets
        self._running: dict[int, tuple[socket.socket, float]] = {}
        self._stopping = False
        self._restarts = 0

    def run(self) -> int:
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._stop)
        for sock in self._sockets:
            self._start(sock)
        while self._running:
            pid, status = os.wait()
            sock, started = self._running.pop(pid)
            if not self._stopping:
                if time.monotonic() - started > _SETTLED_SECONDS:
                    self._restarts = 0
                self._replace(sock, pid, status)
        return 0 if self._stopping else 70

    def _start(self, sock: socket.socket) -> None:
        pid = os.fork()
        if pid:
            self._running[pid] = (sock, time.monotonic())
            return
        code = 70
        try:
            for signum in (signal.SIGTERM, signal.SIGINT):
                signal.signal(signum, signal.SIG_DFL)
            for other in self._sockets:
                if other is not sock:
                    other.close()
            _run_worker(self._settings, sock, self._engines, self._buckets)
            code = 0
        except LimenError as error:
            _LOG.error("%s", error)
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _replace(self, sock: socket.socket, pid: int, status: int) -> None:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]
        _LOG.error("worker %d ended with status %d; starting another", pid, status)
        self._restarts += 1
        if self._restarts <= _RESTARTS * len(self._sockets):
            self._start(sock)

    def _stop(self, *_: object) -> None:
        self._stopping = True
        for pid in self._running:
            os.kill(pid, signal.SIGTERM)
