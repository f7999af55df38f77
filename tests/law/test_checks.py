"""What a wrong regime file gets: refused whole, with file, line, key and the fix."""

from __future__ import annotations

import re

import pytest

from limen.law.files.read_law import bundled, law_of, read_law
from limen.model import DataError

BASE = {
    name: (bundled() / f"{name}.yml").read_bytes()
    for name in ("authorities", "facts", "sources", "territories")
} | {
    "programmes": b"P: {authority: US, title: t, instruments: [i], source: M1}\n",
    "ownership": b"",
}
GOOD = """
regime: r
title: a regime
known_to: 2022-06-01
triggers:
  - {id: t, title: t, question: q, determiner: d, consequence: c, source: M1}
measures:
  - id: m
    title: a measure
    authority: US
    instrument: an order
    kind: territorial
    source: M1
    status:
      - {on: 2022-02-21, is: in_force, source: M1}
    provisions:
      - {id: a, prohibits: [import], targets: {territories: [ua-dnr]}, from: 2022-02-21, source: M1}
licences:
  - {programme: P, number: "8", title: t, activities: [x], lifts: [m], any_party: true, from: 2022-02-21, source: M1}
  - {programme: P, number: "8", letter: A, title: t, activities: [x], lifts: [m], any_party: true, replaces: P/8, from: 2022-03-01, source: M1}
statements:
  - {id: S1, authority: US, speaker: s, rank: head, attribution: named, channel: remarks, said: 2022-01-01, source: M1}
  - {id: S2, authority: US, speaker: s, rank: head, attribution: named, channel: remarks, said: 2022-01-02, source: M1, supersedes: [S1], reading: {trigger: t, when: {assembled: true}}}
events:
  - {id: E1, slug: e, title: e, kind: movement, happened: 2022-02-21, zone: "+02:00", source: M1, facts: {assembled: "true"}}
"""


def read(text: str):
    files = {name: raw for name, raw in BASE.items() if raw}
    return law_of({**files, "mine": text.encode()})


