"""Decide an answer's outcome from findings and coverage: hit, clear or cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from limen.model import Answer, Finding, Notice, Outcome, PlaceFinding, Stamp
from limen.screening.coverage import Scope
from limen.screening.place_findings import Placed
from limen.screening.query import ReadParty

#: Notices of what was read in a further way: nothing is left uncompared.
_INFORMATIVE = frozenset({"repaired-name"})


def answer(
    read: ReadParty, party_findings: Sequence[Finding], placed: Placed, scope: Scope, stamp: Stamp
) -> Answer:
    """Build the answer: a hit where a finding is one; clear only where no reason is against it."""
    reasons = (*_reasons(read, placed, scope), *placed.reasons)
    findings: tuple[Finding | PlaceFinding, ...] = (*party_findings, *placed.findings)
    outcome: Outcome
    if any(finding.level == "hit" for finding in findings):
        outcome = "hit"
    else:
        outcome = "cannot_say" if reasons else "clear"
    return Answer(
        outcome=outcome,
        findings=findings,
        reasons=reasons,
        notices=(*read.notices, *placed.notices),
        coverage=scope.coverage,
        query=read.query.profile.party.to_ftm(),
        stamp=stamp,
        addresses=placed.addresses,
    )


def _reasons(read: ReadParty, placed: Placed, scope: Scope) -> Iterator[str]:
    """Yield why no clear is possible: failing lists, unread fields, nothing to compare."""
    yield from scope.reasons
    yield from (_unread(notice) for notice in read.notices if notice.code not in _INFORMATIVE)
    if not scope.coverage:
        yield "no list was in service: nothing was compared"
    only_an_address = read.query.profile.party.schema == "Address" and placed.addresses
    if read.query.is_empty and not only_an_address:
        yield "the party has no name and no identifier that could be compared"


def _unread(notice: Notice) -> str:
    where = f"{notice.field}: " if notice.field else ""
    return f"{where}{notice.message}"
