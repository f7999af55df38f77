"""Numbers that are no evidence of a party are reported with the version that prints them."""

from __future__ import annotations

import pytest
from tests.worlds import listed

from limen.lists.audit import Audit
from limen.lists.number_oddities import report_numbers


def reported(*entries):
    audit = Audit()
    report_numbers("us_x", entries, audit)
    return {what: audit.first_seen[what] for what in audit.oddities}


@pytest.mark.parametrize("key", ["000000000", "1234567", "99999"])
def test_a_placeholder_is_reported_with_its_record(key):
    (what,) = reported(listed("7", "Ivan PETROV", passportNumber=key))
    assert what == f"passport {key} is a placeholder: no evidence of a party"
    assert reported(listed("7", "Ivan PETROV", passportNumber=key))[what] == "us_x record 7"


@pytest.mark.parametrize(("records", "count"), [(25, 0), (26, 1)])
def test_a_number_of_too_many_records_is_reported(records, count):
    entries = [listed(str(at), "Ivan PETROV", passportNumber="AB5829461") for at in range(records)]
    found = reported(*entries)
    assert len(found) == count
    for what, where in found.items():
        assert what == "passport AB5829461 is printed for 26 records: no evidence of one party"
        assert where == "us_x record 0 and others"


@pytest.mark.parametrize("key", ["1111", "AB5829461"])
def test_other_numbers_are_not(key):
    assert reported(listed("7", "Ivan PETROV", passportNumber=key)) == {}
