"""The exit code of a screening: every outcome, with every ``--fail-on``, and failing lists."""

from __future__ import annotations

from typing import get_args

import click
import pytest
from msgspec.structs import replace

from limen.batch.tally import Tally
from limen.cli.run_command import run
from limen.cli.run_exit import FailOn, screening_exit
from limen.engine import open_engine
from limen.model import ListCoverage
from limen.model.answer import Outcome
from limen.snapshot.home import active_folder
from limen.util.exit_codes import ExitCode

_OK = ListCoverage("us_ofac_sdn", "ok", "2022-01-01", 1, 7, 100, "2022-01-01", None)
_STALE = replace(_OK, state="stale", why="too old")

#: outcome of the only row, its reasons -> codes with --fail-on none, review, hit
CODES = [
    ("hit", (), (0, 11, 11)),
    ("hit", ("unread",), (0, 11, 11)),
    ("review", (), (0, 10, 0)),
    ("review", ("unread",), (6, 10, 6)),
    ("cannot_say", ("unread",), (6, 6, 6)),
    ("clear", (), (0, 0, 0)),
    ("refused", (), (5, 5, 5)),
]


@pytest.fixture(scope="module")
def answer(home):
    opened = open_engine(active_folder(home))
    return opened.screen({"schema": "Person", "properties": {"name": ["Sergey Aksyonov"]}})


def _tally(answer, outcome, reasons):
    tally = Tally(rows=1)
    if outcome != "refused":
        tally.add_answer(replace(answer, outcome=outcome, reasons=reasons), "line 1")
    return tally


@pytest.mark.parametrize(("outcome", "reasons", "codes"), CODES)
def test_every_outcome_with_every_fail_on(answer, outcome, reasons, codes):
    tally = _tally(answer, outcome, reasons)
    assert tuple(screening_exit(tally, [_OK], fail_on=each) for each in get_args(FailOn)) == codes


@pytest.mark.parametrize(("outcome", "reasons", "codes"), CODES)
def test_a_failing_list_is_6_unless_a_finding_is_failed_on(answer, outcome, reasons, codes):
    tally = _tally(answer, outcome, reasons)
    for coverage in ([_STALE], [_OK, _STALE], []):
        for fail_on, code in zip(get_args(FailOn), codes, strict=True):
            expected = code if code in (10, 11) else 6
            assert screening_exit(tally, coverage, fail_on=fail_on) == expected


def test_the_table_has_every_outcome():
    assert {outcome for outcome, *_ in CODES} == {*get_args(Outcome), "refused"}


def test_counts_add_up_to_the_rows(answer):
    tally = Tally()
    for outcome, reasons, _ in CODES:
        tally.rows += 1
        if outcome != "refused":
            tally.add_answer(replace(answer, outcome=outcome, reasons=reasons), "line 1")
    assert (tally.hit, tally.review, tally.cannot_say, tally.clear) == (2, 2, 1, 1)
    assert (tally.refusals, tally.undetermined, tally.rows) == (1, 1, len(CODES))


def test_an_error_that_hides_an_interrupt_is_an_interrupt(capsys):
    @click.command()
    def interrupted() -> None:
        try:
            raise KeyboardInterrupt
        finally:
            raise AssertionError

    assert run(interrupted, []) == ExitCode.INTERRUPTED
    assert "fault of Limen" not in capsys.readouterr().err
