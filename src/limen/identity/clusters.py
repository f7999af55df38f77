"""Group the subjects that evidence connects, for each day on which something about them changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

import msgspec

from limen.identity.evidence import STRENGTHS, contradiction, share_programme
from limen.identity.relations import Relation
from limen.identity.subjects import Subject
from limen.identity.union import Groups, Link, unite
from limen.model.party import party_id_of

#: Strengths that join; the last is only reported.
_JOINING = STRENGTHS[:-1]
#: Strengths that join two records of one section, under whatever programme.
_CERTAIN = STRENGTHS[:3]


class Membership(msgspec.Struct, frozen=True):
    """Represents to which party a subject belongs from one ISO day on, until its next."""

    subject: int
    since: str
    party: str


class Refused(msgspec.Struct, frozen=True):
    """Represents evidence that was not followed, because two subjects contradict each other."""

    relation: Relation
    one: int
    other: int
    why: str


def connected(
    subjects: Sequence[Subject], relations: Iterable[Relation]
) -> Iterator[tuple[tuple[int, ...], list[Relation]]]:
    """Yield what is connected by any evidence that joins, at any time: no party is larger."""
    joining = [each for each in relations if each.evidence.strength in _JOINING]
    links = (Link((0, 0), each.one, each.other) for each in joining)
    groups = unite(range(len(subjects)), links, _nothing).groups
    within: dict[int, list[Relation]] = defaultdict(list)
    first = {member: group[0] for group in groups for member in group}
    for relation in joining:
        within[first[relation.one]].append(relation)
    for group in groups:
        yield group, within[group[0]]


def _nothing(_: int, __: int) -> str:
    """Return that two subjects do not contradict each other."""
    return ""


def verdict(judged: Mapping[tuple[int, int], bool], one: int, other: int) -> bool | None:
    """Return whether two subjects are the same by judgements; ``None`` where none says it."""
    return judged.get((one, other), judged.get((other, one)))


class Cluster:
    """Represents subjects that evidence connects, and how they group day by day."""

    def __init__(
        self,
        subjects: Sequence[Subject],
        members: Sequence[int],
        relations: Sequence[Relation],
        judged: Mapping[tuple[int, int], bool],
    ) -> None:
        self._subjects = subjects
        self._members = members
        self._relations = relations
        self._judged = judged

    def memberships(self) -> Iterator[Membership]:
        """Yield the party of each member, from each day on which it is another one."""
        if len(self._members) == 1:
            subject = self._subjects[self._members[0]]
            yield Membership(self._members[0], subject.since, party_id_of(subject.id))
            return
        before: dict[int, str] = {}
        for day in self._days:
            groups = self._today if day == self._days[-1] else self._groups(day)
            for member, party in self._parties(groups).items():
                if before.get(member) != party:
                    before[member] = party
                    yield Membership(member, day, party)

    def joins(self) -> list[Relation]:
        """Return the relations that hold today's groups together."""
        return [self._relation(link) for link in self._today.joins]

    def refused(self) -> list[Refused]:
        return [
            Refused(self._relation(each.link), each.one, each.other, each.why)
            for each in self._today.refusals
        ]

    @cached_property
    def _today(self) -> Groups:
        if len(self._members) == 1:
            return Groups((tuple(self._members),), (), ())
        return self._groups(self._days[-1])

    @cached_property
    def _days(self) -> list[str]:
        """Return the days on which what is known of the members changed."""
        days = {span.since for member in self._members for span in self._subjects[member].spans}
        return sorted(days)

    def _groups(self, day: str) -> Groups:
        present = [member for member in self._members if self._subjects[member].since <= day]
        links = (
            Link(relation.rank, relation.one, relation.other)
            for relation in self._relations
            if relation.since <= day < relation.until
        )
        return unite(present, links, partial(self._contradiction, day))

    def _contradiction(self, day: str, one: int, other: int) -> str:
        judged = verdict(self._judged, one, other)
        if judged is not None:
            return "" if judged else "judged to be different"
        ours, theirs = self._subjects[one], self._subjects[other]
        if ours.key == theirs.key:
            return f"the publisher gave {ours.key} to another party"
        we, they = ours.facts_on(day), theirs.facts_on(day)
        if why := contradiction(we, they):
            return why
        if ours.section == theirs.section and share_programme(we, they):
            certain = frozenset((one, other)) in self._certain
            return "" if certain else "the publisher lists both under one programme"
        return ""

    @cached_property
    def _certain(self) -> frozenset[frozenset[int]]:
        """Return the pairs that references and numbers join."""
        return frozenset(
            frozenset((relation.one, relation.other))
            for relation in self._relations
            if relation.evidence.strength in _CERTAIN
        )

    def _parties(self, groups: Groups) -> dict[int, str]:
        parties: dict[int, str] = {}
        for group in groups.groups:
            oldest = min(
                (self._subjects[at] for at in group), key=lambda each: (each.since, each.id)
            )
            parties |= dict.fromkeys(group, party_id_of(oldest.id))
        return parties

    def _relation(self, link: Link) -> Relation:
        day = self._days[-1]
        return next(
            relation
            for relation in self._relations
            if {relation.one, relation.other} == {link.one, link.other}
            and relation.rank == link.rank
            and relation.since <= day < relation.until
        )
