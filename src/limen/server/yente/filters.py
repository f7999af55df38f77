"""Read the filters that match and search share; lists are repeated keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from limen.model.party import party_id_of
from limen.server.http.problems import ProblemError

_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ]\d{2}(:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?)?"
)


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Represents which listed parties may be returned."""

    include_dataset: Annotated[
        tuple[str, ...], Meta(description="Restrict the dataset to these, or add them.")
    ] = ()
    exclude_dataset: Annotated[tuple[str, ...], Meta(description="Leave these out.")] = ()
    exclude_schema: Annotated[tuple[str, ...], Meta(description="Leave out parties of these.")] = ()
    topics: Annotated[tuple[str, ...], Meta(description="Only parties with one of these.")] = ()
    changed_since: Annotated[
        str, Meta(description="Only parties changed since an ISO day or instant.")
    ] = ""
    exclude_entity_ids: Annotated[
        tuple[str, ...], Meta(description="Leave these parties out.", max_length=50)
    ] = ()

    def since(self) -> str:
        """Return ``changed_since`` as yente writes moments; empty where it was not given.

        Raises:
            ProblemError: 422, it is not a moment.
        """
        return moment(self.changed_since) if self.changed_since else ""

    def keeps(self, entity: Mapping[str, Any]) -> bool:
        """Return whether an entity passes the filters."""
        if entity["schema"] in self.exclude_schema or self._left_out(entity):
            return False
        if self.changed_since and entity["last_change"] < self.since():
            return False
        held = entity["properties"].get("topics", ())
        return not self.topics or any(topic in held for topic in self.topics)

    def _left_out(self, entity: Mapping[str, Any]) -> bool:
        """Return whether an id that leads to an entity is to be left out."""
        if not self.exclude_entity_ids:
            return False
        records = entity["referents"]
        ids = {entity["id"], *records, *map(party_id_of, records)}
        return not ids.isdisjoint(self.exclude_entity_ids)


def moment(text: str) -> str:
    """Return an ISO day or instant as UTC seconds without a zone; offsets and fractions are read.

    Raises:
        ProblemError: 422.
    """
    try:
        found = datetime.fromisoformat(text if _MOMENT.fullmatch(text) else "")
        if found.tzinfo is not None:
            found = found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ProblemError(
            422, f"{text[:40]!r} is not a day or an instant", field="changed_since",
            hint="write 2022-02-21 or 2022-02-21T23:59:00+01:00",
        ) from error  # fmt: skip
    return found.replace(tzinfo=None, microsecond=0).isoformat()
