"""Leave the user's own lists out where no key was given: any page may call these routes.

Publishers' lists are public, so a page of another site learns nothing from them. A bank's own list
is not: whoever visits a page must not give it away.
"""

from __future__ import annotations

from typing import Any

from fastapi import Request

from limen.server.access.permissions import has_key
from limen.server.http.problems import ProblemError
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.yente.listed_view import ListedView
from limen.server.yente.shapes import entity


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


def open_party(
    request: Request, served: ServedSnapshot, view: ListedView, any_id: str
) -> dict[str, Any] | None:
    """Return the party that an id leads to, with the values of records that the caller may use.

    ``None`` where nothing has the id, or only records on the user's own lists.
    """
    everything = has_key(request)
    if not everything and _is_own(served, any_id):
        return None
    try:
        party = view.find(any_id)
    except ProblemError:
        return None
    identity = served.snapshot.identity
    records = {
        position: identity.record(position)
        for position in view.records(party)
        if everything or not _is_own(served, identity.record(position))
    }
    if not records:
        return None
    listed = [position for position in records if view.scope.parties[position]]
    values = {position: view.party(position).to_ftm() for position in listed or records}
    return entity(served, party, values, list(records.values()))


def _is_own(served: ServedSnapshot, record: str) -> bool:
    return record.partition(":")[0] in served.own_lists
