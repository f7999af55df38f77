"""Findings about places, ownership and mentions, in words; what is missing makes no line."""

from __future__ import annotations

import pytest

from limen.cases.exchange.finding_facts import finding_facts

PLACE = {
    "kind": "place", "authority": "US", "instrument": "EO 1", "article": "sec. 1", "outcome": "inside",
    "prohibits": "imports", "applied_from": "2014-12-19", "definition": "fixed",
}  # fmt: skip
OBJECT = {
    "id": "UA01",
    "name": "Simferopol",
    "raion": "Сімферопольський",
    "oblast": "Crimea",
    "country": "UA",
}
STEP = {"owner": "A", "owned": "B", "percent": None, "source": "register"}
OWNED = {
    "kind": "ownership", "authority": "US", "percent": 50.0, "at_most": 60.5, "path": [STEP],
    "measures": ["EO 1", "EO 2"], "stakes": "stakes.csv",
}  # fmt: skip
MENTION = {
    "kind": "mention", "id": "un_sc:1", "schema": "Person", "score": 0.9, "on_as_of": "hit",
    "listed_from": "2014-03-17", "listed_basis": "on_or_before", "on_document_date": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("finding", "label", "text"),
    [
        (PLACE, "act", "EO 1, sec. 1"),
        (PLACE, "applies", "since 2014-12-19"),
        (PLACE | {"applied_until": "2020-01-01"}, "applies", "since 2014-12-19 until 2020-01-01"),
        (PLACE | {"applied_from": "2022-03-30T17:00+01:00"}, "applies",
         "since 2022-03-30 17:00+01:00"),
        (PLACE, "the address is", "inside"),
        (PLACE | {"outcome": "undetermined"}, "the address is", "not determined"),
        (PLACE, "located as", None),
        (PLACE | {"place": OBJECT}, "located as", "Simferopol, Crimea, UA"),
        (PLACE | {"place": "Simferopol"}, "located as", "Simferopol"),
        (PLACE | {"runners_up": [OBJECT, "Kerch"]}, "could also be",
         "Simferopol, Crimea, UA; Kerch"),
        (OWNED, "share that counts", "50 %"),
        (OWNED, "with all that is not known", "60.5 %"),
        (OWNED | {"at_most": 50.0}, "with all that is not known", None),
        (OWNED, "stake", "A has an unknown share of B (register)"),
        (MENTION, "listed", "on or before 2014-03-17"),
        (MENTION | {"listed_from": None}, "listed", None),
        (MENTION, "on the document's date", None),
        ({"kind": "party", "id": "un_sc:1"}, "record", None),
    ],
)  # fmt: skip
def test_each_fact_has_a_label_and_words(finding, label, text):
    assert dict(finding_facts(finding)).get(label) == text
