"""Four outcomes: a hit, a review, a reason against a clear, or a clear."""

import json

import jsonschema
import pytest
from tests.conftest import ROOT
from tests.worlds import Span, a_list, date, listed, person, registry, world

from limen.engine.replay import replay
from limen.model import InputError
from limen.model.answer import in_form_3
from limen.screening.outcome import gravest

DAY = "2024-05-28"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """Two American lists, a British one that is stale, and a European one never loaded."""
    lists = registry(
        a_list("us_one", "US"),
        a_list("us_two", "US"),
        a_list("uk_one", "UK"),
        a_list("eu_one", "EU"),
        a_list("us_old", "US", service=Span(until=date(2020, 1, 1))),
        a_list("sample", "SAMPLE", sample=True),
    )
    aksyonov = listed(
        "1",
        "AKSYONOV, Sergey Valeryevich",
        alias=("Сергей Валерьевич Аксёнов",),
        weakAlias=("Goblin the Elder",),
        birthDate="1972-11-26",
        nationality="Russia",
        passportNumber="AB1234567",
        programmes=("UKRAINE-EO13660",),
        acts=("Executive Order 13660",),
        listed_on="2014-03-17",
    )
    bank = listed(
        "2", "PUBLIC JOINT STOCK COMPANY SBERBANK OF RUSSIA", "Company", swiftBic="SABRRUMM"
    )
    ship = listed("3", "OCEAN PEARL", "Vessel", imoNumber="9074729")
    return world(
        tmp_path_factory.mktemp("answers") / "home",
        lists,
        {
            "us_one": {DAY: [aksyonov, bank, ship]},
            "us_two": {DAY: [listed("9", "Ivan Petrovich Somebody")]},
            "uk_one": {"2024-01-02": [listed("7", "Somebody Else Entirely")]},
            "us_old": {DAY: [listed("5", "Margaret Appleyard")]},
            "sample": {DAY: [listed("6", "Margaret Appleyard")]},
        },
    )


def test_a_listed_person_is_a_hit_with_the_law_behind_it(engine):
    answer = engine.screen(person("Sergey Aksyonov", birthDate="1972-11-26"), authorities=["US"])
    assert answer.outcome == "hit"
    (finding, *_) = answer.findings
    assert finding.id == "us_one:1"
    (listing,) = finding.listings
    assert listing.programmes == ("UKRAINE-EO13660",)
    assert listing.acts == ("Executive Order 13660",)
    assert (listing.applied_from, listing.applied_basis) == ("2014-03-17", "publisher")


def test_somebody_else_is_clear(engine):
    answer = engine.screen(person("Margaret Appleyard"), authorities=["US"])
    assert answer.outcome == "clear"
    assert answer.reasons == ()
    assert [each.list for each in answer.coverage] == ["us_one", "us_two"]


def test_a_list_out_of_service_and_a_sample_are_no_defaults(engine):
    assert [each.list for each in engine.coverage(authorities=["us"])] == ["us_one", "us_two"]
    every = [each.list for each in engine.coverage()]
    assert "us_old" not in every
    assert "sample" not in every
    assert engine.screen(person("Margaret Appleyard"), lists=["sample"]).outcome == "hit"


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"authorities": ["UK"]}, "151 days old"),
        ({"authorities": ["EU"]}, "never loaded"),
        ({"authorities": ["US"], "as_of": "2020-01-01"}, "the first day it can is 2024-05-28"),
        ({"lists": ["us_one"], "known_at": "2023-01-01"}, "nothing of it was known"),
    ],
)
def test_a_list_that_cannot_carry_it_turns_clear_into_cannot_say(engine, asked, reason):
    answer = engine.screen(person("Margaret Appleyard"), **asked)
    assert answer.outcome == "cannot_say"
    assert any(reason in each for each in answer.reasons)


def test_a_failing_list_never_hides_a_hit(engine):
    answer = engine.screen(person("Sergey Aksyonov"), authorities=["US", "EU", "UK"])
    assert answer.outcome == "hit"
    assert len(answer.reasons) == 2


def test_an_override_by_name_is_in_the_stamp(engine):
    answer = engine.screen(person("Margaret Appleyard"), lists=["uk_one"], allow_stale=["uk_one"])
    assert answer.outcome == "clear"
    assert answer.stamp.allow_stale == ("uk_one",)
    (coverage,) = answer.coverage
    assert coverage.state == "overridden"
    assert "151 days old" in coverage.why


def test_an_unread_field_is_a_reason_not_a_silence(engine):
    answer = engine.screen(person("Margaret Appleyard", birthdate="1950"), authorities=["US"])
    assert answer.outcome == "cannot_say"
    (notice,) = answer.notices
    assert "did you mean birthDate?" in notice.message


@pytest.mark.parametrize("name", ["", "...", "LLC", "\u202e\u200f"])
def test_nothing_to_compare_is_cannot_say(engine, name):
    assert engine.screen(person(name), authorities=["US"]).outcome == "cannot_say"


def test_an_identifier_is_a_hit_whatever_the_name(engine):
    answer = engine.screen(
        {"schema": "Company", "properties": {"name": "Quite Other Ltd", "swiftBic": "SABRRUMMXXX"}},
        authorities=["US"],
    )
    assert answer.outcome == "hit"
    (feature, *_) = answer.findings[0].features
    assert (feature.name, feature.verdict) == ("identifier:bic", "equal")
    assert feature.listed == "SABRRUMM"


