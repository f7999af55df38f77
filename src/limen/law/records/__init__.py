"""The record types of a regime file: measures, licences, triggers, statements, events.

These types are the format: an unknown key, a missing one or a word outside the lists below is
refused with its file, line and key. Moments stay text as written; :mod:`.moments` reads them.
``docs/schemas/regime.schema.json`` is generated from here.
"""

from limen.law.records.measure import Change, Measure, Provision, Release, Targets
from limen.law.records.regime_file import Declared, RegimeFile
from limen.law.records.reliefs import Exemption, Licence, Relief
from limen.law.records.sourced import (
    Attribution,
    Binds,
    Channel,
    Confidence,
    Kind,
    Prohibition,
    Rank,
    Record,
    Sourced,
    Standing,
)
from limen.law.records.speech import Clock, Event, EventFact, Reading, Statement, Trigger
from limen.law.records.word_lists import Authority, Codes, OwnershipRule, PrintedEffect, Programme

__all__ = [
    "Attribution",
    "Authority",
    "Binds",
    "Change",
    "Channel",
    "Clock",
    "Codes",
    "Confidence",
    "Declared",
    "Event",
    "EventFact",
    "Exemption",
    "Kind",
    "Licence",
    "Measure",
    "OwnershipRule",
    "PrintedEffect",
    "Programme",
    "Prohibition",
    "Provision",
    "Rank",
    "Reading",
    "Record",
    "RegimeFile",
    "Release",
    "Relief",
    "Sourced",
    "Standing",
    "Statement",
    "Targets",
    "Trigger",
]
