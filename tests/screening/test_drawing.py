"""A finding can be drawn from its data alone."""

from lxml import etree
from tests.worlds import a_list, listed, person, registry, world

from limen.model import Feature, Finding, ListingEvidence, Provenance
from limen.render.finding_svg import finding_svg

SVG = "{http://www.w3.org/2000/svg}"


def test_a_finding_draws_its_words_and_its_score(tmp_path):
    engine = world(
        tmp_path / "home",
        registry(a_list("us")),
        {
            "us": {
                "2024-05-28": [listed("1", "AKSYONOV, Sergey Valeryevich", birthDate="1972-11-26")]
            }
        },
    )
    answer = engine.screen(person("Serhii Aksionov", birthDate="1972-11-26"))
    (finding,) = answer.findings
    assert [(pair.query, pair.listed, pair.kind) for pair in finding.alignment] == [
        ("Serhii", "Sergey", "equivalent"),
        ("Aksionov", "AKSYONOV", "transliteration"),
        ("", "Valeryevich", "missing_query"),
    ]
    assert finding.flips
    picture = etree.fromstring(finding_svg(finding))
    texts = {text.text for text in picture.iter(f"{SVG}text")}
    assert {"Serhii", "AKSYONOV", "Valeryevich", "birth date", "score"} <= texts
    assert len(list(picture.iter(f"{SVG}rect"))) == 3


def test_hostile_words_stay_words():
    hostile = "</text><script>alert(1)</script>\u202e\x00&"
    finding = Finding(
        id="x:1",
        caption=hostile,
        schema="Person",
        score=0.9,
        level="hit",
        features=(Feature("name", "near", 0.9, query=hostile, listed=hostile),),
        listings=(ListingEvidence("x", "1", (), (), (), None, None, "first_seen", None, None),),
        party={},
        provenance=Provenance("x", "2024-05-28", "", {}),
        why=hostile,
        threshold=0.7,
    )
    picture = etree.fromstring(finding_svg(finding))
    assert not list(picture.iter(f"{SVG}script"))
