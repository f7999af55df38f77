"""What the archive says when it is given something else, or the disk or the file fails."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.archive.by_hand import LIST, load, person

from limen.archive import Archive
from limen.archive.storage.migrate import OLDEST
from limen.archive.storage.schema import SCHEMA_VERSION
from limen.model import ArchiveError


def complaint(place) -> str:
    with pytest.raises(ArchiveError) as error:
        Archive.open(place)
    assert error.value.hint
    return str(error.value)


def test_a_folder_is_no_archive(tmp_path):
    assert "this is a folder" in complaint(tmp_path)


def test_another_file_is_no_archive_and_stays_as_it_was(tmp_path):
    path = tmp_path / "sdn.csv"
    path.write_text("36,AEROCARIBBEAN AIRLINES,-0- \n" * 1000)
    before = path.read_bytes()
    assert "this file is not an archive" in complaint(path)
    assert path.read_bytes() == before


def test_another_database_is_no_archive_and_stays_as_it_was(tmp_path):
    path = tmp_path / "firefox.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks(id)")
    other.close()
    assert "it has the table bookmarks" in complaint(path)
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    other.close()


def test_an_empty_file_becomes_an_archive(tmp_path):
    path = tmp_path / "archive.db"
    path.touch()
    with Archive.open(path) as archive:
        assert archive.versions() == ()


def test_the_folder_is_made(tmp_path):
    with Archive.open(tmp_path / "new" / "home" / "archive.db") as archive:
        assert archive.versions() == ()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://localhost/limen", "an archive cannot be stored in mysql"),
        ("postgresql://host:port/limen", "not a database URL"),
        ("://limen", "not a database URL"),
        ("sqlite://", "an archive cannot be stored in"),
    ],
)
def test_an_archive_lives_in_sqlite_or_postgresql(url, says):
    assert says in complaint(url)


def test_a_server_out_of_reach_is_told_without_the_password(tmp_path):
    told = complaint(f"postgresql://limen:secret@/limen?host={tmp_path}")
    assert "the database says" in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("found", "hint"),
    [
        (SCHEMA_VERSION + 1, "install the newer Limen"),
        (OLDEST - 1, "load the lists again"),
    ],
)
def test_tables_of_another_version_are_not_read(tmp_path, found, hint):
    path = tmp_path / "archive.db"
    Archive.open(path).close()
    with sqlite3.connect(path) as other:
        other.execute("UPDATE archive_schema SET version = ?", (found,))
    other.close()
    told = complaint(path)
    assert f"tables of version {found}" in told
    assert hint in told


def test_a_full_disk_leaves_the_archive_whole(archive):
    load(archive, "2022-02-17", person("1"))
    engine = archive._database.engine
    engine.dispose()
    sa.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count=60"))
    with pytest.raises(ArchiveError) as error:
        load(archive, "2022-02-23", *[person(str(n), f"NAME {n}") for n in range(5_000)])
    assert "the disk is full" in str(error.value)
    assert "free some space" in str(error.value)
    assert [each.published for each in archive.versions()] == ["2022-02-17"]
    archive.verify()


def test_a_damaged_page_is_an_error_and_never_an_answer(tmp_path):
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        load(archive, "2022-02-17", *[person(str(n), f"NAME {n}") for n in range(3_000)])
    damaged = bytearray(path.read_bytes())
    for page in range(4096 * 4, len(damaged), 4096 * 3):
        damaged[page : page + 512] = b"\xff" * 512
    path.write_bytes(damaged)
    with Archive.open(path) as archive:
        with pytest.raises(ArchiveError):
            list(archive.states(LIST))
        with pytest.raises(ArchiveError):
            archive.verify()


#: A digit that flips in a row that no hash of contents covers.
CHANGES_OF_ROWS = [
    "UPDATE version SET published = '2022-02-18'",
    "UPDATE version SET list_id = 'us_ofac_sdm'",
    "UPDATE version SET counts = '{\"record\": 3}'",
    "UPDATE check_log SET checked_at = '2022-02-19T00:00:00Z'",
    "UPDATE record SET record_id = '3' WHERE record_id = '1'",
    "UPDATE content SET id = 7 WHERE id = 1",
]


def all_that_is_built_from(path):
    with Archive.open(path) as archive:
        return archive.versions(), archive.checks(LIST), list(archive.states(LIST))


@pytest.mark.parametrize("change", CHANGES_OF_ROWS)
def test_what_a_snapshot_is_built_from_is_checked(tmp_path, change):
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        load(archive, "2022-02-17", person("1", "A"), person("2", "B"))
        archive.record_check(LIST, "2022-02-18T00:00:00Z", "unchanged", version_id=1)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA foreign_keys=OFF")
        other.execute(change)
    other.close()
    with pytest.raises(ArchiveError, match="restore"):
        all_that_is_built_from(path)


def test_an_archive_of_before_is_sealed_as_it_is(tmp_path):
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        load(archive, "2022-02-17", person("1", "A"))
        archive.record_check(LIST, "2022-02-18T00:00:00Z", "unchanged", version_id=1)
        versions, checks = archive.versions(), archive.checks(LIST)
    with sqlite3.connect(path) as other:
        other.execute("ALTER TABLE version DROP COLUMN seal")
        other.execute("ALTER TABLE check_log DROP COLUMN seal")
        other.execute("UPDATE archive_schema SET version = 1")
    other.close()
    with Archive.open(path) as archive:
        assert (archive.versions(), archive.checks(LIST)) == (versions, checks)
        load(archive, "2022-02-23", person("1", "B"))
        archive.verify()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE source_file SET body = substr(body, 1, 10)",
        "UPDATE content SET body = CAST('{}' AS BLOB)",
        "UPDATE content SET body = x'789c00'",
        "DELETE FROM entry WHERE record_pk = 1",
        "UPDATE entry SET content_pk = 2",
        *CHANGES_OF_ROWS,
    ],
)
def test_every_change_behind_our_back_is_found(tmp_path, change):
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        load(archive, "2022-02-17", person("1", "A"), person("2", "B"))
        archive.record_check(LIST, "2022-02-18T00:00:00Z", "unchanged", version_id=1)
        archive.verify()
        with sqlite3.connect(path) as other:
            other.execute(change)
        other.close()
        with pytest.raises(ArchiveError) as error:
            archive.verify()
        assert "restore" in str(error.value)


OPEN_AND_LOAD = """
import os, sys, sqlite3, sqlalchemy.dialects.sqlite
from limen.archive import Archive
from limen.model import ArchiveError
from tests.archive.by_hand import load, person
if os.geteuid() == 0:
    os.seteuid(65534)
try:
    load(Archive.open(sys.argv[1]), "2022-02-23", person("1"))
except ArchiveError as error:
    print(error)
"""


def told_without_root_s_powers(place: Path) -> str:
    """What a process says for which, unlike for root, a folder can be read-only."""
    done = subprocess.run(
        [sys.executable, "-c", OPEN_AND_LOAD, str(place)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    return done.stdout


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that other users can enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path
        path.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="folders are protected in another way here")
def test_a_folder_that_cannot_be_written_is_named(home):
    home.chmod(0o555)
    told = told_without_root_s_powers(home / "archive.db")
    assert "the archive cannot be opened" in told
    assert "LIMEN_HOME" in told
    assert "the folder cannot be made" in told_without_root_s_powers(home / "new" / "archive.db")


@pytest.mark.skipif(os.name != "posix", reason="folders are protected in another way here")
def test_an_archive_that_cannot_be_written_says_so(home):
    Archive.open(home / "archive.db").close()
    (home / "archive.db").chmod(0o444)
    home.chmod(0o555)
    assert "LIMEN_HOME" in told_without_root_s_powers(home / "archive.db")
