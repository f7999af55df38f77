"""The command line run in this process, and as a process of its own."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.screened import small_home

from limen.cli.main_command import limen
from limen.cli.run_command import run

_MAIN = "from limen.cli import main; main()"


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture(scope="session")
def home(tmp_path_factory) -> Path:
    """A home with one small list, of which nothing may be changed."""
    folder = tmp_path_factory.mktemp("home")
    small_home(folder)
    return folder


@pytest.fixture
def command(home, tmp_path, monkeypatch, capsys) -> Callable[..., Result]:
    """``command("screen", ..., stdin=b"...")``, asked in ``home`` from an empty folder."""
    monkeypatch.setenv("LIMEN_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")

    def call(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin))))
        capsys.readouterr()
        code = run(limen, arguments)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture
def process(home, tmp_path) -> Iterator[Callable[..., subprocess.Popen]]:
    """The command as a process of its own, or a few lines of Python in its place."""
    started: list[subprocess.Popen] = []
    # A shell starts what runs in the background so that it ignores Ctrl-C, and so would every child.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def start(*arguments: str, code: str = _MAIN, **options) -> subprocess.Popen:
        environment = {**os.environ, "LIMEN_HOME": str(options.pop("home", home))}
        running = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            cwd=tmp_path,
            env=environment,
            stdin=options.pop("stdin", subprocess.DEVNULL),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **options,
        )
        started.append(running)
        return running

    yield start
    signal.signal(signal.SIGINT, before)
    for running in started:
        running.kill()
        running.wait()
        for stream in (running.stdin, running.stdout, running.stderr):
            if stream is not None:
                stream.close()
