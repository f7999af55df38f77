"""A version whose records say something else than before is refused, however full its fields are."""

from datetime import date

import pytest
from msgspec.structs import replace

from limen.lists.audit import Audit
from limen.lists.continuity import check_continuity, compare, report_losses, report_misread
from limen.lists.registry import load_registry
from limen.model import Entry, ListCheckError

INFO = load_registry().get("us_ofac_sdn")
DAY = date(2024, 2, 5)


def records(count=100, **fields):
    return [
        Entry(
            f"{number}",
            schema="Person",
            properties={
                "name": (f"Anton Muster {number}",),
                "passportNumber": (f"P{number:07}",),
                "idNumber": (f"{number:09}",),
                "birthDate": (f"19{number % 90 + 10}-05-{number % 28 + 1:02}",),
                "notes": (f"remark {number}",),
            },
            programmes=(f"P{number % 7}",),
        )
        for number in range(count)
    ]


def with_properties(entry, **properties):
    return replace(entry, properties={**entry.properties, **properties})


def swapped(entry):
    given = entry.properties
    return with_properties(
        entry, passportNumber=given["idNumber"], idNumber=given["passportNumber"]
    )


FAULTS = {
    "passportNumber: 100 of 100": swapped,
    "idNumber: 100 of 100": lambda entry: with_properties(
        entry, idNumber=(entry.properties["idNumber"][0][:4],)
    ),
    "birthDate: 100 of 100": lambda entry: with_properties(
        entry, birthDate=(entry.properties["birthDate"][0][:4],)
    ),
    "programmes: 85 of 100": lambda entry: replace(entry, programmes=("P0",)),
    "records of part record have no successor": lambda entry: replace(
        entry, record_id=f"new-{entry.record_id}"
    ),
    "100 of 100 records of part record have .* marked as removed": lambda entry: replace(
        entry, delisted_on="2024-02-01"
    ),
    "schema: 100 of 100": lambda entry: replace(entry, schema="LegalEntity"),
}


def compared(after, before):
    new = {(entry.part, entry.record_id): entry for entry in after}
    pairs = [(old, new.get((old.part, old.record_id))) for old in before]
    return compare([], pairs, published=DAY)


def check(after, before):
    check_continuity(INFO, compared(after, before), published=DAY)


def reported(after, before):
    audit = Audit()
    report_losses(compared(after, before), audit)
    return set(audit.oddities)


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_that_leaves_every_field_as_full_as_before_is_refused(what):
    before = records()
    with pytest.raises(ListCheckError, match=what) as refused:
        check([FAULTS[what](entry) for entry in before], before)
    assert "us_ofac_sdn.yml" in refused.value.hint


def test_a_version_with_changes_new_notes_and_new_parties_passes():
    before = records()
    after = [with_properties(entry, notes=("other",)) for entry in records(120)]
    after[:40] = [swapped(entry) for entry in after[:40]]
    check(after[5:], before)


def with_mmsi(count, value="27300000{}"):
    """Return a hundred records of which the first have a number that few records have."""
    numbered = [
        with_properties(entry, mmsi=(value.format(number),))
        for number, entry in enumerate(records(count))
    ]
    return numbered + records()[count:]


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (with_mmsi(1), records(), {"mmsi: 1 of 1 values are others now"}),
        (with_mmsi(8), records(), {"mmsi: 8 of 8 values are others now"}),
        (with_mmsi(8), with_mmsi(5), {"mmsi: 3 of 8 values are others now"}),
        (with_mmsi(9), with_mmsi(6), set()),
        (with_mmsi(8), with_mmsi(8, "2730"), {"mmsi: 8 of 8 values are others now"}),
        (with_mmsi(2), with_mmsi(1), set()),
        (with_mmsi(2), with_mmsi(2), set()),
        (records(), with_mmsi(8), set()),
        (
            [*records(), replace(records()[0], record_id="S", schema="Vessel")],
            records(),
            {"Vessel: no record of part record is left of 1"},
        ),
        (
            [with_properties(entry, notes=("any",)) for entry in records()],
            [replace(entry, properties={"name": entry.properties["name"]}) for entry in records()],
            {
                f"{name}: 100 of 100 values are others now"
                for name in ("passportNumber", "idNumber", "birthDate", "notes")
            }
            | {"birthDate to the day: 100 of 100 values are others now"},
        ),
    ],
)
def test_a_loss_is_reported_however_few_records_have_the_field(before, after, what):
    assert reported(after, before) == what


def test_records_removed_before_do_not_count_as_removed_now():
    before = [replace(entry, delisted_on="2020-01-01") for entry in records()]
    check(before, before)
    assert reported(before, before) == set()


def test_text_in_a_wrong_encoding_is_reported_with_its_first_record():
    names = ("Дмитрий Медведев", "Emine Erdoğan", "Łukasz Żółć", "DMITRI Â")
    audit = Audit()
    report_misread([Entry("1", schema="Person", properties={"name": names})], audit)
    assert not audit.oddities
    for encoding in ("latin-1", "cp1252"):
        misread = names[0].encode().decode(encoding, errors="replace")
        report_misread([Entry("2", schema="Person", properties={"name": (misread,)})], audit)
    assert audit.oddities == {"name looks like text that was read in a wrong encoding": 2}


def test_lost_characters_are_reported_as_such():
    audit = Audit()
    names = ("محمد الل\ufffd\ufffd مطيع",)
    report_misread([Entry("TAi.068", schema="Person", properties={"alias": names})], audit)
    assert audit.oddities == {"alias has lost characters (U+FFFD) before it came here": 1}
    assert list(audit.first_seen.values()) == ["record TAi.068"]
