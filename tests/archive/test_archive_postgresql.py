"""The same archive in PostgreSQL: a server of our own, where its programs are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.archive.by_hand import LIST, load, person, version

from limen.archive import Archive, RecordHistory, VersionDiff
from limen.archive.storage.schema import metadata
from limen.model import ArchiveError, BusyError, Entry

pwd = pytest.importorskip("pwd", reason="the server is started in another way here")

SERVER_USER = "postgres"


def server_programs() -> Path | None:
    """Where they are, if they are here; root needs another user to run them as."""
    if os.geteuid() == 0 and SERVER_USER not in {each.pw_name for each in pwd.getpwall()}:
        return None
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    programs = server_programs()
    if programs is None:
        pytest.skip("NO POSTGRESQL SERVER HERE: the archive in PostgreSQL is NOT tested")
    as_root = os.geteuid() == 0  # for whom PostgreSQL refuses to run
    user = {"user": SERVER_USER, "extra_groups": []} if as_root else {}

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(data), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **user)

    with tempfile.TemporaryDirectory(prefix="limen-pg-") as folder:
        data = Path(folder) / "data"
        if as_root:
            shutil.chown(folder, SERVER_USER)
        run("initdb", "--auth=trust", "--username=limen", "--no-sync", "--encoding=UTF8")
        options = f"-c listen_addresses='' -c fsync=off -c unix_socket_directories={folder}"
        run("pg_ctl", "-w", "-l", str(data / "log"), "-o", options, "start")
        try:
            yield f"postgresql://limen@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")


@pytest.fixture
def url(server: str) -> str:
    engine = sa.create_engine(server.replace("postgresql:", "postgresql+psycopg:"))
    metadata.drop_all(engine)
    engine.dispose()
    return server


def tell_a_story(archive: Archive) -> tuple[list[Entry], list, VersionDiff, list[RecordHistory]]:
    ofac = ("sdn", "alt")
    for day, entries, parts in (
        ("2022-03-01", [person("1", "БАНК", "RUSSIA", part="sdn")], ("sdn",)),
        (
            "2022-01-21",
            [
                person("1", "БАНК", "UKRAINE", part="sdn", listed_on="2014"),
                person("2", part="sdn"),
                Entry("1", "alt", properties={"alias": ("Bank",)}),
            ],
            ofac,
        ),
    ):
        more = {"parts": parts, "carried": ("alt",) if parts != ofac else ()}
        assert load(archive, day, *entries, **more).outcome == "new"
        assert load(archive, day, *entries, **more).outcome == "unchanged"
    archive.record_check(LIST, "2026-01-02T00:00:00Z", "refused: the file is empty")
    archive.verify()
    first = archive.versions(LIST)[0]
    assert archive.source_file(first.files["xml"]).content == b"as published on 2022-01-21"
    assert [check.result for check in archive.checks(LIST)][-1] == "refused: the file is empty"
    return (
        list(archive.entries(first.id)),
        list(archive.states(LIST)),
        archive.diff(LIST, "2022-01-21", "2022-03-01"),
        archive.history("bank"),
    )


def test_it_tells_the_same_story_as_in_sqlite(url, tmp_path):
    with Archive.open(url) as archive, Archive.open(tmp_path / "archive.db") as in_sqlite:
        assert tell_a_story(archive) == tell_a_story(in_sqlite)
    with Archive.open(url) as again:
        assert len(again.versions()) == 2


def test_many_rows_go_in_and_come_out(url):
    entries = [person(str(number), f"NAME {number}") for number in range(3_000)]
    with Archive.open(url) as archive:
        result = load(archive, "2022-02-23", *entries)
        assert list(archive.entries(result.version_id)) == entries


def test_a_version_is_kept_whole_or_not_at_all(url):
    def reading():
        yield from (person(str(number)) for number in range(6_000))
        raise InterruptedError

    with Archive.open(url) as archive:
        load(archive, "2022-02-17", person("1"))
        with pytest.raises(InterruptedError):
            archive.store(version("2022-02-23"), reading(), {})
        assert [each.published for each in archive.versions()] == ["2022-02-17"]
        archive.verify()


def test_the_second_of_two_updates_is_told_who_holds_the_archive(url):
    with Archive.open(url) as archive, Archive.open(url) as other:
        with archive.updating("limen lists update"):
            load(archive, "2022-02-23", person("1"))
            with pytest.raises(BusyError) as busy:
                load(other, "2022-02-25", person("1"))
            assert "limen: limen lists update (server process" in str(busy.value)
        assert load(other, "2022-02-25", person("1")).outcome == "new"


def test_a_table_of_somebody_else_s_is_not_touched(url):
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE entry (id int)")
    with pytest.raises(ArchiveError, match="it has the table entry"):
        Archive.open(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE entry")
    engine.dispose()
