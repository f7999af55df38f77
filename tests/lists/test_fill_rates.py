"""Fields that lose their values between two versions are refused with the figures."""

from datetime import date

import msgspec
import pytest

from limen.lists.audit import Audit
from limen.lists.fill_rates import check_fill_rates, count_filled
from limen.lists.registry import load_registry
from limen.lists.source import Source
from limen.lists.verify import read_version
from limen.model import ListCheckError

INFO = load_registry().get("us_ofac_sdn")
DAY = date(2024, 2, 5)
HEADER = ["id", "schema", "name", "programme", "passport_number", "notes"]


def rows(count, *, passports, programmes=None):
    """Return rows of which the first have a passport or programme; every one has notes."""
    programmes = count if programmes is None else programmes
    return [
        [
            f"{number}",
            "Person",
            f"Anton Muster {number}",
            "RUSSIA" if number < programmes else "",
            f"P{number:07}" if number < passports else "",
            f"remark {number}",
        ]
        for number in range(count)
    ]


def filled(table, header=HEADER):
    text = "\n".join(",".join(cells) for cells in [header, *table])
    source = Source.of_bytes("csv", f"{text}\n".encode(), name="list.csv")
    return count_filled(read_version("limen_csv", {"csv": source}, Audit()))


def check(after, before, info=INFO):
    check_fill_rates(info, after, before, published=DAY)


def test_what_records_have_is_counted():
    counts = filled(rows(100, passports=60, programmes=70))
    assert counts["record"] == counts["record.name"] == 100
    assert counts["record.passportNumber"] == 60
    assert counts["record.programmes"] == 70


@pytest.mark.parametrize(
    ("before", "after", "figures"),
    [
        ({"passports": 60}, {"passports": 29}, "passportNumber 29 of 100 (before: 60 of 100)"),
        ({"passports": 60}, {"passports": 0}, "passportNumber 0 of 100 (before: 60 of 100)"),
        (
            {"passports": 60},
            {"passports": 60, "programmes": 10},
            "programmes 10 of 100 (before: 100 of 100)",
        ),
    ],
)
def test_a_field_that_falls_by_more_than_half_is_refused_with_the_figures(before, after, figures):
    with pytest.raises(ListCheckError) as refused:
        check(filled(rows(100, **after)), filled(rows(100, **before)))
    assert figures in refused.value.what
    assert refused.value.where == "us_ofac_sdn of 2024-02-05"
    assert "max_fill_drop in us_ofac_sdn.yml" in refused.value.hint


@pytest.mark.parametrize(("before", "after"), [(60, 30), (49, 0), (0, 60), (60, 100)])
def test_smaller_falls_few_records_and_rises_pass(before, after):
    check(filled(rows(100, passports=after)), filled(rows(100, passports=before)))


@pytest.mark.parametrize(("whole", "passports"), [(100, 45), (1000, 60)])
def test_a_list_that_shrinks_evenly_or_grows_without_the_field_passes(whole, passports):
    check(filled(rows(whole, passports=passports)), filled(rows(200, passports=90)))


def test_a_field_that_is_lost_while_the_list_grows_is_refused():
    with pytest.raises(ListCheckError, match=r"passportNumber 20 of 1,000"):
        check(filled(rows(1000, passports=20)), filled(rows(200, passports=90)))


def test_columns_that_changed_places_are_refused():
    before = filled(rows(200, passports=60))
    swapped = ["id", "schema", "name", "programme", "notes", "passport_number"]
    with pytest.raises(ListCheckError, match=r"record\.notes 60 of 200"):
        check(filled(rows(200, passports=60), swapped), before)


def test_a_label_that_was_renamed_is_refused():
    before = filled(rows(200, passports=60))
    with pytest.raises(ListCheckError, match=r"record\.passportNumber 0 of 200"):
        check(filled(rows(200, passports=60), [*HEADER[:4], "nationality", "notes"]), before)


def test_a_list_can_allow_a_greater_fall():
    before, after = filled(rows(100, passports=60)), filled(rows(100, passports=0))
    check(after, before, msgspec.structs.replace(INFO, max_fill_drop=1.0))
