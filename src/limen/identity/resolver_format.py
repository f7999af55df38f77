"""Read and write judgements in nomenklatura's format of a resolver.

JSON lines, one judged pair each: ``[target, source, judgement, score, user, timestamp]``. The
judgements ``positive`` and ``negative`` are verdicts; ``unsure`` and ``no_judgement`` are none. A
resolver gives records that are the same an id of their own (``NK-...``, or Wikidata's ``Q...``),
so that two records are the same where each is positive with that id. The reasons of judgements
have no place in the format.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import msgspec

from limen.identity.judgements import Judgement, Judgements, Verdict
from limen.model import InputError

#: An id that a resolver made; never a record's, which is ``list:record``.
_CANONICAL = re.compile(r"NK-.+|Q[1-9][0-9]*")
_VERDICTS: dict[str, Verdict] = {"positive": "same", "negative": "different"}
_WORDS = {verdict: word for word, verdict in _VERDICTS.items()}


class Edge(msgspec.Struct, frozen=True, array_like=True):
    """Represents one line of the format."""

    target: str
    source: str
    judgement: Literal["positive", "negative", "unsure", "no_judgement"]
    score: float | None = None
    user: str | None = None
    timestamp: str | None = None


class Imported(NamedTuple):
    """Represents what a file has: its judgements, and the number of lines that judge nothing."""

    judgements: tuple[Judgement, ...]
    undecided: int


_decoder = msgspec.json.Decoder(Edge)


def write_resolver(judgements: Judgements) -> bytes:
    """Return the judgements that are in force, the greater id of a pair first, as a resolver."""
    edges = (
        Edge(max(each.pair), min(each.pair), _WORDS[each.verdict], None, each.by, each.at)  # type: ignore[arg-type,index]
        for each in judgements.current.values()
    )
    return b"".join(msgspec.json.encode(edge) + b"\n" for edge in edges)


def read_resolver(content: bytes, *, where: str, why: str, by: str, at: str) -> Imported:
    """Return the judgements of a resolver's file about records.

    Args:
        content: the file.
        where: its name, for errors.
        why: the reason of all, which the format does not have.
        by: who made those that name no user.
        at: when those were made that have no time.

    Raises:
        InputError: a line is not of the format.
    """
    edges = [
        _decoded(line, f"{where} line {number}")
        for number, line in enumerate(content.splitlines(), 1)
        if line.strip()
    ]
    decided = [edge for edge in edges if edge.judgement in _VERDICTS]
    records = _records_of(decided)
    judgements = []
    for edge in decided:
        one, other = (records.get(each, each) for each in (edge.target, edge.source))
        if one != other and not _CANONICAL.fullmatch(one) and not _CANONICAL.fullmatch(other):
            verdict = _VERDICTS[edge.judgement]
            when = edge.timestamp or at
            judgements.append(Judgement(one, other, verdict, why, edge.user or by, when))
    return Imported(tuple(judgements), len(edges) - len(decided))


def _decoded(line: bytes, where: str) -> Edge:
    try:
        return _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(
            f"it is no line of a resolver: {error}",
            where=where,
            hint='write ["list:record", "list:record", "positive", null, "user", "time"]',
            unchanged="no judgement was added",
        ) from error


def _records_of(edges: Iterable[Edge]) -> dict[str, str]:
    """Map each id that a resolver made to the first record that is positive with it."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.judgement == "positive":
            neighbours[edge.target].add(edge.source)
            neighbours[edge.source].add(edge.target)
    made = filter(_CANONICAL.fullmatch, neighbours)
    firsts = ((each, min(_reached(each, neighbours), default=None)) for each in made)
    return {each: first for each, first in firsts if first is not None}


def _reached(start: str, neighbours: dict[str, set[str]]) -> Iterator[str]:
    """Yield the records that an id leads to."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if not _CANONICAL.fullmatch(here):
            yield here
        fresh = neighbours[here] - seen
        seen |= fresh
        waiting += fresh
