"""One writer at a time, and writers that are killed at any moment."""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import time
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from tests.archive.by_hand import LIST, load, person

from limen.archive import Archive
from limen.model import BusyError

KILLS = 15
VERSIONS = 20
RECORDS = 500
SPAWN = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
SPAWN.set_forkserver_preload(["limen.archive", "sqlalchemy.dialects.sqlite"])


def load_version(archive: Archive, number: int) -> None:
    """One of several versions, each with a few records more and a few changed."""
    entries = [
        person(str(each), f"NAME {each} {number if each % 7 == 0 else ''}", "SDGT")
        for each in range(RECORDS + number)
        if each % 23 != number
    ]
    load(archive, f"2022-02-{number:02}", *entries)


def load_from(path: Path, says: Connection, first: int) -> None:
    """Says what comes next: 0 for opening the archive, then the number of each version."""
    says.send(0)
    with Archive.open(path) as archive:
        for number in range(first, VERSIONS + 1):
            says.send(number)
            load_version(archive, number)


def hold(path: Path, says: Connection) -> None:
    with Archive.open(path) as archive, archive.updating("limen lists update"):
        says.send(0)
        time.sleep(60)


@contextmanager
def running(target, path: Path, *more: int, until: int = 0):
    """A process that has just said ``until``; killed without mercy when the block ends."""
    mine, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=target, args=(path, theirs, *more))
    process.start()
    theirs.close()
    with mine:
        while mine.poll(30) and mine.recv() < until:
            pass
        try:
            yield process
        finally:
            process.kill()
            process.join()
            process.close()


def everything_in(archive: Archive) -> tuple:
    versions = {each.published: each.content_hash for each in archive.versions()}
    return versions, list(archive.states(LIST))


@pytest.mark.skipif(os.name != "posix", reason="processes are killed in another way here")
def test_killed_at_any_moment_the_archive_is_whole_and_the_load_can_be_finished(tmp_path):
    with Archive.open(tmp_path / "uninterrupted.db") as archive:
        began = time.monotonic()
        for number in range(1, VERSIONS + 1):
            load_version(archive, number)
        a_version = (time.monotonic() - began) / VERSIONS
        versions, states = everything_in(archive)
    path = tmp_path / "archive.db"
    moments = random.Random(20220221)
    held: dict[str, str] = {}
    interrupted = 0
    for count in range(KILLS):
        until = min(len(held) + moments.randint(1, 2), VERSIONS) if count > 1 else 0
        with running(load_from, path, max(len(held), 1), until=until):
            time.sleep(moments.uniform(0.0, 1.5 * a_version))
        with Archive.open(path) as archive:
            archive.verify()
            held = {each.published: each.content_hash for each in archive.versions()}
            assert held.items() <= versions.items()
        interrupted += len(held) < VERSIONS
        if len(held) == VERSIONS:
            break
    assert held
    assert interrupted >= 5, "the kills fell beside the loads; this proves nothing"
    with Archive.open(path) as archive:
        for number in range(1, VERSIONS + 1):
            load_version(archive, number)
        assert everything_in(archive) == (versions, states)


@pytest.mark.skipif(os.name != "posix", reason="processes are killed in another way here")
def test_the_second_of_two_updates_is_told_who_holds_the_archive(tmp_path):
    path = tmp_path / "archive.db"
    with running(hold, path) as holder, Archive.open(path) as archive:
        with pytest.raises(BusyError) as busy:
            load(archive, "2022-02-23", person("1"))
        told = str(busy.value)
        assert f"process {holder.pid} of " in told
        assert "since 20" in told
        assert "limen lists update" in told
        assert "wait until it is done, or stop it" in told
        assert archive.versions() == (), "reading goes on while somebody writes"
    with Archive.open(path) as archive:
        assert load(archive, "2022-02-23", person("1")).outcome == "new"


def test_one_update_stores_many_versions_under_one_lock(archive):
    with archive.updating("limen lists update"):
        load(archive, "2022-02-23", person("1"))
        load(archive, "2022-02-25", person("1"), person("2"))
        with Archive.open(archive.where) as other, pytest.raises(BusyError):
            load(other, "2022-03-01", person("1"))
    with Archive.open(archive.where) as other:
        assert load(other, "2022-03-01", person("1")).outcome == "new"


def test_a_reader_sees_one_state_while_another_writes(archive):
    load(archive, "2022-02-23", person("1"))
    lives = archive.states(LIST)
    assert next(lives).record_id == "1"
    with Archive.open(archive.where) as other:
        load(other, "2022-02-25", person("2"))
    assert list(lives) == []
    assert [life.record_id for life in archive.states(LIST)] == ["1", "2"]


def test_a_database_held_by_another_program_is_busy_and_not_broken(archive, monkeypatch):
    monkeypatch.setattr("limen.util.database.database._PATIENCE", 0.1)
    with Archive.open(archive.where) as impatient:
        other = sqlite3.connect(archive.where)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match="another program has held the archive"):
            load(impatient, "2022-02-23", person("1"))
        other.close()
