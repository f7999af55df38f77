"""The report on the wire: its schema, and the acts, events and conditionals it tells."""

import json

import jsonschema
import msgspec
import pytest
from tests.conftest import ROOT

import build_schemas
from limen.documents import report_on
from limen.documents.readers import read_bytes


def report(text):
    return report_on(read_bytes(text.encode(), "a.txt"))


def test_the_committed_schema_is_current_and_holds():
    committed = (ROOT / "docs/schemas/document.schema.json").read_text()
    assert committed == build_schemas.text(build_schemas.document_schema()), (
        "python tools/build_schemas.py"
    )
    found = report("“If they cross, we will act,” said Jen Psaki on 21 February 2022.")
    jsonschema.validate(json.loads(msgspec.json.encode(found)), json.loads(committed))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Executive Order 14065 and E.O. 13662", ["EO 14065", "EO 13662"]),
        ("Council Regulation (EU) No 269/2014", ["269/2014"]),
        ("Decision 2014/145/CFSP", ["2014/145"]),
        ("general licenses 17, 18 and 19A", ["GL 17", "GL 18", "GL 19A"]),
        ("GL 8C", ["GL 8C"]),
        ("Russia-related General License 13", ["GL 13"]),
        (
            "the Russia (Sanctions) (EU Exit) Regulations 2019",
            ["Russia (Sanctions) (EU Exit) Regulations 2019"],
        ),
        ("the Hong Kong Autonomy Act", ["Hong Kong Autonomy Act"]),
        ("Security Council resolution 1718 (2006)", ["UNSCR 1718"]),
        ("SI 2019/855", ["SI 2019/855"]),
        ("31 CFR Part 587", ["31 CFR Part 587"]),
        ("Directive 3 under the order", ["Directive 3"]),
        ("a ratio of 3/4 in 2014", []),
    ],
)
def test_acts_by_number(text, keys):
    found = report(f"It names {text}.")
    assert [act.key for act in found.measures] == keys
    for act in found.measures:
        assert f"It names {text}."[slice(*act.span)] == act.text


def test_an_act_without_a_number_is_named_all_the_same():
    (act,) = report("Biden signed an executive order on Monday.").measures
    assert (act.kind, act.key) == ("unnumbered", None)


def test_events_have_their_day_and_supposed_ones_are_none():
    text = "Russia recognised the two republics on 21 February 2022. If troops enter, all changes."
    (event,) = report(text).events
    assert (event.kind, event.happened) == ("recognition", "2022-02-21")


def test_a_clause_of_an_act_is_a_conditional_without_a_speaker():
    found = report("If a bank conducts such a transaction, the Secretary may close its accounts.")
    assert found.statements == ()
    (clause,) = found.conditionals
    assert clause.reading.condition == "a bank conducts such a transaction"


@pytest.mark.parametrize(
    "text",
    [
        "He asked if the line had been crossed.",
        "Nobody knows if they will come.",
        "What if they come?",
        "They met when the sun was down.",
    ],
)
def test_what_only_asks_is_no_conditional(text):
    assert report(text).conditionals == ()


@pytest.mark.parametrize(
    "text", ["A" * 100_000, "If " * 5_000, "“" * 20_000, "‘a " * 10_000, "A. " * 20_000]
)
def test_what_no_text_is_takes_no_longer_than_text(text):
    """Each of these once took time that grew with the square of its length."""
    found = report(text)
    assert (found.events, found.conditionals) == ((), ())
