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
from limen.law.in_force import MeasureState, is_valid_licence, is_valid_relief, measure_state, view
from limen.law.records import Measure, Relief
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
    if name in law.measures:
        return _measure(law, law.measures[name], clocks)
    for known in (law.licences, law.triggers, law.statements, law.events):
        if name in known:
            wire = msgspec.to_builtins(known[name])
            lines = [f"{key}: {printable(str(value))}" for key, value in wire.items()]
            return Records([paint(name, "bold", sys.stdout), *lines], [wire], [wire])
    every = [*law.measures, *law.licences, *law.triggers, *law.statements, *law.events]
    raise InputError(f"nothing is called {name!r}", where="regimes", hint=_near(name, every))


def _near(name: str, known: Sequence[str]) -> str:
    hint = did_you_mean(name, known)
    return hint if hint.startswith("did you") else "`limen regimes list` names the measures"


def _measure(law: Law, measure: Measure, clocks: Clocks) -> Records:
    state = measure_state(law, measure, clocks)
    zone = law.zone(measure.authority)
    licences = [each for each in law.licences_on(measure.id) if is_valid_licence(law, each, clocks)]
    reliefs = [each for each in measure.exceptions if is_valid_relief(law, each, zone, clocks)]
    state_view = view(law, state, clocks) if state else None
    wire = {
        "as_of": str(clocks.as_of),
        "known_at": str(clocks.known_at),
        "measure": msgspec.to_builtins(measure),
        "stood": msgspec.to_builtins(state_view),
        "licences": [{"key": each.key, **msgspec.to_builtins(each)} for each in licences],
        "exceptions": [msgspec.to_builtins(each) for each in reliefs],
    }
    lines = list(_measure_lines(law, measure, state, clocks))
    lines += ["", paint(f"licences then valid: {len(licences) or 'none'}", "bold", sys.stdout)]
    lines += [f"  {each.key}  {_relief(law, each)}" for each in licences]
    lines += [f"  {each.id} ({each.kind})  {_relief(law, each)}" for each in reliefs]
    flat = {"id": measure.id, "standing": state.change.is_ if state else ""}
    return Records(lines, [wire], [flat])


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
        yield f"  {each.id}: {words}{of}{terms} (since {each.since})"
    for change in measure.status:
        yield f"  history: {change.is_.replace('_', ' ')} on {change.on}  [{change.confidence}]"
    if measure.additional_to:
        yield f"  additional to {', '.join(measure.additional_to)}: neither implies the other"
    if measure.note:
        yield f"  note: {printable(measure.note)}"


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
