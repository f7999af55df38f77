"""Embargoes as addresses need them: completed from the measures, or refused with the line."""

from __future__ import annotations

import pytest

from limen.law.embargoes import read_embargoes
from limen.law.files.read_law import bundled
from limen.model import RegistryError

EO_14065 = 'us-eo-14065: {article: "sec. 1(a)", prohibits: trade, source: M1}\n'
COMPLETE = (
    "xx: {authority: US, territories: [cu], from: 2022-02-21, instrument: an act, "
    "article: all, prohibits: trade, source: M1}\n"
)


@pytest.fixture
def embargoes(law):
    """Read embargoes from a text."""

    def read(text):
        return read_embargoes(law, text.encode())

    return read


def test_a_measure_gives_authority_territories_days_and_citation(embargoes):
    (embargo,) = embargoes("eu-2022-263: {article: Art. 2, prohibits: trade, source: M23b}\n")
    assert embargo.authority == "EU"
    assert embargo.territories == ("ua-ngc-donetsk", "ua-ngc-luhansk")
    assert embargo.instrument == "Regulation (EU) 2022/263"
    assert (embargo.start, embargo.until, embargo.published) == ("2022-02-24", "", "2022-02-23")


def test_a_part_of_a_day_counts_as_the_whole_day(embargoes, law):
    assert law.measures["us-eo-14065"].provisions[0].from_ == "2022-02-21 evening"
    assert embargoes(EO_14065)[0].start == "2022-02-21"


def test_an_exact_hour_stays(embargoes):
    (embargo,) = embargoes("uk-no7-2022: {article: Part 5, prohibits: trade, source: M58}\n")
    assert embargo.start == "2022-03-30T17:00+01:00"


def test_an_embargo_lasts_as_long_as_its_provisions_in_spite_of_a_licence(embargoes, law):
    (embargo,) = embargoes("us-sysr: {article: sec. 2, prohibits: trade, source: M82}\n")
    assert any(law.licences_on("us-sysr"))
    assert embargo.until == "2025-07-01"


def test_the_bundled_embargoes_are_complete_and_in_force_somewhere(law):
    read = read_embargoes(law, (bundled() / "embargoes.yml").read_bytes())
    assert [embargo.authority for embargo in read][:2] == ["US", "US"]
    assert {embargo.id for embargo in read} - set(law.measures) == {
        "ca-sor-2014-60-crimea", "au-crimea", "jp-crimea",
        "ch-crimea",
    }  # fmt: skip
    for embargo in read:
        assert all((embargo.territories, embargo.start, embargo.instrument, embargo.source))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (EO_14065.replace("source", "from: 2022-02-21, source"), "states its from already"),
        (EO_14065.replace("source", "authority: US, source"), "states its authority already"),
        (EO_14065.replace("M1}", "M999}"), "unknown source 'M999'"),
        (EO_14065.replace("us-eo-14065", "us-eo-99999"), "authority is missing"),
        (EO_14065.replace("us-eo-14065", "us-eo-13660"), "names no territory"),
        (COMPLETE.replace("cu", "atlantis"), "unknown territories 'atlantis'"),
        (COMPLETE.replace("02-21", "02-31"), "the calendar has no day 2022-02-3"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line(embargoes, text, complaint):
    with pytest.raises(RegistryError, match="line 1") as refused:
        embargoes(text)
    assert complaint in str(refused.value)
