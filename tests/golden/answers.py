"""Work out the golden answers: parties and addresses over a small world and the bundled sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.golden import facts
from tests.golden.addresses import DAYS, EVERY_DAY, FIELDS, POINTS, TEXTS
from tests.golden.golden import MATCHERS, as_json, as_lines
from tests.golden.parties import LIVES, LIVING, QUESTIONS, SUBJECTS, golden_world

from limen.engine import Engine
from limen.model import Instant
from limen.places import Location, Places
from limen.snapshot import Snapshot, active_folder
from limen.snapshot.build import update

#: What names the engine or everything in the snapshot, and would move with each of them.
_PASSING = ("snapshot", "engine", "law")
KNOWN_AT = "2026-11-22"


def parties(engine: Engine) -> dict[str, Any]:
    """Answer every question about every party under every matcher, whole for ``limen-1``."""
    found: dict[str, Any] = {}
    for as_of, known_at, rest in QUESTIONS:
        for matcher in MATCHERS:
            for name, party in SUBJECTS.items():
                answer = engine.screen(
                    party, as_of=as_of, known_at=known_at, matcher=matcher, **rest
                )
                wire = answer.to_dict()
                for key in _PASSING:
                    del wire["stamp"][key]
                whole = matcher == "limen-1" and as_of == QUESTIONS[0][0]
                found[f"{as_of} {matcher} {name}"] = wire if whole else briefly(wire)
    return found


def lives(engine: Engine) -> dict[str, Any]:
    """Answer about parties that come and go, on the days around each change, on both clocks."""
    return {
        f"{name} as of {as_of} known at {known_at}": briefly(
            engine.screen(
                SUBJECTS[name],
                as_of=as_of,
                known_at=known_at,
                allow_stale=["us_ofac_sdn", "eu_fsf"],
            ).to_dict()
        )
        for name in LIVING
        for as_of in LIVES
        for known_at in (as_of, None)
    }


def briefly(wire: dict[str, Any]) -> dict[str, Any]:
    """Leave of an answer what it decided and why: outcome, findings with features, reasons."""
    return {
        "outcome": wire["outcome"],
        "findings": [_finding(each) for each in wire["findings"]],
        "reasons": wire["reasons"],
        "notices": [notice["code"] for notice in wire["notices"]],
        "coverage": {
            each["list"]: f"{each['state']} {each['age_days']}" for each in wire["coverage"]
        },
    }


def _finding(finding: dict[str, Any]) -> dict[str, Any]:
    features = [f"{f['name']} {f['verdict']} {f['contribution']}" for f in finding["features"]]
    listings = [
        f"{each['applied_from']}..{each['applied_to']} {each['applied_basis']} "
        f"{' '.join(each['programmes'])}"
        for each in finding.get("listings", ())
    ]
    return {
        "id": finding["id"], "score": finding["score"], "level": finding["level"],
        "features": features, "listings": listings,
    }  # fmt: skip


def located(places: Places) -> dict[str, Any]:
    """Locate every address on one day, with everything that was read of it."""
    addresses = [*(text for texts in TEXTS.values() for text in texts), *FIELDS, *POINTS]
    return {str(each): _whole(_locate(places, each, "2023-01-15")) for each in addresses}


def verdicts(places: Places) -> dict[str, Any]:
    """Judge some addresses by every authority's law on days on which it changes."""
    return {
        str(address): {
            day: {
                f"{verdict.authority} {verdict.outcome}": verdict.why
                for verdict in _locate(places, address, day).verdicts
            }
            for day in DAYS
        }
        for address in EVERY_DAY
    }


def _locate(places: Places, address: Any, as_of: str) -> Location:
    return places.locate(
        address,
        as_of=Instant.parse(as_of),
        known_at=Instant.parse(KNOWN_AT),
        authorities=("US", "EU", "UK"),
    )


