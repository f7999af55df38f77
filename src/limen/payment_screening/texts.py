"""Screen the free text of a payment: who and what it names, and the places under embargo in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msgspec.structs import replace

from limen.documents.facts.measures import acts_in_text
from limen.mentions.document_screen import DocumentScreen
from limen.mentions.name_runs import Span
from limen.mentions.text_places import places_in
from limen.model import Finding, InputError, PlaceFinding
from limen.payment_screening.element_findings import Found
from limen.payment_screening.listed_names.short_names import ShortNames
from limen.payment_screening.meant import can_name_place, is_meant, is_place_meant, is_strong
from limen.payments import Element
from limen.places import Places
from limen.screening.findings import Comparer
from limen.screening.party_addresses import LawQuery, Whereabouts
from limen.screening.place_findings import placed
from limen.util.budget import Budget

#: A text is screened in pieces of so many characters, with a look at the clock between them; they
#: share so many, so that a name is whole in one of them.
_PIECE, _SHARED = 20_000, 300


@dataclass(frozen=True, slots=True)
class Joined:
    """Represents lines that are one text, and where each of them begins in it."""

    text: str
    starts: tuple[int, ...]
    tied: bool

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
    return Joined("".join(parts).removesuffix("\n"), tuple(starts), tied)


def _is_broken(elements: Sequence[Element], line: int, span: Span) -> bool:
    """Return whether a stretch of a line may be a part of a word that goes on over its end."""
    element = elements[line]
    follows = line > 0 and bool(elements[line - 1].cut_at) and span[0] == 0
    ends = bool(element.cut_at) and span[1] == len(element.text) and line + 1 < len(elements)
    return follows or ends


class TextScreen(NamedTuple):
    """Represents what texts are searched with, at one threshold.

    Attributes:
        documents: searches a text for listed parties.
        short: searches it for people by a part of their names; ``None`` where a channel does not.
        whereabouts: locates the places that it names.
        comparer: the question, and how findings are judged.
    """

    documents: DocumentScreen
    short: ShortNames | None
    whereabouts: Whereabouts
    comparer: Comparer

    def findings(self, elements: Sequence[Element], budget: Budget) -> Iterator[tuple[int, Found]]:
        """Yield what the lines of a text name, each with the position of its line.

        Raises:
            TimeLimitError: the time of the budget is over.
        """
        law = self.whereabouts.law_if_any(self.comparer.scope)
        law = law if any(map(can_name_place, elements)) else None
        places = self.whereabouts.places
        for joint in joined(elements):
            for start, piece in _pieces(joint.text):
                budget.check()
                for span, finding in self._parties(piece):
                    line = joint.line_at(start + span[0])
                    element, moved = elements[line], start - joint.starts[line]
                    own = _moved(span, moved, len(element.text))
                    if element.use != "text":
                        meant = is_meant(finding, element, element.text, own, places)
                    elif not joint.tied and _is_broken(elements, line, (own[0], span[1] + moved)):
                        meant = is_strong(finding, places)
                    else:
                        meant = is_meant(finding, element, piece, span, places)
                    if meant:
                        yield line, _on_line(finding, moved, len(element.text))
                if law is not None:
                    for at, place in _places(piece, places, law):
                        line = joint.line_at(start + at)
                        if is_place_meant(elements[line], place, places):
                            yield line, place

    def _parties(self, text: str) -> Iterator[tuple[Span, Finding]]:
        for finding in self.documents.findings(text, self.comparer.scope)[0]:
            yield next((each.span for each in finding.features if each.span), (0, 0)), finding
        if self.short is not None:
            yield from self.short.found(text, self.comparer)


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


def _on_line(finding: Finding, moved: int, end: int) -> Finding:
    """Return a finding with its span in its line, as far as that has it."""
    features = tuple(
        replace(each, span=_moved(each.span, moved, end)) if each.span else each
        for each in finding.features
    )
    return replace(finding, features=features)


def _moved(span: Span, by: int, end: int) -> Span:
    return max(0, span[0] + by), min(span[1] + by, end)


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
