"""Trials of kinds 2, 5 to 8, 10 and 11: files, days, coverage and commands, in small homes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.worlds import TODAY, a_list, fill, listed, registry, world

from benchmarks.false_clear import layouts
from benchmarks.false_clear.cases import Target
from benchmarks.false_clear.shown_by.trial import FOUND, SEEN, UNKNOWN, Trial, of_answer
from benchmarks.false_clear.ways import LIMEN

_EXITS = {0: "done", 2: "refused", 3: "refused", 6: "cannot say", 10: "review", 11: "hit"}
_VTB = listed("1", "VTB BANK", "Company", alias=("Vneshtorgbank",))
_BANK = {"schema": "Company", "properties": {"name": ["VTB BANK"]}}


def trials(home: Path, targets: list[Target], folder: Path) -> Iterator[Trial]:
    """Yield the trials that are commands.

    Args:
        home: a home with all lists.
        targets: listed parties, in a fixed order.
        folder: where small homes are made.
    """
    yield from _files(home, targets)
    yield from _days(folder)
    yield from _coverage(home, folder)
    yield from _interrupted(folder)
    yield from _outputs(home, folder)


def _files(home: Path, targets: list[Target]) -> Iterator[Trial]:
    """Yield files whose headings or keys mislead: every row must be found."""
    people = [each for each in targets if each.schema == "Person"][:8]
    for kind, layout in (layouts.PEOPLE | layouts.ANYONE).items():
        run = partial(_file, home, layout, people)
        yield Trial(2, f"file: {kind}", "limen screen FILE --format jsonl", run, ("hit", *SEEN))


def _file(home: Path, layout: layouts.Layout, people: list[Target]) -> str:
    """Return the least of the answers of a file's rows."""
    import random

    name, content = layout(people, random.Random(1))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        done = _limen(home, "screen", str(path), "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if not rows:
        return _EXITS.get(done.returncode, str(done.returncode))
    answers = [of_answer(row.get("answer", row)) for row in rows[: len(people)]]
    worst = ("clear", "clear with a notice", "cannot say", "review", "hit")
    return min(answers, key=worst.index)


def _days(folder: Path) -> Iterator[Trial]:
    """Yield a removed alias, a key that is used again, and a delisting, as of their days."""
    reused = listed("2", "GHOST SHIPPING", "Company")
    versions = {
        "eu_fsf": {
            "2024-05-01": [_VTB, reused],
            "2024-05-10": [listed("1", "VTB BANK", "Company"), listed("2", "OTHER", "Company")],
            "2024-05-20": [listed("1", "VTB BANK", "Company"), listed("3", "THIRD", "Company")],
        }
    }
    engine = world(folder / "days", registry(a_list("eu_fsf", "EU", max_age_days=9_999)), versions)
    for what, name, day, right in (
        ("an alias that was removed later", "Vneshtorgbank", "2024-05-05", FOUND),
        ("a key that was used again", "Ghost Shipping", "2024-05-05", FOUND),
        ("a party that was delisted", "OTHER", "2024-05-12", FOUND),
        ("a party that is delisted", "OTHER", "2024-05-25", ("clear", "review")),
        ("a day before the archive begins", "Ghost Shipping", "2015-06-01", ("cannot say",)),
    ):
        party = {"schema": "Company", "properties": {"name": [name]}}
        run = partial(_as_of, engine, party, day)
        yield Trial(5 if day > "2020" else 10, what, f"screen({name!r}, as_of={day!r})", run, right)


def _as_of(engine, party, day: str) -> str:
    return of_answer(engine.screen(party, as_of=day).to_dict())


def _coverage(home: Path, folder: Path) -> Iterator[Trial]:
    """Yield questions that the lists at hand cannot answer, and choices that contradict."""
    lists = registry(
        a_list("un_sc", "UN", max_age_days=9_999), a_list("eu_fsf", "EU", max_age_days=9_999)
    )
    only_un = world(folder / "un", lists, {"un_sc": {"2024-05-01": [listed("1", "SOME BODY")]}})
    yield Trial(6, "a home with the UN's list alone", "screen(VTB BANK)",
                lambda: of_answer(only_un.screen(_BANK).to_dict()), UNKNOWN)  # fmt: skip
    old = registry(a_list("un_sc", "UN", max_age_days=10))
    late = world(folder / "old", old, {"un_sc": {"2020-05-01": [listed("1", "SOME BODY")]}})
    yield Trial(10, "a list that is overdue", "screen(VTB BANK)",
                lambda: of_answer(late.screen(_BANK).to_dict()), UNKNOWN)  # fmt: skip
    for what, arguments in (
        ("a list and another authority", ("--list", "us_ofac_sdn", "--authority", "EU")),
        ("an authority that is none", ("--authority", "XX")),
        ("a list that is none", ("--list", "us_ofac_sdm")),
    ):
        command = ("screen", "VTB", *arguments)
        yield Trial(6, what, f"limen {' '.join(command)}", partial(_exit, home, *command), UNKNOWN)
    for name in ("Alexander", "Sergey"):
        command = ("screen", name, "--list", "ch_seco")
        yield Trial(7, "a bare given name, in SECO's list", f"limen {' '.join(command)}",
                    partial(_first, home, *command), ("clear", "review", "cannot say"))  # fmt: skip


def _interrupted(folder: Path) -> Iterator[Trial]:
    """Yield an update that ended between store and activation."""

    def run() -> str:
        from limen.archive import Archive
        from limen.engine import Engine
        from limen.snapshot import Snapshot, active_folder
        from limen.snapshot.build.current import bring_up_to_date

        home = folder / "killed"
        lists = registry(a_list("eu_fsf", "EU", max_age_days=9_999))
        world(home, lists, {"eu_fsf": {"2024-05-01": [listed("9", "SOME BODY")]}})
        fill(home, {"eu_fsf": {"2024-05-10": [_VTB]}})  # stored, and killed before it is compiled
        with Archive.open(str(home / "archive.sqlite")) as archive:
            bring_up_to_date(home, lists, archive, clock=lambda: TODAY)
        engine = Engine(Snapshot(active_folder(home)), clock=lambda: TODAY)
        return of_answer(engine.screen(_BANK).to_dict())

    yield Trial(8, "killed between store and activation", "limen lists update", run, FOUND)


def _outputs(home: Path, folder: Path) -> Iterator[Trial]:
    """Yield what a script reads: exit codes, and the status of the routes."""
    for what, arguments, right in (
        ("exit code of a hit", ("screen", "VTB", "--fail-on", "hit"), FOUND),
        ("exit code of an old home", ("screen", "Anna Nowak"), UNKNOWN),
    ):
        at = folder / "old" if "old" in what else home
        yield Trial(11, what, f"limen {' '.join(arguments)}", partial(_exit, at, *arguments), right)
    yield Trial(11, "/match where lists cannot clear", "POST /match/default",
                partial(_status, folder / "old"), ("HTTP 503",))  # fmt: skip


def _status(home: Path) -> str:
    """Return the status of yente's route for a name that is not listed, over lists that are old."""
    import urllib.error
    import urllib.request

    from benchmarks.server.running import server

    before = os.environ["LIMEN_HOME"]
    os.environ["LIMEN_HOME"] = str(home)
    try:
        with server(workers=1) as (base, _, _):
            party = {"schema": "Person", "properties": {"name": ["Anna Nowak"]}}
            body = json.dumps({"queries": {"q": party}}).encode()
            asked = urllib.request.Request(
                f"{base}/match/default", body, {"content-type": "application/json"}
            )
            try:
                with urllib.request.urlopen(asked) as reply:
                    return f"HTTP {reply.status}"
            except urllib.error.HTTPError as error:
                return f"HTTP {error.code}"
    finally:
        os.environ["LIMEN_HOME"] = before


def _first(home: Path, *command: str) -> str:
    done = _limen(home, *command, "--format", "jsonl")
    return of_answer(json.loads(done.stdout.splitlines()[0]))


def _exit(home: Path, *arguments: str) -> str:
    return _EXITS.get(_limen(home, *arguments).returncode, "another exit code")


def _limen(home: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LIMEN_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-c", LIMEN, *arguments], env=environment, capture_output=True, check=False
    )