def _whole(location: Location) -> dict[str, Any]:
    wire = location.to_dict()
    del wire["stamp"], wire["query"], wire["schema_version"]
    wire["runners_up"] = [place["id"] for place in wire["runners_up"]]
    wire["findings"] = [
        f"{each['authority']} {each['outcome']} {each['territory']} {each['measure']} "
        f"{each['confidence']} {each['layers'] and list(each['layers'].values())}"
        for each in wire["findings"]
    ]
    wire["clues"] = [
        " ".join(
            map(
                str,
                (c["kind"], c["text"], c["span"], c["field"], c["role"], c["meaning"], c["slip"]),
            )
        )
        for c in wire["clues"]
    ]
    return wire


def sample_engine(home: Path) -> Engine:
    """The engine over the bundled starter list."""
    update(home, lists=("limen_starter",))
    return Engine(Snapshot(active_folder(home)), clock=lambda: datetime(2022, 5, 10, tzinfo=UTC))


#: Names screened against the bundled sample, and the days: before its first listing, around the packages
#: of 2014 and 2022, and its own.
SAMPLE_NAMES = (
    ("Person", "Vladimir Putin"), ("Person", "Sergei Lavrov"), ("Person", "Sergey Aksyonov"),
    ("Person", "Valery Gerasimov"), ("Person", "Arkady Rotenberg"), ("Person", "Igor Sechin"),
    ("Person", "Ramzan Kadyrov"), ("Person", "Аксенов Сергей"), ("Person", "Denis Pushilin"),
    ("Person", "Konstantin Malofeyev"), ("Person", "Anna Li"), ("Person", "John Smith"),
    ("Company", "Promsvyazbank"), ("Company", "Bank Rossiya"), ("Company", "VEB.RF"),
    ("Company", "Sberbank of Russia"), ("Company", "Nord Stream 2 AG"), ("Company", "Alfa"),
    ("Organization", "Donetsk People's Republic"), ("Organization", "Vostok Battalion"),
    ("Vessel", "Dilbar"), ("Vessel", "Graceful"), ("Vessel", "Amore Vero"),
)  # fmt: skip
SAMPLE_DAYS = (
    "2014-02-28",
    "2014-03-17",
    "2014-05-01",
    "2022-02-21",
    "2022-02-23",
    "2022-02-28",
    "2022-04-30",
)


def sampled(engine: Engine) -> dict[str, Any]:
    """Answer about some names by the bundled sample on several days."""
    found: dict[str, Any] = {}
    for day in SAMPLE_DAYS:
        for schema, name in SAMPLE_NAMES:
            wire = engine.screen(
                {"schema": schema, "properties": {"name": [name]}},
                as_of=day, allow_stale=["limen_starter"],
            ).to_dict()  # fmt: skip
            hits = [f"{each['id']} {each['score']} {each['level']}" for each in wire["findings"]]
            found[f"{day} {schema} {name}"] = {
                "outcome": wire["outcome"], "findings": hits, "reasons": wire["reasons"],
            }  # fmt: skip
    return found


def files(home: Path) -> dict[str, str]:
    """Every golden file of the answers, by name."""
    return {name: text for part in (_of_world, _of_sample) for name, text in part(home)}


def _of_world(home: Path) -> Iterator[tuple[str, str]]:
    engine = golden_world(home / "world")
    yield "parties.jsonl", as_lines(parties(engine))
    yield "lives.json", as_json(lives(engine))
    yield "addresses.jsonl", as_lines(located(engine.places))
    yield "verdicts.json", as_json(verdicts(engine.places))
    yield "assessments.jsonl", as_lines(dict(facts.assessments(engine)))
    yield "simulations.jsonl", as_lines(dict(facts.simulations(engine)))
    yield "texts.jsonl", as_lines(dict(facts.texts(engine)))
    yield "facts.jsonl", as_lines(dict(facts.reviewed(engine)))


def _of_sample(home: Path) -> Iterator[tuple[str, str]]:
    yield "sample.jsonl", as_lines(sampled(sample_engine(home / "sample")))
