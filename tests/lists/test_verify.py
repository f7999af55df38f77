"""Is it the list, whole, and of that day? Real lists pass; what is done to them does not."""

from datetime import date

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limen.lists.audit import Audit
from limen.lists.registry import Band, Canary, load_registry
from limen.lists.source import Source
from limen.lists.verify import locate_refusals, published_day, read_version, verify_version
from limen.model import Entry, ListCheckError, ListFormatError, NetworkError, RegistryError

UN = "data/un/un_consolidated_2022-02-18.xml.gz"
DAY = date(2022, 2, 18)
INFO = load_registry().get("un_sc")


@pytest.fixture(scope="module")
def sources(shared):
    return {"xml": Source.of_path("xml", shared(UN))}


@pytest.fixture(scope="module")
def entries(sources):
    return tuple(read_version("un_xml", sources, Audit()))


def verified(entries, *, previous=None, info=INFO, on=DAY):
    return verify_version(info, entries, previous_count=previous, published=on)


def refused(entries, **more):
    with pytest.raises(ListCheckError) as caught:
        verified(entries, **more)
    assert caught.value.where == "un_sc of 2022-02-18"
    return caught.value


def test_the_real_list_passes(entries):
    summary = verified(iter(entries), previous=1003)
    assert (summary.list_id, summary.published, summary.records) == ("un_sc", DAY, 966)
    assert summary.entries == {"record": 966}
    assert summary.canaries == tuple(canary.name for canary in INFO.canaries)


def test_a_list_in_parts_is_counted_by_its_leading_part(shared):
    files = {
        role: Source.of_path(role, shared(f"data/ofac/full_sets/2019-01-15/{name}.csv.gz"))
        for role, name in {
            "sdn": "sdn",
            "alt": "alt",
            "add": "add",
            "comments": "sdn_comments",
        }.items()
    }
    info = load_registry().get("us_ofac_sdn")
    listed = read_version("ofac_legacy_csv", files, Audit())
    summary = verified(listed, info=info, on=date(2019, 1, 15))
    assert summary.records == summary.entries["sdn"] == 7379
    assert summary.entries["alt"] < 7379


def test_an_empty_list_is_refused():
    assert refused([]).what == "the list is empty"


@given(kept=st.integers(min_value=0, max_value=965), data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_list_that_lost_more_than_it_may_passes(entries, kept, data):
    allowed = 966 * (1 - INFO.max_shrink)
    start = data.draw(st.integers(min_value=0, max_value=966 - kept))
    what_is_left = entries[start : start + kept]
    if kept < allowed:
        refused(what_is_left, previous=966)


@pytest.mark.parametrize(
    ("band", "told"),
    [
        ({"min": 1000, "max": 2000}, "966 records, where 1,000 to 2,000"),
        ({"min": 1, "max": 900}, "966"),
    ],
)
def test_a_count_outside_the_band(entries, band, told):
    info = msgspec.structs.replace(INFO, records=Band(**band))
    assert told in refused(entries, info=info).what


def test_a_list_that_shrank_names_both_counts(entries):
    error = refused(entries[:700], previous=966)
    assert error.what == "700 records, where the version before has 966"
    assert "max_shrink in un_sc.yml" in error.hint


@pytest.mark.parametrize("count", [0, 700])
def test_a_part_that_shrank_is_told_even_when_the_list_did_not(entries, count):
    aliases = [Entry(str(at), part="alt", properties={"alias": ("X",)}) for at in range(count)]
    with pytest.raises(ListCheckError, match=f"{count} entries in part alt, where the version"):
        verify_version(
            INFO,
            [*entries, *aliases],
            previous_count=966,
            published=DAY,
            previous_parts={"alt": 966},
        )


def without(entries, record_id):
    return [entry for entry in entries if entry.record_id != record_id]


def changed(entries, record_id, **changes):
    return [
        msgspec.structs.replace(entry, **changes) if entry.record_id == record_id else entry
        for entry in entries
    ]


def test_a_canary_that_is_missing(entries):
    error = refused(without(entries, "QDe.004"))
    assert error.what == "the canary AL-QAIDA (QDe.004) is missing"
    assert "until in un_sc.yml" in error.hint


def test_a_canary_under_another_name(entries):
    other = changed(entries, "QDe.004", properties={"name": ("SOMEBODY ELSE",)})
    assert "has other names" in refused(other).what


def test_a_canary_marked_as_removed(entries):
    assert (
        "marked as removed on 2021" in refused(changed(entries, "QDe.004", delisted_on="2021")).what
    )
    verified(changed(entries, "QDe.004", delisted_on="2023-01-01"))


def test_case_and_spaces_in_a_canarys_name_do_not_matter(entries):
    verified(changed(entries, "CFi.009", properties={"name": ("Joseph   kony",)}))


def canary(**span):
    late = msgspec.convert({"name": "JANE ROE", "record_id": "XX.1", **span}, Canary)
    return msgspec.structs.replace(INFO, canaries=(*INFO.canaries, late))


@pytest.mark.parametrize("span", [{"from": "2022-02-19"}, {"until": "2022-02-18"}])
def test_a_canary_is_asked_only_in_its_days(entries, span):
    assert "JANE ROE" not in verified(entries, info=canary(**span)).canaries


@pytest.mark.parametrize("span", [{}, {"from": "2022-02-18"}, {"until": "2022-02-19"}])
def test_a_canary_is_asked_on_its_first_and_last_day(entries, span):
    assert "JANE ROE" in refused(entries, info=canary(**span)).what


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (Entry("QDe.004", schema="Person", properties={"name": ("X",)}), "QDe.004 is twice"),
        (Entry("1", schema="Person", properties={}), "1 has no name"),
        (Entry("1", schema="Person", properties={"name": ("?", " - ")}), "1 has no name"),
        (Entry("1", schema="Company", properties={"imoNumber": ("9187629",)}), "1 has no name"),
        (Entry("1", schema="Person", properties={"birthdate": ("1962",)}), "no property birthdate"),
        (Entry("1", schema="Persona", properties={"name": ("X",)}), "no known kind: Persona"),
        (Entry("1", properties={"name": ("X",)}), "no known kind: None"),
        (Entry("1", part="alt", properties={"nome": ("X",)}), "no property nome"),
    ],
)
def test_an_entry_that_could_never_be_found_or_compared(entries, entry, told):
    assert told in refused([*entries, entry]).what


