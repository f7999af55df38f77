"""Draw a located address, in lines for a terminal and in columns."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from limen.cli.render.text import aligned, paint, printable
from limen.places.location import Location, PlaceFound

#: Columns of a verdict in CSV and Parquet.
FLAT = (
    "where", "address", "as_of", "authority", "outcome", "confidence", "place", "place_id",
    "territory", "measure", "instrument", "why", "settles", "contradictions",
)  # fmt: skip
_STYLES = {"inside": "bold red", "cannot_say": "magenta", "outside": "green"}
_WORDS = {"inside": "INSIDE", "cannot_say": "cannot say", "outside": "outside"}


def located_lines(location: Location) -> Iterator[str]:
    """Yield one answer: verdicts, the place, the acts, the clues."""
    address = "; ".join(str(value) for value in location.query.values())
    yield paint(f"{printable(address)[:300]}", "bold", sys.stdout)
    yield f"  as of {location.stamp.as_of}, with what was known at {location.stamp.known_at}"
    if location.place is not None:
        yield f"  taken for {_place(location.place)}"
    for verdict in location.verdicts:
        word = paint(f"{_WORDS[verdict.outcome]:<10}", _STYLES[verdict.outcome], sys.stdout)
        yield f"  {verdict.authority}  {word}  {printable(verdict.why)}"
        if verdict.settles:
            yield f"      what would settle it: {verdict.settles}"
    acts = {
        (each.authority, each.territory_name, each.instrument, each.article, each.applied_from)
        for each in location.findings
        if each.outcome == "inside"
    }
    yield from aligned(sorted(acts), indent="    ") if acts else ()
    for contradiction in location.contradictions:
        yield paint(f"  contradiction: {printable(contradiction)}", "yellow", sys.stdout)
    clues = [
        (each.kind, printable(each.text), each.role, printable(each.meaning))
        for each in location.clues
    ]
    yield from aligned(clues, indent="    ") if clues else ()
    if location.runners_up:
        others = "; ".join(map(_place, location.runners_up))
        yield f"  it might also be {others}"
    for notice in location.notices:
        yield f"  note: {printable(notice)}"
    yield ""


def _place(place: PlaceFound) -> str:
    parts = (place.name, place.native, place.raion, place.oblast, place.country)
    return printable(", ".join(dict.fromkeys(filter(None, parts))))


def flat(where: str, location: Location) -> Iterator[dict[str, Any]]:
    """Yield a row for each verdict, of the columns ``FLAT``."""
    place = location.place
    for verdict in location.verdicts:
        findings = [
            each
            for each in location.findings
            if each.authority == verdict.authority and each.outcome == verdict.outcome
        ]
        yield {
            "where": where,
            "address": "; ".join(str(value) for value in location.query.values()),
            "as_of": location.stamp.as_of,
            "authority": verdict.authority,
            "outcome": verdict.outcome,
            "confidence": verdict.confidence,
            "place": place.name if place else "",
            "place_id": place.id if place else "",
            "territory": "; ".join(each.territory for each in findings),
            "measure": "; ".join(each.measure for each in findings),
            "instrument": "; ".join(each.instrument for each in findings),
            "why": verdict.why,
            "settles": verdict.settles,
            "contradictions": "; ".join(location.contradictions),
        }
