"""Cut records into subjects: one of which the publisher gave the key to another party is two.

A list's key is mostly one party's for ever. Some publishers number anew, so that a key passes to
another party from one version to the next; what was known before remains that party's.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from limen.archive import ContentState, RecordStates
from limen.archive.timeline import Change, content_states, listing_rows
from limen.identity.evidence import names_alike
from limen.identity.facts import Facts, read_facts

#: The day after all others.
NEVER = "9999-12-31"
#: What parts the publisher's key from the day on which it passed to another party.
PASSED_ON = "@"


class Span(msgspec.Struct, frozen=True):
    """Represents what is known of a subject from one ISO day until another, half-open."""

    since: str
    until: str
    facts: Facts


class Subject(msgspec.Struct, frozen=True):
    """Represents one party as one record of a list has it.

    ``record_id`` is the publisher's key; where the key passed to another party later, with ``@``
    and the day on which it did.
    """

    list_id: str
    record_id: str
    spans: tuple[Span, ...]

    @property
    def id(self) -> str:
        return f"{self.list_id}:{self.record_id}"

    @property
    def key(self) -> str:
        """Return the publisher's key, whoever has it."""
        return self.id.partition(PASSED_ON)[0]

    @property
    def section(self) -> str:
        """Return the part of a list that numbers its records together: an annex, a schedule."""
        return self.id.rpartition(":")[0]

    def facts_on(self, day: str) -> Facts:
        """Return what was known on a day; on one before it was known, what became known first."""
        known = [span.facts for span in self.spans if span.since <= day]
        return known[-1] if known else self.spans[0].facts

    @property
    def since(self) -> str:
        """Return the first day on which the archive has it."""
        return self.spans[0].since


def read_subject(record: RecordStates) -> Subject:
    """Return a record's subject, with the facts that joins rest on.

    Names of earlier states stay known: a party is the one that bore them.
    """
    spans: list[Span] = []
    for state, until in zip(record.states, _ends(record.states), strict=True):
        facts = read_facts(record.list_id, state.entry)
        if spans:
            facts = facts.with_names(spans[-1].facts.names)
            if facts == spans[-1].facts:
                spans[-1] = msgspec.structs.replace(spans[-1], until=until)
                continue
        spans.append(Span(str(state.known.start), until, facts))
    return Subject(record.list_id, record.record_id, tuple(spans))


def _ends(states: tuple[ContentState, ...]) -> list[str]:
    """Return when each state is followed by the next; a removed record's last stays known."""
    return [*(str(state.known.start) for state in states[1:]), NEVER]


def holders(record: RecordStates, first_day: str) -> Iterator[RecordStates]:
    """Yield the record of each party that had its key, in order; nearly always the one.

    Args:
        record: all states of a record.
        first_day: the ISO day of the list's first version in the archive.
    """
    cuts = _cuts(record)
    if not cuts:
        yield record
        return
    for start, end in pairwise([0, *cuts, len(record.states)]):
        last = end == len(record.states)
        changes = _changes(record.states[start:end])
        passed_on = str(record.states[end].known.start) if not last else ""
        if not last and changes[-1][1] is not None:
            changes.append((passed_on, None))
        key = record.record_id if last else f"{record.record_id}{PASSED_ON}{passed_on}"
        yield RecordStates(
            record.list_id, key, content_states(changes), listing_rows(changes, first_day)
        )


def _cuts(record: RecordStates) -> list[int]:
    """Return the positions of the states at which another party has the key."""
    if len(record.states) < 2:
        return []
    facts = [read_facts(record.list_id, state.entry) for state in record.states]
    return [
        position
        for position, (before, after) in enumerate(pairwise(facts), 1)
        if before != after and _is_another(before, after)
    ]


def _is_another(before: Facts, after: Facts) -> bool:
    """Return whether nothing of a party is left: no name, no number, no day of birth."""
    ours, theirs = ({(n.kind, n.key) for n in facts.numbers} for facts in (before, after))
    if ours & theirs or set(before.births) & set(after.births):
        return False
    return not names_alike(before, after)


def _changes(states: tuple[ContentState, ...]) -> list[Change]:
    changes: list[Change] = []
    for state in states:
        if changes and changes[-1][1] is None and changes[-1][0] == str(state.known.start):
            changes.pop()
        changes.append((str(state.known.start), state.entry))
        if state.known.end is not None:
            changes.append((str(state.known.end), None))
    return changes
