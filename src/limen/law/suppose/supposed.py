"""The records of a supposition: measures, the readings they rest on, and what is assumed."""

from __future__ import annotations

import msgspec

from limen.law.assess.assessment import TruthWord
from limen.law.in_force import sources_of
from limen.law.records import Measure, Provision, Targets

_NOBODY = Targets()


class Supposed(msgspec.Struct, frozen=True, kw_only=True):
    """One provision supposed in force, with whom and what it would reach.

    Attributes:
        prohibits: empty where it only opens a sector to designation, or no effect is known.
        under: the statements of the readings that suppose it; empty where it is assumed.
        hindsight: whether its targets became known only after the instant of the query.
    """

    measure: str
    authority: str
    instrument: str
    provision: str = ""
    prohibits: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    hindsight: bool = False
    source: tuple[str, ...] = ()


class EvaluatedReading(msgspec.Struct, frozen=True):
    """One reading of the event, and the measures of its authority that wait for its trigger.

    They are supposed where its ``value`` is true; where it is false or unknown, ``why`` and
    ``missing`` say what it turns on. ``lesser`` are those prepared as the lesser response that
    the reading announces, where that is met; they are supposed then. ``already`` are those that
    waited for its trigger and are in force.
    """

    statement: str
    trigger: str
    authority: str
    speaker: str
    made: str
    value: TruthWord
    why: str
    missing: tuple[str, ...]
    measures: tuple[str, ...]
    lesser: tuple[str, ...] = ()
    already: tuple[str, ...] = ()


class Overlay(msgspec.Struct, frozen=True):
    """What is supposed, the readings it rests on, and the assumptions.

    ``nothing`` says why the event supposes nothing; empty where it supposes a measure.
    """

    supposed: tuple[Supposed, ...]
    readings: tuple[EvaluatedReading, ...]
    ended_licences: tuple[str, ...]
    assumptions: tuple[str, ...]
    nothing: str = ""


def of_provision(
    measure: Measure, provision: Provision | None, under: tuple[str, ...], *, hindsight: bool
) -> Supposed:
    """Return a provision as supposed; of a measure without provisions nothing is known."""
    targets = provision.targets if provision else _NOBODY
    return Supposed(
        measure=measure.id,
        authority=measure.authority,
        instrument=measure.instrument,
        provision=provision.id if provision else "",
        prohibits=provision.prohibits if provision else (),
        parties=targets.parties,
        programmes=targets.programmes,
        territories=targets.territories,
        countries=targets.countries,
        sectors=targets.sectors,
        goods=targets.goods,
        services=targets.services,
        under=under,
        hindsight=hindsight,
        source=sources_of(provision.source if provision else measure.source),
    )
