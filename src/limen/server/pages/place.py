"""An address asked about: each authority's verdict, what was read, and the ground drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from limen.model import InputError
from limen.places import Location
from limen.render.territory_svg import draw
from limen.server.pages.view.templates import page
from limen.server.service.saved_questions import Question
from limen.server.service.snapshot_service import Served

#: The schema under which an address is kept as a question.
ADDRESS = "Address"
OUTCOMES = {"inside": "inside", "outside": "outside", "cannot_say": "cannot say"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the address, and what it was read as."""

    text: str
    meaning: str = ""
    kind: str = ""


def located(served: Served, question: Question) -> Location:
    """Where the address of a kept question lies.

    Raises:
        InputError: the question cannot be understood.
    """
    (address,) = question.party["properties"]["full"]
    country = next(iter(question.party["properties"].get("country", ())), None)
    return served.engine.locate(
        address, country=country, as_of=question.as_of, authorities=question.authorities
    )


def map_of(served: Served, question: Question) -> str:
    """The ground as SVG; of the territory an address is in or near.

    Raises:
        InputError: there is no territory to draw.
    """
    return draw(served.engine.places, located(served, question))


def place_page(request: Request, served: Served, question: Question, name: str) -> HTMLResponse:
    """The page of an address."""
    location = located(served, question)
    try:
        map_of(served, question)
        drawn = bool(name)
    except InputError:
        drawn = False
    (address,) = question.party["properties"]["full"]
    return page(
        request,
        "place.html",
        location=location,
        address=address,
        pieces=_pieces(address, location),
        words=OUTCOMES,
        permalink=f"/answers/{name}" if name else "",
        drawn=drawn,
        as_of=question.as_of[:10],
    )


def _pieces(address: str, location: Location) -> Sequence[Piece]:
    """The address cut at its clues."""
    pieces: list[Piece] = []
    at = 0
    for clue in sorted(location.clues, key=lambda each: each.span):
        start, end = clue.span
        if clue.field != "address" or start < at:
            continue
        if start > at:
            pieces.append(Piece(address[at:start]))
        pieces.append(Piece(address[start:end], clue.meaning, clue.role))
        at = end
    if at < len(address):
        pieces.append(Piece(address[at:]))
    return pieces
