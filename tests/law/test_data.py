"""The bundled law against the fact sheet, the territories of places, and its own rules."""

from __future__ import annotations

from importlib.resources import files

import yaml
from tests.conftest import ROOT

import build_licences
import build_programmes
import build_regimes_coverage
from limen.law.files.checks import QUOTE_WORDS


def test_the_coverage_page_is_current(shared):
    text = shared("facts/regimes.md").read_text()
    page = (ROOT / "docs" / "regimes.md").read_text()
    assert page == build_regimes_coverage.page(page, text), "tools/build_regimes_coverage.py"


def test_the_generated_files_are_those_of_the_tables(shared):
    data = ROOT / "src" / "limen" / "law" / "data"
    table = shared("facts/licences_us.csv").read_text()
    assert (data / "us_licences.yml").read_text() == build_licences.page(table)
    for name, text in build_programmes.pages().items():
        assert (data / name).read_text() == text, "tools/build_programmes.py"


def test_every_statement_event_and_trigger_of_the_fact_sheet_is_encoded(law, shared):
    rows = build_regimes_coverage.rows(shared("facts/regimes.md").read_text())
    for row in rows:
        name = row.cells[0]
        if row.section == "1.1":
            assert name in law.statements
        if row.section == "1.2":
            assert name in law.events
        if row.section == "3":
            assert name in law.triggers


def test_one_list_prints_no_tag_for_measures_of_two_authorities(law):
    """A UN entry under ``DPRK`` or ``CAR`` is not one of the United States under the same tag."""
    for list_id in {each for measure in law.measures.values() for each in measure.on_lists}:
        authorities: dict[str, set[str]] = {}
        for measure in law.measures.values():
            may_mean = not measure.on_lists or list_id in measure.on_lists
            if may_mean and list_id not in measure.not_on_lists:
                for tag in measure.programmes:
                    authorities.setdefault(tag, set()).add(measure.authority)
        assert {tag: of for tag, of in authorities.items() if len(of) > 1} == {}, list_id


def test_law_and_places_name_the_same_territories(law):
    path = files("limen.places") / "data" / "territories.yml"
    ground = yaml.safe_load(path.read_bytes())
    assert set(law.territories) == {territory["id"] for territory in ground["territories"]}


def test_quotes_are_short_and_the_headline_stands_apart(law):
    for statement in law.statements.values():
        assert len(statement.quote.split()) <= QUOTE_WORDS
    headline = law.statements["A0-headline"]
    assert headline.kind == "source_characterisation"
    assert headline.reading is None


def test_what_rests_on_no_stored_source_says_so(law):
    records = [
        *law.measures.values(),
        *law.licences.values(),
        *law.statements.values(),
        *(change for each in law.measures.values() for change in each.status),
        *(part for each in law.measures.values() for part in each.provisions),
    ]
    for record in records:
        sources = (record.source,) if isinstance(record.source, str) else record.source
        if set(sources) == {"GEN"}:
            assert record.confidence == "unconfirmed", record


def test_every_ofac_tag_in_use_names_its_instrument(law, shared):
    import gzip
    import json

    raw = gzip.decompress(shared("data/ofac/derived/sdn_names_2026-07-11.json.gz").read_bytes())
    tags = {
        tag.strip()
        for entry in json.loads(raw)["entries"]
        for tag in entry["program"].replace("]", "[").split("[")
        if tag.strip()
    }
    assert len(tags) > 60
    assert tags <= set(law.programmes)
