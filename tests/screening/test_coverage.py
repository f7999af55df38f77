"""What a list can carry on a day: every state at its boundary, and which lists are chosen."""

from __future__ import annotations

from datetime import date

import pytest
from tests.worlds import TODAY, Band, Span, a_list, fill, listed, registry, world

from limen.archive import Archive
from limen.engine import Engine
from limen.lists.registry import load_registry
from limen.model import InputError
from limen.snapshot import Snapshot
from limen.snapshot.build import build

ONE, TWO = listed("1", "Quentin Farnsworth"), listed("2", "Perpetua Oduya")
MANY = [listed(str(number), f"Party {number}") for number in range(1, 5)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """One list a rule, each with the same two parties."""
    lists = registry(
        a_list("plain", "US", max_age_days=10),
        a_list("banded", "US", records=Band(min=2, max=3)),
        a_list("early", "US", max_age_days=400, speaks_from=date(2024, 2, 10)),
        a_list("ended", "UK", max_age_days=400, service=Span(until=date(2024, 3, 1))),
        a_list("begun", "UK", max_age_days=400, service=Span(from_=date(2024, 3, 1))),
        a_list("ended_alone", "JP", max_age_days=20, service=Span(until=date(2024, 3, 1))),
        a_list("never", "EU"),
        a_list("never_ended", "EU", service=Span(until=date(2024, 3, 1))),
        a_list("apart", "EU", max_age_days=400, default=False),
        a_list("real", "CH", max_age_days=400),
        a_list("second", "CH", max_age_days=400, stands_in_for="real"),
        a_list("absent", "AU"),
        a_list("instead", "AU", max_age_days=400, stands_in_for="absent"),
        a_list("spare", "CA", stands_in_for="main"),
        a_list("main", "CA", max_age_days=400),
        a_list("sample", "SAMPLE", max_age_days=400, sample=True),
    )
    days = {"2024-02-01": [ONE, TWO]}
    home = tmp_path_factory.mktemp("scope") / "home"
    return world(
        home,
        lists,
        {
            "plain": {"2024-02-01": [ONE, TWO], "2024-03-01": [TWO]},
            "banded": {
                "2024-02-01": MANY[:1], "2024-02-02": MANY[:2], "2024-02-03": MANY[:3],
                "2024-02-04": MANY,
            },
            "early": days, "ended": days, "ended_alone": days, "begun": days, "apart": days, "real": days,
            "second": days, "instead": days, "main": days, "sample": days,
        },
    )  # fmt: skip


def coverage(engine, name, **options):
    (found,) = engine.coverage(lists=[name], **options)
    return found


STATES = [
    ("plain", "2024-02-11", None, "ok", 10, "exactly as old as it may be"),
    ("plain", "2024-02-12", None, "stale", 11, "a day older than it may be"),
    ("plain", "2024-02-01", None, "ok", 0, "the day it was published"),
    ("plain", "2024-01-31", None, "too_early", None, "the day before the first version"),
    ("plain", "2024-03-01", None, "ok", 0, "a new version begins anew"),
    ("plain", "2024-02-29", None, "stale", 28, "a version of the next day does not help"),
    ("plain", "2024-03-01", "2024-02-29", "stale", 29, "a version that was not known yet"),
    ("plain", "2024-02-05", "2024-01-31", "missing", None, "nothing of it was known"),
    ("plain", "2024-02-20", "2024-02-05", "stale", 19, "age runs to the day of the query"),
    ("banded", "2024-02-01", None, "out_of_band", 0, "one record, and two at least"),
    ("banded", "2024-02-02", None, "ok", 0, "exactly two"),
    ("banded", "2024-02-03", None, "ok", 0, "exactly three"),
    ("banded", "2024-02-04", None, "out_of_band", 0, "four, and three at most"),
    ("early", "2024-02-09", None, "too_early", None, "the day before it speaks"),
    ("early", "2024-02-10", None, "ok", 9, "the first day it speaks"),
    ("never", "2024-02-10", None, "missing", None, "it was never loaded"),
]


@pytest.mark.parametrize(("name", "as_of", "known_at", "state", "age", "because"), STATES)
def test_the_state_of_a_list(engine, name, as_of, known_at, state, age, because):
    found = coverage(engine, name, as_of=as_of, known_at=known_at)
    assert (found.state, found.age_days) == (state, age), (because, found)
    assert bool(found.why) == (state != "ok")
    assert found.max_age_days == (400 if name == "early" else 10)


@pytest.mark.parametrize("state", ["stale", "out_of_band", "missing", "too_early"])
def test_what_cannot_carry_an_answer_clears_nobody(engine, state):
    name, as_of = next((case[0], case[1]) for case in STATES if case[3] == state and not case[2])
    stranger = {"schema": "Person", "properties": {"name": ["Ximena Ollantaytambo"]}}
    answer = engine.screen(stranger, as_of=as_of, lists=[name])
    assert answer.outcome == "cannot_say"
    assert answer.reasons[0].startswith(f"{name}: ")
    allowed = engine.screen(stranger, as_of=as_of, lists=[name], allow_stale=[name])
    assert (allowed.outcome, allowed.coverage[0].state) == ("clear", "overridden")
    assert allowed.coverage[0].why.endswith("(allowed by name)")
    assert allowed.stamp.allow_stale == (name,)


def test_an_override_does_not_touch_a_list_that_can_carry_it(engine):
    assert coverage(engine, "plain", as_of="2024-02-11", allow_stale=["plain"]).state == "ok"


def test_coverage_says_what_it_rests_on(engine):
    found = coverage(engine, "plain", as_of="2024-03-02")
    assert (found.version, found.records, found.speaks_from) == ("2024-03-01", 1, "2024-02-01")
    assert len(found.sha256) == 64
    missing = coverage(engine, "never", as_of="2024-03-02")
    assert (missing.version, missing.records, missing.speaks_from, missing.sha256) == (
        None, 0, None, None,
    )  # fmt: skip
    assert coverage(engine, "early", as_of="2024-03-02").speaks_from == "2024-02-10"


CHOSEN = [
    ({"authorities": ["UK"]}, "2024-02-29", {"ended"}, "the last day of one's service"),
    ({"authorities": ["UK"]}, "2024-03-01", {"begun"}, "the first day of the other's"),
    ({"authorities": ["UK"]}, "2024-02-29T23:59:59Z", {"ended"}, "the last second"),
    ({"authorities": ["UK"]}, "2024-03-01T00:00:00Z", {"begun"}, "the first second"),
    ({"authorities": ["JP"]}, "2024-03-01", {"ended_alone"}, "no list of it took the place"),
    ({"authorities": ["EU"]}, "2024-02-29", {"never", "never_ended"}, "named and not loaded"),
    ({"authorities": ["EU"]}, "2024-03-01", {"never"}, "apart is never chosen by authority"),
    ({"authorities": ["eu"]}, "2024-03-01", {"never"}, "in any case of letters"),
    ({"authorities": ["CH"]}, "2024-02-10", {"real", "second"}, "both are loaded"),
    ({"authorities": ["AU"]}, "2024-02-10", {"instead"}, "its stand-in is loaded instead"),
    ({"authorities": ["CA"]}, "2024-02-10", {"main"}, "a stand-in not loaded is not missed"),
    ({"authorities": ["SAMPLE"]}, "2024-02-10", {"sample"}, "a sample by its name"),
    ({"lists": ["apart", "apart"]}, "2024-02-10", {"apart"}, "by name, once"),
    ({"lists": ["plain", "ended"], "authorities": ["uk", "US"]}, "2024-02-10", {"plain", "ended"},
     "lists of exactly these authorities"),
    ({"lists": ["sample"], "authorities": ["US", "EU"]}, "2024-02-10", {"sample"},
     "a sample copies these"),
    ({}, "2024-02-10", {"plain", "banded", "early", "ended", "real", "second", "instead", "main",
                        "never", "never_ended", "ended_alone"},
     "all defaults in service, loaded or not; no sample, no stand-in that is not needed"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "as_of", "names", "because"), CHOSEN)
def test_which_lists_are_chosen(engine, options, as_of, names, because):
    found = engine.coverage(as_of=as_of, **options)
    assert sorted(each.list for each in found) == sorted(names), because


def test_a_list_that_ended_clears_nobody_once_it_is_old(engine):
    party = {"schema": "Person", "properties": {"name": ["Nobody Here"]}}
    answer = engine.screen(party, authorities=["JP"], as_of="2024-03-02")
    assert (answer.outcome, answer.coverage[0].state) == ("cannot_say", "stale")


def test_a_sample_alone_finds_and_does_not_clear(tmp_path):
    lists = registry(a_list("sample", "SAMPLE", sample=True), a_list("never", "US"))
    engine = world(tmp_path / "home", lists, {"sample": {"2024-02-01": [ONE]}})
    found = engine.coverage(as_of="2024-02-01")
    assert [(each.list, each.state) for each in found] == [("never", "missing"), ("sample", "ok")]
    stranger = {"schema": "Person", "properties": {"name": ["Ximena Ollantaytambo"]}}
    assert engine.screen(stranger, as_of="2024-02-01").outcome == "cannot_say"
    assert engine.screen(stranger, as_of="2024-02-01", lists=["sample"]).outcome == "clear"
    assert engine.screen({**stranger, "properties": {"name": ["Quentin Farnsworth"]}},
                         as_of="2024-02-01").outcome == "hit"  # fmt: skip


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"authorities": ["XX"]}, "unknown authority 'XX'"),
        ({"authorities": ["XX"], "lists": ["plain"]}, "unknown authority 'XX'"),
        ({"lists": ["plane"]}, "unknown list 'plane'"),
        ({"lists": ["plain"], "authorities": ["EU"]}, "the list plain is of US, not of EU"),
        ({"lists": ["plain", "ended"], "authorities": ["US"]}, "the list ended is of UK"),
        ({"lists": ["plain"], "authorities": ["US", "EU"]}, "none of the chosen lists is of EU"),
        ({"lists": ["sample"], "authorities": ["CH"]}, "the list sample is of SAMPLE, not of CH"),
        ({"allow_stale": ["plane"]}, "unknown list 'plane'"),
    ],
)
def test_a_list_that_is_not_there_is_refused(engine, options, what):
    with pytest.raises(InputError, match=what):
        engine.coverage(as_of="2024-02-10", **options)


