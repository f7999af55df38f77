"""Find the evidence between records, for each interval in which neither of them changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from limen.identity.candidates import candidate_pairs
from limen.identity.evidence import (
    CERTAIN,
    STRENGTHS,
    Commonness,
    Evidence,
    Reason,
    Setting,
    weigh,
)
from limen.identity.facts import Facts
from limen.identity.judgements import Judgement
from limen.identity.subjects import NEVER, Span, Subject


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


def relations_of(subjects: Sequence[Subject], publishers: Mapping[str, str]) -> Iterator[Relation]:
    """Yield the evidence between subjects, for each interval in which it stays the same.

    Args:
        subjects: those of all lists.
        publishers: who publishes each list, by list id.
    """
    common = _commonness(subjects)
    facts = [[span.facts for span in subject.spans] for subject in subjects]
    for one, other in candidate_pairs(facts):
        ours, theirs = subjects[one], subjects[other]
        if ours.key == theirs.key:
            continue
        setting = Setting(
            sections=(ours.section, theirs.section),
            same_publisher=publishers[ours.list_id] == publishers[theirs.list_id],
            common=common,
        )
        yield from _over_time(one, other, (ours, theirs), setting)


def relations_judged(
    links: Iterable[tuple[int, int, Judgement]], subjects: Sequence[Subject]
) -> Iterator[Relation]:
    """Yield the user's own judgements as evidence, from when both subjects are known."""
    for one, other, judgement in links:
        since = max(subjects[one].since, subjects[other].since)
        reason = Reason(f"judged by {judgement.by}", CERTAIN, judgement.why, judgement.why)
        yield Relation(one, other, since, NEVER, Evidence("judged", CERTAIN, (reason,)))


def _over_time(
    one: int, other: int, both: tuple[Subject, Subject], setting: Setting
) -> list[Relation]:
    found: list[Relation] = []
    for ours, theirs in _overlaps(both[0].spans, both[1].spans):
        evidence = weigh(ours.facts, theirs.facts, setting)
        since, until = max(ours.since, theirs.since), min(ours.until, theirs.until)
        if evidence and found and found[-1].until == since and found[-1].evidence == evidence:
            found[-1] = msgspec.structs.replace(found[-1], until=until)
        elif evidence:
            found.append(Relation(one, other, since, until, evidence))
    return found


def _overlaps(ours: Sequence[Span], theirs: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    for one in ours:
        for other in theirs:
            if max(one.since, other.since) < min(one.until, other.until):
                yield one, other


def _commonness(subjects: Sequence[Subject]) -> Commonness:
    return Commonness(
        names=_by_section(subjects, lambda facts: facts.by_key),
        main_names=_by_section(subjects, lambda facts: [name.key for _, name in facts.names[:1]]),
        topics=_shares_of_topics(subjects),
    )


def _by_section(
    subjects: Iterable[Subject], values_of: Callable[[Facts], Iterable[str]]
) -> dict[str, Counter[str]]:
    """Count for each section how many of its records have a value, in whichever state."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for subject in subjects:
        counts[subject.section].update(
            {value for span in subject.spans for value in values_of(span.facts)}
        )
    return counts


def _shares_of_topics(subjects: Sequence[Subject]) -> dict[str, float]:
    counts = Counter(
        topic
        for subject in subjects
        for topic in {topic for span in subject.spans for topic in span.facts.topics}
    )
    return {topic: count / len(subjects) for topic, count in counts.items()}
