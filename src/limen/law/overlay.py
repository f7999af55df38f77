"""Suppose: measures that wait, in force; a territory added; a party listed; a licence ended.

An overlay adds to the law and changes nothing of it. Everything in it is marked as supposed, with
its source, so that no line of a simulation can be mistaken for a decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from limen.law.in_force import WAITING, Clocks, measure_state
from limen.law.law import Law
from limen.law.moments import moment
from limen.law.records import Measure, Provision
from limen.model import InputError
from limen.util.suggest import did_you_mean

_SHAPES = "party=NAME@US, territory=ua-ngc-kherson@us-eo-14065 or licence-ends=RUSSIA-EO14024/8"


class Supposed(msgspec.Struct, frozen=True):
    """One measure supposed in force, with whom and what it would reach.

    ``hindsight`` is true where its targets became known only after the instant of the query.
    """

    measure: str
    authority: str
    instrument: str
    prohibits: tuple[str, ...]
    parties: tuple[str, ...]
    territories: tuple[str, ...]
    sectors: tuple[str, ...]
    hindsight: bool
    source: tuple[str, ...]


class Overlay(msgspec.Struct, frozen=True):
    """What is supposed, and the assumptions it rests on."""

    supposed: tuple[Supposed, ...]
    ended_licences: tuple[str, ...]
    assumptions: tuple[str, ...]


def overlay(
    law: Law,
    clocks: Clocks,
    *,
    event: str | None = None,
    reading: str | None = None,
    authority: str | None = None,
    assume: Sequence[str] = (),
    hindsight: bool = True,
) -> Overlay:
    """Suppose that an event's readings hold, and whatever else is assumed.

    Args:
        law: the law.
        clocks: the instant of the supposition, and that of knowledge.
        event: its regime's prepared measures are taken, those that wait for a trigger.
        reading: a statement: only measures that wait for its trigger, and its authority's.
        authority: only measures of this authority.
        assume: further suppositions, as in ``party=Acme@US``.
        hindsight: add whom the measures did reach when they were released.

    Raises:
        InputError: an event, statement or measure that there is not, or nothing supposed.
    """
    if event is None and not assume:
        raise InputError(
            "nothing is supposed", where="what-if", hint=f"name an event, or {_SHAPES}"
        )
    supposed: list[Supposed] = []
    assumptions: list[str] = []
    if event is not None:
        waiting = list(_waiting(law, clocks, event, reading, authority))
        assumptions += _assumptions(law, event, reading, authority, waiting)
        supposed += [
            each for found in waiting for each in _released(law, found, clocks, hindsight=hindsight)
        ]
    ended: list[str] = []
    for text in assume:
        kind, _, rest = text.partition("=")
        if kind == "licence-ends":
            ended.append(_licence(law, rest))
            assumptions.append(f"assumed: general licence {rest} ends")
        else:
            supposed.append(_assumed(law, kind, rest))
            assumptions.append(f"assumed: {text}")
    assumptions += [limit for one in supposed for limit in _limits(one)]
    return Overlay(tuple(supposed), tuple(ended), tuple(dict.fromkeys(assumptions)))


def _waiting(
    law: Law, clocks: Clocks, event: str, reading: str | None, authority: str | None
) -> Iterator[Measure]:
    """Yield the prepared measures of the event's regime that wait for a trigger."""
    found = law.event(event)
    regime = law.regimes[law.regime_of(event=found.id)]
    triggers = set(regime.triggers)
    if reading is not None:
        statement = law.statements.get(reading)
        if statement is None or statement.reading is None:
            known = [name for name, each in law.statements.items() if each.reading]
            raise InputError(
                f"no reading is called {reading!r}",
                where="reading",
                hint=did_you_mean(reading, known),
            )
        triggers = {statement.reading.trigger}
        authority = authority or statement.authority
    for name in regime.measures:
        measure = law.measures[name]
        state = measure_state(law, measure, clocks)
        if authority is not None and measure.authority != authority.upper():
            continue
        if state and state.change.is_ in WAITING and triggers & set(measure.waits_for):
            yield measure


