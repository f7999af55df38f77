"""The record of one regime file."""

from limen.law.assess.conditions import Fact
from limen.law.records.measure import Measure
from limen.law.records.reliefs import Licence
from limen.law.records.sourced import Record
from limen.law.records.speech import Event, Statement, Trigger
from limen.law.records.word_lists import Authority, Programme


class Declared(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Words that a regime brings with it; a word that is known already is refused.

    Attributes:
        authorities: makers of law or statements, by code.
        programmes: tags of publishers.
        sources: where its facts are from, by id.
        territories: territories that its measures name; where they lie is not known.
        facts: facts that its events may have.
        values: further values of known facts, as of ``actor`` and ``kind``.
    """

    authorities: dict[str, Authority] = {}
    programmes: dict[str, Programme] = {}
    sources: dict[str, str] = {}
    territories: dict[str, str] = {}
    facts: dict[str, Fact] = {}
    values: dict[str, tuple[str, ...]] = {}


class RegimeFile(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One YAML file; several may belong to one regime.

    ``known_to`` is the day that the research of its measures and licences reaches. What happened
    afterwards is not known to the file, and answers about a later day say so.
    """

    regime: str
    title: str
    known_to: str = ""
    declares: Declared = Declared()
    measures: tuple[Measure, ...] = ()
    licences: tuple[Licence, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
