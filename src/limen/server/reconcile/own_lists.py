"""Leave the user's own lists out where no key was given: any page may call these routes.

Publishers' lists are public, so a page of another site learns nothing from them. A bank's own list
is not: whoever visits a page must not give it away.
"""

from __future__ import annotations

from fastapi import Request

from limen.server.access.permissions import has_key
from limen.server.http.problems import ProblemError
from limen.server.service.snapshot_service import ServedSnapshot


def open_lists(request: Request, served: ServedSnapshot) -> tuple[str, ...] | None:
    """Return the lists of the path's dataset that the caller may use; ``None`` for all in service.

    Raises:
        ProblemError: 404, an unknown dataset; 403, all of its lists are the user's own.
    """
    lists = served.lists_of(request.path_params["dataset"])
    if has_key(request) or not served.own_lists:
        return lists
    within = lists if lists is not None else tuple(each.list for each in served.coverage())
    public = tuple(name for name in within if name not in served.own_lists)
    if not public:
        raise ProblemError(
            403, "lists of your own are given to callers with a key only", field="dataset",
            hint="limen keys add NAME, and send the key", why="any web page may call this route",
        )  # fmt: skip
    return public


def is_hidden(request: Request, served: ServedSnapshot, entity_id: str) -> bool:
    """Return whether a party is on a list that the caller may not use."""
    return not has_key(request) and entity_id.partition(":")[0] in served.own_lists
