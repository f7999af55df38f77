"""Draw one party: names by script, facts and who prints them, its listings, why it is one."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from limen.engine.party_view import PartyView
from limen.model import Instant
from limen.names.reading.scripts import direction
from limen.render.coverage_sentences import not_listed
from limen.server.http.moved import moved_to
from limen.server.pages.parties.listing_timeline import timeline
from limen.server.pages.view.templates import page
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of
from limen.server.v1.parties import party_seen

router = APIRouter()

#: Properties that are a text, drawn below the facts.
_LONG = ("notes", "summary", "description")
_Day = Annotated[str, Query(max_length=40)]


@router.get("/parties/{party_id:path}", response_model=None)
async def party_page(
    request: Request, party_id: str, as_of: _Day = "", known_at: _Day = ""
) -> Response:
    """Draw a party as of one instant and as known at another.

    The id of one of its records, or one that the party had before, is redirected to its own.
    """
    served = state_of(request).engines.current
    view = party_seen(served, party_id, as_of.strip(), known_at.strip())
    if view.id != party_id:
        return moved_to(request, f"/parties/{view.id}")
    return _drawn(request, served, view)


def _drawn(request: Request, served: ServedSnapshot, view: PartyView) -> HTMLResponse:
    positions = served.positions
    applying = {each.list for each in view.listings if each.applies}
    return page(
        request,
        "parties/party.html",
        party=view,
        scripts=[
            (script, list(names)) for script, names in groupby(view.names, lambda each: each.script)
        ],
        facts=[each for each in view.facts if each.property not in _LONG],
        texts=[each for each in view.facts if each.property in _LONG],
        direction=direction,
        timeline=timeline(view.listings, Instant.parse(view.as_of)),
        seen={each.id: served.seen(positions[each.id]) for each in view.records},
        lists=lists_of,
        not_listed="" if applying else _not_listed(served, view),
    )


def lists_of(records: tuple[str, ...]) -> str:
    """Return the lists of records, each once."""
    return ", ".join(dict.fromkeys(record.partition(":")[0] for record in records))


def _not_listed(served: ServedSnapshot, view: PartyView) -> str:
    """Return what a missing listing means on the day of the page, by the lists' coverage."""
    day = Instant.parse(view.as_of)
    coverage = served.engine.coverage(
        as_of=day,
        known_at=Instant.parse(view.known_at),
        lists=list(dict.fromkeys(each.list for each in view.records)),
        allow_stale=served.allow_stale,
    )
    return " ".join(dict.fromkeys(not_listed(each, day) for each in coverage))