def _released(law: Law, measure: Measure, clocks: Clocks, *, hindsight: bool) -> Iterator[Supposed]:
    zone = law.zone(measure.authority)
    for provision in measure.provisions:
        known = law.known(provision, zone, clocks.known_at, moment(provision.from_, zone))
        if known or hindsight:
            yield _supposed(measure, provision, hindsight=not known)
    if not measure.provisions:
        yield _bare(measure)
    if hindsight:
        for name in measure.released_as:
            later = law.measures[name]
            for provision in later.provisions:
                yield _supposed(later, provision, hindsight=True)


def _supposed(measure: Measure, provision: Provision, *, hindsight: bool) -> Supposed:
    source = provision.source
    return Supposed(
        measure=measure.id,
        authority=measure.authority,
        instrument=measure.instrument,
        prohibits=provision.prohibits,
        parties=provision.targets.parties,
        territories=provision.targets.territories,
        sectors=provision.targets.sectors,
        hindsight=hindsight,
        source=(source,) if isinstance(source, str) else source,
    )


def _bare(measure: Measure) -> Supposed:
    source = (measure.source,) if isinstance(measure.source, str) else measure.source
    return Supposed(
        measure=measure.id,
        authority=measure.authority,
        instrument=measure.instrument,
        prohibits=(),
        parties=(),
        territories=(),
        sectors=(),
        hindsight=False,
        source=source,
    )


def _assumed(law: Law, kind: str, rest: str) -> Supposed:
    target, separator, source = rest.rpartition("@")
    if kind not in ("party", "territory") or not separator or not target or not source:
        raise InputError(f"{kind}={rest} cannot be supposed", where="assume", hint=_SHAPES)
    if kind == "party":
        code = source.upper()
        if code not in law.authorities:
            raise InputError(
                f"unknown authority {source!r}",
                where="assume",
                hint=did_you_mean(code, law.authorities),
            )
        freeze = ("asset_freeze",)
        return Supposed(
            measure="assumed",
            authority=code,
            instrument="assumed listing",
            prohibits=freeze,
            parties=(target,),
            territories=(),
            sectors=(),
            hindsight=False,
            source=(),
        )
    if target not in law.territories:
        raise InputError(
            f"unknown territory {target!r}",
            where="assume",
            hint=did_you_mean(target, law.territories),
        )
    measure = law.measure(source)
    words = dict.fromkeys(
        word for each in measure.provisions if each.targets.territories for word in each.prohibits
    )
    return Supposed(
        measure=measure.id,
        authority=measure.authority,
        instrument=measure.instrument,
        prohibits=tuple(words),
        parties=(),
        territories=(target,),
        sectors=(),
        hindsight=False,
        source=(),
    )


def _licence(law: Law, key: str) -> str:
    if key not in law.licences:
        raise InputError(
            f"no licence is called {key!r}", where="assume", hint=did_you_mean(key, law.licences)
        )
    return key


def _assumptions(
    law: Law,
    event: str,
    reading: str | None,
    authority: str | None,
    waiting: Iterable[Measure],
) -> Iterator[str]:
    found = law.event(event)
    by = f" under reading {reading}" if reading else ""
    yield f"supposed: {found.id} ({found.title}) meets its condition{by}"
    names = ", ".join(each.id for each in waiting)
    owner = f" of {authority}" if authority else ""
    yield f"supposed in force: {names}" if names else f"no measure{owner} stood prepared then"


def _limits(one: Supposed) -> Iterator[str]:
    if one.hindsight and one.parties:
        yield f"{one.measure}: whom it reaches is hindsight, and was withheld at the time"
    if one.sectors:
        yield f"{one.measure}: sectors ({', '.join(one.sectors)}) cannot be screened by name"
    if not (one.prohibits or one.parties or one.territories or one.sectors):
        yield f"{one.measure}: whom it would reach is not known"