def test_another_birth_date_holds_a_name_below_the_line(engine):
    answer = engine.screen(
        person("Sergey Valeryevich Aksyonov", birthDate="1990-01-15"), authorities=["US"]
    )
    assert answer.outcome == "review"
    (finding,) = answer.findings
    assert finding.level == "review"
    assert {f.name: f.verdict for f in finding.features}["birth_date"] == "conflict"


def test_missing_is_not_conflict(engine):
    bare = engine.screen(person("Sergey Valeryevich Aksyonov"), authorities=["US"])
    features = {feature.name: feature for feature in bare.findings[0].features}
    assert features["birth_date"].verdict == "missing_query"
    assert features["birth_date"].contribution == 0.0


def test_a_weak_alias_alone_is_for_review_and_corroborated_is_a_hit(engine):
    alone = engine.screen(person("Goblin the Elder"), authorities=["US"])
    assert alone.outcome == "review"
    assert alone.findings[0].level == "review"
    backed = engine.screen(person("Goblin the Elder", birthDate="1972-11-26"), authorities=["US"])
    assert backed.outcome == "hit"


def test_contributions_add_up_to_the_score(engine):
    for query in (
        person("Sergey Aksyonov"),
        person("Sergey Aksyonov", birthDate="1972", nationality="ru"),
        person("Goblin the Elder"),
        person("Nobody", passportNumber="AB 1234567", birthDate="1999"),
    ):
        for finding in engine.screen(query, authorities=["US"]).findings:
            total = sum(feature.contribution for feature in finding.features)
            assert finding.score == pytest.approx(min(1.0, max(0.0, total)), abs=1e-4)


def test_the_wire_form_follows_the_published_schema(engine):
    schema = json.loads((ROOT / "docs/schemas/answer.schema.json").read_text())
    for query in (
        person("Sergey Aksyonov", birthDate="1972-11-26"),
        person("Margaret Appleyard", birthdate="1950"),
        {"schema": "Vessel", "properties": {"name": "Pearl", "imoNumber": "IMO 9074729"}},
    ):
        wire = engine.screen(query).to_dict()
        jsonschema.validate(json.loads(json.dumps(wire)), schema)


def test_the_same_question_gives_the_same_bytes(engine):
    query = person("Sergey Aksyonov", birthDate="1972-11-26")
    one = json.dumps(engine.screen(query, as_of=DAY).to_dict())
    (many,) = engine.screen_many([query], as_of=DAY)
    assert one == json.dumps(many.to_dict())


def test_a_batch_keeps_its_order_and_its_refusals(engine):
    queries = [person("Sergey Aksyonov"), {"schema": "Persn"}, person("Margaret Appleyard")]
    answers = list(engine.screen_many(queries, authorities=["US"], on_error="row"))
    assert [type(each).__name__ for each in answers] == ["Answer", "Refused", "Answer"]
    assert answers[1].index == 1
    assert "did you mean Person?" in str(answers[1].error)
    with pytest.raises(InputError):
        list(engine.screen_many(queries, authorities=["US"]))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"lists": ["us_oen"]}, "did you mean us_one?"),
        ({"authorities": ["USA"]}, "unknown authority"),
        ({"as_of": "2024-02-30"}, "as_of"),
        ({"as_of": "2030-01-01"}, "has not come yet"),
        ({"threshold": 7}, "threshold"),
        ({"matcher": "limen-9"}, "limen-9"),
    ],
)
def test_a_question_that_cannot_be_understood_is_refused(engine, asked, message):
    with pytest.raises(InputError) as refused:
        engine.screen(person("Sergey"), **asked)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("levels", "reasons", "expected"),
    [
        (("hit", "review"), ("r",), "hit"),
        (("review", None), ("r",), "review"),
        (("review",), (), "review"),
        ((None,), ("r",), "cannot_say"),
        ((), ("r",), "cannot_say"),
        ((None,), (), "clear"),
        ((), (), "clear"),
    ],
)
def test_the_gravest_outcome_that_applies(levels, reasons, expected):
    assert gravest(levels, reasons) == expected


def test_a_review_says_what_could_not_be_said_and_replays_under_the_rule_of_form_2(engine):
    one = {"birthDate": "1990-01-15"}
    certain = engine.screen(person("Sergey Valeryevich Aksyonov", **one), authorities=["US"])
    unsure = engine.screen(person("Sergey Valeryevich Aksyonov", **one), authorities=["US", "UK"])
    assert (certain.outcome, certain.reasons) == ("review", ())
    assert unsure.outcome == "review"
    assert any(reason.startswith("uk_one: ") for reason in unsure.reasons)
    for answer, before in ((certain, "clear"), (unsure, "cannot_say")):
        wire = json.loads(json.dumps(answer.to_dict()))
        assert replay(engine, wire).same
        assert replay(engine, in_form_3(wire)).same
        older = in_form_3(wire) | {"schema_version": "2", "outcome": before}
        assert replay(engine, older).same
        again = replay(engine, older | {"outcome": "hit"})
        assert [path for path, *_ in again.differences] == ["outcome"]
        assert "form 2, which had no outcome `review`" in again.why
