"""What the questions about a payment found, and to which of its elements each finding belongs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from limen.model import Finding, OwnershipFinding, PlaceFinding
from limen.payment_screening.party_wire import NAMES, PLACES
from limen.payment_screening.questions import Part, TextQuestion
from limen.payments import Element
from limen.util.text import squash

Found = Finding | PlaceFinding | OwnershipFinding
#: Letters and digits of the shortest value by which a reason's element is recognised.
_SHORTEST = 3


class Result(NamedTuple):
    """Represents the answer to a question.

    Attributes:
        findings: each with the position of its line, of a text; of a party 0.
        reasons: why no clear is possible.
        acts: legal acts and licences that a text names, each with the position of its line.
    """

    findings: tuple[tuple[int, Found], ...] = ()
    reasons: tuple[str, ...] = ()
    acts: tuple[tuple[int, str], ...] = ()


CLEAR = Result()


def placed(part: Part, result: Result) -> Iterator[tuple[Element, Found]]:
    """Yield each finding with the element of the message that it is about."""
    if isinstance(part.question, TextQuestion):
        yield from ((part.elements[line], finding) for line, finding in result.findings)
        return
    screened = [element for element in part.elements if element.use != "none"]
    for _, finding in result.findings:
        yield _element_of(finding, screened or part.elements), finding


def element_of_reason(reason: str, elements: Sequence[Element]) -> Element:
    """Return the element that a reason against a clear is about."""
    for element in elements:
        if len(element.text) >= _SHORTEST and element.text in reason:
            return element
    field = reason.partition(":")[0]
    kinds = PLACES if field in ("address", "addressEntity", "full", "country") else NAMES
    return _first(elements, kinds)


def _element_of(finding: Found, elements: Sequence[Element]) -> Element:
    if isinstance(finding, PlaceFinding):
        where = [element for element in elements if element.kind in PLACES] or elements
        strongest = sorted(finding.features, key=lambda each: -each.contribution)
        clues = [squash(each.query[slice(*each.span)]) for each in strongest if each.span]
        return next(
            (
                element
                for clue in clues
                for element in where
                if clue and clue in squash(element.text)
            ),
            where[0],
        )
    value = squash(finding.features[0].query)
    texts = [(squash(element.text), element) for element in elements]
    equal = (element for text, element in texts if text == value)
    inside = (element for text, element in texts if value and value in text)
    around = (element for text, element in texts if len(text) >= _SHORTEST and text in value)
    found = next(equal, None) or next(inside, None) or next(around, None)
    return found or _first(elements, NAMES)


def _first(elements: Sequence[Element], kinds: Collection[str]) -> Element:
    return next((element for element in elements if element.kind in kinds), elements[0])
