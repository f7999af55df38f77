"""Draw the law: measures and their states, one of them whole, timelines, test results."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from limen.cli.render.text import aligned, counted, paint, printable
from limen.cli.write_records import Records
from limen.law import Clocks, Law
from limen.law.cases import Result
from limen.law.in_force import MeasureState, is_valid_relief, measure_state, view
from limen.law.licence_state import LicenceState, chain, licence_state
from limen.law.records import Licence, Measure, Relief
from limen.law.timeline import Timeline
from limen.model import InputError
from limen.util.suggest import did_you_mean

_STYLES = {"in_force": "red", "amended": "red", "prepared": "yellow", "enabled": "yellow"}


def list_records(law: Law, found: Sequence[MeasureState], clocks: Clocks) -> Records:
    """Return measures with their states."""
    views = [view(law, each, clocks) for each in found]
    rows = [
        (each.authority, each.standing.replace("_", " "), each.since, each.id, each.title)
        for each in views
    ]
    lines = [
        paint(line, _STYLES.get(each.standing, "dim"), sys.stdout)
        for line, each in zip(aligned(rows) if rows else [], views, strict=True)
    ]
    return Records(
        [*lines, f"{counted(len(views), 'measure')} as of {clocks.as_of}"],
        [msgspec.to_builtins(each) for each in views],
        [
            {
                "id": each.id,
                "authority": each.authority,
                "standing": each.standing,
                "since": each.since,
                "title": each.title,
                "instrument": each.instrument,
                "prohibits": " ".join(word for part in each.articles for word in part.prohibits),
                "confidence": each.confidence,
            }
            for each in views
        ],
    )


def show_records(law: Law, name: str, clocks: Clocks) -> Records:
    """Return one measure, licence, trigger, statement or event, whole.

    Raises:
        InputError: nothing has that name.
    """
    if law.has_measure(name):
        return _measure(law, law.measure(name), clocks)
    if name in law.licences:
        return _licence(law, law.licences[name], clocks)
    for known in (law.triggers, law.statements, law.events):
        if name in known:
            wire = msgspec.to_builtins(known[name])
            lines = [f"{key}: {printable(str(value))}" for key, value in wire.items()]
            return Records([paint(name, "bold", sys.stdout), *lines], [wire], [wire])
    every = [*law.measures, *law.licences, *law.triggers, *law.statements, *law.events]
    raise InputError(f"nothing is called {name!r}", where="regimes", hint=_near(name, every))


def _near(name: str, known: Sequence[str]) -> str:
    hint = did_you_mean(name, known)
    return hint if hint.startswith("did you") else "`limen regimes list` names the measures"


def _licence(law: Law, licence: Licence, clocks: Clocks) -> Records:
    """Return a licence with how it stood and its whole chain."""
    state = licence_state(law, licence, clocks)
    links = chain(law, licence, clocks)
    lines = [
        paint(f"{licence.key}  {printable(licence.title)}", "bold", sys.stdout),
        f"  as of {clocks.as_of}: {state.value.replace('_', ' ')} ({state.why})",
        *_licence_lines(law, licence, clocks),
        f"  lifts {', '.join(licence.lifts)}; research reaches {licence.known_to}",
    ]
    for link in links:
        end = f" to {link.until}" if link.until else ""
        lines.append(f"  chain: {link.key} from {link.start}{end}: {link.standing} ({link.why})")
    wire = _wire(licence, state) | {"chain": msgspec.to_builtins(links)}
    return Records(lines, [wire], [{"key": licence.key, "standing": state.value}])


def _measure(law: Law, measure: Measure, clocks: Clocks) -> Records:
    state = measure_state(law, measure, clocks)
    zone = law.zone(measure.authority)
    states = [(each, licence_state(law, each, clocks)) for each in law.licences_on(measure.id)]
    licences = [(each, found) for each, found in states if found.value == "valid"]
    unsure = [(each, found) for each, found in states if found.value == "cannot_say"]
    reliefs = [each for each in measure.exceptions if is_valid_relief(law, each, zone, clocks)]
    state_view = view(law, state, clocks) if state else None
    wire = {
        "as_of": str(clocks.as_of),
        "known_at": str(clocks.known_at),
        "measure": msgspec.to_builtins(measure),
        "stood": msgspec.to_builtins(state_view),
        "licences": [_wire(*each) for each in licences],
        "licences_not_known": [_wire(*each) for each in unsure],
        "exceptions": [msgspec.to_builtins(each) for each in reliefs],
    }
    lines = list(_measure_lines(law, measure, state, clocks))
    lines += ["", paint(f"licences then valid: {len(licences) or 'none'}", "bold", sys.stdout)]
    for each, found in licences:
        lines += _licence_lines(law, each, clocks)
        lines += [f"      valid {found.why}"] if found.beyond_known else []
    lines += [f"  {each.id} ({each.kind})  {_relief(law, each)}" for each in reliefs]
    if unsure:
        lines += ["", paint(f"not known whether they stood: {len(unsure)}", "bold", sys.stdout)]
        lines += [f"  {each.key}  {printable(each.title)}: {found.why}" for each, found in unsure]
    flat = {"id": measure.id, "standing": state.change.is_ if state else ""}
    return Records(lines, [wire], [flat])


def _wire(licence: Licence, state: LicenceState) -> dict[str, Any]:
    """Return a licence as JSON, with how it stood."""
    standing = {"standing": state.value, "why": state.why, "beyond_known": state.beyond_known}
    return {"key": licence.key, **standing, **msgspec.to_builtins(licence)}


def _licence_lines(law: Law, licence: Licence, clocks: Clocks) -> Iterator[str]:
    """Yield a licence with its parties, confidence and note, and what its chain lacks."""
    yield f"  {licence.key}  {_relief(law, licence)}"
    whom = ", ".join(licence.parties) or licence.class_of_parties
    owned = " and entities they own 50 percent or more of" if licence.owned else ""
    if whom:
        yield f"      only for {printable(whom)}{owned}"
    if licence.excluded:
        yield f"      not for {printable(', '.join(licence.excluded))}"
    if licence.says:
        yield f"      {printable(licence.says)}"
    yield f"      [{licence.confidence}] {printable(licence.note)}".rstrip()
    for link in chain(law, licence, clocks):
        if link.hole:
            yield f"      before {link.key}: {link.hole}"


def _measure_lines(
    law: Law, measure: Measure, state: MeasureState | None, clocks: Clocks
) -> Iterator[str]:
    yield paint(f"{measure.id}  {printable(measure.title)}", "bold", sys.stdout)
    citation = f" ({measure.citation})" if measure.citation else ""
    yield f"  {measure.authority}  {measure.instrument}{citation}; binds {measure.binds}"
    if state is None:
        yield f"  nothing was known of it, as of {clocks.as_of}"
        return
    found = view(law, state, clocks)
    contested = f", contested by {', '.join(found.contested_by)}" if found.contested_by else ""
    standing = found.standing.replace("_", " ")
    yield f"  as of {clocks.as_of}: {standing} since {found.since}{contested}"
    for each in found.articles:
        whom = [
            *each.territories, *each.programmes, *each.parties, *each.sectors, *each.goods,
            *each.services,
        ]  # fmt: skip
        of = f" of {', '.join(whom)}" if whom else ""
        terms = "".join(f"; {key.replace('_', ' ')} {value:g}" for key, value in each.terms.items())
        words = ", ".join(word.replace("_", " ") for word in each.prohibits)
        says = f"; {printable(each.says)}" if each.says else ""
        sure = "" if each.confidence == "sourced" else f" [{each.confidence}]"
        yield f"  {each.id}: {words or 'no ban'}{of}{terms}{says} (since {each.since}){sure}"
        if each.note:
            yield f"    note: {printable(each.note)}"
    for change in measure.status:
        yield f"  history: {change.is_.replace('_', ' ')} on {change.on}  [{change.confidence}]"
    if measure.additional_to:
        yield f"  additional to {', '.join(measure.additional_to)}: neither implies the other"
    if measure.note:
        yield f"  note: {printable(measure.note)}"
    if found.beyond_known:
        yield f"  known to {found.known_to} only: a change since then would not be known"


def _relief(law: Law, relief: Relief) -> str:
    end = relief.until or relief.through
    until = f", until {end}" if end else ""
    condition = law.relief_condition(relief)
    conditions = f"; conditions: {', '.join(relief.when)}" if condition else ""
    return f"{printable(relief.title)} ({', '.join(relief.activities)}{until}{conditions})"


def timeline_records(line: Timeline) -> Records:
    """Return a timeline as lines, as one object, and as a row a stretch or mark."""
    rows = [
        (each.since, bar.authority, each.standing.replace("_", " "), bar.id, bar.title)
        for bar in line.bars
        for each in bar.stretches
    ]
    rows += [(mark.when, mark.authority, mark.what, mark.id, mark.title) for mark in line.marks]
    rows.sort(key=lambda row: row[0])
    names = ("when", "authority", "what", "id", "title")
    return Records(
        [paint(line.title, "bold", sys.stdout), *(aligned(rows) if rows else [])],
        [msgspec.to_builtins(line)],
        [dict(zip(names, row, strict=True)) for row in rows],
    )


def test_records(results: Sequence[Result]) -> Records:
    """Return test results, the failing ones first and in full."""
    failed = [each for each in results if each.failures]
    lines: list[str] = []
    for result in failed:
        lines.append(paint(f"FAILED  {result.where}", "red", sys.stdout))
        lines.append(f"        because {printable(result.because)}")
        lines += [f"        {printable(failure)}" for failure in result.failures]
    lines.append(f"{len(results) - len(failed):,} passed, {len(failed):,} failed")
    wire: list[dict[str, Any]] = [msgspec.to_builtins(each) for each in results]
    flat = [{**each, "failures": " | ".join(each["failures"])} for each in wire]
    return Records(lines, wire, flat)
