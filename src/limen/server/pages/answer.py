"""Ask from the box, and the answer at its own address."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from limen import names
from limen.batch.columns.kinds import schema_for
from limen.batch.columns.values import property_of
from limen.model import Answer, DataError, Finding, InputError
from limen.names import Comparison
from limen.server.access.permissions import refuse_foreign_form
from limen.server.http.json_wire import answer_json
from limen.server.http.problems import ProblemError
from limen.server.metrics import LATENCY, SUBJECTS
from limen.server.pages.document import TEXT, read_kept, text_page
from limen.server.pages.home import KINDS
from limen.server.pages.place import ADDRESS, located, map_of, place_page
from limen.server.pages.view.charts import Waterfall, label_of, waterfall, what_would_change
from limen.server.pages.view.scripts import by_script, direction
from limen.server.pages.view.templates import page
from limen.server.service.saved_questions import Question
from limen.server.service.snapshot_service import Served
from limen.server.state import state_of
from limen.server.v1.read import reading_json

router = APIRouter()

#: Findings shown in full on one page, which is to stay light.
_STEP = 20
#: Characters of the longest text that is kept as a question; longer ones come as files.
LONGEST_TEXT = 200_000
_LONGEST_NAME = 200
_NAMES = ("name", "alias", "previousName", "weakAlias", "abbreviation")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finding with its pictures."""

    finding: Finding
    waterfall: Waterfall
    comparison: Comparison | None
    scripts: dict[str, list[str]]
    changes: list[str]


@router.post("/ask")
async def ask(
    request: Request,
    what: Annotated[str, Form(max_length=LONGEST_TEXT)] = "",
    kind: Annotated[str, Form(max_length=40)] = "Thing",
    birth_date: Annotated[str, Form(max_length=40)] = "",
    country: Annotated[str, Form(max_length=200)] = "",
    number: Annotated[str, Form(max_length=200)] = "",
    as_of: Annotated[str, Form(max_length=40)] = "",
    authority: Annotated[list[str], Form()] = [],  # noqa: B006
) -> Response:
    """Take a question, keep it, and lead to its answer."""
    refuse_foreign_form(request)
    asked: dict[str, str | list[str]] = {
        "what": what, "kind": kind, "birth_date": birth_date, "country": country,
        "number": number, "as_of": as_of, "authority": authority,
    }  # fmt: skip
    state = state_of(request)
    served = state.engines.current
    try:
        question = _question(served, asked)
        drawn = await _page(request, question, "")
    except InputError as error:
        return page(request, "home.html", status=422, kinds=KINDS, asked=asked, error=error)
    try:
        name = state.kept.keep(question)
    except DataError:
        return drawn
    return RedirectResponse(f"/answers/{name}", 303)


@router.get("/answers/{name}.json")
async def answer_twin(request: Request, name: str) -> Response:
    """The same answer as JSON."""
    state = state_of(request)
    question = _kept(request, name)
    served = state.engines.current
    if question.party["schema"] == ADDRESS:
        body = msgspec.json.encode(located(served, question).to_dict())
    elif question.party["schema"] == TEXT:
        body = reading_json(await read_kept(request, question))
    else:
        body = answer_json(_answer(served, question))
    return Response(body, media_type="application/json")


@router.get("/answers/{name}.svg")
async def answer_map(request: Request, name: str) -> Response:
    """The ground an address lies in, drawn."""
    drawn = map_of(state_of(request).engines.current, _kept(request, name))
    return Response(drawn, media_type="image/svg+xml")


@router.get("/answers/{name}")
async def answer_page(
    request: Request, name: str, start: Annotated[int, Query(ge=0, le=10_000)] = 0
) -> HTMLResponse:
    """The answer to a kept question, at the instants it was asked for."""
    return await _page(request, _kept(request, name), name, start)


async def _page(request: Request, question: Question, name: str, start: int = 0) -> HTMLResponse:
    served = state_of(request).engines.current
    if question.party["schema"] == TEXT:
        return await text_page(request, question, name)
    if question.party["schema"] == ADDRESS:
        return place_page(request, served, question, name)
    return _shown(request, _answer(served, question), question, name, start)


@router.post("/answers/{name}")
async def ask_again(
    request: Request, name: str, as_of: Annotated[str, Form(max_length=40)] = ""
) -> Response:
    """Ask a kept question again as of another day."""
    refuse_foreign_form(request)
    question = _kept(request, name)
    state = state_of(request)
    scope = state.engines.current.engine.scope(
        as_of or None, None, question.authorities, question.lists, ()
    )
    again = msgspec.structs.replace(
        question,
        as_of=str(scope.question.as_of),
        known_at=str(scope.question.known_at),
    )
    return RedirectResponse(f"/answers/{state.kept.keep(again)}", 303)


