"""Flatten a screened row into columns: one record a finding, or one where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from limen.batch.tally import Screened, outcome_of
from limen.model import Answer, AnyFinding, Finding, OwnershipFinding, PlaceFinding

#: Columns that the flat formats add.
ADDED = (
    "limen_outcome",
    "limen_level",
    "limen_score",
    "limen_party_id",
    "limen_caption",
    "limen_list",
    "limen_programmes",
    "limen_acts",
    "limen_applied_from",
    "limen_why",
    "limen_reasons",
    "limen_kind",
    "limen_address",
    "limen_address_outcome",
    "limen_address_place",
    "limen_territory",
    "limen_measure",
    "limen_party",
)


def to_flat(screened: Screened) -> Iterator[dict[str, Any]]:
    """Yield the added columns: a record for each finding, or one record without."""
    answer = screened.answer
    blank: dict[str, Any] = dict.fromkeys(ADDED, "")
    blank["limen_outcome"] = outcome_of(answer)
    if answer is None:
        yield blank | {"limen_reasons": screened.refused.what if screened.refused else ""}
        return
    blank["limen_reasons"] = "; ".join(answer.reasons)
    blank |= _of_addresses(answer)
    if not answer.findings:
        yield blank
    for finding in answer.findings:
        yield blank | of_finding(finding)


def of_finding(finding: AnyFinding) -> dict[str, Any]:
    """Return the columns of a finding of any kind."""
    if isinstance(finding, PlaceFinding):
        return of_place(finding)
    return of_party(finding) if isinstance(finding, Finding) else _of_ownership(finding)


def _of_addresses(answer: Answer) -> dict[str, Any]:
    """Return the gravest outcome of the row's addresses, over all authorities."""
    outcomes = {outcome for each in answer.addresses for outcome in each.outcomes.values()}
    gravest = next((each for each in ("inside", "cannot_say", "outside") if each in outcomes), "")
    places = dict.fromkeys(each.place for each in answer.addresses if each.place)
    return {"limen_address_outcome": gravest, "limen_address_place": "; ".join(places)}


def of_place(finding: PlaceFinding) -> dict[str, Any]:
    """Return the columns of a finding about an address."""
    return {
        "limen_kind": finding.kind,
        "limen_level": finding.level,
        "limen_score": finding.score,
        "limen_caption": finding.caption,
        "limen_acts": finding.instrument,
        "limen_applied_from": finding.applied_from,
        "limen_why": finding.why,
        "limen_address": finding.address,
        "limen_address_outcome": finding.outcome,
        "limen_address_place": finding.place,
        "limen_territory": finding.territory,
        "limen_measure": finding.measure,
    }


def _of_ownership(finding: OwnershipFinding) -> dict[str, Any]:
    return {
        "limen_kind": finding.kind,
        "limen_level": finding.level,
        "limen_score": finding.score,
        "limen_party_id": finding.id,
        "limen_caption": finding.caption,
        "limen_why": finding.why,
        "limen_measure": "; ".join(finding.measures),
    }


def of_party(finding: Finding) -> dict[str, Any]:
    """Return the columns of a finding about a listed party."""
    listings = finding.listings
    since = sorted(each.applied_from for each in listings if each.applied_from)
    return {
        "limen_kind": finding.kind,
        "limen_level": finding.level,
        "limen_score": finding.score,
        "limen_party_id": finding.id,
        "limen_party": finding.party_id,
        "limen_caption": finding.caption,
        "limen_list": "; ".join(dict.fromkeys(each.list for each in listings)),
        "limen_programmes": joined(each.programmes for each in listings),
        "limen_acts": joined(each.instruments for each in listings),
        "limen_applied_from": since[0] if since else "",
        "limen_why": finding.why,
    }


def joined(groups: Iterator[Sequence[str]]) -> str:
    """Join every text once, in order, by semicolons."""
    return "; ".join(dict.fromkeys(text for group in groups for text in group))
