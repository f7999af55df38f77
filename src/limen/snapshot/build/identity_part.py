"""Write who is whom into a snapshot: the party of each record on each day, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np

from limen.identity import Identity, Relation
from limen.model import Instant
from limen.snapshot.party_records import Join, PartyStory, Refusal, Turn
from limen.snapshot.strings import pack

#: Reasons stored of a join, and parties stored that may be the same: the weightiest.
_MOST_REASONS, _MOST_POSSIBLE = 3, 4
#: Letters of a value stored; the record has it whole.
_LETTERS = 60
_encode = msgspec.msgpack.Encoder(order="sorted").encode


def identity_arrays(identity: Identity, positions: Mapping[str, int]) -> dict[str, np.ndarray]:
    """Return the arrays of the table ``identity``.

    Args:
        identity: who is whom.
        positions: the position in the table ``parties`` of each subject, by its id.
    """
    rows: list[list[tuple[int, str]]] = [[] for _ in positions]
    for membership in identity.memberships:
        subject = identity.subjects[membership.subject]
        second = Instant.parse(membership.since).seconds
        rows[positions[subject.id]].append((second, membership.party))
    ids = sorted({party for turns in rows for _, party in turns})
    codes = {party: code for code, party in enumerate(ids)}
    stories = _stories(identity, [positions[subject.id] for subject in identity.subjects])
    flat = [turn for turns in rows for turn in turns]
    first = np.zeros(len(rows) + 1, dtype=np.uint32)
    np.cumsum([len(turns) for turns in rows], out=first[1:])
    return {
        "first": first,
        "known_from": np.array([second for second, _ in flat], dtype=np.uint32),
        "party": np.array([codes[party] for _, party in flat], dtype=np.int32),
        **_packed("ids", ids),
        **_packed("story", [_story(stories.get(party)) for party in ids]),
    }


def _packed(name: str, texts: Iterable[str | bytes]) -> dict[str, np.ndarray]:
    offsets, blob = pack(texts)
    return {f"{name}.offsets": offsets, f"{name}.bytes": blob}


def _story(story: PartyStory | None) -> bytes:
    return b"" if story is None else _encode(story)


def _stories(identity: Identity, records: Sequence[int]) -> dict[str, PartyStory]:
    """Return for each party why its records are one, which may be it too, and what changed.

    ``records`` are the positions of the subjects in the table ``parties``.
    """
    today = {each.subject: each.party for each in identity.memberships}
    joins: dict[str, list[Join]] = defaultdict(list)
    possible: dict[str, list[Join]] = defaultdict(list)
    refusals: dict[str, list[Refusal]] = defaultdict(list)
    turns: dict[str, list[Turn]] = defaultdict(list)
    for relation in identity.joins:
        joins[today[relation.one]].append(_join(relation, records))
    for relation in identity.possible:
        for subject in (relation.one, relation.other):
            possible[today[subject]].append(_join(relation, records))
    for refused in identity.refused:
        one, other = records[refused.one], records[refused.other]
        refusal = Refusal(_join(refused.relation, records), one, other, refused.why)
        for party in {today[refused.relation.one], today[refused.relation.other]}:
            refusals[party].append(refusal)
    for event in identity.events():
        turn = Turn(event.day, records[event.subject], event.before, event.after, event.why)
        for party in {event.before, event.after}:
            turns[party].append(turn)
    return {
        party: PartyStory(
            joins=tuple(joins.get(party, ())),
            possible=tuple(sorted(possible.get(party, ()), key=_weight)[:_MOST_POSSIBLE]),
            refused=tuple(refusals.get(party, ())[:_MOST_POSSIBLE]),
            turns=tuple(turns.get(party, ())),
        )
        for party in joins.keys() | possible.keys() | refusals.keys() | turns.keys()
    }


def _weight(join: Join) -> tuple[int, int, int]:
    return -join.points, join.one, join.other


def _join(relation: Relation, records: Sequence[int]) -> Join:
    evidence = relation.evidence
    weightiest = sorted(evidence.reasons, key=lambda reason: -reason.points)[:_MOST_REASONS]
    return Join(
        one=records[relation.one],
        other=records[relation.other],
        by=evidence.strength,
        points=evidence.points,
        since=relation.since,
        reasons=tuple(
            (
                reason.what,
                reason.one[:_LETTERS],
                "" if reason.other == reason.one else reason.other[:_LETTERS],
            )
            for reason in weightiest
        ),
    )
