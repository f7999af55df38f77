"""A regime of one's own: the scaffold, its own words, and every error of a file at once."""

from __future__ import annotations

import time

import pytest

from limen.law import Clocks
from limen.law.assess.assess import assess
from limen.law.files.check_file import errors_of
from limen.law.files.read_law import bundled, law_of, texts_of
from limen.law.files.scaffold import new_regime
from limen.law.suppose.overlay import overlay
from limen.model import InputError, Instant

#: What a hasty author gets wrong in the scaffold, and where each is found.
WRONG = [
    ("authority: US\n    instrument", "authority: USA\n    instrument", "measures[0].authority", "US"),
    ("kind: package", "kind: pakage", "measures[0].kind", "package"),
    ("waits_for: [strait-trigger]", "waits_for: [strait-triger]", "waits_for[0]", "strait-trigger"),
    ("is: prepared", "is: prepard", "status[0].is", "prepared"),
    ("[asset_freeze]", "[asset_freze]", "prohibits[0]", "asset_freeze"),
    ("countries: [de]", "countries: [germany]", "countries[0]", "ISO 3166"),
    ("rank: head", "rank: hed", "statements[0].rank", "head"),
    ("actor: strait-forces, strait_port_closed: true}\n\nevents", "actr: strait-forces}\n\nevents", "when.actr", "actor"),
    ("zone: \"+00:00\"", "zone: UTC", "events[0].zone", ""),
    ("slug: strait-port-closed", "slag: strait-port-closed", "events[0].slag", "slug"),
]  # fmt: skip


@pytest.fixture(scope="module")
def others():
    return texts_of(bundled())


@pytest.fixture
def scaffold(tmp_path):
    return new_regime("strait", tmp_path).read_bytes()


def test_the_scaffold_is_right_as_it_is_and_is_assessed(scaffold, others):
    assert errors_of("strait", scaffold, others) == []
    law = law_of({**others, "strait": scaffold})
    clocks = Clocks.at(Instant.parse("2027-03-02"))
    found = assess(law, "STRAIT-EVENT-1", clocks)
    assert (found.readings[0].value, found.condition_met) == ("true", True)
    supposed = overlay(law, clocks, event="strait-port-closed").supposed
    assert [each.measure for each in supposed] == ["strait-prepared"]
    assert "strait-forces" in law.facts["actor"].values


@pytest.mark.parametrize(("right", "wrong", "where", "hint"), WRONG)
def test_each_error_has_its_place_and_its_fix(right, wrong, where, hint, scaffold, others):
    text = scaffold.decode()
    assert right in text
    (error,) = errors_of("strait", text.replace(right, wrong).encode(), others)
    assert where in error.where
    assert " line " in error.where
    assert hint in error.hint


def test_every_error_is_found_at_once_and_soon(scaffold, others):
    text = scaffold.decode()
    for right, wrong, _, _ in WRONG:
        text = text.replace(right, wrong)
    before = time.process_time()
    found = errors_of("strait", text.encode(), others)
    assert time.process_time() - before < 3, "one second on a machine of its own"
    places = [each.where.partition(": ")[2] for each in found]
    assert len(places) == len(set(places)) == len(WRONG)
    for _, _, where, _ in WRONG:
        assert any(where in place for place in places), where


def test_a_word_that_is_known_already_is_refused(scaffold, others):
    text = scaffold.decode().replace(
        "  values:", '  authorities:\n    US: {name: Ruritania, zone: "+01:00"}\n  values:'
    )
    (error,) = errors_of("strait", text.encode(), others)
    assert "'US' is known already" in error.what


@pytest.mark.parametrize("name", ["Strait", "a b", "../x", "", "x" * 61])
def test_a_name_that_is_no_name_is_refused(name, tmp_path):
    with pytest.raises(InputError, match="no name of a regime"):
        new_regime(name, tmp_path)


def test_a_regime_that_is_there_is_not_overwritten(tmp_path):
    path = new_regime("strait", tmp_path)
    path.write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        new_regime("strait", tmp_path)
    assert path.read_text() == "mine"
