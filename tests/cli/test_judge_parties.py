"""``limen parties judge``: a judgement changes answers from the next build on."""

from __future__ import annotations

import json

import pytest
from tests.worlds import TODAY, fill, listed

from limen.identity.judgement_file import JUDGEMENTS
from limen.model.party import party_id_of
from limen.snapshot import home_folder
from limen.snapshot.build.archive_home import open_archive, registry_of
from limen.snapshot.build.current import bring_up_to_date

OWN = """\
id: {name}
title: {name}
authority: {authority}
publisher: us
page: https://example.org
downloads: []
licence: {{name: ours, redistribute: false}}
cadence: daily
max_age_days: 30000
records: {{min: 1, max: 1000}}
max_shrink: 0.4
canaries: []
default: true
in_service: {{from: null, until: null}}
"""
WHY = ("--why", "one tax file", "--by", "ann")


@pytest.fixture
def judging(command, tmp_path, monkeypatch):
    """The command line in a home of three lists with a record each, built."""
    home = tmp_path / "judging"
    (home / "lists.d").mkdir(parents=True)
    for name in ("aa", "bb", "cc"):
        text = OWN.format(name=f"own_{name}", authority=name.upper())
        (home / "lists.d" / f"own_{name}.yml").write_text(text)
    day = f"{TODAY:%Y-%m-%d}"
    names = {"own_aa": "Northern Trade Bank", "own_bb": "Zenith Shipping", "own_cc": "Orlov Steel"}
    fill(home, {key: {day: [listed("1", name, "Company")]} for key, name in names.items()})
    monkeypatch.setenv("LIMEN_HOME", str(home))
    assert command("snapshot", "build").code == 0
    return command


def test_a_judgement_changes_answers_from_the_next_build_on(judging, tmp_path):
    question = ("screen", "Zenith Shipping", "--list", "own_bb", "--format", "json")
    (before,) = judging("parties", "show", "own_bb:1", "--format", "jsonl").lines
    assert [each["id"] for each in before["records"]] == ["own_bb:1"]
    done = judging("parties", "judge", "own_aa:1", "own_bb:1", "--same", *WHY)
    assert (done.code, "own_aa:1 same own_bb:1 (by ann, " in done.err) == (0, True)
    (row,) = judging("parties", "judgements", "--format", "jsonl").lines
    assert (row["state"], row["why"]) == ("from the next build on", "one tax file")
    old = judging(*question).out

    judging("snapshot", "build")
    (after,) = judging("parties", "show", "own_bb:1", "--format", "jsonl").lines
    assert [each["id"] for each in after["records"]] == ["own_aa:1", "own_bb:1"]
    assert after["joins"][0]["reasons"] == ["judged by ann: one tax file"]
    (row,) = judging("parties", "judgements", "--format", "jsonl").lines
    assert row["state"] == "applied"
    ids = [json.loads(each)["parties"][0]["id"] for each in (old, judging(*question).out)]
    assert ids == [party_id_of("own_bb:1"), party_id_of("own_aa:1")]
    (tmp_path / "old.json").write_text(old)
    assert judging("replay", str(tmp_path / "old.json")).code == 0


def test_an_update_builds_where_only_judgements_are_new(judging):
    home = home_folder()
    registry = registry_of(home)
    with open_archive(home) as archive:
        assert bring_up_to_date(home, registry, archive) is None
        judging("parties", "judge", "own_aa:1", "own_bb:1", "--different", *WHY)
        info = bring_up_to_date(home, registry, archive)
        assert (info.folder / JUDGEMENTS).read_bytes() == (home / JUDGEMENTS).read_bytes()
        assert info.manifest.files[JUDGEMENTS].bytes == (home / JUDGEMENTS).stat().st_size
        assert bring_up_to_date(home, registry, archive) is None


def test_judgements_that_contradict_are_refused_with_all_of_them(judging):
    judging("parties", "judge", "own_aa:1", "own_bb:1", "--same", *WHY)
    judging("parties", "judge", "own_bb:1", "own_cc:1", "--same", *WHY)
    refused = judging("parties", "judge", "own_aa:1", "own_cc:1", "--different", *WHY)
    assert refused.code == 2
    for words in (
        "own_aa:1 different own_cc:1",
        "own_aa:1 same own_bb:1",
        "own_bb:1 same own_cc:1",
    ):
        assert words in refused.err
    assert judging("parties", "judge", "own_cc:1", "own_bb:1", "--withdraw", *WHY).code == 0
    assert judging("parties", "judge", "own_aa:1", "own_cc:1", "--different", *WHY).code == 0
    states = [row["state"] for row in judging("parties", "judgements", "--format", "jsonl").lines]
    assert states == ["from the next build on", "replaced", "withdrawn", "from the next build on"]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("own_aa:1", "own_aa:1", "both are the record own_aa:1"),
        ("own_aa:1", "own_bb:11", "did you mean own_bb:1?"),
        ("own_aa:1", "own-b:1", "did you mean own_bb?"),
    ],
)
def test_an_unknown_record_is_refused_with_the_nearest(judging, one, other, words):
    refused = judging("parties", "judge", one, other, "--same", *WHY)
    assert (refused.code, words in refused.err) == (2, True)
    assert judging("parties", "judgements", "--format", "jsonl").lines == []


def test_what_was_not_judged_cannot_be_withdrawn_and_a_reason_is_needed(judging):
    refused = judging("parties", "judge", "own_aa:1", "own_bb:1", "--withdraw", *WHY)
    assert (refused.code, "nothing is judged about" in refused.err) == (2, True)
    assert judging("parties", "judge", "own_aa:1", "own_bb:1", "--same", "--why", " ").code == 2
    assert judging("parties", "judge", "own_aa:1", "own_bb:1", *WHY).code == 2


def test_judgements_are_exported_and_imported_all_or_none(judging, tmp_path):
    file = tmp_path / "resolve.ijson"
    edges = [
        ["own_bb:1", "own_aa:1", "positive", None, "bob", "2023-05-06T07:08:09"],
        ["own_cc:1", "own_aa:1", "unsure", 0.5, None, None],
    ]
    file.write_text("".join(json.dumps(edge) + "\n" for edge in edges))
    done = judging("parties", "import-judgements", str(file), "--why", "reviewed")
    assert (done.code, done.err) == (0, "1 added, 0 known already, 1 without a verdict\n")
    assert judging("parties", "export-judgements").lines == edges[:1]
    again = judging("parties", "import-judgements", str(file), "--why", "reviewed")
    assert again.err.startswith("0 added, 1 known already")
    for wrong in (["own_bb:1", "own_aa:1", "negative"], ["own_cc:1", "own_dd:1", "positive"]):
        file.write_text('["own_cc:1", "own_aa:1", "positive"]\n' + json.dumps(wrong))
        assert judging("parties", "import-judgements", str(file), "--why", "x").code == 2
        assert judging("parties", "export-judgements").lines == edges[:1]


@pytest.mark.parametrize("flags", [(), ("--same", "--different"), ("--different", "--withdraw")])
def test_one_verdict_is_given_and_no_two(judging, flags):
    done = judging("parties", "judge", "own_aa:1", "own_bb:1", *flags, *WHY)
    assert (done.code, "give one of --same, --different and --withdraw" in done.err) == (2, True)
    assert judging("parties", "judgements", "--format", "jsonl").lines == []
