"""Draw the measures behind a listing: what each does to the party, and which licences may apply."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from limen.cli.render.text import printable
from limen.model import MeasureInForce, PossibleLicence

_INDENT = "        "


def measure_lines(measures: tuple[MeasureInForce, ...]) -> Iterator[Text]:
    """Yield each measure in force with its effects, notes and licences."""
    for measure in measures:
        since = f" since {measure.since}" if measure.since else ""
        effect = (
            ", ".join(measure.prohibits).replace("_", " ") or "prohibits nothing that is encoded"
        )
        yield Text.assemble(
            ("under   ", "bold"),
            printable(f"{measure.authority} {measure.instrument}{since}: {effect}"),
        )
        for line in _details(measure):
            yield Text(f"{_INDENT}{printable(line)}", style="dim")


def _details(measure: MeasureInForce) -> Iterator[str]:
    for effect in measure.effects:
        sure = "" if effect.confidence == "sourced" else f" [{effect.confidence}]"
        if effect.says or sure:
            yield f"{effect.by}: {effect.says}{sure}"
    if measure.note:
        yield measure.note
    if measure.beyond_known:
        yield f"known to {measure.known_to} only: a change since then would not be known"
    for licence in measure.licences:
        yield _licence(licence)


def _licence(licence: PossibleLicence) -> str:
    """Return a licence in one line; one that may not have stood says so first."""
    standing = "" if licence.standing == "valid" else f"not known whether it stood ({licence.why}) "
    whom = f" for {', '.join(licence.parties)}" if licence.parties else ""
    until = f" until {licence.until}" if licence.until else ""
    conditions = f"; only if: {' '.join(licence.conditions)}" if licence.conditions else ""
    only = f"; known to {licence.known_to} only" if licence.beyond_known else ""
    return f"licence {licence.key}: {standing}{licence.title}{whom}{until}{conditions}{only}"
