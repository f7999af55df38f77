"""``GET /algorithms``: Limen's matchers, and the names of yente's that mean the default one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response

from limen import names
from limen.model import InputError
from limen.names import Matcher
from limen.screening.weights import WEIGHTS
from limen.server.http.openapi import response_docs
from limen.server.http.problems import ProblemError
from limen.util.suggest import did_you_mean

router = APIRouter(tags=["yente"])

#: Names that yente's clients send: the default matcher answers, and a warning says so.
FOREIGN = ("logic-v2", "logic-v1", "name-based", "name-qualified", "regression-v1")
_CONFIG = (
    "nm_name_property",
    "nm_number_mismatch",
    "nm_extra_query_name",
    "nm_extra_result_name",
    "nm_family_name_weight",
    "nm_fuzzy_cutoff_factor",
)


class Algorithms(msgspec.Struct):
    """Represents the matchers."""

    algorithms: list[dict[str, Any]]
    default: str
    best: str


def matcher_of(algorithm: str) -> tuple[Matcher, tuple[str, ...]]:
    """Return the matcher of an algorithm's name, and warnings about it.

    Raises:
        ProblemError: 400, the name is unknown.
    """
    if algorithm == "best":
        return names.matcher_named(), ()
    if algorithm in FOREIGN:
        warning = f"{algorithm} is answered by {names.DEFAULT_MATCHER}; scores are on its own scale"
        return names.matcher_named(), (warning,)
    try:
        return names.matcher_named(algorithm), ()
    except InputError as error:
        raise ProblemError(
            400, f"Unknown algorithm: {algorithm[:80]}", field="algorithm", hint=error.hint
        ) from error


def check_config(config: Mapping[str, Any]) -> None:
    """Refuse unknown configuration, as yente does.

    Raises:
        ProblemError: 400.
    """
    for key in config:
        if key not in _CONFIG:
            raise ProblemError(
                400, f"Unknown config key: {key[:80]}", field="config",
                hint=did_you_mean(key, _CONFIG),
            )  # fmt: skip


@router.get("/algorithms", responses=response_docs(Algorithms), summary="The matchers")
async def algorithms() -> Response:
    """Return every matcher, with the weights of its comparisons."""
    document = {
        "algorithms": [_description(name) for name in WEIGHTS],
        "default": names.DEFAULT_MATCHER,
        "best": names.DEFAULT_MATCHER,
    }
    return Response(msgspec.json.encode(document), media_type="application/json")


def _description(name: str) -> dict[str, Any]:
    matcher, weights = names.matcher_named(name), WEIGHTS[name]
    features = {
        field: {"description": field.replace("_", " "), "coefficient": getattr(weights, field),
                "url": None}
        for field in weights.__struct_fields__
        if field != "review_margin"
    }  # fmt: skip
    return {
        "name": name,
        "description": matcher.describe,
        "threshold": matcher.threshold,
        "features": features,
        "docs": {
            "name": name, "description": matcher.describe, "config": {}, "features": features
        },
    }  # fmt: skip
