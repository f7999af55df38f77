"""Screen the free text of a payment: who and what it names, and the places under embargo in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from limen.documents.facts.measures import acts_in_text
from limen.mentions.document_screen import DocumentScreen
from limen.mentions.text_places import places_in
from limen.model import Finding, InputError, PlaceFinding
from limen.payment_screening.inside_party import is_meant
from limen.payment_screening.party_wire import NAMES, PLACES
from limen.payments import Element
from limen.places import Places
from limen.screening.coverage import Scope
from limen.screening.party_addresses import LawQuery, Whereabouts
from limen.screening.place_findings import placed
from limen.util.budget import Budget

#: Kinds of elements whose place is a question of its own, with the rest of the address; and names,
#: since people are called like villages.
_LOCATED = {*PLACES, *NAMES} - {"street", "building"}
Found = Finding | PlaceFinding
#: A text is screened in pieces of so many characters, with a look at the clock between them; they
#: share so many, so that a name is whole in one of them.
_PIECE, _SHARED = 20_000, 300


@dataclass(frozen=True, slots=True)
class Joined:
    """Represents lines that are one text, and where each of them begins in it."""

    text: str
    starts: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """Return the position of the line in which an offset is."""
        return max(0, bisect_right(self.starts, offset) - 1)


def joined(elements: Sequence[Element]) -> Iterator[Joined]:
    """Yield the lines one below the other, and those that fill their field without a break.

    A line that is full may go on in the next in the middle of a word.
    """
    yield _joined(elements, tied=False)
    if any(element.cut_at for element in elements[:-1]):
        yield _joined(elements, tied=True)


def _joined(elements: Sequence[Element], *, tied: bool) -> Joined:
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for element in elements:
        starts.append(at)
        end = "" if tied and element.cut_at else "\n"
        parts.append(element.text + end)
        at += len(parts[-1])
    return Joined("".join(parts).removesuffix("\n"), tuple(starts))


def findings_in(
    elements: Sequence[Element],
    documents: DocumentScreen,
    whereabouts: Whereabouts,
    scope: Scope,
    budget: Budget,
) -> Iterator[tuple[int, Found]]:
    """Yield what the lines of a text name, each with the position of its line.

    Args:
        elements: the lines.
        documents: searches a text for listed parties.
        whereabouts: locates the places it names.
        scope: the question.
        budget: the time it may take.

    Raises:
        TimeLimitError: the time of the budget is over.
    """
    law = whereabouts.law_if_any(scope)
    for joint in joined(elements):
        for start, piece in _pieces(joint.text):
            budget.check()
            for finding in documents.findings(piece, scope)[0]:
                line, own = _on_line(finding, joint, start)
                if is_meant(own, elements[line]):
                    yield line, own
            if law is not None:
                for at, place in _places(piece, whereabouts.places, law):
                    line = joint.line_at(start + at)
                    if elements[line].kind not in _LOCATED:
                        yield line, place


def acts_in(elements: Sequence[Element]) -> Iterator[tuple[int, str]]:
    """Yield the legal acts and licences that the lines name, each with the position of its line."""
    for line, element in enumerate(elements):
        yield from ((line, act.text) for act in acts_in_text(element.text[:_PIECE]))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while True:
        end = start + _PIECE
        if end < len(text):
            end = max(text.rfind(" ", start + _PIECE // 2, end), text.rfind("\n", start, end)) + 1
            end = end or start + _PIECE
        yield start, text[start:end]
        if end >= len(text):
            return
        start = max(start + 1, end - _SHARED)


def _on_line(finding: Finding, joint: Joined, start: int) -> tuple[int, Finding]:
    """Return the line of a finding, and the finding with its span in that line."""
    span = next((each.span for each in finding.features if each.span), (0, 0))
    line = joint.line_at(start + span[0])
    moved = start - joint.starts[line]
    features = tuple(
        replace(each, span=(each.span[0] + moved, each.span[1] + moved)) if each.span else each
        for each in finding.features
    )
    return line, replace(finding, features=features)


def _places(text: str, places: Places, law: LawQuery) -> Iterator[tuple[int, PlaceFinding]]:
    """Yield where a text names a place under embargo, and the measures over it.

    Whether a single word is the name of a village is rarely certain; what is not certain is for
    review.
    """
    for named in places_in(places, text, law.as_of, law.known_at):
        if named.outcomes.keys().isdisjoint(law.authorities):
            continue
        try:
            location = places.locate(
                named.text,
                as_of=law.as_of,
                known_at=law.known_at,
                authorities=law.authorities,
            )
        except InputError:  # as a place without letters
            continue
        for finding in placed("text", named.text, location).findings:
            yield named.span[0], finding