@pytest.mark.parametrize(
    "entry",
    [
        Entry("1", schema="Person", properties={"weakAlias": ("阿卜杜拉",)}),
        Entry("1", schema="Vessel", properties={"imoNumber": ("9187629",)}),
        Entry("1", schema="CryptoWallet", properties={"publicKey": ("12QtD5",)}),
        Entry("QDe.004", part="alt", properties={"alias": ("THE BASE",)}),
    ],
)
def test_an_entry_that_can(entries, entry):
    verified([*entries, entry])


LATER = date(2022, 3, 1)


def test_the_day_is_as_stated_else_as_printed(sources):
    assert published_day("un_xml", sources, None, retrieved=LATER) == DAY
    stated = date(2022, 2, 21)
    assert published_day("un_xml", sources, stated, retrieved=LATER) == stated
    with pytest.raises(ListCheckError, match="says it is of 2022-02-18, and was given as of 2022"):
        published_day("un_xml", sources, date(2022, 2, 22), retrieved=LATER)


@pytest.mark.parametrize("printed", ["2026", "1.5", "2026-13-01", "https://www"])
def test_a_printed_day_that_is_no_day_is_refused_with_its_file(printed):
    data = f'<CONSOLIDATED_LIST dateGenerated="{printed}"/>'.encode()
    with pytest.raises(ListFormatError, match="the day printed in the file cannot be read") as at:
        published_day("un_xml", {"xml": Source.of_bytes("xml", data)}, DAY, retrieved=LATER)
    assert at.value.where == "xml"


def test_a_file_that_prints_no_day_is_of_the_day_stated():
    own = {"csv": Source.of_bytes("csv", b"id,schema,name\n")}
    assert published_day("limen_csv", own, DAY, retrieved=LATER) == DAY
    assert published_day("limen_csv", own, None, retrieved=LATER) is None


def test_no_list_is_of_a_day_to_come_beyond_the_date_line(sources):
    assert published_day("un_xml", sources, None, retrieved=date(2022, 2, 17)) == DAY
    with pytest.raises(ListCheckError, match="of 2022-02-18, and was retrieved on 2022-02-16"):
        published_day("un_xml", sources, None, retrieved=date(2022, 2, 16))


@pytest.mark.parametrize(
    ("roles", "partial", "told"),
    [
        ({"sdn"}, (), "lacks alt, add"),
        ({"alt", "add"}, (), "lacks sdn"),
        ({"sdn", "alt", "add", "remarks"}, (), "has no file 'remarks'"),
        ({"sdn", "alt"}, ("alt", "add"), "alt cannot be carried forward"),
    ],
)
def test_files_that_make_no_version(roles, partial, told):
    given = {role: Source.of_bytes(role, b"") for role in roles}
    with pytest.raises(ListFormatError, match=told):
        read_version("ofac_legacy_csv", given, Audit(), partial=partial)


def test_a_format_nobody_knows():
    with pytest.raises(RegistryError, match="did you mean un_xml"):
        read_version("un_xlm", {}, Audit())


@pytest.mark.parametrize("body", [b"", b"<html><body>Maintenance</body></html>", b'{"error": 1}'])
def test_another_publishers_page_is_no_list(body):
    with pytest.raises(ListFormatError):
        list(read_version("un_xml", {"xml": Source.of_bytes("xml", body)}, Audit()))


@pytest.mark.parametrize(
    ("where", "active", "first", "last"),
    [
        ("https://un.example", DAY, "un_sc: https://un.example: cut", "2022-02-18 stays active"),
        ("un_sc of 2022-02-21", None, "un_sc of 2022-02-21: cut", "un_sc is still not loaded"),
        ("", None, "un_sc: cut", "un_sc is still not loaded"),
    ],
)
def test_a_refusal_names_the_list_and_what_stays(where, active, first, last):
    with pytest.raises(NetworkError) as caught, locate_refusals(INFO, active=active):
        raise NetworkError("cut", where=where)
    told = str(caught.value).splitlines()
    assert told[0] == first
    assert told[-1].endswith(last)


def test_a_number_beyond_any_double_is_refused_with_its_place():
    good = '{"id": "a", "schema": "Person", "properties": {"name": ["Anton Muster"]}}'
    bad = good.replace('"a"', '"b"').replace('["Anton Muster"]', '["Anton", 1e999]')
    files = {"jsonl": Source.of_bytes("jsonl", f"{good}\n{bad}\n".encode(), name="list.json")}
    with pytest.raises(ListFormatError) as caught:
        list(read_version("ftm_jsonl", files, Audit()))
    assert caught.value.where.startswith("list.json")
