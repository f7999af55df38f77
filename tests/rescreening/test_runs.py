"""What a run says of its pairs, what it refuses, and what a verification notices."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from tests.rescreening.bases import BASE, held, run, screened, store
from tests.rescreening.conftest import CUSTOMERS
from tests.screened import AFTER, BEFORE

from limen.cli.runs.rescreen_base import run_lines
from limen.model import DataError, InputError
from limen.rescreening.bases.base_home import base_folder, open_base, remove_base
from limen.rescreening.run_record import last_run, read_changes, read_run, runs_folder
from limen.rescreening.verify_run import failed_checks, find_run, verify_run

ELSEWHERE = CUSTOMERS[2] | {"properties": {"name": ["Promsvyazbank PAO"], "country": ["de"]}}


def changes(home, record):
    folder = runs_folder(base_folder(home, BASE)) / record.id
    return {
        ((each.after or each.before).customer, each.outcome, each.cause)
        for each in read_changes(folder)
    }


def test_each_pair_of_a_day_has_an_outcome_and_a_cause(home, engine):
    first = run(home, engine, BEFORE)
    assert changes(home, first) == {("C1", "new", "it is the first run")}
    second = run(home, engine, AFTER)
    assert changes(home, second) == {(name, "new", "entry added") for name in ("C3", "C4", "C5")}
    assert second.treatment.pairs == 5 == second.treatment.ruled_out + second.treatment.compared
    assert held(home, second) == screened(engine, CUSTOMERS, AFTER)


def test_a_run_says_how_many_entries_were_removed(home, engine):
    run(home, engine, BEFORE)
    record = run(home, engine, AFTER)
    assert not any("removed" in line for line in run_lines(record))
    gone = [replace(each, kind="removed") for each in record.changed[:1]]
    assert "removed entries: 1; their pairs are gone" in run_lines(
        replace(record, changed=tuple(gone))
    )


def test_a_run_repeated_is_the_same_run(home, engine):
    first = run(home, engine, AFTER)
    assert run(home, engine, AFTER) == first == read_run(find_run(home, BASE))


def test_customers_that_come_change_and_go(home, engine):
    run(home, engine, AFTER)
    store(home, [CUSTOMERS[0], ELSEWHERE, CUSTOMERS[4] | {"id": "C6"}], new=False)
    record = run(home, engine, AFTER)
    assert dict(record.customers) == {"new": 1, "changed": 1, "gone": 3}
    assert changes(home, record) == {
        ("C3", "same", "customer changed"),
        ("C4", "gone", "customer gone"),
        ("C5", "gone", "customer gone"),
        ("C6", "new", "customer new"),
    }


def test_another_threshold_screens_everybody_again(home, engine):
    from limen.rescreening.rescreen import rescreen
    from limen.rescreening.run_plan import Question

    run(home, engine, AFTER)
    record = rescreen(home, BASE, engine, Question(AFTER, AFTER, threshold=0.9))
    assert (record.kind, record.why) == ("whole", "the threshold is 0.9, and was 0.7")


def test_a_run_on_the_past_is_refused_and_the_last_one_stays(home, engine):
    record = run(home, engine, AFTER)
    with pytest.raises(InputError) as caught:
        run(home, engine, BEFORE)
    assert caught.value.unchanged
    assert last_run(base_folder(home, BASE)) == record.id


def test_a_list_that_shrank_is_refused(home, engine, monkeypatch):
    from msgspec.structs import replace

    run(home, engine, BEFORE)
    scope = engine.scope(AFTER, AFTER, (), None, ())
    (list_,) = scope.coverage
    shrunken = replace(scope, coverage=(replace(list_, records=0, state="empty"),))
    monkeypatch.setattr(engine, "scope", lambda *_: shrunken)
    with pytest.raises(DataError, match="0 records, and had 2"):
        run(home, engine, AFTER)


@pytest.mark.parametrize("bad", ["Base", "../x", "verify", ""])
def test_a_name_that_cannot_be_a_folder_is_refused(home, bad):
    with pytest.raises(InputError):
        store(home, CUSTOMERS, name=bad)


def test_an_id_of_two_rows_is_refused_with_both_lines(home):
    with pytest.raises(DataError) as caught:
        store(home, [CUSTOMERS[0], CUSTOMERS[0]], new=False)
    assert "line 1" in str(caught.value)
    assert "line 2" in str(caught.value)
    assert len(open_base(home, BASE)) == len(CUSTOMERS)


def test_a_row_that_cannot_be_read_is_counted(home):
    odd = {"id": "X", "schema": "Nonsense", "properties": {"name": ["A"]}}
    store(home, [CUSTOMERS[0], odd], new=False)
    assert dict(open_base(home, BASE).manifest.counts) == {"customers": 1, "refused": 1}


def test_a_base_twice_or_never_made_is_refused(home, engine):
    with pytest.raises(InputError):
        store(home, CUSTOMERS)
    remove_base(home, BASE)
    with pytest.raises(InputError):
        run(home, engine, AFTER)


def test_a_damaged_base_answers_nothing(home, engine):
    run(home, engine, BEFORE)
    file = open_base(home, BASE).folder / "customers.party.bytes.npy"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(DataError):
        run(home, engine, AFTER)


def test_a_run_is_verified_and_what_was_changed_in_it_is_noticed(home, engine):
    run(home, engine, BEFORE)
    record = run(home, engine, AFTER)
    folder = find_run(home, record.id[:6])
    checks = verify_run(home, folder, sample=5, seed=1)
    assert failed_checks(checks) is None, checks
    (folder / "pairs.jsonl").write_bytes(b"")
    assert failed_checks(verify_run(home, folder, sample=5, seed=1)) is not None


@pytest.mark.parametrize("part", ["treatment", "changed", "territories"])
def test_a_statement_that_is_wrong_is_noticed(home, engine, part):
    run(home, engine, BEFORE)
    record = run(home, engine, AFTER)
    path = find_run(home, BASE) / "run.json"
    content = json.loads(path.read_bytes())
    wrong = {"treatment": record_with(content["treatment"], compared=0), "changed": [],
             "territories": "0"}  # fmt: skip
    path.write_text(json.dumps(content | {part: wrong[part]}))
    error = failed_checks(verify_run(home, runs_folder(base_folder(home, BASE)) / record.id,
                                     sample=1, seed=1))  # fmt: skip
    assert error is not None


def record_with(given, **changed):
    return given | changed
