"""Check that an engine finds the parties it must find.

Canaries are checked when a snapshot is built and again by a server before it serves one: a
machine with a fault in memory or in compiled code would miss them, and other parties too. The
caller chooses the canaries and decides what a missed one means.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from limen.model import Instant

if TYPE_CHECKING:
    from limen.engine.engine import Engine


@dataclass(frozen=True, slots=True)
class CanaryQuery:
    """Represents a party that must be found under a name, as of a day.

    Attributes:
        list_id: the list that holds the party.
        party_id: the id its finding must have: ``"us_ofac_sdn:35096"``.
        name: the name to screen.
        as_of: a day on which the list holds the party.
    """

    list_id: str
    party_id: str
    name: str
    as_of: Instant


def first_missed(engine: Engine, queries: Iterable[CanaryQuery]) -> CanaryQuery | None:
    """Screen each canary in turn; return the first that is not found, ``None`` if all are.

    The name alone is screened, against the canary's own list, however old that list is.
    """
    for query in queries:
        answer = engine.screen(
            {"schema": "Thing", "properties": {"name": [query.name]}},
            as_of=query.as_of,
            lists=[query.list_id],
            allow_stale=[query.list_id],
        )
        if all(finding.id != query.party_id for finding in answer.findings):
            return query
    return None