THRESHOLDS = [(0.0, False), (0.001, True), (1.0, True), (1.001, False), (-0.1, False)]


@pytest.mark.parametrize(("threshold", "fits"), THRESHOLDS)
def test_a_threshold_is_above_nothing_and_at_most_one(engine, threshold, fits):
    if fits:
        assert engine.judge(None, threshold).threshold == threshold
    else:
        with pytest.raises(InputError, match="is not above 0 and at most 1"):
            engine.judge(None, threshold)


def test_a_day_to_come_is_refused_and_today_is_not(engine):
    assert str(engine.applied("2024-06-01")) == "2024-06-01"
    assert str(engine.applied(None)) == "2024-06-01"
    assert str(engine.applied("2024-06-01T23:59:59Z")) == "2024-06-01T23:59:59Z"
    for later in ("2024-06-02", "2024-06-02T00:00:00Z"):
        with pytest.raises(InputError, match="has not come yet"):
            engine.applied(later)


CHECKED = [
    ("2024-02-11", None, "ok", 10, "before the check"),
    ("2024-02-12", None, "stale", 11, "still before it"),
    ("2024-02-15", None, "ok", 0, "checked and unchanged on the day"),
    ("2024-02-25", None, "ok", 10, "exactly as long after the check as it may be"),
    ("2024-02-26", None, "stale", 11, "a day longer"),
    ("2024-02-20", "2024-02-14", "stale", 19, "the check was not known yet"),
]


