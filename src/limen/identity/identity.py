"""Join the records of all lists into parties, for every day that the archive knows.

What is known grows by versions of lists. Each pair of records is weighed for every interval in
which neither changes; groups are formed for each day on which something did. The last of them is
what a snapshot serves today, the earlier ones are what it serves for a question about what was
known then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

import msgspec

from limen.identity.candidates import candidate_pairs
from limen.identity.contradictions import contradiction
from limen.identity.evidence import (
    CERTAIN,
    STRENGTHS,
    Evidence,
    Reason,
    Setting,
    share_programme,
    weigh,
)
from limen.identity.facts import Facts
from limen.identity.judgements import Judgement, Judgements
from limen.identity.subjects import NEVER, Span, Subject
from limen.identity.union import Groups, Link, unite
from limen.model.party import party_id_of

#: Strengths that join; the last is only reported.
_JOINING = STRENGTHS[:-1]
#: Strengths that join two records of one section, under whatever programme.
_CERTAIN = STRENGTHS[:3]


class Relation(msgspec.Struct, frozen=True):
    """Represents evidence between two subjects, from one ISO day until another."""

    one: int
    other: int
    since: str
    until: str
    evidence: Evidence

    @property
    def rank(self) -> tuple[int, int]:
        return STRENGTHS.index(self.evidence.strength), -self.evidence.points


class Membership(msgspec.Struct, frozen=True):
    """Represents to which party a subject belongs from one ISO day on, until its next."""

    subject: int
    since: str
    party: str


class Event(msgspec.Struct, frozen=True):
    """Represents a day on which a subject came from one party to another."""

    day: str
    subject: int
    before: str
    after: str
    why: str


class Refused(msgspec.Struct, frozen=True):
    """Represents evidence that was not followed, because two subjects contradict each other."""

    relation: Relation
    one: int
    other: int
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
    relations = [*_relations(ordered, publishers), *_judged(links, ordered)]
    clusters = _clusters(ordered, relations)
    memberships: list[Membership] = []
    joins: list[Relation] = []
    refused: list[Refused] = []
    for members, within in clusters:
        cluster = _Cluster(ordered, members, within, judged)
        memberships += cluster.memberships()
        joins += cluster.joins()
        refused += cluster.refused()
    today = {each.subject: each.party for each in memberships}
    possible = [
        relation
        for relation in relations
        if relation.until == NEVER
        and today[relation.one] != today[relation.other]
        and _verdict(judged, relation.one, relation.other) is None
    ]
    return Identity(ordered, tuple(memberships), tuple(joins), tuple(possible), tuple(refused))


def _judged(
    links: Iterable[tuple[int, int, Judgement]], subjects: Sequence[Subject]
) -> Iterator[Relation]:
    for one, other, judgement in links:
        since = max(subjects[one].since, subjects[other].since)
        reason = Reason(f"judged by {judgement.by}", CERTAIN, judgement.why, judgement.why)
        yield Relation(one, other, since, NEVER, Evidence("judged", CERTAIN, (reason,)))


def _verdict(judged: Mapping[tuple[int, int], bool], one: int, other: int) -> bool | None:
    """Return whether two subjects are the same by judgements; ``None`` where none says it."""
    return judged.get((one, other), judged.get((other, one)))


def _relations(subjects: Sequence[Subject], publishers: Mapping[str, str]) -> Iterator[Relation]:
    """Yield the evidence between subjects, for each interval in which it stays the same."""
    shared, headed = _shared_names(subjects)
    share_of = _shares_of_topics(subjects)
    facts = [[span.facts for span in subject.spans] for subject in subjects]
    for one, other in candidate_pairs(facts):
        lists = subjects[one].list_id, subjects[other].list_id
        if subjects[one].key == subjects[other].key:
            continue
        setting = Setting(
            same_section=subjects[one].section == subjects[other].section,
            same_publisher=publishers[lists[0]] == publishers[lists[1]],
            shared=shared,
            headed=headed,
            share_of=share_of,
        )
        found: list[Relation] = []
        for ours, theirs in _overlaps(subjects[one].spans, subjects[other].spans):
            evidence = weigh(ours.facts, theirs.facts, setting)
            since, until = max(ours.since, theirs.since), min(ours.until, theirs.until)
            if evidence and found and found[-1].until == since and found[-1].evidence == evidence:
                found[-1] = msgspec.structs.replace(found[-1], until=until)
            elif evidence:
                found.append(Relation(one, other, since, until, evidence))
        yield from found


def _overlaps(ours: Sequence[Span], theirs: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    for one in ours:
        for other in theirs:
            if max(one.since, other.since) < min(one.until, other.until):
                yield one, other


def _shared_names(subjects: Sequence[Subject]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the names that several records of one section bear, and have first: by how many."""
    borne = _most(subjects, lambda facts: facts.by_key)
    return borne, _most(subjects, lambda facts: [words.key for _, words in facts.names[:1]])


def _most(
    subjects: Iterable[Subject], names_of: Callable[[Facts], Iterable[str]]
) -> dict[str, int]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for subject in subjects:
        for key in {key for span in subject.spans for key in names_of(span.facts)}:
            counts[key][subject.section] += 1
    most = ((key, max(by_section.values())) for key, by_section in counts.items())
    return {key: count for key, count in most if count > 1}


def _shares_of_topics(subjects: Sequence[Subject]) -> dict[str, float]:
    counts = Counter(
        topic
        for subject in subjects
        for topic in {topic for span in subject.spans for topic in span.facts.topics}
    )
    return {topic: count / len(subjects) for topic, count in counts.items()}


def _clusters(
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


class _Cluster:
    """The subjects that evidence connects, and how they group day by day."""

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
        judged = _verdict(self._judged, one, other)
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
