"""The founding case from the article alone: read, proposed, reviewed, accepted, assessed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import msgspec
import numpy as np
import pytest
import yaml
from click.testing import CliRunner
from tests.conftest import shared_path
from tests.worlds import a_list, listed, registry, world

from limen.cli.main_command import limen
from limen.documents import read_file, report_on
from limen.documents.review import proposals
from limen.law import Clocks, Regimes
from limen.law.files.accept import Proposals, accept
from limen.law.files.read_law import add_own, bundled, law_of, texts_of
from limen.law.timeline import timeline
from limen.mentions.document_screen import with_law
from limen.model import Instant
from limen.render.timeline_svg import draw

ARTICLE = "documents/000_569262551bbf4f1a.txt"
MIDNIGHT = "2022-02-21T23:59-05:00"
NOON = Instant.parse("2026-11-22")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def document():
    return read_file(shared_path(ARTICLE))


@pytest.fixture(scope="module")
def silent():
    """The regime files with every statement taken out: nobody has said anything yet."""
    texts = texts_of(bundled())
    for name in [each for each in texts if each.endswith("_statements")]:
        content = yaml.load(texts[name], Loader=yaml.BaseLoader)
        content.pop("statements")
        texts[name] = yaml.safe_dump(content, allow_unicode=True, default_style='"').encode()
    return texts


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    putin = listed(
        "1", "Vladimir Vladimirovich Putin", alias=("Vladimir Putin",), listed_on="2022-02-25"
    )
    entries = {"eu_fsf": {"2022-02-17": [listed("2", "Nobody Else")], "2022-03-01": [putin]}}
    lists = registry(a_list("eu_fsf", "EU", max_age_days=9_999))
    return world(tmp_path_factory.mktemp("article"), lists, entries, today=NOW)


def test_from_the_article_to_the_assessment(document, silent, tmp_path):
    """With nothing known but acts and events, the article's own words part on the same troops."""
    report = with_law(document, report_on(document), law_of(silent))
    proposed = msgspec.convert(proposals(report), Proposals)
    taken = [each["id"] for each in proposed.statements if each["authority"]]
    done = accept(proposed, taken, reviewer="A. Analyst", at=NOW, own=tmp_path / "regimes.d")
    law = law_of(add_own(silent, texts_of(tmp_path / "regimes.d")))
    regimes = Regimes({"law": np.frombuffer(msgspec.msgpack.encode(law), dtype=np.uint8)})
    found = regimes.assess(
        "troops-into-occupied-donbas",
        at=Instant.parse(MIDNIGHT),
        trigger="further-invasion-2022",
    )
    values = {law.statements[each.statement].quote[:26]: each.value for each in found.readings}
    assert set(done.taken) == set(taken)
    assert values["Russian troops moving into"] == "false", "the anonymous official"
    assert values["any Russian military force"] == "true", "the written statement of January"
    assert values["If any assembled Russian u"] == "unknown", "nobody says whether assembled"
    assert found.disagreement
    assert "us-eo-14065" in {each.id for each in found.in_force}
    picture = draw(timeline(law, "russia-ukraine", Clocks(Instant.parse("2022-03-15"), NOON)))
    assert "Jen Psaki" in picture, "the timeline shows the words that were accepted"
    note = law.statements[taken[0]].note
    assert "accepted by A. Analyst on 2026-11-22T12:00:00Z" in note


def test_nothing_proposed_counts_before_it_is_accepted(document, silent, tmp_path):
    before = law_of(silent)
    proposals(with_law(document, report_on(document), before))
    after = law_of(add_own(silent, texts_of(tmp_path / "regimes.d")))
    assert after.statements == before.statements


def test_the_quotes_are_recognised(document, engine):
    report = with_law(document, report_on(document), engine.regimes.law)
    same = {
        match.statement: each.said_on
        for each in report.statements
        for match in each.matches
        if match.relation == "same"
    }
    assert same == {
        "S23": "2022-02-21",
        "S22b": "2022-02-21",
        "S07d": "2022-01-19",
        "S07a": "2022-01-19",
        "S09a": "2022-01-19",
        "S10a": "2022-01-20",
        "S19": "2022-02-19",
        "S24": "2022-02-21",
    }
    official = report.statements[0]
    assert "S09a" in {each.statement for each in official.matches if each.relation == "contradicts"}
    assert [act.known for act in report.measures] == [("us-eo-14065",)]


def test_who_is_listed_on_both_days(document, engine):
    then = engine.scope("2022-02-21", None, (), None, ())
    now = engine.scope("2026-11-22", None, (), None, ())
    (putin,) = engine.documents.mentions(document, now, then)
    assert putin.text == "Vladimir Putin"
    assert len(putin.chain) >= 8, "the surname alone means him too"
    assert (putin.parties[0].on_document_date, putin.parties[0].on_as_of) == (None, "hit")


def test_a_document_is_screened_like_a_party(document, engine):
    before = engine.screen_document(document, "2022-02-21")
    after = engine.screen_document(document.text, "2022-03-01")
    assert (before.outcome, after.outcome) == ("clear", "hit")
    (finding,) = after.findings
    name = finding.features[0]
    assert (name.query_field, document.text[slice(*name.span)]) == ("document", "Vladimir Putin")


def test_an_unread_page_is_never_clear(engine):
    from tests.documents.files import pdf

    from limen.documents.readers import read_bytes

    answer = engine.screen_document(read_bytes(pdf(["All is well.", None]), "a.pdf"))
    assert answer.outcome == "cannot_say"
    assert "page 2 has no text layer" in answer.reasons


def test_the_command_line_walks_the_path(tmp_path, monkeypatch):
    monkeypatch.setenv("LIMEN_HOME", str(tmp_path))
    run = CliRunner()
    out = tmp_path / "out.yml"
    article = str(shared_path(ARTICLE))
    read = run.invoke(limen, ["read", article, "--format", "json", "--propose", str(out)])
    assert read.exit_code == 0, read.output
    written = json.loads(read.stdout)
    assert len(written["statements"]) == 11
    assert written["mentions"] is None, "no lists were loaded, and that is not the same as none"
    first = yaml.safe_load(out.read_text())["statements"][0]
    assert (first["status"], first["span"]) == ("proposed", written["statements"][0]["span"])
    taken = run.invoke(
        limen, ["regimes", "accept", str(out), "--id", first["id"], "--reviewer", "B. Reviewer"]
    )
    assert taken.exit_code == 0, taken.output
    (kept,) = (tmp_path / "regimes.d").glob("d-*.yml")
    assert "accepted by B. Reviewer" in kept.read_text()
    page = run.invoke(limen, ["read", article, "--format", "html"])
    assert "<mark" in page.stdout
    assert "<script" not in page.stdout
