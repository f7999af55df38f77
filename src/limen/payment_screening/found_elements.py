"""Gather what the questions about a transaction found, element by element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from limen.payment_screening.element_findings import (
    CLEAR,
    Found,
    Result,
    element_of_reason,
    placed,
)
from limen.payment_screening.party_wire import PLACES
from limen.payment_screening.payment_answer import ScreenedElement
from limen.payment_screening.questions import Part
from limen.payments import Element


class _Row(NamedTuple):
    """Represents an element while what was found about it is gathered."""

    element: Element
    unverified: bool
    findings: list[Found]
    reasons: list[str]
    acts: list[str]


def each_once(found: Iterable[tuple[int, Found]]) -> Iterator[tuple[int, Found]]:
    """Yield each finding with its best score once; lines are read joined and apart."""
    best: dict[tuple[str, str], tuple[int, Found]] = {}
    for line, finding in found:
        key = _key(finding)
        known = best.get(key)
        if known is None or known[1].score < finding.score:
            best[key] = line, finding
    yield from best.values()


def _key(finding: Found) -> tuple[str, str]:
    return finding.id, finding.address if finding.kind == "place" else ""


def screened(parts: Sequence[Part], results: dict[object, Result]) -> Iterator[ScreenedElement]:
    """Yield every element of the parts, each with what the questions found about it.

    An element that no rule screens has a row where something is found in it all the same.
    """
    rows: dict[tuple[str, tuple[int, int]], _Row] = {}

    def row_of(element: Element, part: Part) -> _Row:
        unverified = part.unverified and element.kind not in PLACES
        return rows.setdefault((element.path, element.span), _Row(element, unverified, [], [], []))

    for part in parts:
        for element in part.elements:
            if element.use != "none":
                row_of(element, part)
        result = results[part.question.key]
        if result is CLEAR:
            continue
        for element, finding in placed(part, result):
            row_of(element, part).findings.append(finding)
        for reason in result.reasons:
            row_of(element_of_reason(reason, part.elements), part).reasons.append(reason)
        for line, act in result.acts:
            row_of(part.elements[line], part).acts.append(act)
    for element, unverified, findings, reasons, acts in rows.values():
        best = each_once((0, finding) for finding in findings)
        yield ScreenedElement(
            path=element.path,
            role=element.role,
            kind=element.kind,
            text=element.text,
            span=element.span,
            findings=tuple(finding for _, finding in best),
            reasons=tuple(dict.fromkeys(reasons)),
            acts=tuple(acts),
            unverified=unverified,
        )
