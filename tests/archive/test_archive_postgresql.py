"""The same archive in PostgreSQL: a server of our own, where its programs are installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from tests.archive.by_hand import LIST, load, person, version
from tests.postgresql import postgresql

from limen.archive import Archive, RecordHistory, VersionDiff
from limen.archive.storage.schema import metadata
from limen.model import ArchiveError, BusyError, Entry


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql() as address:
        yield address


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
