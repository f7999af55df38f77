"""Take a question from the box, and draw its answer at the answer's own address.

``POST /ask`` only checks and saves the question; the redirect to ``/answers/NAME`` answers it,
so that each question is screened once and counted once.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi import Form as FormField
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from limen import names
from limen.batch.columns.kinds import schema_for
from limen.batch.columns.values import property_of
from limen.model import Answer, DataError, Finding, InputError, read_party
from limen.model.finding import PartyGroup
from limen.names import Comparison
from limen.server.access.permissions import begin_session, may_see, owner_of, with_session
from limen.server.http.json_wire import answer_json
from limen.server.http.problems import ProblemError
from limen.server.metrics import LATENCY, SUBJECTS
from limen.server.pages.document import TEXT, read_saved, text_page
from limen.server.pages.home import KINDS
from limen.server.pages.place import ADDRESS, located, map_of, place_page
from limen.server.pages.view.charts import Waterfall, label_of, waterfall, what_would_change
from limen.server.pages.view.scripts import by_script, direction
from limen.server.pages.view.templates import page
from limen.server.service.saved_questions import SavedQuestion
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.state import state_of
from limen.server.v1.read import document_json
from limen.util.budget import Budget

router = APIRouter()

#: What each field of the box's form holds.
Form = Mapping[str, str | list[str]]

#: Findings that fill a page, so that it stays below 1 MB.
_STEP = 20
#: Characters of the longest text that the box takes; longer ones are uploaded as files.
LONGEST_TEXT = 200_000
#: Characters of the longest name: listed names stay below it, and paragraphs exceed it.
_LONGEST_NAME = 200
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
    """A party with its findings, the best first."""

    party: PartyGroup
    findings: list[DrawnFinding]


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
        question = _question(state.engines.current, form)
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
async def answer_as_of(
    request: Request, name: str, as_of: Annotated[str, FormField(max_length=40)] = ""
) -> Response:
    """Save a question again as of another day, and redirect to its answer."""
    question = _saved(request, name)
    state = state_of(request)
    scope = state.engines.current.engine.scope(
        as_of or None, None, question.authorities, question.lists, ()
    )
    later = msgspec.structs.replace(
        question,
        as_of=str(scope.question.as_of),
        known_at=str(scope.question.known_at),
    )
    return RedirectResponse(f"/answers/{state.questions.save(later)}", 303)


def _saved(request: Request, name: str) -> SavedQuestion:
    question = state_of(request).questions.find(name)
    if question is None or not may_see(request, question.owner):
        raise ProblemError(
            404, "this question is no longer saved", hint="ask it again from the first page"
        )
    return question


def _question(served: ServedSnapshot, form: Form) -> SavedQuestion:
    """Read the form into a question that can be answered.

    Raises:
        InputError: it cannot; says which field is wrong.
    """
    what = str(form["what"]).strip()
    kind = str(form["kind"])
    if what and kind == ADDRESS:
        return _settled(served, form, ADDRESS, {"full": [what], "country": [str(form["country"])]})
    if what and (kind == TEXT or (kind == "Thing" and _is_text(what))):
        return _settled(served, form, TEXT, {"text": [what]})
    if not what and (kind in (ADDRESS, TEXT) or not str(form["number"]).strip()):
        raise InputError("write a name, a number, an address or a text", where="what")
    schema, properties = _party_fields(form)
    question = _settled(served, form, schema, properties)
    read_party(question.party, where="party")
    return question


def _party_fields(form: Form) -> tuple[str, dict[str, list[str]]]:
    """Return the schema and the properties that the form gives of a party."""
    what, number = str(form["what"]).strip(), str(form["number"]).strip()
    schema = str(form["kind"])
    born = "birthDate" if schema in ("Person", "Thing") else "incorporationDate"
    properties = {
        "name": [what],
        born: [str(form["birth_date"])],
        "country": [str(form["country"])],
        "address": [what] if schema == "Thing" and _may_be_address(what) else [],
    }
    if schema == "Thing" and form["birth_date"]:
        schema = "Person"
    if number:
        properties[property_of(number)] = [number]
        if schema == "Thing":
            schema = schema_for({name for name, values in properties.items() if any(values)})
    return schema, properties


def _is_text(what: str) -> bool:
    """Return whether a whole text was pasted: a name has no paragraphs and fewer letters."""
    return "\n" in what or len(what) > _LONGEST_NAME


def _may_be_address(what: str) -> bool:
    """Return whether a name may be an address too, and is located: it has parts and numbers."""
    return "," in what and any(char.isdigit() for char in what)


def _settled(
    served: ServedSnapshot, form: Form, schema: str, properties: Mapping[str, list[str]]
) -> SavedQuestion:
    """Return the question with both clocks settled, so that its address always means the same.

    Raises:
        InputError: a day that is none or has not come yet, or an unknown authority.
    """
    scope = served.engine.scope(
        str(form["as_of"]) or None, None, tuple(form["authority"]), None, served.allow_stale
    )
    given = {name: [text for text in texts if text] for name, texts in properties.items()}
    return SavedQuestion(
        party={
            "schema": schema,
            "properties": {name: texts for name, texts in given.items() if texts},
        },
        as_of=str(scope.question.as_of),
        known_at=str(scope.question.known_at),
        authorities=scope.question.authorities,
    )


def _answer(served: ServedSnapshot, question: SavedQuestion, budget: Budget) -> Answer:
    started = time.perf_counter()
    answer = served.engine.screen(
        question.party,
        as_of=question.as_of,
        known_at=question.known_at,
        authorities=question.authorities,
        lists=question.lists,
        threshold=question.threshold,
        allow_stale=served.allow_stale,
        budget=budget,
    )
    LATENCY.labels("page").observe(time.perf_counter() - started)
    SUBJECTS.labels("page", answer.outcome).inc()
    return answer


def _party_page(
    request: Request, answer: Answer, question: SavedQuestion, name: str, start: int
) -> HTMLResponse:
    """Draw the page: every party in the summary, some of them in full."""
    permalink = f"/answers/{name}" if name else ""
    pages = _pages(answer)
    at = next((number for number, each in enumerate(pages) if start in each), len(pages) - 1)
    shown = pages[at]
    found = {finding.id: finding for finding in answer.party_findings}
    return page(
        request,
        "answer.html",
        answer=answer,
        drawn=[
            DrawnParty(party, [_drawn(found[each], answer) for each in party.findings])
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
