"""View listed parties by id, name and listing, as of the instants of a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from limen.engine.view_party import find_party, records_of
from limen.model import InputError, Instant, ListingEvidence, Party
from limen.model.schemata import ancestors
from limen.screening.coverage import Scope
from limen.screening.listed_parties import ListedParties
from limen.server.http.problems import ProblemError
from limen.server.service.snapshot_service import ServedSnapshot
from limen.server.yente.shapes import entity
from limen.snapshot.format import SCHEMAS


@dataclass(frozen=True, slots=True)
class ListedView:
    """Represents one snapshot at one scope: its listed parties, and their listings."""

    served: ServedSnapshot
    scope: Scope

    @property
    def listed(self) -> ListedParties:
        """Return the parties of the snapshot."""
        return self.served.listed

    def position(self, entity_id: str) -> int:
        """Return a party's position in the snapshot.

        Raises:
            ProblemError: 404.
        """
        position = self.served.positions.get(entity_id)
        if position is None:
            raise ProblemError(
                404, "No such entity!", field="entity_id",
                hint="an id is LIST:RECORD, as /match and /search give it",
            )  # fmt: skip
        return position

    def party(self, position: int) -> Party:
        """Return a party as its list has it, or last had it where it is no longer listed.

        Raises:
            ProblemError: 404, nothing was known of it yet.
        """
        found = self.listed.at(position, self.scope.question.known_at)
        if found is None:
            raise ProblemError(404, "No such entity!", field="entity_id")
        return found.profile.party

    def listings(self, position: int) -> tuple[ListingEvidence, ...]:
        """Return the listings of a party that apply at the scope's instants."""
        question = self.scope.question
        return self.listed.listings(position, question.as_of, question.known_at)

    def party_of(self, position: int) -> str:
        """Return the id of the party that a record is of, as known at the scope's instant."""
        return self.served.snapshot.party_of(position, self.scope.question.known_at)

    def records(self, party: str) -> tuple[int, ...]:
        """Return the records that are one party, as known at the scope's instant."""
        return records_of(self.served.snapshot, party, self.scope.question.known_at)

    def find(self, any_id: str) -> str:
        """Return the id of the party that an id leads to: a record's, or a party's of any day.

        Raises:
            ProblemError: 404.
        """
        try:
            return find_party(self.served.snapshot, any_id, self.scope.question.known_at)
        except InputError as error:
            raise ProblemError(
                404, "No such entity!", field="entity_id",
                hint="an id is a party's or LIST:RECORD, as /match and /search give it",
            ) from error  # fmt: skip

    def entity(self, party: str, found: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
        """Return a party in yente's shape; its records that were found come first.

        The values are those of its records that are listed in the scope; of all where none is.
        """
        records = self.records(party)
        listed = [each for each in records if self.scope.parties[each]]
        rest = {
            position: self.party(position).to_ftm()
            for position in listed or records
            if position not in found
        }
        identity = self.served.snapshot.identity
        referents = [identity.record(position) for position in records]
        return entity(self.served, party, {**found, **rest}, referents)

    def search(self, q: str, schema: str = "Thing", limit: int | None = None) -> list[int]:
        """Return the positions of records of a schema, the best first; all without a name."""
        parties = self.scope.parties & self._of_schema(schema)
        if not q.strip():
            everyone: list[int] = np.flatnonzero(parties).tolist()
            return everyone
        ranked = self.served.engine.index.candidates(
            [q], limit=limit, parties=parties, rows=self.scope.rows
        )
        return [party for party, _ in ranked]

    def _of_schema(self, schema: str) -> NDArray[np.bool_]:
        """Return for each record whether it is of a schema, or of one that includes it."""
        included = np.array([schema in ("Thing", *ancestors(each)) for each in SCHEMAS], np.bool_)
        mask: NDArray[np.bool_] = included[self.served.snapshot.parties["schema"]]
        return mask

    def has_schema(self, position: int, schema: str) -> bool:
        """Return whether a party is of a schema, or of one that it includes."""
        own = SCHEMAS[int(self.served.snapshot.parties["schema"][position])]
        return schema == "Thing" or schema in ancestors(own)


def listed_view(
    served: ServedSnapshot,
    lists: Sequence[str] | None,
    as_of: str | None,
    known_at: str | None,
) -> ListedView:
    """Return the parties of some lists at some instants.

    Raises:
        InputError: an instant is not valid.
    """
    scope = served.engine.scope(as_of, known_at, (), lists, served.allow_stale)
    return ListedView(served, scope)


def sanctions(
    view: ListedView, position: int, listings: Sequence[ListingEvidence] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield a party's listings as entities of the schema Sanction, newest first."""
    info = view.served.manifest.lists[int(view.served.snapshot.parties["list"][position])]
    found = view.listings(position) if listings is None else listings
    for number, each in enumerate(
        sorted(found, key=lambda at: at.applied_from or "", reverse=True)
    ):
        dated = each.applied_basis == "publisher"
        properties = {
            "authority": [info.title],
            "program": list(each.programmes),
            "provisions": list(each.measures),
            "reason": list(each.acts),
            "startDate": [each.applied_from] if each.applied_from and dated else [],
            "endDate": [each.applied_to] if each.applied_to else [],
            "authorityId": [each.record_id],
        }
        yield {
            "id": f"{each.list}:{each.record_id}#listing-{number + 1}",
            "caption": "; ".join(each.programmes) or info.title,
            "schema": "Sanction",
            "properties": {name: values for name, values in properties.items() if values},
            "datasets": [each.list],
            "referents": [],
            "target": False,
            "first_seen": _plain(each.known_from),
            "last_seen": _plain(each.known_to),
            "last_change": _plain(each.known_from),
        }


def _plain(moment: str | None) -> str | None:
    if moment is None:
        return None
    return str(Instant(Instant.parse(moment).seconds)).removesuffix("Z")