def test_the_small_regime_is_good():
    assert set(read(GOOD).licences) == {"P/8", "P/8A"}


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("title: a measure", "tilte: a measure", 9, "did you mean title?"),
        ("    source: M1\n    status", "    status", 8, "source is missing"),
        ("    source: M1\n    status", "    source: []\n    status", 13, "needs a source"),
        ("    source: M1\n    status", "    source: M999\n    status", 13, "unknown source 'M999'"),
        ("authority: US\n    instr", "authority: USA\n    instr", 10, "unknown authority"),
        ("kind: territorial", "kind: teritorial", 12, "teritorial"),
        ("territories: [ua-dnr]", "territories: [ua-dpr]", 17, "did you mean ua-dnr?"),
        ("prohibits: [import]", "prohibits: [imports]", 17, "imports"),
        ("is: in_force", "is: inforce", 15, "inforce"),
        ("on: 2022-02-21", "on: 2022-02-30", 15, "the calendar has no day 2022-02-3"),
        (
            "- {on: 2022-02-21, is: in_force, source: M1}",
            "- {on: 2022-02-21, is: in_force, source: M1}\n      - {on: 2022-02-20, is: ended, source: M1}",
            16,
            "does not come after 2022-02-21",
        ),
        ("from: 2022-02-21, source: M1}\nl", "from: 2022-02-21, until: 2022-02-01, source: M1}\nl", 17, "ends (2022-02-01) before it begins"),
        (
            "from: 2022-02-21, source: M1}\nl",
            "from: 2022-02-21, source: M1}\n      - {id: a, prohibits: [import], from: 2022-03-01, source: M1}\nl",
            18,
            "provision a overlaps",
        ),
        ('{programme: P, number: "8", title', '{number: "8", title', 19, "programme is missing"),
        ('{programme: P, number: "8", title', '{programme: Q, number: "8", title', 19, "unknown programme 'Q'"),
        ("replaces: P/8,", "replaces: P/7,", 20, "unknown licence 'P/7'"),
        ('"8", title: t, activities: [x], lifts: [m], any_party: true, from: 2022-02-21', '"8", title: t, activities: [x], lifts: [m], any_party: true, replaces: P/8A, from: 2022-03-01', 19, "a cycle"),
        ("letter: A, ", "", 20, "licence P/8 is given twice"),
        ("said: 2022-01-01, source: M1", "said: 2022-01-01, source: M1, supersedes: [S2]", 22, "is later than this statement"),
        ("supersedes: [S1]", "supersedes: [S9]", 23, "unknown statement 'S9'"),
        ("{assembled: true}", "{asembled: true}", 23, "did you mean assembled?"),
        ("{assembled: true}", "{assembled: perhaps}", 23, "is not true or false"),
        ("{assembled: true}", "{any: []}", 23, "any needs a list"),
        ("{assembled: true}", "{scale: huge}", 23, "is not one of"),
        ("{assembled: true}", "{assembled: {at_least: 3}}", 23, "of a number"),
        ("trigger: t, when", "trigger: u, when", 23, "unknown trigger 'u'"),
        ("{assembled: \"true\"}", "{colour: red}", 25, "unknown fact 'colour'"),
        ("kind: movement", "kind: move", 25, "unknown kind of event"),
        ('zone: "+02:00"', "zone: Kyiv", 25, "is not a time zone"),
        ("said: 2022-01-02", "said: 2022-01-02T10:00", 23, "has no time zone"),
        ("speaker: s, rank: head, attribution: named, channel: remarks, said: 2022-01-01", "speaker: s, quote: " + "word " * 26 + ", rank: head, attribution: named, channel: remarks, said: 2022-01-01", 22, "26 words"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_line_and_the_fix(right, wrong, line, says):
    assert right in GOOD, "the test itself has gone stale"
    with pytest.raises(DataError) as refused:
        read(GOOD.replace(right, wrong, 1))
    told = str(refused.value)
    assert says in told
    assert told.startswith(f"mine.yml line {line},")


def test_two_files_cannot_say_the_same_id():
    files = {name: raw for name, raw in BASE.items() if raw}
    with pytest.raises(DataError) as refused:
        law_of({**files, "mine": GOOD.encode(), "other": GOOD.encode()})
    assert "is given twice" in str(refused.value)


def test_statements_that_supersede_each_other_are_a_cycle():
    same_day = GOOD.replace("said: 2022-01-02", "said: 2022-01-01")
    cycle = same_day.replace(
        "said: 2022-01-01, source: M1}", "said: 2022-01-01, source: M1, supersedes: [S2]}", 1
    )
    with pytest.raises(DataError) as refused:
        read(cycle)
    assert "a cycle" in str(refused.value)


def test_a_folder_with_a_wrong_file_leaves_the_snapshot_as_it_was(tmp_path):
    for name, raw in BASE.items():
        (tmp_path / f"{name}.yml").write_bytes(raw or b"{}")
    (tmp_path / "mine.yml").write_text(GOOD.replace("ua-dnr", "ua-dpr"))
    with pytest.raises(DataError) as refused:
        read_law(tmp_path)
    assert "the law in force in your snapshot stays as it was" in str(refused.value)


def test_a_quote_of_25_words_is_the_longest_that_is_allowed():
    line = "speaker: s, rank: head"
    longest = GOOD.replace(line, f"speaker: s, quote: {'word ' * 25}, rank: head", 1)
    assert any(len(each.quote.split()) == 25 for each in read(longest).statements.values())


KINDS_OF_ERRORS = [
    ("instrument: an order", "instrument: Regulation (EU) 2580/2001", "its official name has No"),
    ("instrument: an order", "instrument: Regulation (EU) No 1183/2005", "are (EC)"),
    ("instrument: an order", "instrument: Regulation (EU) No 2022/263", "have no No"),
    ("    kind: territorial", "    kind: territorial\n    programmes: [P]", "no provision reaches a party"),
    (
        "prohibits: [import], targets: {territories: [ua-dnr]}",
        "prohibits: [asset_freeze], targets: {sectors: [marine]}",
        "a determination is a criterion only",
    ),
    (
        "authority: US\n    instrument: an order\n    kind: territorial",
        "authority: EU\n    instrument: Regulation (EU) 2022/879\n    kind: sectoral",
        "does not say when its act was adopted",
    ),
    (
        "authority: US\n    instrument: an order\n    kind: territorial",
        "authority: EU\n    instrument: Regulation (EU) 2022/879\n    kind: sectoral\n    adopted: 2022-02-21",
        "begins on the day on which the act was adopted",
    ),
    ("known_to: 2022-06-01\n", "", "does not say how far its research reaches"),
    ("any_party: true", "any_party: false", "for whom it is in exactly one way"),
    ("any_party: true", "any_party: true, parties: [VTB]", "for whom it is in exactly one way"),
    ("any_party: true", "parties: [Nobody Bank]", "unknown party 'Nobody Bank'"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "says"), KINDS_OF_ERRORS)
def test_a_kind_of_error_that_was_made_once_is_refused(right, wrong, says):
    assert right in GOOD
    with pytest.raises(DataError, match=re.escape(says)):
        read(GOOD.replace(right, wrong, 1))


def test_an_act_that_applies_at_once_says_so():
    text = GOOD.replace(
        "authority: US\n    instrument: an order\n    kind: territorial",
        "authority: EU\n    instrument: Regulation (EU) 2022/334\n    kind: sectoral\n    adopted: 2022-02-21",
        1,
    ).replace("{id: a, prohibits", "{id: a, at_once: true, prohibits", 1)
    assert read(text).measures["m"].provisions[0].at_once
