"""From findings and coverage to one of three answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from limen.model import Answer, Finding, Notice, Outcome, PlaceFinding, Stamp
from limen.screening.coverage import Scope
from limen.screening.place_findings import Placed
from limen.screening.query import Read


def answer(
    read: Read, found: Sequence[Finding], placed: Placed, scope: Scope, stamp: Stamp
) -> Answer:
    """A hit where something was found; a clear only where nothing stands in its way."""
    reasons = (*_reasons(read, placed, scope), *placed.reasons)
    findings: tuple[Finding | PlaceFinding, ...] = (*found, *placed.findings)
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
        query=read.asked.profile.party.to_ftm(),
        stamp=stamp,
        addresses=placed.addresses,
    )


def _reasons(read: Read, placed: Placed, scope: Scope) -> Iterator[str]:
    """Why nobody can say: failing lists, unread fields, nothing to compare."""
    yield from scope.reasons
    yield from map(_unread, read.notices)
    if not scope.coverage:
        yield "no list was in service: nothing was compared"
    only_an_address = read.asked.profile.party.schema == "Address" and placed.addresses
    if read.asked.says_nothing and not only_an_address:
        yield "the party has no name and no identifier that could be compared"


def _unread(notice: Notice) -> str:
    where = f"{notice.field}: " if notice.field else ""
    return f"{where}{notice.message}"
