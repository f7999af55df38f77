"""The lawyers' tests, every one of them, and what a wrong test gets."""

from __future__ import annotations

import pytest

from limen.law.cases import bundled_cases, read_cases, run_case
from limen.model import RegistryError


def test_every_case_holds(law):
    cases = bundled_cases(law)
    results = [run_case(law, case) for case in cases]
    assert sum(bool(case.source) for case in cases) > 400
    failed = [(each.where, each.because, each.failures) for each in results if each.failures]
    assert failed == []


def test_a_case_that_does_not_hold_says_what_was_found_and_where(law):
    raw = b"""
- given: EV05
  at: 2022-02-21T23:59-05:00
  expect: {readings: {S09a: false}, in_force: [us-prepared-2022], nonsense: 1}
  because: it is wrong on purpose
"""
    (case,) = read_cases(raw, "mine.yml", law)
    result = run_case(law, case)
    assert result.where == "mine.yml line 2"
    assert result.failures[0] == "readings.S09a: expected false, found true"
    assert "us-prepared-2022 is not among" in result.failures[1]
    assert "nonsense cannot be expected here" in result.failures[2]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"- {at: 2022-02-21, expect: {a: 1}, because: x}", "either `given` or `ask`"),
        (b"- {given: EV05, at: 2022-02-21, expect: {}, because: x}", "expects something"),
        (b"- {given: EV99, at: 2022-02-21, expect: {a: 1}, because: x}", "no event is called"),
        (
            b"- {given: EV05, at: 2022-02-30, expect: {a: 1}, because: x}",
            "the calendar has no day 2022-02-3",
        ),
        (
            b"- {given: EV05, at: 2022-02-21, source: ZZ9, expect: {a: 1}, because: x}",
            "no source is called 'ZZ9'",
        ),
        (
            b"- {ask: {law: {goodz: coal}}, at: 2022-02-21, expect: {a: 1}, because: x}",
            "did you mean goods?",
        ),
        (b"- {given: EV05, at: 2022-02-21, expcet: {a: 1}, because: x}", "did you mean expect?"),
        (b"- {given: EV05, at: 2022-02-21, expect: {a: 1}}", "because is missing"),
    ],
)
def test_a_test_of_another_shape_is_refused_with_its_line(law, raw, says):
    with pytest.raises(RegistryError) as refused:
        read_cases(raw, "mine.yml", law)
    assert says in str(refused.value)
    assert "mine.yml line 1" in str(refused.value)