def test_a_check_that_found_nothing_new_renews_a_list(tmp_path):
    home = tmp_path / "home"
    lists = registry(a_list("plain", "US", max_age_days=10))
    fill(home, {"plain": {"2024-02-01": [ONE]}})
    with Archive.open(str(home / "archive.sqlite")) as archive:
        (version,) = archive.versions("plain")
        archive.record_check("plain", "2024-02-15T09:00:00Z", "unchanged", version_id=version.id)
        archive.record_check("plain", "2024-02-26T09:00:00Z", "failed")
        info = build(home, lists, archive=archive, clock=lambda: TODAY)
    engine = Engine(Snapshot(info.folder), clock=lambda: TODAY)
    for as_of, known_at, state, age, because in CHECKED:
        found = coverage(engine, "plain", as_of=as_of, known_at=known_at)
        assert (found.state, found.age_days) == (state, age), because


def test_a_default_list_that_was_never_loaded_clears_nobody(tmp_path):
    """The registry that comes with Limen, and a home that holds the UN's list alone."""
    registered = load_registry()
    records = [listed(str(number), f"Party {number}") for number in range(1, 701)]
    names: dict[str, list[str]] = {}
    for canary in registered.get("un_sc").canaries:
        names.setdefault(canary.record_id, []).append(canary.name)
    records += [listed(key, first, alias=more) for key, (first, *more) in names.items()]
    engine = world(tmp_path / "home", registered, {"un_sc": {"2024-02-01": records}})
    bank = {"schema": "Company", "properties": {"name": ["VTB Bank"]}}
    answer = engine.screen(bank, as_of="2024-02-02")
    assert answer.outcome == "cannot_say"
    missing = {reason.partition(":")[0] for reason in answer.reasons}
    assert missing == {
        "us_ofac_sdn", "us_ofac_cons", "eu_fsf", "uk_fcdo", "uk_ofsi", "ch_seco", "au_dfat",
        "ca_sema",
    }  # fmt: skip
    assert all(reason.endswith("it was never loaded") for reason in answer.reasons)
    fewer = engine.screen(bank, as_of="2024-02-02", authorities=["UN"])
    assert (fewer.outcome, fewer.stamp.authorities) == ("clear", ("UN",))
