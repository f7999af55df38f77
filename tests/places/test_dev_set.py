"""The labelled addresses, and every settlement of the official codifier's five regions."""

from __future__ import annotations

import csv
from collections import Counter

import pytest
from benchmarks.places.settlements import Order, settlements, written


@pytest.mark.shared
def test_the_labelled_addresses(locate, shared):
    right, false_inside, lost = Counter(), 0, []
    with shared("bench/addresses_dev.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            outcome = locate(row["address"], row["as_of"], row["authority"]).outcome(
                row["authority"]
            )
            right[outcome == row["expected"]] += 1
            false_inside += row["kind"] == "trap" and outcome == "inside"
            if row["kind"] in ("crimea", "country") and outcome == "outside":
                lost.append(row["address"])
    assert not lost
    assert false_inside == 0
    assert right[True] / right.total() >= 0.99


@pytest.mark.shared
def test_settlements_of_the_codifier(locate, shared):
    """One in nine, each in every form; a name without namesakes is never told wrongly."""
    root = shared("data/geo").parents[1]
    order = Order(root)
    tally: Counter[str] = Counter()
    for place in settlements(root)[::9]:
        fixed = place.code[2:4] in ("01", "85")
        truth = True if fixed else order.occupied(place.code, "2023-01-15")
        if truth is None:
            continue
        for form, address in written(place):
            namesakes = {"full": place.namesakes_in_raion, "bare": place.namesakes}
            outcome = locate(address, "2023-01-15", "EU").outcome("EU")
            unique = namesakes.get(form, place.namesakes_in_oblast) == 1
            wrong = outcome != "cannot_say" and outcome != ("inside" if truth else "outside")
            tally[
                ("unique" if unique else "shared") + (" wrong" if wrong else f" {outcome[:6]}")
            ] += 1
            if form in ("full", "oblast") and unique:
                assert not wrong, address
    asked = sum(count for kind, count in tally.items() if kind.startswith("unique"))
    assert tally["unique wrong"] <= asked * 0.005
    assert tally["unique cannot"] <= asked * 0.01
