"""``/v1/replay``: take a recorded answer again, and say whether it is the same."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from limen.engine import Engine
from limen.engine.replay import replay as take_again
from limen.model import Answer, LimenError
from limen.server.http.json_wire import answer_wire
from limen.server.http.openapi import request_doc, response_docs
from limen.server.http.problems import ProblemError
from limen.server.http.request_body import read_json
from limen.server.state import State, state_of
from limen.snapshot import Snapshot, find_snapshot

router = APIRouter(prefix="/v1", tags=["v1"])

_WIRE = msgspec.json.Decoder(dict[str, Any])
_MOST_DIFFERENCES = 100


class Difference(msgspec.Struct):
    """A place of the answer that is not as it was."""

    path: str
    before: Any
    after: Any


class Replayed(msgspec.Struct):
    """Whether the answer is the same, and the answer taken again."""

    same: bool
    why: str
    differences: list[Difference]
    answer: Answer


@router.post(
    "/replay",
    openapi_extra=request_doc(
        body=dict[str, Any],
        example={"stamp": {"snapshot": "…"}, "query": {}, "outcome": "hit", "findings": []},
    ),
    responses=response_docs(Replayed, 400, 404, 422),
    summary="Take a recorded answer again",
)
async def replay(request: Request) -> Response:
    """The body is an answer as ``/v1/screen`` gave it; its snapshot has to be here still."""
    wire = await read_json(request, _WIRE)
    state = state_of(request)
    try:
        again = take_again(_engine(state, wire), wire)
    except (KeyError, TypeError, AttributeError) as error:
        raise ProblemError(
            422, "this is no answer: its stamp or query is not whole", field="stamp",
            hint="send what /v1/screen gave",
        ) from error  # fmt: skip
    document = {
        "same": again.same,
        "why": again.why,
        "differences": [
            {"path": path, "before": before, "after": after}
            for path, before, after in again.differences[:_MOST_DIFFERENCES]
        ],
        "answer": answer_wire(again.answer),
    }
    return Response(msgspec.json.encode(document), media_type="application/json")


def _engine(state: State, wire: dict[str, Any]) -> Engine:
    """The engine in service, or one over the snapshot the answer names."""
    current = state.engines.current.engine
    stamp = wire.get("stamp")
    name = stamp.get("snapshot") if isinstance(stamp, dict) else None
    if not isinstance(name, str) or name == current.snapshot.manifest.id:
        return current
    try:
        return Engine(Snapshot(find_snapshot(state.settings.home, name)))
    except LimenError as error:
        raise ProblemError(
            404, f"the snapshot {name[:32]} is not here", field="stamp.snapshot",
            hint="replay it where the snapshot was kept",
        ) from error  # fmt: skip
