"""The record of one regime file."""

from limen.law.records.measure import Measure
from limen.law.records.reliefs import Licence
from limen.law.records.sourced import Record
from limen.law.records.speech import Event, Statement, Trigger


class RegimeFile(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One YAML file; several may belong to one regime.

    ``known_to`` is the day that the research of its measures and licences reaches. What happened
    afterwards is not known to the file, and answers about a later day say so.
    """

    regime: str
    title: str
    known_to: str = ""
    measures: tuple[Measure, ...] = ()
    licences: tuple[Licence, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
