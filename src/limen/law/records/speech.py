"""The records of triggers, statements with their readings, and events."""

from typing import Any, Literal

import msgspec

from limen.law.records.sourced import Attribution, Channel, Rank, Record, Sourced


class Clock(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """A deadline of a trigger: so many days after something, or a day that is named.

    ``if_missed`` says what a missed deadline does; a duty that is late is not a duty that is void.
    """

    name: str
    days: int | None = None
    months: int | None = None
    after: str = ""
    on: str | None = None
    if_missed: str = ""


class Trigger(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """The question that prepared measures wait for, and what follows from its answer."""

    id: str
    title: str
    question: str
    determiner: str
    consequence: str
    reversal: str = ""
    clocks: tuple[Clock, ...] = ()


class Reading(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One statement's answer to a trigger, as a condition on an event.

    Attributes:
        trigger: the question it answers.
        about: kinds of events it speaks to; of others it says nothing.
        when: the condition.
        lesser: when a lesser response is announced instead.
        says: the condition in words.
    """

    trigger: str
    about: tuple[str, ...] = ()
    when: dict[str, Any]
    lesser: dict[str, Any] = {}
    says: str = ""


class Statement(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """The words of a speaker, unaltered; a later statement never changes an earlier one.

    Attributes:
        kind: ``official``; ``act`` where a legal text speaks; ``affected`` for the one whom it
            is about; ``source_characterisation`` for a source's own headline; ``observation``.
        on_behalf_of: authorities; readings are assessed under ``authority``.
        quote: 25 words at most.
        supersedes: statements that it replaces.
    """

    id: str
    kind: Literal["official", "act", "affected", "source_characterisation", "observation"] = (
        "official"
    )
    authority: str
    on_behalf_of: tuple[str, ...] = ()
    speaker: str
    role: str = ""
    rank: Rank
    attribution: Attribution
    channel: Channel
    made: str = msgspec.field(name="said")
    zone: str | None = None
    quote: str = ""
    condition: str = ""
    consequence: str = ""
    reading: Reading | None = None
    clarifies: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()


class EventFact(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One fact of an event, with its own certainty and its own moment of becoming known."""

    is_: str | tuple[str, ...] = msgspec.field(name="is")
    source: str | tuple[str, ...] | None = None
    certainty: Literal["established", "reported", "claimed"] = "established"
    known_from: str | None = None
    note: str = ""


class Event(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """What happened: dated facts. A fact that no source gives is unknown."""

    id: str
    slug: str
    title: str
    kind: str
    happened: str
    zone: str
    facts: dict[str, str | tuple[str, ...] | EventFact] = {}
