"""Turn a located address into what an answer reports of it: findings, reasons, notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from limen.model import Feature, LocatedAddress, Notice, PlaceFinding

if TYPE_CHECKING:
    from limen.places.location import Clue, Location, PlaceFound, TerritoryFinding, Verdict

#: The roles of a clue that name a place.
_PLACING = ("place", "government")
#: Characters of an address that findings repeat; the query has it whole.
_LONGEST = 1_000


class Placed(msgspec.Struct, frozen=True, gc=False):
    """Represents what the addresses of a party come to.

    Attributes:
        findings: measures over territories in which they lie, or may lie.
        addresses: each that was located.
        reasons: why it is uncertain that none is in a territory.
        notices: what was read and decides nothing.
    """

    findings: tuple[PlaceFinding, ...] = ()
    addresses: tuple[LocatedAddress, ...] = ()
    reasons: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


NOWHERE = Placed()


def together(placements: Sequence[Placed]) -> Placed:
    """Join the results of several addresses, hits first."""
    placements = [each for each in placements if each is not NOWHERE]
    if not placements:
        return NOWHERE
    findings = [finding for each in placements for finding in each.findings]
    return Placed(
        findings=tuple(sorted(findings, key=lambda each: each.level != "hit")),
        addresses=tuple(address for each in placements for address in each.addresses),
        reasons=tuple(dict.fromkeys(reason for each in placements for reason in each.reasons)),
        notices=tuple(notice for each in placements for notice in each.notices),
    )


def placed(field: str, text: str, location: Location) -> Placed:
    """Report one address: inside is a hit, and what may be inside is for review.

    An address that names no place at all, or Russia and no more, is reported and decides nothing,
    like a party without an address.
    """
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    outcomes = {each.authority: each.outcome for each in location.verdicts}
    address = LocatedAddress(field, text, _name(location.place) if location.place else "", outcomes)
    unsure = [each for each in location.verdicts if each.outcome == "cannot_say"]
    if unsure and _says_nothing(location):
        what = "no town, region or postcode was read in it, so it lies nowhere in particular"
        return Placed(addresses=(address,), notices=(Notice("address-not-placed", what, field),))
    return Placed(
        findings=tuple(_findings(field, text, location)),
        addresses=(address,),
        reasons=tuple(_reasons(field, unsure)),
    )


def born(location: Location) -> Placed:
    """Report a birthplace in a territory, which is a clue and decides nothing."""
    inside = [each for each in location.findings if each.outcome == "inside"]
    if not inside:
        return NOWHERE
    authorities = ", ".join(dict.fromkeys(each.authority for each in inside))
    what = (
        f"the birthplace lies in {inside[0].territory_name}, under embargo ({authorities}); "
        "it is a clue, and embargoes nobody"
    )
    return Placed(notices=(Notice("birthplace-in-territory", what, "birthPlace"),))


def _says_nothing(location: Location) -> bool:
    named = location.country not in ("", "RU") or location.place is not None
    contradicted = bool(location.contradictions)
    return not named and not contradicted


def _reasons(field: str, unsure: Sequence[Verdict]) -> Iterator[str]:
    """Yield one reason for all authorities that are undetermined for the same cause."""
    for (why, settles), same in groupby(unsure, key=lambda each: (each.why, each.settles)):
        authorities = ", ".join(each.authority for each in same)
        settled = f"; {settles} would settle it" if settles else ""
        yield f"{field}: it cannot be told for {authorities}: {why}{settled}"


def _findings(field: str, text: str, location: Location) -> Iterator[PlaceFinding]:
    """Yield every measure that reaches it, and one for each undetermined authority."""
    for each in location.findings:
        if each.outcome == "inside":
            yield _finding(field, text, location, each, ())
    settles = {each.authority: each.settles for each in location.verdicts}
    open_ones = [
        each
        for each in location.findings
        if each.outcome == "cannot_say" and location.outcome(each.authority) == "cannot_say"
    ]
    for authority, same in groupby(open_ones, key=lambda each: each.authority):
        first, *rest = same
        also = tuple(dict.fromkeys(each.territory for each in rest))
        yield _finding(field, text, location, first, also, settles[authority])


def _finding(
    field: str,
    text: str,
    location: Location,
    found: TerritoryFinding,
    also: tuple[str, ...],
    settles: str = "",
) -> PlaceFinding:
    inside = found.outcome == "inside"
    score = found.confidence if inside else in_doubt(found.confidence)
    place = found.place or location.place
    return PlaceFinding(
        id=f"{found.territory}@{found.measure}",
        caption=found.territory_name,
        score=score,
        level="hit" if inside else "review",
        why=_sentence(text, found, settles),
        features=tuple(_features(field, text, location, score)),
        address=text,
        field=field,
        authority=found.authority,
        outcome="inside" if inside else "cannot_say",
        territory=found.territory,
        definition=found.definition,
        measure=found.measure,
        instrument=found.instrument,
        article=found.article,
        prohibits=found.prohibits,
        applied_from=found.applied_from,
        applied_until=found.applied_until,
        law_confidence=found.law_confidence,
        place=_name(place) if place else "",
        place_id=place.id if place else "",
        runners_up=tuple(map(_name, location.runners_up)),
        also=also,
        contradictions=location.contradictions,
        settles=settles,
    )


def in_doubt(confidence: float) -> float:
    """Return the confidence of an undetermined place: half of what the reading has."""
    return round(confidence / 2, 2)


def _features(field: str, text: str, location: Location, score: float) -> Iterator[Feature]:
    """Yield each clue with its span; the first that names a place carries the score."""
    carried = False
    for clue in sorted(location.clues, key=lambda each: each.role not in _PLACING):
        carries = not carried and clue.role in _PLACING
        carried = carried or carries
        yield _feature(field, text, location, clue, score if carries else 0.0)
    if not carried and location.country:
        yield Feature("country", "equal", score, text, field, location.country, "country")
    for contradiction in location.contradictions:
        yield Feature("contradiction", "conflict", 0.0, text, field, detail=contradiction)


def _feature(field: str, text: str, location: Location, clue: Clue, contribution: float) -> Feature:
    """Turn a clue into a feature; it has a span where the displayed value contains it."""
    start, end = clue.span
    whole, name = text, field
    if clue.field not in ("address", field):
        value = location.query.get(clue.field, "")
        whole = value[:_LONGEST] if isinstance(value, str) else "; ".join(map(str, value))
        name = f"{field}.{clue.field}"
    there = whole[start:end] == clue.text
    details = [f"taken for {clue.slip}" if clue.slip else "", "" if contribution else clue.role]
    return Feature(
        name=clue.kind,
        verdict="near" if clue.slip else "equal",
        contribution=contribution,
        query=whole if there else clue.text,
        query_field=name,
        listed=clue.meaning,
        listed_field="gazetteer",
        detail="; ".join(filter(None, details)),
        span=(start, end) if there else None,
    )


def _sentence(text: str, found: TerritoryFinding, settles: str) -> str:
    """Explain the finding in one plain sentence, for a reviewer."""
    excerpt = text if len(text) <= 120 else f"{text[:119]}…"
    act = f"{found.instrument} ({found.authority})"
    if found.outcome == "inside":
        if "lies in" in found.why:
            return f"The address {excerpt!r} lies in {found.territory_name}. {act}."
        return f"The address {excerpt!r} counts as {found.territory_name}: {found.why}. {act}."
    settled = f" What would settle it: {settles}." if settles else ""
    return (
        f"It cannot be told whether the address {excerpt!r} lies in {found.territory_name}: "
        f"{found.why}.{settled} {act}."
    )


def _name(place: PlaceFound) -> str:
    parts = (place.name, place.raion, place.oblast, place.country)
    return ", ".join(dict.fromkeys(filter(None, parts)))
