"""A version whose records say something else than before is refused, however full its fields are."""

from datetime import date

import pytest
from msgspec.structs import replace

from limen.lists.audit import Audit
from limen.lists.continuity import by_key, check_continuity, report_misread
from limen.lists.registry import load_registry
from limen.model import Entry, ListCheckError

INFO = load_registry().get("us_ofac_sdn")


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
}


def check(after, before):
    check_continuity(INFO, by_key(after), before, published=date(2024, 2, 5))


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


def test_text_in_a_wrong_encoding_is_reported_with_its_first_record():
    names = ("Дмитрий Медведев", "Emine Erdoğan", "Łukasz Żółć", "DMITRI Â")
    audit = Audit()
    report_misread([Entry("1", schema="Person", properties={"name": names})], audit)
    assert not audit.oddities
    for encoding in ("latin-1", "cp1252"):
        misread = names[0].encode().decode(encoding, errors="replace")
        report_misread([Entry("2", schema="Person", properties={"name": (misread,)})], audit)
    assert audit.oddities == {"name looks like text that was read in a wrong encoding": 2}
