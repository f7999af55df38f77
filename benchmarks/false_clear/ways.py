"""The ways in: the engine, the API, yente's route, the page, a document, the shell, a file."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.false_clear.cases import Case
from benchmarks.false_clear.numbers import spoken
from limen.screening import Refused

LIMEN = "from limen.cli import main; main()"
#: Names of one shell command; more do not fit a command line of every system.
_SHELL = 200
_CRAFT = frozenset({"Vessel", "Airplane", "Vehicle", "Asset"})


class Seen(NamedTuple):
    """What came back; ``told`` is a refusal or *cannot say*, ``silent`` a clear without a word."""

    verdict: str
    detail: str = ""


def judge(answer: dict[str, Any]) -> Seen:
    """Judge an Answer as JSON."""
    if "error" in answer and "findings" not in answer:
        return Seen("told", str(answer["error"])[:80])
    outcome, findings = answer["outcome"], answer["findings"]
    if outcome == "hit":
        return Seen("found")
    if outcome != "clear":
        return Seen("review" if findings else "told", outcome)
    if findings:
        return Seen("review under clear")
    if answer.get("notices"):
        return Seen("clear with a notice", answer["notices"][0]["code"])
    return Seen("silent")


def engine(opened, cases: Sequence[Case]) -> Iterator[Seen]:
    """Ask the engine in one batch."""
    for answer in opened.screen_many((case.wire() for case in cases), on_error="row"):
        if isinstance(answer, Refused):
            yield Seen("told", answer.error.what)
        else:
            yield judge(answer.to_dict())


def document(opened, cases: Sequence[Case]) -> Iterator[Seen]:
    """Put the names, or the number, into a sentence and screen the text."""
    for case in cases:
        yield judge(opened.screen_document(sentence(case)).to_dict())


def sentence(case: Case) -> str:
    """Return a sentence with what a case is sent with: its names, or one number."""
    named = case.properties.get("name")
    if named and case.target.schema in _CRAFT:
        # a ship's name is an ordinary word often, and counts where a ship is spoken of
        return f"The vessel {' alias '.join(named)} left on Tuesday.\n"
    if named:
        return f"The minister met {' alias '.join(named)} in Geneva on Tuesday.\n"
    ((prop, (written, *_)),) = case.properties.items()
    return f"The file that was sealed on Tuesday gives {spoken(prop, written)} for him.\n"


class Server:
    """A real server over loopback, for the API, yente's route and the page."""

    def __init__(self, base: str) -> None:
        parts = urllib.parse.urlsplit(base)
        self._host, self._port = parts.hostname, parts.port
        self._connection = http.client.HTTPConnection(self._host, self._port, timeout=120)
        self._cookie = ""

    def api(self, cases: Sequence[Case]) -> Iterator[Seen]:
        """Ask ``/v1/screen``."""
        for case in cases:
            status, body = self._post("/v1/screen", json.dumps({"party": case.wire()}).encode())
            yield judge(json.loads(body)) if status == 200 else Seen("told", f"HTTP {status}")

    def yente(self, cases: Sequence[Case]) -> Iterator[Seen]:
        """Ask ``/match/default`` as yente's clients do, who read status and results alone."""
        for case in cases:
            body = json.dumps({"queries": {"q": case.wire()}}).encode()
            status, reply = self._post("/match/default", body)
            if status != 200:
                yield Seen("told", f"HTTP {status}")
                continue
            results = json.loads(reply)["responses"]["q"]["results"]
            if any(result["match"] for result in results):
                yield Seen("found")
            else:
                yield Seen("review" if results else "silent")

    def page(self, cases: Sequence[Case]) -> Iterator[Seen]:
        """Type the name into the box and read the answer behind the page."""
        for case in cases:
            form = {"what": case.properties["name"][-1], "kind": case.schema}
            status, _, where = self._form("/ask", form)
            if status != 303:
                yield Seen("told", f"HTTP {status}")
                continue
            status, reply = self._get(f"{where}.json")
            if status != 200:  # no answer at all: nothing was measured
                raise RuntimeError(f"{where}.json: HTTP {status}: {reply[:200]!r}")
            answer = json.loads(reply)
            yield judge(answer) if "findings" in answer and "coverage" in answer else Seen("told")

    def _post(self, path: str, body: bytes) -> tuple[int, bytes]:
        self._connection.request("POST", path, body, {"content-type": "application/json"})
        reply = self._connection.getresponse()
        return reply.status, reply.read()

    def _form(self, path: str, form: dict[str, str]) -> tuple[int, bytes, str]:
        body = urllib.parse.urlencode(form)
        headers = {"content-type": "application/x-www-form-urlencoded", "cookie": self._cookie}
        self._connection.request("POST", path, body, headers)
        reply = self._connection.getresponse()
        if session := reply.headers.get("set-cookie"):  # a question belongs to who asked it
            self._cookie = session.partition(";")[0]
        return reply.status, reply.read(), reply.headers.get("location", "")

    def _get(self, path: str) -> tuple[int, bytes]:
        self._connection.request("GET", path, headers={"cookie": self._cookie})
        reply = self._connection.getresponse()
        return reply.status, reply.read()


def shell(home: str, cases: Sequence[Case]) -> Iterator[Seen]:
    """Give names to ``limen screen`` as arguments, as many as fit a command line."""
    for start in range(0, len(cases), _SHELL):
        chunk = cases[start : start + _SHELL]
        names = [case.properties["name"][-1].replace("\0", "") for case in chunk]
        run = _limen(home, "screen", "--format", "jsonl", "--", *names)
        lines = run.stdout.splitlines()
        if len(lines) != len(chunk):
            yield from (Seen("told", f"exit code {run.returncode}") for _ in chunk)
            continue
        yield from (judge(json.loads(line)) for line in lines)


def file(home: str, name: str, content: bytes, count: int) -> Iterator[Seen]:
    """Screen a file by ``limen screen FILE``: one verdict a row."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        run = _limen(home, "screen", str(path), "--format", "jsonl")
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    if not lines and run.returncode:
        reason = re.sub(r"\s+", " ", run.stderr.decode(errors="replace"))[:80]
        yield from (Seen("told", f"exit code {run.returncode}: {reason}") for _ in range(count))
        return
    for row in range(count):
        if row < len(lines):
            yield judge(lines[row].get("answer", lines[row]))
        else:
            yield Seen("silent" if run.returncode == 0 else "told", "no row came out")


def _limen(home: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", LIMEN, *arguments],
        env={**os.environ, "LIMEN_HOME": home}, capture_output=True, check=False,
    )  # fmt: skip
