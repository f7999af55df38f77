"""Draw the law's page: a form of terms, and what is in force of them on a day."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from limen.law import Law
from limen.law.queries.search import LawAnswer, Terms, ask
from limen.model import LimenError
from limen.server.pages.view.templates import page
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of
from limen.server.v1.regimes import clocks_of, law_known

router = APIRouter()

#: Characters of a term; no name of an act or a party has as many.
_MOST = 300
_Term = Annotated[str, Query(max_length=_MOST)]
_Day = Annotated[str, Query(max_length=40)]


@router.get("/law")
async def law_page(
    request: Request,
    act: _Term = "",
    party: _Term = "",
    territory: _Term = "",
    goods: _Term = "",
    sector: _Term = "",
    service: _Term = "",
    effect: _Term = "",
    authority: _Term = "",
    as_of: _Day = "",
    known_at: _Day = "",
) -> HTMLResponse:
    """Draw the form, and the answer where a term is given; a term that is wrong is said in it."""
    served = state_of(request).engines.current
    terms = Terms(
        authority=authority.strip().upper(), territory=territory, party=party.strip(),
        sector=sector.strip(), service=service.strip(), goods=goods.strip(), act=act.strip(),
        effect=effect,
    )  # fmt: skip
    answer, error = None, None
    if terms != Terms():
        try:
            answer = _answer(served, terms, as_of.strip(), known_at.strip())
        except LimenError as refused:
            error = refused
    law = served.engine.regimes.law
    return page(
        request,
        "law.html",
        status=422 if error else 200,
        terms=terms,
        as_of=as_of,
        known_at=known_at,
        answer=answer,
        error=error,
        groups=_groups(answer) if answer else [],
        grounds={each.measure: each.says for each in answer.grounds} if answer else {},
        titles=_titles(law),
        law=law,
    )


def _answer(served: ServedSnapshot, terms: Terms, as_of: str, known_at: str) -> LawAnswer:
    clocks = clocks_of(served, as_of or None, known_at or None)
    return ask(law_known(served, known_at or None), terms, clocks)


def _groups(answer: LawAnswer) -> list[tuple[str, list[object]]]:
    """Return the measures in force by authority."""
    ordered = sorted(answer.in_force, key=lambda each: each.authority)
    return [(name, list(found)) for name, found in groupby(ordered, lambda each: each.authority)]


def _titles(law: Law) -> dict[str, str]:
    return {name: measure.title for name, measure in law.measures.items()}
