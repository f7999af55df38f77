"""The commands that write customer bases: no customer and no pair is lost, and none comes twice."""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta
from pathlib import Path

from tests.crash.writers import WRITERS, check_no_remains, command, succeed
from tests.screened import AFTER, BEFORE, small_home
from tests.watching.own_list import LIST as OWN
from tests.watching.own_list import make_home, publish

from limen.rescreening import run_work
from limen.rescreening.bases.base import verify_base
from limen.rescreening.bases.base_home import base_folder, open_base
from limen.rescreening.run_record import CHANGES, PAIRS, last_run, read_run, runs_folder
from limen.watching.alerts_of_runs import runs_since

_NAMES = ("Sergey Aksyonov", "Nobody Known", "Promsvyazbank", "Igor Sechin", "Promsvyazbank OOO")


def _customers(path: Path, count: int) -> Path:
    rows = (f"C{row},{_NAMES[row % len(_NAMES)]} {row}" for row in range(count))
    path.write_text("id,name\n" + "\n".join(rows) + "\n")
    return path


class BaseUpdate:
    """``limen base update``, to and fro between two files."""

    def __init__(self, home: Path) -> None:
        small_home(home)
        self._home = home
        self._files = {count: _customers(home / f"{count}.csv", count) for count in (40, 60)}
        succeed(home, "base", "add", "retail", str(self._files[40]), "--quiet")
        self._next = 40

    def prepare(self, chance: random.Random) -> None:
        self._next = 100 - len(open_base(self._home, "retail"))

    def run(self) -> int:
        return command(
            self._home, "base", "update", "retail", str(self._files[self._next]), "--quiet"
        )

    def check(self, code: int) -> None:
        base = open_base(self._home, "retail")
        verify_base(base)
        assert len(base) in ((self._next,) if code == 0 else (40, 60))
        code = self.run()
        assert code == 0, f"the next one left with {code}"
        now = open_base(self._home, "retail")
        verify_base(now)
        assert len(now) == self._next
        check_no_remains(base_folder(self._home, "retail") / "versions", ".*")


class Rescreen:
    """``limen rescreen``, over what changed: a bank that came to the list."""

    def __init__(self, home: Path) -> None:
        small_home(home)
        self._home = home
        self._folder = base_folder(home, "retail")
        file = _customers(home / "customers.csv", 100)
        succeed(home, "base", "add", "retail", str(file), "--quiet")
        run_work.PART = 5  # a run of many parts, as that of a large base
        self._command(BEFORE)
        self._first = last_run(self._folder)
        shutil.copytree(self._folder, home / "before")
        self._command(AFTER)
        self._second = last_run(self._folder)
        self._whole = self._content()

    def _command(self, day: str) -> int:
        return command(
            self._home, "rescreen", "retail", "--as-of", day, "--known-at", day, "--quiet",
            "--output", str(self._home / "changes.jsonl"),
        )  # fmt: skip

    def _content(self) -> list[bytes]:
        run = runs_folder(self._folder) / (self._second or "")
        return [(run / name).read_bytes() for name in (PAIRS, CHANGES)]

    def prepare(self, chance: random.Random) -> None:
        if chance.random() < 0.8:  # else it is run again after it was whole
            shutil.rmtree(self._folder)
            shutil.copytree(self._home / "before", self._folder)

    def run(self) -> int:
        return self._command(AFTER)

    def check(self, code: int) -> None:
        last = last_run(self._folder)
        assert last in ((self._second,) if code == 0 else (self._first, self._second))
        if last == self._second:
            assert self._content() == self._whole, "a part of the pairs is called whole"
        code = self.run()
        assert code == 0, f"the next one left with {code}"
        assert last_run(self._folder) == self._second
        assert self._content() == self._whole, "other pairs than of a run that was not ended"
        check_no_remains(runs_folder(self._folder), ".*")


class Watch:
    """``limen watch``: each day a party comes to a list, and a customer has its name."""

    def __init__(self, home: Path) -> None:
        self._home, self._lists = home, home / "lists"
        make_home(home)
        self._day = date(2024, 1, 1)
        self._names = ["Ivan Petrenko"]
        self._publish()
        self.run()

    def _publish(self) -> None:
        self._day += timedelta(days=1)
        publish(self._lists, self._day.isoformat(), *self._names)

    def prepare(self, chance: random.Random) -> None:
        """Let the one customer that is not the canary come to the list, or leave it."""
        other = "Olena Hrytsenko"
        self._names = ["Ivan Petrenko"] + [other] * (other not in self._names)
        self._publish()

    def run(self) -> int:
        return command(
            self._home, "watch", "--from", str(self._lists), "--list", OWN, "--quiet",
            "--allow-stale", OWN, "--most-lag", "9999d", "--output", str(self._home / "watch.json"),
        )  # fmt: skip

    def check(self, code: int) -> None:
        code = self.run()
        assert code == 0, f"the next one left with {code}"
        folder = base_folder(self._home, "retail")
        last = last_run(folder)
        assert last is not None
        runs = runs_since(folder, read_run(runs_folder(folder) / last), "")
        changed = {f"retail-{run.id}.jsonl" for run in runs if set(run.outcomes) - {"same"}}
        alerts = self._home / "watch" / "alerts"
        assert {path.name for path in alerts.iterdir()} == changed, "alerts of a run are missing"
        for run in runs:
            written = alerts / f"retail-{run.id}.jsonl"
            lines = written.read_bytes().splitlines() if written.exists() else []
            expected = sum(count for name, count in run.outcomes.items() if name != "same")
            assert len(lines) == expected, "an alert is lost, or comes twice"
        check_no_remains(alerts, "*.partial")


WRITERS |= {"base update": BaseUpdate, "rescreen": Rescreen, "watch": Watch}
