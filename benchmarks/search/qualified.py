"""Hits with birth date and country given: ``python -m benchmarks.search.qualified [HOME]``.

End to end, by the engine, on the newest versions of every list in ``../shared/data`` (loaded into
a home of its own, or found in HOME). People whose birth day and country are listed are asked for
by a treated name (``exam``) with both; innocents with theirs. Who finds the same person on
another list has found the person: a name of the same words, born on the same day.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import limen
from benchmarks.machine import header, write
from benchmarks.main_job import load
from benchmarks.search.exam import TREATMENTS, innocents, words
from limen.model import Instant
from limen.snapshot import active_folder
from limen.snapshot.format import NEVER, SCHEMAS, WEAK

EACH, SEED, PEOPLE = 200, 2026, 10_000
RATES = (0.0005, 0.001, 0.002)
#: Low, so that findings are shown below every threshold that is looked for.
THRESHOLD = 0.5
COUNTRIES = ("nationality", "citizenship", "country")


class Known(NamedTuple):
    """A listed person: the position, a listed name, a birth day and a country."""

    party: int
    name: str
    born: str
    country: str


def main() -> None:
    if len(sys.argv) > 1:
        return measure(Path(sys.argv[1]))
    with tempfile.TemporaryDirectory() as folder:
        load(Path(folder), newest=True)
        return measure(Path(folder))


def measure(home: Path) -> None:
    engine = limen.open(active_folder(home))
    known = people(engine)
    bearers: dict[tuple[str, str], set[str]] = {}
    for person in known:
        bearers.setdefault(same(person), set()).add(engine.party_id(person.party))
    asked = queries(known)
    wires = [wire(text, person.born, person.country) for _, text, person in asked]
    hits = np.array([
        max((f.score for f in answer.findings if f.id in bearers[same(person)]), default=0.0)
        for (_, _, person), answer in zip(asked, ask(engine, wires), strict=True)
    ])  # fmt: skip
    strangers = [
        wire(row["full_name"], row["date_of_birth"], row["nationality"])
        for row in innocents(PEOPLE, SEED)
    ]
    tops = [max((f.score for f in got.findings), default=0.0) for got in ask(engine, strangers)]
    alerts = np.sort(np.array(tops))[::-1]
    report(asked, hits, alerts, len(known))


def report(asked, hits, alerts, known) -> None:
    thresholds = [float(alerts[int(rate * PEOPLE)]) + 0.001 for rate in RATES]
    default = limen.names.DEFAULT_THRESHOLD
    lines = header("Search: with birth date and country", "python -m benchmarks.search.qualified")
    lines.append(
        f"{known:,} names of listed people with birth day and country; {len(asked):,} treated "
        f"queries, seed {SEED}; {PEOPLE:,} innocents with theirs."
    )
    head = " | ".join(f"@{rate:.2%}" for rate in RATES)
    lines += ["", f"| kind | queries | hit {head} | at {default} |", "|---|---|---|---|---|---|"]
    kinds = list(dict.fromkeys(kind for kind, _, _ in asked))
    for label, chosen in [(kind, {kind}) for kind in kinds] + [("hard", set(kinds))]:
        own = hits[[at for at, (kind, _, _) in enumerate(asked) if kind in chosen]]
        cells = [f"{np.mean(own >= line):.3f}" for line in (*thresholds, default)]
        lines.append(f"| {label} | {len(own)} | " + " | ".join(cells) + " |")
    shown = ", ".join(f"{line:.3f}" for line in thresholds)
    alerted = np.mean(alerts >= default)
    lines.append("")
    lines.append(f"Thresholds at these rates: {shown}. At {default}, {alerted:.2%} alert.")
    write("search_qualified.md", lines)


def people(engine) -> list[Known]:
    """The Latin names of listed people whose birth day and country are listed, in order."""
    snapshot = engine.snapshot
    asked = engine.scope(None, None, (), None, ()).parties
    newest = Instant.parse(snapshot.manifest.known_until)
    known = []
    for row in range(len(snapshot.names["party"])):
        name, party = snapshot.name_texts[row], int(snapshot.names["party"][row])
        person = SCHEMAS[int(snapshot.parties["schema"][party])] == "Person"
        current = int(snapshot.names["known_to"][row]) == NEVER
        weak = int(snapshot.names["kind"][row]) == WEAK
        if not person or not current or weak or not name.isascii() or len(words(name)) < 2:
            continue
        listed = engine.listed.at(party, newest)
        if listed is None or not asked[party]:
            continue
        said = listed.profile.party
        born = [day for day in said.values("birthDate") if len(day) == 10]
        lands = [land for field in COUNTRIES for land in said.values(field)]
        if born and lands and 8 <= len(name) <= 70:
            known.append(Known(party, name, born[0], lands[0]))
    return known


def same(person: Known) -> tuple[str, str]:
    return " ".join(sorted(words(person.name.casefold()))), person.born


def queries(known: list[Known]) -> list[tuple[str, str, Known]]:
    dice = random.Random(SEED)
    long = [person for person in known if len(words(person.name)) >= 3]
    asked = []
    for kind, treat in TREATMENTS.items():
        for _ in range(EACH):
            person = dice.choice(long if kind.startswith("drop") else known)
            asked.append((kind, treat(words(person.name), dice), person))
    return asked


def wire(name: str, born: str, country: str) -> dict[str, Any]:
    given = {"name": [name], "birthDate": [born], "nationality": [country]}
    known = {field: said for field, said in given.items() if said[0]}
    return {"schema": "Person", "properties": known}


def ask(engine, wires):
    return engine.screen_many(wires, threshold=THRESHOLD)


if __name__ == "__main__":
    main()
