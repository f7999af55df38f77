"""Work out the golden facts: every date of the law, what was made of events, and texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.golden.parties import SUBJECTS

from limen.documents import report_on
from limen.documents.readers import read_bytes
from limen.engine import Engine
from limen.law.assess.policies import POLICIES
from limen.law.law import Law
from limen.lists.registry import load_registry

#: Instants at which events are assessed, and the day on which each happened.
INSTANTS = ("2022-01-19", "2022-02-21T23:59-05:00", "2022-02-24", "2022-03-24", "2026-11-01")
ASSUMED = (
    "party=Kestrel Harbour Bank@EU", "party=Konstantin Steelmanov@UK",
    "territory=ua-ngc-donetsk@us-eo-14065", "licence-ends=RUSSIA-EO14024/8A",
)  # fmt: skip
SUPPOSED = ("2022-02-21T23:59-05:00", "2022-02-23")
TEXTS = {
    "a statement": "“If Russia goes further, we will go further with sanctions,” the Deputy "
    "National Security Adviser, Daleep Singh, said on 22 February 2022 in Washington. He named "
    "Kestrel Harbour Bank and Konstantin Arkadyevich Steelmanov.",
    "an anonymous line": "WASHINGTON, Feb. 21, 2022 - Russian troops moving into the Donbas would "
    "not itself be a new step, a senior administration official told reporters on Monday.",
    "names in several writings": "Константин Стилманов and Olga Steelmanova met Mohammed Ali in "
    "Geneva. The tanker Sea Heron left Novorossiysk in January 2022; KHB paid.",
    "acts": "Executive Order 14065 and Council Regulation (EU) No 269/2014 stay in force until "
    "31 July 2022. General License 8A ends in June. GL 13 was reissued two days later.",
    "places": "The factory in Donetsk, the port of Mariupol and an office at 12 Kirova Street, "
    "Simferopol, were closed. Kyiv was not.",
    "a transcript": "MS. PSAKI: Good afternoon.\nQ Would you impose sanctions if they cross?\n"
    "MS. PSAKI: If any further invasion happens, we will respond swiftly. Unless they withdraw, "
    "the package stays ready.",
    "nothing": "It rained all day, and no one came to the market in the little town.",
}


def law_facts(law: Law) -> Iterator[tuple[str, Any]]:
    """Every dated fact of the law by id: standings, provisions, reliefs, rules, words, events."""
    for measure in law.measures.values():
        status = [
            f"{each.on} {each.is_} {each.known_from or ''}".strip() for each in measure.status
        ]
        yield f"measure {measure.id}", {
            "status": status,
            "provisions": [f"{each.id} {_span(each)} {' '.join(each.prohibits)}" for each in measure.provisions],
            "exceptions": [f"{each.id} {_span(each)}" for each in measure.exceptions],
            "of": " ".join((measure.authority, measure.kind, measure.binds, *measure.programmes, *measure.acts)),
            "waits_for": list(measure.waits_for),
        }  # fmt: skip
    for licence in law.licences.values():
        yield (
            f"licence {licence.key}",
            (
                f"{_span(licence)} revoked {licence.revoked} replaces {licence.replaces} "
                f"lifts {' '.join(licence.lifts)}"
            ),
        )
    for rule in law.ownership.values():
        yield (
            f"ownership {rule.id}",
            (
                f"{rule.authority} {rule.threshold} inclusive {rule.inclusive} {rule.aggregate} control "
                f"{rule.control} {rule.from_}..{rule.until} suspended {rule.suspended_from}.."
                f"{rule.suspended_until} for {' '.join(rule.for_measures)} not {' '.join(rule.not_for)}"
            ),
        )
    for statement in law.statements.values():
        reading = statement.reading
        yield (
            f"statement {statement.id}",
            (
                f"{statement.authority} {statement.made} {statement.rank} {statement.attribution} "
                f"supersedes {' '.join(statement.supersedes)} reads {reading.when if reading else None}"
            ),
        )
    for event in law.events.values():
        yield (
            f"event {event.id}",
            f"{event.happened} {event.zone} {event.kind} {sorted(event.facts)}",
        )


def _span(record: Any) -> str:
    return f"{record.from_}..{record.until or ''} through {record.through or ''} {record.known_from or ''}"


def territorial_facts(engine: Engine) -> Iterator[tuple[str, Any]]:
    """Every territory and measure over it, with its days."""
    law = engine.places.statutes.law
    yield "control until", law.control.until
    for ground in law.territories:
        yield (
            f"territory {ground.id}",
            (
                f"{ground.definition} {list(ground.oblasts)} {ground.country} {ground.line} "
                f"{ground.region} {ground.claimed_from}"
            ),
        )
    for measure in law.measures:
        yield (
            f"over {measure.id} {' '.join(measure.territories)}",
            (
                f"{measure.authority} {measure.start}..{measure.until} published {measure.published} "
                f"government {measure.government}"
            ),
        )


def reviewed(engine: Engine) -> Iterator[tuple[str, Any]]:
    """Every reviewed fact: of the law, of territories, of the lists."""
    yield from law_facts(engine.regimes.law)
    yield from territorial_facts(engine)
    yield from list_facts()


def list_facts() -> Iterator[tuple[str, Any]]:
    """The limits of every list: age, size, shrinking, service, canaries."""
    for info in load_registry():
        yield (
            f"list {info.id}",
            (
                f"{info.authority} age {info.max_age_days} records {info.records.min}..{info.records.max} "
                f"shrink {info.max_shrink} default {info.default} sample {info.sample} "
                f"service {info.service.from_}..{info.service.until} speaks {info.speaks_from} "
                f"for {info.stands_in_for} canaries {[each.record_id for each in info.canaries]}"
            ),
        )


def assessments(engine: Engine) -> Iterator[tuple[str, Any]]:
    """What every reading, and the law, makes of every event at some instants."""
    law = engine.regimes.law
    for event in law.events.values():
        for at in (*INSTANTS, event.happened.partition(" ")[0].partition("/")[0]):
            found = engine.assess(event.id, at=at)
            views = (
                {
                    policy: {
                        key: view.statement
                        for key, view in engine.assess(event.id, at=at, policy=policy).views.items()
                    }
                    for policy in POLICIES
                }
                if at == INSTANTS[1]
                else {}
            )
            yield f"{event.id} at {at}", {
                "readings": [f"{each.statement} {each.value} {each.grade} {each.standing}" for each in found.readings],
                "turns": [f"{each.statement} {turn.fact} {turn.value} {turn.becomes}" for each in found.readings for turn in each.turns],
                "triggers": [f"{each.id} {each.condition_met} {' '.join(each.prepared)}" for each in found.triggers],
                "met": found.condition_met,
                "in_force": [each.id for each in found.in_force],
                "prepared": [each.id for each in found.prepared],
                "disagreement": found.disagreement,
                "views": views,
            }  # fmt: skip


def simulations(engine: Engine) -> Iterator[tuple[str, Any]]:
    """Who of the subjects would be hit if events met their conditions."""
    portfolio = list(SUBJECTS.values())
    for at in SUPPOSED:
        for event, assume in (("EV05", ()), ("EV08", ()), (None, ASSUMED)):
            found = engine.what_if(event, portfolio, at=at, assume=assume)
            yield f"{event or 'assumed'} at {at}", {
                "hits": [f"{hit.row} {hit.by} {hit.certainty} {hit.newly} {hit.before} {hit.target}" for hit in found.hits],
                "newly": found.newly_hit, "before": found.hit_before,
            }  # fmt: skip


def texts(engine: Engine) -> Iterator[tuple[str, Any]]:
    """What is read in texts, and which listed parties and territories they name."""
    for name, text in TEXTS.items():
        report = report_on(read_bytes(text.encode(), "a.txt"))
        answer = engine.screen_document(text, "2022-03-02", allow_stale=["eu_fsf"])
        yield name, {
            "statements": [
                f"{each.speaker} | {each.attribution} | {each.said_on} | {each.channel} | {each.span} | {each.quote[:40]}"
                for each in report.statements
            ],
            "measures": [f"{each.key} {each.span}" for each in report.measures],
            "events": [f"{each.kind} {each.happened} {each.known} {each.span}" for each in report.events],
            "outcome": answer.outcome,
            "findings": [
                f"{each.id} {each.score} {each.level} {[feature.span for feature in each.features]}"
                for each in answer.findings
            ],
        }  # fmt: skip
