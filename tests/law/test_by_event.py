"""What an event sets off, at the instants of the founding days: which acts, and which not."""

from __future__ import annotations

import pytest

from limen.law.in_force import Clocks
from limen.law.law import Law
from limen.law.suppose.overlay import overlay
from limen.model import Instant

MIDNIGHT = "2022-02-21T23:59-05:00"
NEXT_NOON = "2022-02-22T12:00-05:00"
DAY_AFTER = "2022-02-23T12:00-05:00"

FIRST_PACKAGE = {f"eu-2022-{number}" for number in (260, 261, 262, 263)}
FIRST_TRANCHE = {"us-eo-14024-tranche-1", "us-eo-14024-directive-1a", "us-nord-stream-2"}
FEBRUARY = {
    "us-eo-14024-february-24", "us-bis-february-24", "us-eo-14024-directive-2",
    "us-eo-14024-directive-3", "us-eo-14024-february-25", "us-eo-14024-directive-4", "us-rdif",
}  # fmt: skip
AFTER_INVASION = {f"eu-2022-{number}" for number in (328, 334, 345, 350, 353)}
BARRAGE = {"uk-designations-february-22"}
UK_REST = {"uk-designations-february-24", "uk-si-2022-194-195"}
INVASION = FIRST_TRANCHE | FEBRUARY | AFTER_INVASION | BARRAGE | UK_REST

#: Consequences observed (facts/regimes.md, section 1.3); and at each instant, only of what waited.
RELEASED = [
    ("EV02", MIDNIGHT, set()),
    ("EV02", DAY_AFTER, set()),
    ("EV03", MIDNIGHT, FIRST_PACKAGE),
    ("EV05", MIDNIGHT, FIRST_TRANCHE),
    ("EV05", NEXT_NOON, FIRST_TRANCHE | BARRAGE),
    ("EV05", DAY_AFTER, FIRST_TRANCHE - {"us-eo-14024-tranche-1"} | FIRST_PACKAGE),
    ("EV08", MIDNIGHT, INVASION),
    ("EV08", DAY_AFTER, INVASION - {"us-eo-14024-tranche-1"} - BARRAGE),
]


@pytest.mark.parametrize(("event", "at", "released"), RELEASED)
def test_an_event_releases_what_followed_such_an_event(
    law: Law, event: str, at: str, released: set[str]
) -> None:
    found = overlay(law, Clocks.at(Instant.parse(at)), event=event)
    prepared = {name for each in found.readings for name in (*each.measures, *each.lesser)}
    assert {each.measure for each in found.supposed} - prepared == released


def test_what_an_event_does_not_release_is_named_with_the_reason(law: Law) -> None:
    found = overlay(law, Clocks.at(Instant.parse(MIDNIGHT)), event="EV05")
    (line,) = (each for each in found.assumptions if "us-prepared-2022: not" in each)
    assert "us-eo-14024-february-24" in line
    assert "crossed line of contact is not so" in line


def test_what_is_in_force_already_is_named_and_not_supposed_again(law: Law) -> None:
    clocks = Clocks.at(Instant.parse(DAY_AFTER))
    found = overlay(law, clocks, event="EV05", authority="US")
    assert "us-prepared-2022: us-eo-14024-tranche-1 is in force already" in found.assumptions
    answered = overlay(law, Clocks.at(Instant.parse(MIDNIGHT)), event="EV03", authority="US")
    assert answered.nothing == "what waited for it is in force already: us-eo-14065"


def test_only_what_was_named_before_is_supposed_without_hindsight(law: Law) -> None:
    clocks = Clocks.at(Instant.parse(MIDNIGHT))
    named = {
        event: {each.provision for each in found.supposed if each.authority == "US"}
        for event in ("EV05", "EV08")
        if (found := overlay(law, clocks, event=event, hindsight=False))
    }
    assert named == {"EV05": {""}, "EV08": {"dollar"}}, "the dollar was for more (S07b)"


def test_a_lesser_response_supposes_what_is_prepared_as_that(law: Law) -> None:
    clocks = Clocks.at(Instant.parse(DAY_AFTER))
    found = overlay(law, clocks, event="EV05", reading="S28")
    (reading,) = found.readings
    assert (reading.value, reading.lesser) == ("unknown", ("eu-recognition-2022",))
    assert {each.measure for each in found.supposed} > FIRST_PACKAGE
