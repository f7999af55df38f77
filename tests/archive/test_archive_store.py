"""What goes in comes out; what is there already changes nothing; what contradicts is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive.by_hand import LIST, load, person, version

from limen.archive import SourceFile
from limen.archive.content import decode, encode, pack, to_entry
from limen.archive.storage.schema import metadata
from limen.model import WHOLE, ArchiveError, Entry, ListFormatError

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
values = st.lists(texts, max_size=3).map(tuple)
fields = st.dictionaries(texts, values.filter(bool), max_size=3)
whole_entries = st.builds(
    Entry,
    record_id=texts,
    part=st.just(WHOLE),
    schema=st.one_of(st.none(), texts),
    properties=fields,
    programmes=values,
    measures=values,
    acts=values,
    listed_on=st.one_of(st.none(), texts),
    delisted_on=st.one_of(st.none(), texts),
    extra=fields,
)


@given(whole_entries)
def test_an_entry_comes_back_as_it_was(entry):
    digest, body = encode(entry)
    assert to_entry(entry.record_id, decode(pack(body), digest)) == entry


def test_the_same_content_has_the_same_bytes_whatever_the_order_of_its_fields():
    one = Entry("1", properties={"name": ("A",), "country": ("ru",)})
    other = Entry("2", properties={"country": ("ru",), "name": ("A",)})
    assert encode(one) == encode(other)


def test_a_version_is_kept_with_its_provenance_entries_and_files(archive):
    entries = [person("35096"), person("9639", "БАНК РОССИЯ", "RUSSIA-EO14024", country="ru")]
    result = load(archive, "2022-02-23", *entries)
    assert (result.outcome, dict(result.counts)) == ("new", {WHOLE: 2})
    (kept,) = archive.versions()
    assert (kept.list_id, kept.published, kept.url) == (
        LIST,
        "2022-02-23",
        "https://example.org/list",
    )
    assert list(archive.entries(kept.id)) == entries
    file = archive.source_file(kept.files["xml"])
    assert file == SourceFile("2022-02-23.xml", b"as published on 2022-02-23")


def test_the_same_version_again_changes_nothing(archive):
    first = load(archive, "2022-02-23", person("1"), person("2"))
    before = archive.versions()
    later = "2026-01-02T00:00:00Z"
    again = load(archive, "2022-02-23", person("2"), person("1"), retrieved_at=later)
    assert (again.outcome, again.version_id) == ("unchanged", first.version_id)
    assert archive.versions() == before
    assert archive.checks(LIST) == ()


def test_a_check_confirms_the_version_it_names(archive):
    kept = load(archive, "2022-02-23", person("1"), retrieved_at="2022-02-23T06:43:00Z")
    archive.record_check(LIST, "2026-01-02T00:00:00Z", "unchanged", version_id=kept.version_id)
    (confirmed,) = archive.versions()
    assert confirmed.retrieved_at == "2022-02-23T06:43:00Z"
    assert confirmed.confirmed_at == "2026-01-02T00:00:00Z"


def test_a_check_is_logged(archive):
    archive.record_check(LIST, "2026-01-02T03:04:05+02:00", "refused: the file is empty")
    (check,) = archive.checks(LIST)
    assert (check.checked_at, check.result) == (
        "2026-01-02T01:04:05Z",
        "refused: the file is empty",
    )


def test_records_without_their_leading_part_are_kept_and_counted(archive):
    entries = [person("1", part="sdn"), Entry("1", "alt"), Entry("12300", "alt")]
    result = load(archive, "2022-01-21", *entries, parts=("sdn", "alt"))
    assert result.orphans == 1
    assert len(list(archive.entries(result.version_id, "alt"))) == 2
    assert [life.record_id for life in archive.states(LIST)] == ["1"]


@pytest.mark.parametrize(
    ("entries", "changed", "complaint"),
    [
        ([person("1"), person("1")], {}, "record 1 is twice in part record"),
        ([person("1", part="alt")], {}, "record 1 is of part alt"),
        ([], {}, "it has no entry in its leading part record"),
        ([person("1", listed_on="soon")], {}, "record 1, listed_on: 'soon' is not a date"),
        ([person("1", delisted_on="2022-02-30")], {}, "has no day 30"),
        ([person("1")], {"published": "21.02.2022"}, "which is no ISO day"),
        ([person("1")], {"published": "20220221"}, "which is no ISO day"),
        ([person("1")], {"retrieved_at": "2022-02-21T10:00"}, "has no time zone"),
        ([person("1")], {"parts": ()}, "contradict"),
        ([person("1")], {"carried": (WHOLE,)}, "contradict"),
    ],
)
def test_a_version_that_contradicts_itself_is_refused_whole(archive, entries, changed, complaint):
    new = version(**{"published": "2022-02-23", **changed})
    with pytest.raises(ArchiveError) as refused:
        archive.store(new, entries, {})
    assert complaint in str(refused.value)
    assert "the last good version stays" in str(refused.value)
    assert archive.versions() == ()


def test_a_reader_that_fails_half_way_leaves_nothing_behind(archive):
    def reading():
        yield from (person(str(number)) for number in range(6_000))
        raise ListFormatError("the file ends in the middle of a record")

    with pytest.raises(ListFormatError):
        archive.store(version("2022-02-23"), reading(), {})
    assert archive.versions() == ()
    load(archive, "2022-02-23", person("1"))
    archive.verify()


def test_an_unknown_file_is_asked_for(archive):
    with pytest.raises(ArchiveError, match="no file with the hash"):
        archive.source_file("0" * 64)


def test_only_what_may_be_unknown_may_be_empty():
    """What a publisher's server may not have sent, a check of a new version, older rows' seals."""
    empty = {f"{table}.{each.name}" for table in metadata.tables for each in
             metadata.tables[table].columns if each.nullable}  # fmt: skip
    assert empty == {
        "version.etag", "version.last_modified", "version.seal", "check_log.version_id",
        "check_log.seal",
    }  # fmt: skip
    keys = {
        name: [key.name for key in table.primary_key] for name, table in metadata.tables.items()
    }
    assert keys["entry"] == ["version_id", "part", "record_pk"]
    assert not any(metadata.tables[name].c.id.autoincrement
                   for name in ("version", "check_log", "record", "content"))  # fmt: skip
