"""Decide an answer's outcome: hit, review, cannot say or clear, in that order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from limen.model import Answer, AnyFinding, Finding, Notice, Outcome, Stamp
from limen.model.features import Level
from limen.model.finding import by_party
from limen.screening.coverage import Scope
from limen.screening.place_findings import Placed
from limen.screening.query.read_query import ReadParty

#: Notices of what was read in a further way: nothing is left uncompared.
_INFORMATIVE = frozenset({"repaired-name", "ownership", "no-ownership-rule"})
#: The reason of a party that gives nothing that lists have.
NOTHING_TO_COMPARE = "the party has no name and no identifier that could be compared"


def answer(
    read: ReadParty, party_findings: Sequence[Finding], placed: Placed, scope: Scope, stamp: Stamp
) -> Answer:
    """Build the answer to a screening."""
    reasons = (*_reasons(read, placed, scope), *placed.reasons)
    findings: tuple[AnyFinding, ...] = (*party_findings, *placed.findings)
    return Answer(
        outcome=outcome_of(findings, reasons),
        findings=findings,
        reasons=reasons,
        notices=(*read.notices, *placed.notices),
        coverage=scope.coverage,
        query=read.query.profile.party.to_ftm(),
        stamp=stamp,
        addresses=placed.addresses,
        parties=by_party(party_findings, scope.states),
    )


def outcome_of(findings: Iterable[AnyFinding], reasons: Sequence[str]) -> Outcome:
    """Return the gravest outcome that applies: a finding first, then a reason against a clear.

    An address that may lie in a territory is undetermined: its reason makes it *cannot say*, and
    its finding shows a person where to look.
    """
    return gravest(
        (each.level for each in findings if each.kind != "place" or each.level == "hit"), reasons
    )


def gravest(levels: Iterable[Level | None], reasons: Sequence[str]) -> Outcome:
    """Return the outcome of listed parties by their levels; ``None`` is not listed at the time."""
    present = set(levels)
    if "hit" in present:
        return "hit"
    if "review" in present:
        return "review"
    return "cannot_say" if reasons else "clear"


def _reasons(read: ReadParty, placed: Placed, scope: Scope) -> Iterator[str]:
    """Yield why no clear is possible: failing lists, unread fields, nothing to compare."""
    yield from scope.reasons
    yield from (_unread(notice) for notice in read.notices if notice.code not in _INFORMATIVE)
    if not scope.coverage:
        yield "no list was in service: nothing was compared"
    only_an_address = read.query.profile.party.schema == "Address" and placed.addresses
    if read.query.is_empty and not only_an_address:
        yield NOTHING_TO_COMPARE


def unread_reasons(answer: Answer) -> tuple[str, ...]:
    """Return the reasons of an answer that are about the party: what of it was not compared."""
    unread = {NOTHING_TO_COMPARE, *map(_unread, answer.notices)}
    return tuple(reason for reason in answer.reasons if reason in unread)


def _unread(notice: Notice) -> str:
    where = f"{notice.field}: " if notice.field else ""
    return f"{where}{notice.message}"
