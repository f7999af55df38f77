"""Records of small lists as the archive has them, and who is whom among them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from tests.worlds import listed

from limen.archive import ContentState, RecordStates
from limen.identity import Identity, Subject, identify, read_subject
from limen.identity.judgements import Judgements
from limen.model import Entry, Instant, Interval

DAYS = ("2022-01-01", "2023-01-01", "2024-01-01")


def record(list_id: str, *states: Entry, since: str = DAYS[0]) -> RecordStates:
    """A record with a state for each version from a day on."""
    days = [Instant.parse(day) for day in DAYS if day >= since][: len(states)]
    known = (Interval(*ends) for ends in zip_longest(days, days[1:]))
    found = tuple(ContentState(*pair) for pair in zip(known, states, strict=True))
    return RecordStates(list_id, states[0].record_id, found, ())


def subject(list_id: str, record_id: str, name: str, schema: str = "Person", **rest) -> Subject:
    """A subject with one state."""
    return read_subject(record(list_id, listed(record_id, name, schema, **rest)))


def joined(*subjects: Subject, judgements: Judgements | None = None) -> Identity:
    """Who is whom among subjects of lists that have a publisher each."""
    return identify(
        subjects,
        publishers={each.list_id: each.list_id for each in subjects},
        judgements=judgements,
    )


def groups(identity: Identity) -> list[list[str]]:
    """The records of each party of today with more than one."""
    parties: dict[str, list[str]] = {}
    for at, party in {each.subject: each.party for each in identity.memberships}.items():
        parties.setdefault(party, []).append(identity.subjects[at].id)
    return sorted(sorted(group) for group in parties.values() if len(group) > 1)


def strengths(found: Iterable) -> list[str]:
    """What the evidence of relations is."""
    return [each.evidence.strength for each in found]
