"""The commands that write, each with what must hold once it was ended.

A writer sets a scene, runs its command as a user does, and checks: what was acknowledged is
there, and the next run succeeds. ``lists update`` has a harness of its own
(:mod:`benchmarks.lists.kills`), with the same endings.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

import yaml
from benchmarks.lists.kills import OWN_LIST
from tests.cases.desk import ANNA, APPROVE, BO, PROPOSE, answer
from tests.payment_messages import pacs008, transaction
from tests.screened import AFTER, AKSYONOV, LIST, small_home
from tests.worlds import Band, a_list, fill, listed, registry

from limen.batch.output import checkpointed_output
from limen.batch.screen_arguments import ScreenArguments
from limen.cases.cases import Cases
from limen.cases.verification import verify as verify_cases
from limen.cli.main_command import limen
from limen.cli.run_command import run
from limen.model import LimenError
from limen.server.jobs import job_files
from limen.server.jobs.store import Jobs
from limen.server.jobs.work import JobRun
from limen.snapshot import active_folder, active_id, list_snapshots, verify
from limen.snapshot.build import build
from limen.snapshot.format import Manifest
from limen.util.exit_codes import ExitCode

_NAMES = ("Sergey Aksyonov", "Nobody Known", "Promsvyazbank", "Igor Sechin")
_LISTS = registry(a_list(LIST, "UN", max_age_days=14, records=Band(min=1, max=10)))


#: The helpers of a job's process hold its lock until they see, every second, that it is gone.
_HELPERS_END = 10.0


class Writer(Protocol):
    """A command that writes, in a home of its own."""

    def __init__(self, home: Path) -> None: ...

    def prepare(self, chance: random.Random) -> None:
        """Set the scene of the next run."""

    def run(self) -> int:
        """Run the command."""

    def check(self, code: int) -> None:
        """Raise where something acknowledged is lost, or the next run does not succeed."""


def command(home: Path, *arguments: str) -> int:
    """Run a command in this process."""
    os.environ["LIMEN_HOME"] = str(home)
    return run(limen, list(arguments))


def succeed(home: Path, *arguments: str) -> None:
    """Run a command that must leave with 0."""
    code = command(home, *arguments)
    assert code == 0, f"the next {' '.join(arguments[:2])} left with {code}"


class SnapshotBuild:
    """``limen snapshot build``, of an archive with one version more each time."""

    _LIST = "mine"

    def __init__(self, home: Path) -> None:
        self._home = home
        (home / "lists.d").mkdir(parents=True)
        (home / "lists.d" / "mine.yml").write_text(OWN_LIST.format(id=self._LIST))
        self._day = date.fromisoformat(AFTER)

    def prepare(self, chance: random.Random) -> None:
        self._day += timedelta(days=1)
        first = listed("0", "Karim Abramovich Testov")
        newest = listed("9", f"Kira Example {chance.randrange(1 << 30)}")
        fill(self._home, {self._LIST: {str(self._day): [first, newest]}})
        for snapshot in list_snapshots(self._home):
            if not snapshot.active:
                shutil.rmtree(snapshot.folder)

    def run(self) -> int:
        return command(self._home, "snapshot", "build", "--quiet")

    def check(self, code: int) -> None:
        before = verify(active_folder(self._home))
        assert code != 0 or self._newest(before) == str(self._day)
        succeed(self._home, "snapshot", "build", "--quiet")
        assert self._newest(verify(active_folder(self._home))) == str(self._day)
        check_no_remains(self._home / "snapshots", ".*")

    def _newest(self, manifest: Manifest) -> str:
        (info,) = [each for each in manifest.lists if each.id == self._LIST]
        return info.versions[-1].published


class SnapshotUse:
    """``limen snapshot use``, between two snapshots."""

    def __init__(self, home: Path) -> None:
        self._home = home
        small_home(home)
        fill(home, {LIST: {"2022-02-26": [AKSYONOV]}})
        build(home, _LISTS)
        self._ids = [each.manifest.id for each in list_snapshots(home)]
        self._wanted = self._before = self._ids[0]

    def prepare(self, chance: random.Random) -> None:
        self._before = active_id(self._home) or ""
        self._wanted = next(each for each in self._ids if each != self._before)

    def run(self) -> int:
        return command(self._home, "snapshot", "use", self._wanted, "--quiet")

    def check(self, code: int) -> None:
        active = active_id(self._home)
        assert active in ((self._wanted,) if code == 0 else self._ids)
        verify(active_folder(self._home))
        if active == self._wanted:
            self._check_recorded()
        succeed(self._home, "snapshot", "use", self._wanted, "--quiet")
        self._check_recorded()

    def _check_recorded(self) -> None:
        lines = (self._home / "snapshots" / "activations.jsonl").read_text().splitlines()
        assert json.loads(lines[-1])["snapshot"] == self._wanted


class ScreenFile:
    """``limen screen FILE --output``, gone on with by ``--resume`` until it is whole."""

    _COMMAND = "screen"
    _FILE = "portfolio.csv"
    _ROWS = 400

    def __init__(self, home: Path) -> None:
        small_home(home)
        self._home = home
        self._file = home / self._FILE
        self._output = home / "answers.jsonl"
        self._file.write_bytes(self._content())
        checkpointed_output._CHECKPOINT_SECONDS = 0.005  # this file takes no two seconds
        self.run()
        self._whole = self._output.read_bytes()

    def _content(self) -> bytes:
        rows = (f"{row},{_NAMES[row % 4]} {row}" for row in range(self._ROWS))
        return ("id,name\n" + "\n".join(rows) + "\n").encode()

    def prepare(self, chance: random.Random) -> None:
        if chance.random() < 0.5:
            self._output.unlink(missing_ok=True)

    def run(self) -> int:
        return command(
            self._home, self._COMMAND, str(self._file), "--output", str(self._output), "--resume",
            "--as-of", AFTER, "--quiet", "--progress", "off",
        )  # fmt: skip

    def check(self, code: int) -> None:
        if code == 0 or self._output.exists():
            assert self._output.read_bytes() == self._whole, "a part of the answers has its name"
        code = self.run()
        assert code == 0, f"going on with it left with {code}"
        assert self._output.read_bytes() == self._whole, "other answers than of a whole run"
        check_no_remains(self._home, "answers.jsonl.*")


class PayFile(ScreenFile):
    """``limen pay FILE --output``, likewise: no transaction is lost or there twice."""

    _COMMAND = "pay"
    _FILE = "payments.xml"
    _ROWS = 150

    def _content(self) -> bytes:
        return pacs008(
            *(transaction(row, creditor=f"{_NAMES[row % 4]} {row}") for row in range(self._ROWS))
        )


class Keys:
    """``limen keys add``; every key that was acknowledged stays."""

    def __init__(self, home: Path) -> None:
        self._home = home
        home.mkdir(exist_ok=True)
        succeed(home, "keys", "add", "key-0")
        self._names = ["key-0"]
        self._count = 0

    def prepare(self, chance: random.Random) -> None:
        self._count += 1

    def run(self) -> int:
        return command(self._home, "keys", "add", f"key-{self._count}")

    def check(self, code: int) -> None:
        held = self._held()
        assert set(self._names) <= held, "a key is lost"
        assert code != 0 or f"key-{self._count}" in held
        succeed(self._home, "keys", "add", f"next-{self._count}")
        self._names = sorted(self._held())
        check_no_remains(self._home / "server", "keys.json.*")

    def _held(self) -> set[str]:
        return {each["name"] for each in json.loads((self._home / "server/keys.json").read_bytes())}


class RegimesAccept:
    """``limen regimes accept``; every record that was acknowledged stays."""

    def __init__(self, home: Path) -> None:
        self._home = home
        home.mkdir(exist_ok=True)
        self._count = 0
        self._taken: list[str] = []

    def prepare(self, chance: random.Random) -> None:
        self._count += 1
        name = f"X{self._count}"
        statement = {
            "id": name, "authority": "US", "speaker": "s", "rank": "head", "attribution": "named",
            "channel": "remarks", "said": "2022-01-01", "source": f"DOC-{self._count}",
            "quote": f"words {name}", "status": "new", "span": [3, 8],
        }  # fmt: skip
        proposals = {
            "document": {"id": f"DOC-{self._count}", "name": "a.txt", "sha256": "00ff"},
            "regime": f"mine-{self._count}",
            "title": "My own",
            "statements": [statement],
        }
        (self._home / "proposals.yml").write_text(yaml.safe_dump(proposals))

    def run(self) -> int:
        file = str(self._home / "proposals.yml")
        return command(self._home, "regimes", "accept", file, "--all", "--reviewer", "A", "--quiet")

    def check(self, code: int) -> None:
        held = self._held()
        assert set(self._taken) <= held, "an accepted record is lost"
        assert code != 0 or f"X{self._count}" in held
        code = self.run()
        assert code == 0, f"the next one left with {code}"
        self._taken = sorted(self._held())
        assert f"X{self._count}" in self._taken
        check_no_remains(self._home / "regimes.d", "*.partial")

    def _held(self) -> set[str]:
        folder = self._home / "regimes.d"
        files = (yaml.safe_load(path.read_bytes()) for path in folder.glob("doc-*.yml"))
        return {each["id"] for file in files for each in file["statements"]}


class Job:
    """The process of a file that was uploaded; a dead one has failed, and holds up no other."""

    def __init__(self, home: Path) -> None:
        small_home(home)
        self._home = home
        self._jobs = home / "jobs"
        self._folder = self._jobs / ("0" * 22)

    def prepare(self, chance: random.Random) -> None:
        shutil.rmtree(self._jobs, ignore_errors=True)
        self._folder = self._file_job(f"{chance.randrange(10**9):022d}")

    def _file_job(self, name: str) -> Path:
        folder = self._jobs / name
        (folder / job_files.INPUT).mkdir(parents=True)
        rows = "".join(f"{row},Sergey Aksyonov {row}\n" for row in range(200))
        (folder / job_files.INPUT / "a.csv").write_text(f"id,name\n{rows}")
        request = job_files.JobRequest(
            file="a.csv",
            snapshot=str(active_folder(self._home)),
            query=ScreenArguments(as_of=AFTER),
        )
        job_files.write(folder, job_files.REQUEST, request)
        return folder

    def run(self) -> int:
        return JobRun(self._folder, os.getppid()).run()

    def check(self, code: int) -> None:
        jobs = Jobs(self._jobs, days=1)
        end = time.monotonic() + _HELPERS_END
        while (progress := jobs.progress(self._folder)).state == "running":
            assert time.monotonic() < end, progress
            time.sleep(0.1)
        if (self._folder / job_files.ALIVE).exists():
            assert progress.state in job_files.ENDED, progress
        if progress.state == "done":
            lines = jobs.results(self._folder).read_text().splitlines()
            assert len(lines) == 201, f"{len(lines)} lines of results"
        else:
            assert progress.error or progress.state in ("cancelled", "queued"), progress
        self._folder = self._file_job("n" * 22)
        self.run()
        assert jobs.progress(self._folder).state == "done"


class CaseDecisions:
    """Decisions at the desk; each is noted in a file once it was acknowledged."""

    def __init__(self, home: Path) -> None:
        home.mkdir(exist_ok=True)
        self._store, self._noted = home / "cases.sqlite", home / "acknowledged.txt"
        self._round = 0
        with Cases.open(self._store):
            pass

    def prepare(self, chance: random.Random) -> None:
        self._round += 1

    def run(self) -> int:
        try:
            with Cases.open(self._store) as cases:
                for number in range(5):
                    self._decide(cases, f"C{self._round}-{number}")
        except LimenError as error:
            print(error)
            return error.exit_code
        except OSError as error:  # the note itself is as long as a file may be
            print(error)
            return ExitCode.DATA_REFUSED
        return 0

    def _decide(self, cases: Cases, subject: str) -> None:
        (opened,) = cases.open_alerts([answer(subject=subject)])
        for what, person in ((PROPOSE, ANNA), (APPROVE, BO)):
            event = cases.act(opened.alert, cases.alert(opened.alert).version, what, person)
            with self._noted.open("ab", buffering=0) as noted:
                noted.write(f"{event.seq} {event.about} {event.type}\n".encode())

    def check(self, code: int) -> None:
        with Cases.open(self._store) as cases:
            faults = verify_cases(cases.database).faults
            assert not faults, str(faults[0])
            self._check_noted(cases)
            self._round += 1
            self._decide(cases, f"next-{self._round}-{time.time_ns()}")

    def _check_noted(self, cases: Cases) -> None:
        lines = self._noted.read_text().splitlines() if self._noted.exists() else []
        for line in lines[-20:]:
            seq, about, kind = line.split()
            held = [event for event in cases.events(about) if event.seq == int(seq)]
            assert [event.type for event in held] == [kind], f"acknowledged and lost: {line}"


def check_no_remains(folder: Path, pattern: str) -> None:
    """Raise where files that were being written are still there."""
    found = (path.name for path in folder.glob(pattern))
    remains = sorted(name for name in found if not name.endswith(".lock"))  # a lock's file stays
    assert not remains, f"remains: {remains}"


WRITERS: dict[str, type[Writer]] = {
    "snapshot build": SnapshotBuild,
    "snapshot use": SnapshotUse,
    "screen --resume": ScreenFile,
    "pay --resume": PayFile,
    "keys add": Keys,
    "cases decide": CaseDecisions,
    "regimes accept": RegimesAccept,
    "a job's process": Job,
}
