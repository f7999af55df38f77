"""Take a question from the box, and draw its answer at the answer's own address.

``POST /ask`` only checks and saves the question; the redirect to ``/answers/NAME`` answers it,
so that each question is screened once and counted once.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi import Form as FormField
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from limen import names
from limen.model import Answer, DataError, Finding, InputError
from limen.model.finding import PartyGroup
from limen.names import Comparison
from limen.names.reading.scripts import by_script, direction
from limen.server.access.permissions import begin_session, may_see, owner_of, with_session
from limen.server.http.json_wire import answer_json
from limen.server.http.problems import ProblemError
from limen.server.metrics import LATENCY, SUBJECTS
from limen.server.pages.document import read_saved, text_page
from limen.server.pages.home import KINDS
from limen.server.pages.place import located, map_of, place_page
from limen.server.pages.view.charts import Waterfall, label_of, waterfall, what_would_change
from limen.server.pages.view.party_columns import PartyColumns, party_columns
from limen.server.pages.view.templates import page
from limen.server.pages.view.ways_out import ways_out
from limen.server.service.box_question import LONGEST_TEXT, Form, as_form, read_form
from limen.server.service.saved_questions import ADDRESS, TEXT, SavedQuestion
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of
from limen.server.v1.read import document_json
from limen.util.budget import Budget

router = APIRouter()

#: Findings that fill a page, so that it stays below 1 MB.
_STEP = 20
#: The score from which a listed party is called the nearest to a cleared one; below, names that
#: share a few letters.
NEAREST = 0.30
_NAMES = ("name", "alias", "previousName", "weakAlias", "abbreviation")


@dataclass(frozen=True, slots=True)
class DrawnFinding:
    """A finding with the pictures that explain its score."""

    finding: Finding
    waterfall: Waterfall
    comparison: Comparison | None
    scripts: dict[str, list[str]]
    changes: list[str]


@dataclass(frozen=True, slots=True)
class DrawnParty:
    """A party with its findings, the best first, and their fields in columns."""

    party: PartyGroup
    findings: list[DrawnFinding]
    columns: PartyColumns


@router.post("/ask")
async def ask(
    request: Request,
    what: Annotated[str, FormField(max_length=LONGEST_TEXT)] = "",
    kind: Annotated[str, FormField(max_length=40)] = "Thing",
    birth_date: Annotated[str, FormField(max_length=40)] = "",
    country: Annotated[str, FormField(max_length=200)] = "",
    number: Annotated[str, FormField(max_length=200)] = "",
    as_of: Annotated[str, FormField(max_length=40)] = "",
    authority: Annotated[list[str], FormField()] = [],  # noqa: B006
) -> Response:
    """Check and save a question, and redirect to its answer.

    Where it cannot be saved it is answered at once, on a page without an address of its own.
    """
    form: Form = {
        "what": what, "kind": kind, "birth_date": birth_date, "country": country,
        "number": number, "as_of": as_of, "authority": authority,
    }  # fmt: skip
    state = state_of(request)
    try:
        question = read_form(state.engines.current, form)
    except InputError as error:
        return page(request, "home.html", status=422, kinds=KINDS, form=form, error=error)
    try:
        begin_session(request)
        name = state.questions.save(msgspec.structs.replace(question, owner=owner_of(request)))
    except DataError:
        return await _page(request, question, "")
    return with_session(request, RedirectResponse(f"/answers/{name}", 303))


@router.get("/answers/{name}.json")
async def answer_as_json(request: Request, name: str) -> Response:
    """Answer a saved question as JSON."""
    state = state_of(request)
    question = _saved(request, name)
    served = state.engines.current
    if question.party["schema"] == ADDRESS:
        budget = state.settings.limits.budget()
        body = msgspec.json.encode(located(served, question, budget).to_dict())
    elif question.party["schema"] == TEXT:
        body = document_json(await read_saved(request, question))
    else:
        body = answer_json(_answer(served, question, state.settings.limits.budget()))
    return Response(body, media_type="application/json")


@router.get("/answers/{name}.svg")
async def answer_map(request: Request, name: str) -> Response:
    """Draw the territory that the address of a saved question is in or near."""
    state = state_of(request)
    served = state.engines.current
    svg = map_of(served, located(served, _saved(request, name), state.settings.limits.budget()))
    return Response(svg, media_type="image/svg+xml")


@router.get("/answers/{name}")
async def answer_page(
    request: Request, name: str, start: Annotated[int, Query(ge=0, le=10_000)] = 0
) -> HTMLResponse:
    """Answer a saved question at the instants that were settled when it was saved."""
    return await _page(request, _saved(request, name), name, start)


async def _page(
    request: Request, question: SavedQuestion, name: str, start: int = 0
) -> HTMLResponse:
    served = state_of(request).engines.current
    if question.party["schema"] == TEXT:
        return await text_page(request, question, name)
    if question.party["schema"] == ADDRESS:
        return place_page(request, served, question, name)
    budget = state_of(request).settings.limits.budget()
    return _party_page(request, _answer(served, question, budget), question, name, start)


@router.post("/answers/{name}")
async def answer_again(
    request: Request,
    name: str,
    as_of: Annotated[str, FormField(max_length=40)] = "",
    lists: Annotated[list[str], FormField()] = [],  # noqa: B006
) -> Response:
    """Save a question again as of another day, or for some lists, and redirect to its answer."""
    question = _saved(request, name)
    state = state_of(request)
    authorities = () if lists else question.authorities
    scope = state.engines.current.engine.scope(
        as_of or question.as_of, None, authorities, lists or question.lists, ()
    )
    later = msgspec.structs.replace(
        question,
        as_of=str(scope.question.as_of),
        known_at=str(scope.question.known_at),
        authorities=authorities,
        lists=tuple(lists) or question.lists,
    )
    return RedirectResponse(f"/answers/{state.questions.save(later)}", 303)


def answered(request: Request, name: str) -> Answer:
    """Answer a saved question about a party.

    Raises:
        ProblemError: 404, it is not saved, is another one's, or is about no party.
    """
    question, state = _saved(request, name), state_of(request)
    if question.party["schema"] in (ADDRESS, TEXT):
        raise ProblemError(404, "this question is about no party")
    return _answer(state.engines.current, question, state.settings.limits.budget())


def _saved(request: Request, name: str) -> SavedQuestion:
    question = state_of(request).questions.find(name)
    if question is None or not may_see(request, question.owner):
        raise ProblemError(
            404, "this question is no longer saved", hint="ask it again from the first page"
        )
    return question


def _answer(served: ServedSnapshot, question: SavedQuestion, budget: Budget) -> Answer:
    started = time.perf_counter()
    answer = _screened(served, question, question.threshold, budget)
    LATENCY.labels("page").observe(time.perf_counter() - started)
    SUBJECTS.labels("page", answer.outcome).inc()
    return answer


def _screened(
    served: ServedSnapshot, question: SavedQuestion, threshold: float | None, budget: Budget
) -> Answer:
    return served.engine.screen(
        question.party,
        as_of=question.as_of,
        known_at=question.known_at,
        authorities=question.authorities,
        lists=question.lists,
        threshold=threshold,
        allow_stale=served.allow_stale,
        budget=budget,
    )


def _nearest(served: ServedSnapshot, question: SavedQuestion, budget: Budget) -> Finding | None:
    """Return the listed party that comes nearest to a cleared one, from a score on."""
    findings = _screened(served, question, NEAREST, budget).party_findings
    best = max(findings, key=lambda each: each.score, default=None)
    return best if best is not None and best.score >= NEAREST else None


def _party_page(
    request: Request, answer: Answer, question: SavedQuestion, name: str, start: int
) -> HTMLResponse:
    """Draw the page: every party in the summary, some of them in full."""
    permalink = f"/answers/{name}" if name else ""
    served, budget = state_of(request).engines.current, state_of(request).settings.limits.budget()
    pages = _pages(answer)
    at = next((number for number, each in enumerate(pages) if start in each), len(pages) - 1)
    shown = pages[at]
    found = {finding.id: finding for finding in answer.party_findings}
    return page(
        request,
        "answer.html",
        answer=answer,
        drawn=[
            DrawnParty(
                party,
                [_drawn(found[each], answer) for each in party.findings],
                party_columns(party, [found[each] for each in party.findings]),
            )
            for party in answer.parties[shown.start : shown.stop]
        ],
        links=[
            f"#f{party + 1}" if each is shown else f"{permalink}?start={each.start}#f{party + 1}"
            for each in pages
            for party in each
        ],
        shown=shown,
        before=pages[at - 1].start if at else None,
        permalink=permalink,
        question=question,
        form=as_form(question),
        kinds=KINDS,
        error=None,
        nearest=_nearest(served, question, budget) if answer.outcome == "clear" else None,
        NEAREST=NEAREST,
        ways=ways_out(served.engine, answer) if answer.outcome == "cannot_say" and name else None,
        label_of=label_of,
        direction=direction,
        infos={info.id: info for info in state_of(request).engines.current.manifest.lists},
    )


def _pages(answer: Answer) -> list[range]:
    """Return the parties of each page, by position: whole ones, until their findings fill it."""
    pages: list[range] = []
    start = findings = 0
    for end, party in enumerate(answer.parties, start=1):
        findings += len(party.findings)
        if findings >= _STEP or end == len(answer.parties):
            pages.append(range(start, end))
            start, findings = end, 0
    return pages or [range(0)]


def _drawn(finding: Finding, answer: Answer) -> DrawnFinding:
    threshold = answer.stamp.threshold
    named = next((feature for feature in finding.features if feature.name == "name"), None)
    comparison = None
    if named is not None:
        comparison = names.compare(
            named.query, named.listed, schema=answer.query["schema"], matcher=answer.stamp.matcher
        )
    texts = [text for field in _NAMES for text in finding.party["properties"].get(field, ())]
    return DrawnFinding(
        finding,
        waterfall(finding, threshold),
        comparison,
        by_script(texts),
        what_would_change(finding, threshold),
    )
