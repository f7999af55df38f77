"""Join the records of all lists into parties, for every day that the archive knows.

What is known grows by versions of lists. Each pair of records is weighed for every interval in
which neither changes; groups are formed for each day on which something did. The last of them is
what a snapshot serves today, the earlier ones are what it serves for a question about what was
known then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from limen.identity.clusters import Cluster, Membership, Refused, connected, verdict
from limen.identity.judgements import Judgements
from limen.identity.relations import Relation, relations_judged, relations_of
from limen.identity.subjects import NEVER, Subject
from limen.model.party import party_id_of


class Event(msgspec.Struct, frozen=True):
    """Represents a day on which a subject came from one party to another."""

    day: str
    subject: int
    before: str
    after: str
    why: str


class Identity(msgspec.Struct, frozen=True):
    """Represents which subjects are of one party, when, and why.

    ``joins`` are the relations that hold today's parties together; ``possible`` those that show
    two parties that may be one.
    """

    subjects: tuple[Subject, ...]
    memberships: tuple[Membership, ...]
    joins: tuple[Relation, ...]
    possible: tuple[Relation, ...]
    refused: tuple[Refused, ...]

    def events(self) -> Iterator[Event]:
        """Yield each day on which a record came to another party, and why."""
        party_of: dict[int, str] = {}
        joined = self._joined()
        for each in sorted(self.memberships, key=lambda each: each.since):
            before = party_of.get(each.subject)
            party_of[each.subject] = each.party
            if before is not None:
                why = joined.get((each.subject, each.since)) or self._why(each)
                yield Event(each.since, each.subject, before, each.party, why)

    def _joined(self) -> dict[tuple[int, str], str]:
        """Map subjects, and the days from which joins of theirs are known, to what joined them."""
        return {
            (subject, relation.since): f"joined by {relation.evidence.strength}"
            for relation in reversed(self.joins)
            for subject in (relation.one, relation.other)
        }

    def _why(self, membership: Membership) -> str:
        """Return why a record came to another party on a day on which no join became known."""
        own = party_id_of(self.subjects[membership.subject].id)
        return "parted: the evidence no longer holds" if own == membership.party else "regrouped"


def identify(
    subjects: Iterable[Subject],
    *,
    publishers: Mapping[str, str],
    judgements: Judgements | None = None,
) -> Identity:
    """Return which subjects are of one party.

    Args:
        subjects: those of all lists.
        publishers: who publishes each list, by list id.
        judgements: the user's own, which override evidence.
    """
    ordered = tuple(sorted(subjects, key=lambda subject: (subject.list_id, subject.record_id)))
    judgements = judgements or Judgements()
    positions = {subject.id: position for position, subject in enumerate(ordered)}
    judged = judgements.between(positions)
    links = judgements.links(positions)
    relations = [*relations_of(ordered, publishers), *relations_judged(links, ordered)]
    memberships: list[Membership] = []
    joins: list[Relation] = []
    refused: list[Refused] = []
    for members, within in connected(ordered, relations):
        cluster = Cluster(ordered, members, within, judged)
        memberships += cluster.memberships()
        joins += cluster.joins()
        refused += cluster.refused()
    today = {each.subject: each.party for each in memberships}
    possible = [
        relation
        for relation in relations
        if relation.until == NEVER
        and today[relation.one] != today[relation.other]
        and verdict(judged, relation.one, relation.other) is None
    ]
    return Identity(ordered, tuple(memberships), tuple(joins), tuple(possible), tuple(refused))
