"""``/v1/replay``: compute a recorded answer again, and report whether it is the same."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from limen.engine import Engine
from limen.engine.replay import Replay
from limen.engine.replay import replay as replay_answer
from limen.law.ownership.stakes_file import Stakes
from limen.model import Answer, LimenError
from limen.screening.query.party_size import check_size
from limen.server.http.json_wire import FormOption, answer_wire
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.query_string import read_query
from limen.server.http.request_body import read_json
from limen.server.state import State, state_of
from limen.server.v1.query import StakeBody, stakes_of
from limen.snapshot import Snapshot, find_snapshot

router = APIRouter(prefix="/v1", tags=["v1"])

_WIRE = msgspec.json.Decoder(dict[str, Any])
_MAX_DIFFERENCES = 100


class Difference(msgspec.Struct):
    """Represents one difference between the recorded answer and the new one."""

    path: str
    before: Any
    after: Any


class Replayed(msgspec.Struct):
    """Represents the result: whether the answer is the same, the differences, the new answer."""

    same: bool
    why: str
    differences: list[Difference]
    answer: Answer


@router.post(
    "/replay",
    openapi_extra=request_doc(
        FormOption,
        body=dict[str, Any],
        example={"stamp": {"snapshot": "…"}, "query": {}, "outcome": "hit", "findings": []},
    ),
    responses=response_docs(Replayed, 400, 404, 422),
    summary="Replay a recorded answer",
)
async def replay(request: Request) -> Response:
    """Replay an answer of ``/v1/screen``; the home must still have its snapshot.

    An answer that rests on stakes needs them again, as ``ownership`` next to its own members.
    """
    wire = await read_json(request, _WIRE)
    stakes = _stakes(wire.pop("ownership", ()))
    form = read_query(request, FormOption).form
    state = state_of(request)
    budget = state.settings.limits.budget()
    check_size(wire.get("query"), budget, where="query")

    def run() -> Replay:
        return replay_answer(_engine(state, wire), wire, ownership=stakes, budget=budget)

    try:
        again = await asyncio.to_thread(run)
    except (KeyError, TypeError, AttributeError) as error:
        raise ProblemError(
            422, "this is not an answer: its stamp or query is incomplete", field="stamp",
            hint="send what /v1/screen returned",
        ) from error  # fmt: skip
    document = {
        "same": again.same,
        "why": again.why,
        "differences": [
            {"path": path, "before": before, "after": after}
            for path, before, after in again.differences[:_MAX_DIFFERENCES]
        ],
        "answer": answer_wire(again.answer, form),
    }
    return Response(msgspec.json.encode(document), media_type="application/json")


def _stakes(body: Any) -> Stakes | None:
    try:
        return stakes_of(msgspec.convert(body, tuple[StakeBody, ...]))
    except msgspec.ValidationError as error:
        raise ProblemError(422, str(error), field="ownership") from error


def _engine(state: State, wire: dict[str, Any]) -> Engine:
    """Return an engine for one thread, over the snapshot in service or the one that is named."""
    current = state.engines.current
    stamp = wire.get("stamp")
    name = stamp.get("snapshot") if isinstance(stamp, dict) else None
    if not isinstance(name, str) or name == current.manifest.id:
        return Engine(Snapshot(current.snapshot.folder), clock=current.clock)
    try:
        return Engine(Snapshot(find_snapshot(state.settings.home, name)))
    except LimenError as error:
        raise ProblemError(
            404, f"the snapshot {name[:32]} is not in this home", field="stamp.snapshot",
            hint="replay it where that snapshot is stored",
        ) from error  # fmt: skip
