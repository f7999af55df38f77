"""Updates that are ended at random instants, each followed by the next ``limen lists update``.

``python -m benchmarks.lists.kills --times 1000 --seed 1 --small-disk --page``: an update of two
small lists runs in a process of its own and is killed (SIGKILL), interrupted (SIGINT), or runs out
of disk (a limit on the size of files, or a tmpfs that is full; mounting one needs root). Then the
archive must be whole, the next update must end with 0, and what is served must be what the archive
holds.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from benchmarks.endings import EXPECTED, WIDE, Endings, in_child, mount, unmount
from benchmarks.machine import header, write
from limen.archive import Archive
from limen.cli.main_command import limen
from limen.cli.run_command import run
from limen.engine import Engine
from limen.snapshot import (
    Snapshot,
    SnapshotInfo,
    active_folder,
    active_id,
    list_snapshots,
    verify,
)
from limen.snapshot.build import build, registry_of

_LISTS = ("one", "two")
OWN_LIST = """\
id: {id}
title: List {id}
authority: OWN
publisher: us
page: https://example.org
downloads: []
licence: {{name: ours, redistribute: false}}
cadence: daily
max_age_days: 30
records: {{min: 2, max: 1000}}
max_shrink: 0.4
canaries: [{{name: Karim Abramovich Testov, record_id: "0"}}]
default: true
in_service: {{from: null, until: null}}
"""
#: A home with more versions takes longer to build than an update is to take.
_VERSIONS = 25
_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprstvz"


@dataclass(slots=True)
class World:
    """A home, the folder that its updates read, and the versions written so far."""

    home: Path
    folder: Path
    endings: Endings
    day: date = date(2024, 1, 1)
    names: dict[str, list[str]] = field(default_factory=dict)

    def publish(self, chance: random.Random) -> None:
        """Write the next version of each list: one party leaves, a new one comes."""
        self.day += timedelta(days=1)
        lines = ["versions:"]
        for list_id in _LISTS:
            names = self.names.setdefault(list_id, [_name(chance) for _ in range(8)])
            names.pop(0)
            names.append(_name(chance))
            file = f"{list_id}-{self.day}.csv"
            (self.folder / file).write_text(_table(names), encoding="utf-8")
            lines.append(
                f"  - {{list: {list_id}, format: limen_csv, published: {self.day}, "
                f"files: {{csv: {file}}}}}"
            )
        (self.folder / "lists.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def remove_old_snapshots(self) -> None:
        """Leave the active snapshot alone: old ones stay for good, and fill the small disk."""
        for snapshot in list_snapshots(self.home):
            if not snapshot.active:
                shutil.rmtree(snapshot.folder)

    def update(self) -> int:
        """Run the command as a user does."""
        os.environ["LIMEN_HOME"] = str(self.home)
        return run(limen, ["lists", "update", "--from", str(self.folder), "--quiet"])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--small-disk", action="store_true", help="mount a tmpfs to fill")
    options.add_argument("--page", action="store_true", help="write the page of results")
    chosen = options.parse_args()
    table, faults = kill_updates(chosen.times, chosen.seed, small_disk=chosen.small_disk)
    command = f"python -m benchmarks.lists.kills {' '.join(sys.argv[1:])}"
    lines = header("Updates that are killed", command)
    lines += ["| ended by | the update | times | its exit code |", "|---|---|---:|---|"]
    for (ending, stage), codes in sorted(table.items()):
        printed = ", ".join(f"{code}: {count}" for code, count in sorted(codes.items()))
        lines.append(f"| {ending} | {stage} | {sum(codes.values())} | {printed} |")
    lines += ["", f"Faults: {len(faults)} of {chosen.times}.", *(f"- {fault}" for fault in faults)]
    if chosen.page:
        write("list_kills.md", lines)
    else:
        print("\n".join(lines))
    return 1 if faults else 0


def kill_updates(
    times: int, seed: int, *, small_disk: bool
) -> tuple[dict[tuple[str, str], Counter[int]], list[str]]:
    """End updates so often; return exit codes by ending and stage, and what went wrong."""
    _load_modules()
    chance = random.Random(seed)
    table: dict[tuple[str, str], Counter[int]] = {}
    faults: list[str] = []
    done = 0
    while done < times:
        with (
            tempfile.TemporaryDirectory(prefix="limen-kills-") as folder,
            _world(folder, small_disk=small_disk) as world,
        ):
            for _ in range(min(_VERSIONS, times - done)):
                done += 1
                ending, stage, code, fault = _once(world, chance)
                table.setdefault((ending, stage), Counter())[code] += 1
                if fault:
                    faults.append(f"{done}, {ending}, {stage}: {fault}")
                    break
    return table, faults


def _load_modules() -> None:
    """Run an update and a check once in this process, so that no child has to load modules."""
    with (
        tempfile.TemporaryDirectory(prefix="limen-kills-") as folder,
        _world(folder, small_disk=False) as world,
    ):
        world.publish(random.Random(1))
        world.update()
        _check_served(world, rebuild=True)
    gc.freeze()


@contextmanager
def _world(folder: str, *, small_disk: bool) -> Iterator[World]:
    """A home, on a small disk of its own where that is wanted, with a first version loaded."""
    home, source = Path(folder, "home"), Path(folder, "source")
    home.mkdir()
    source.mkdir()
    mounted = small_disk and mount(home, WIDE)
    (home / "lists.d").mkdir()
    for list_id in _LISTS:
        text = OWN_LIST.format(id=list_id)
        (home / "lists.d" / f"{list_id}.yml").write_text(text, encoding="utf-8")
    world = World(home, source, Endings(home, small_disk=mounted))
    world.publish(random.Random(0))
    in_child(world.update)
    try:
        yield world
    finally:
        if mounted:
            unmount(home)


def _once(world: World, chance: random.Random) -> tuple[str, str, int, str]:
    """End one update, run the next, and return what went wrong, if anything did."""
    world.publish(chance)
    world.remove_old_snapshots()
    if world.endings.unknown:
        world.endings.learn(world.update)
        world.publish(chance)
    ending = world.endings.draw(chance)
    before = active_id(world.home)
    code, said = world.endings.end(world.update, ending, chance)
    if code not in EXPECTED[ending]:
        return ending, "?", code, f"left with {code}: {said}"
    whole, said = in_child(lambda: _check_archive(world))
    if whole:
        return ending, "?", code, f"the archive is not whole: {said}"
    stage = _stage(world, before)
    again, said = in_child(world.update)
    if again:
        return ending, stage, code, f"the next update left with {again}: {said}"
    rebuild = chance.random() < 0.1
    served, said = in_child(lambda: _check_served(world, rebuild=rebuild))
    return ending, stage, code, said if served else ""


def _archive(world: World) -> Archive:
    return Archive.open(world.home / "archive.sqlite")


def _check_archive(world: World) -> None:
    with _archive(world) as archive:
        archive.verify()


def _stage(world: World, before: str | None) -> str:
    """How far the update came, by what it left."""
    with _archive(world) as archive:
        days = [archive.versions(each)[-1].published == str(world.day) for each in _LISTS]
    if active_id(world.home) != before:
        return "had activated its snapshot"
    stored = ("had stored nothing", "had stored one list of two", "had stored both, built nothing")
    return stored[sum(days)]


def _check_served(world: World, *, rebuild: bool) -> None:
    """Raise where the active snapshot is not what the archive holds, or misses who is new."""
    folder = active_folder(world.home)
    manifest = verify(folder)
    served = {
        info.id: [(each.published, each.sha256) for each in info.versions]
        for info in manifest.lists
    }
    with _archive(world) as archive:
        for list_id in _LISTS:
            held = [
                (each.version.published, each.version.content_hash)
                for each in archive.vintages(list_id)
            ]
            assert held[-1][0] == str(world.day), f"{list_id} of {world.day} is not stored"
            assert served[list_id] == held, f"{list_id}: served {served[list_id][-1]}"
        if rebuild:
            info: SnapshotInfo = build(
                world.home, registry_of(world.home), archive=archive, use=False
            )
            assert info.manifest.id == manifest.id, f"built again it is {info.manifest.id}"
    _check_answers(world, Engine(Snapshot(folder)))
    left = [
        path.name
        for path in (world.home / "snapshots").iterdir()
        if path.name[0] == "." and path.suffix != ".lock"  # a lock's file stays
    ]
    assert not left, f"remains: {left}"


def _check_answers(world: World, engine: Engine) -> None:
    for list_id, names in world.names.items():
        person = {"schema": "Person", "properties": {"name": [names[-1]]}}
        found = engine.screen(person, as_of=str(world.day), lists=[list_id]).findings
        assert any(finding.id.startswith(f"{list_id}:") for finding in found), names[-1]


def _name(chance: random.Random) -> str:
    """Two words of three syllables, that no other party has."""
    words = (
        "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(4))
        for _ in range(2)
    )
    return " ".join(word.title() for word in words)


def _table(names: list[str]) -> str:
    rows = [
        "id,schema,name,programme",
        "0,Person,Karim Abramovich Testov,X",
        *(f"{name.replace(' ', '-')},Person,{name},X" for name in names),
    ]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
