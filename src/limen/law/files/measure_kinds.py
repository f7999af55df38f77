"""Check measures for kinds of errors that were made once: each would have been caught here.

An amending act of the Union dated by its adoption, a tag with a measure that reaches territories
only, a sector determination that freezes, an act under another name than its official one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from limen.law.records import Measure, Provision

#: An act of the Union that is numbered as since 2015: the year first.
_AMENDING = re.compile(r"Regulations? \(EU\) 20(?:1[5-9]|2\d)/\d+")
#: Kinds of measures that apply from the day after publication; listings apply at once.
_NEXT_DAY = ("sectoral", "trade", "services", "debt_equity", "territorial", "price_cap")
_FREEZE = {"asset_freeze", "making_funds_available"}
_NUMBERED = re.compile(r"Regulation \((EU|EC)\) (No )?(\d+)/(\d+)")
_UNION_SINCE = 2009
#: Years that come first in the numbers of acts; a number of an older act may be as high.
_YEARS_FIRST = range(2015, 2100)


@dataclass(frozen=True, slots=True)
class Refused:
    """What is wrong with a measure, where in it, and how to fix it."""

    what: str
    path: tuple[str | int, ...]
    fix: str = ""


def refusals(measure: Measure) -> Iterator[Refused]:
    """Yield what is wrong with a measure beyond its types and names."""
    if wrong := wrong_act_name(measure.instrument):
        yield Refused(wrong, ("instrument",))
    yield from _dated_by_adoption(measure)
    if _only_territorial(measure):
        yield Refused(
            f"the tags of {measure.id} list parties, and no provision reaches a party",
            ("programmes",),
            "give one of its provisions `targets: {programmes: [...]}`",
        )
    for at, provision in enumerate(measure.provisions):
        if _freezes_a_sector(provision):
            yield Refused(
                f"provision {provision.id} freezes a sector; a determination is a criterion only",
                ("provisions", at, "prohibits"),
                "leave `prohibits` out and say so; the listing freezes",
            )


def wrong_act_name(text: str) -> str:
    """Return what is wrong with the name of an act of the Union; empty where nothing is."""
    for union, number_word, first, second in _NUMBERED.findall(text):
        if int(first) in _YEARS_FIRST:
            if number_word:
                return f"Regulation ({union}) No {first}/{second}: acts since 2015 have no No"
        elif not number_word:
            return f"Regulation ({union}) {first}/{second}: its official name has No"
        elif union == "EU" and int(second) < _UNION_SINCE:
            return f"Regulation (EU) No {first}/{second}: acts before December 2009 are (EC)"
    return ""


def _dated_by_adoption(measure: Measure) -> Iterator[Refused]:
    """Yield provisions of an amending act that begin on the day of its adoption."""
    if measure.authority != "EU" or measure.kind not in _NEXT_DAY:
        return
    if not measure.adopted and _AMENDING.match(measure.instrument) and not measure.records:
        yield Refused(
            f"{measure.id} does not say when its act was adopted",
            ("instrument",),
            "write `adopted: 2022-06-03`; the act applies from the day after, its listings at once",
        )
    for at, provision in enumerate(measure.provisions):
        freezes = set(provision.prohibits) <= _FREEZE
        if provision.from_ == measure.adopted and not (freezes or provision.at_once):
            yield Refused(
                f"provision {provision.id} begins on the day on which the act was adopted",
                ("provisions", at, "from"),
                "an amending act applies the day after; `at_once: true` where it says otherwise",
            )


def _only_territorial(measure: Measure) -> bool:
    """Return whether a measure has tags and provisions, and none that reaches a party."""
    if not measure.programmes or not measure.provisions or measure.as_printed:
        return False
    return not any(
        provision.targets.programmes or not provision.targets.territories
        for provision in measure.provisions
    )


def _freezes_a_sector(provision: Provision) -> bool:
    targets = provision.targets
    named = targets.programmes or targets.parties
    return bool(targets.sectors and not named and set(provision.prohibits) & _FREEZE)
