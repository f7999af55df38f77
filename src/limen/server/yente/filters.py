"""The filters that match and search share; lists are repeated keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Query

from limen.server.problems import ProblemError

_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ]\d{2}(:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?)?"
)
_MOST_IDS = 50


class Filters(msgspec.Struct, frozen=True):
    """Which listed parties may come back."""

    include_dataset: tuple[str, ...] = ()
    exclude_dataset: tuple[str, ...] = ()
    exclude_schema: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    changed_since: str = ""
    exclude_entity_ids: tuple[str, ...] = ()

    def keeps(self, entity: Mapping[str, Any]) -> bool:
        """Whether an entity's wire form may come back."""
        if entity["schema"] in self.exclude_schema or entity["id"] in self.exclude_entity_ids:
            return False
        if self.changed_since and entity["last_change"] < self.changed_since:
            return False
        held = entity["properties"].get("topics", ())
        return not self.topics or any(topic in held for topic in self.topics)


def _filters(
    include_dataset: Annotated[list[str], Query(description="Only, or also, these.")] = [],  # noqa: B006
    exclude_dataset: Annotated[list[str], Query(description="Not these.")] = [],  # noqa: B006
    exclude_schema: Annotated[list[str], Query(description="No parties of these.")] = [],  # noqa: B006
    topics: Annotated[list[str], Query(description="Parties with one of these.")] = [],  # noqa: B006
    changed_since: Annotated[
        str | None, Query(description="Parties changed since; an ISO day or instant.")
    ] = None,
    exclude_entity_ids: Annotated[
        list[str], Query(max_length=_MOST_IDS, description="Not these parties.")
    ] = [],  # noqa: B006
) -> Filters:
    return Filters(
        tuple(include_dataset),
        tuple(exclude_dataset),
        tuple(exclude_schema),
        tuple(topics),
        moment(changed_since) if changed_since else "",
        tuple(exclude_entity_ids),
    )


match_filters = Depends(_filters)


def moment(text: str) -> str:
    """An ISO day or instant as UTC seconds without a zone; offsets and fractions are read.

    Raises:
        ProblemError: 422.
    """
    try:
        found = datetime.fromisoformat(text if _MOMENT.fullmatch(text) else "")
        if found.tzinfo is not None:
            found = found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ProblemError(
            422, f"{text[:40]!r} is no day or instant", field="changed_since",
            mend="write 2022-02-21 or 2022-02-21T23:59:00+01:00",
        ) from error  # fmt: skip
    return found.replace(tzinfo=None, microsecond=0).isoformat()