def _kept(request: Request, name: str) -> Question:
    question = state_of(request).kept.find(name)
    if question is None:
        raise ProblemError(
            404, "this question is not kept any more", hint="ask it again from the first page"
        )
    return question


def _question(served: Served, asked: Mapping[str, str | list[str]]) -> Question:
    what = str(asked["what"]).strip()
    number = str(asked["number"]).strip()
    if asked["kind"] == ADDRESS and what:
        return _asked_at(served, asked, {"full": [what], "country": [str(asked["country"])]})
    if asked["kind"] == TEXT or (asked["kind"] == "Thing" and _is_text(what)):
        return _asked_at(served, {**asked, "kind": TEXT}, {"text": [what]})
    if not what and not number:
        raise InputError("write a name or a number", where="what")
    properties = {
        "name": [what] if what else [],
        "birthDate" if asked["kind"] in ("Person", "Thing") else "incorporationDate": [
            str(asked["birth_date"])
        ],
        "country": [str(asked["country"])],
        "address": [what] if asked["kind"] == "Thing" and _may_be_address(what) else [],
    }
    given = {name: [each for each in values if each] for name, values in properties.items()}
    schema = str(asked["kind"])
    if schema == "Thing" and (given.get("birthDate")):
        schema = "Person"
    if number:
        given[property_of(number)] = [number]
        schema = schema if schema != "Thing" else schema_for(_said(given))
    return _asked_at(served, {**asked, "kind": schema}, given)


def _is_text(what: str) -> bool:
    """Whether somebody pasted a text: no name has paragraphs or so many words."""
    return "\n" in what or len(what) > _LONGEST_NAME


def _may_be_address(what: str) -> bool:
    """Whether what is asked as a name is worth locating too: addresses have parts and numbers."""
    return "," in what and any(each.isdigit() for each in what)


def _said(given: Mapping[str, list[str]]) -> set[str]:
    return {name for name, values in given.items() if any(values)}


def _asked_at(
    served: Served, asked: Mapping[str, str | list[str]], given: Mapping[str, list[str]]
) -> Question:
    """The question with both clocks settled."""
    scope = served.engine.scope(
        str(asked["as_of"]) or None, None, tuple(asked["authority"]), None, served.allow_stale
    )
    said = {name: [each for each in values if each] for name, values in given.items()}
    return Question(
        party={
            "schema": str(asked["kind"]),
            "properties": {name: values for name, values in said.items() if values},
        },
        as_of=str(scope.question.as_of),
        known_at=str(scope.question.known_at),
        authorities=scope.question.authorities,
    )


def _answer(served: Served, question: Question) -> Answer:
    started = time.perf_counter()
    answer = served.engine.screen(
        question.party,
        as_of=question.as_of,
        known_at=question.known_at,
        authorities=question.authorities,
        lists=question.lists,
        threshold=question.threshold,
        allow_stale=served.allow_stale,
    )
    LATENCY.labels("page").observe(time.perf_counter() - started)
    SUBJECTS.labels("page", answer.outcome).inc()
    return answer


def _shown(
    request: Request, answer: Answer, question: Question, name: str, start: int
) -> HTMLResponse:
    """The page: every finding in the summary, some of them in full."""
    permalink = f"/answers/{name}" if name else ""
    start -= start % _STEP
    findings = [(at - at % _STEP, at + 1) for at in range(len(answer.parties))]
    return page(
        request,
        "answer.html",
        answer=answer,
        drawn=[_drawn(finding, answer) for finding in answer.parties],
        links=[
            f"#f{number}" if begin == start else f"{permalink}?start={begin}#f{number}"
            for begin, number in findings
        ],
        start=start,
        step=_STEP,
        permalink=permalink,
        question=question,
        label_of=label_of,
        direction=direction,
        infos={info.id: info for info in state_of(request).engines.current.manifest.lists},
    )


def _drawn(finding: Finding, answer: Answer) -> Drawn:
    threshold = answer.stamp.threshold
    carrier = next((each for each in finding.features if each.name == "name"), None)
    comparison = None
    if carrier is not None:
        comparison = names.compare(
            carrier.query, carrier.listed, schema=answer.query["schema"],
            matcher=answer.stamp.matcher,
        )  # fmt: skip
    texts = [text for field in _NAMES for text in finding.party["properties"].get(field, ())]
    return Drawn(
        finding,
        waterfall(finding, threshold),
        comparison,
        by_script(texts),
        what_would_change(finding, threshold),
    )
