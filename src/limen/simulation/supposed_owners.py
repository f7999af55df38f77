"""Find the rows that supposed parties would own, by the rule of each supposed measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from limen import names
from limen.law.law import Law
from limen.law.ownership.ownership import Conclusion, conclude, rule_of
from limen.law.ownership.stakes_file import Stakes
from limen.law.suppose.supposed import Overlay, Supposed
from limen.model import Instant
from limen.model.schemata import NAME_PROPERTIES
from limen.screening.ownership.entity_names import EntityNames
from limen.screening.ownership.owned_parties import owner_names
from limen.screening.scoring import Judge
from limen.screening.weights import WEIGHTS
from limen.simulation.hit_lines import hit
from limen.simulation.holding import Row
from limen.simulation.results import Hit


def by_ownership(
    law: Law, overlay: Overlay, stakes: Stakes, rows: Sequence[Row], at: Instant
) -> Iterator[Hit]:
    """Yield the rows that a supposed party owns by the rule of its measure, or may own.

    A measure without an ownership rule reaches its own parties alone.
    """
    chosen = names.matcher_named(names.DEFAULT_MATCHER)
    judge = Judge(chosen.name, WEIGHTS[chosen.name], chosen.threshold)
    owners = EntityNames(owner_names(stakes), judge)
    for supposed in overlay.supposed:
        found = _owned(law, supposed, stakes, owners, judge, at)
        entities = EntityNames(found, judge)
        for row in rows if found else ():
            texts = row.party.values(*NAME_PROPERTIES)
            for entity, feature in entities.same_as(texts, row.party.schema):
                owned = found[entity]
                sure = owned.verdict == "owned" and feature.contribution >= judge.threshold
                path = " of ".join(f"{step.owner} owns {step.owned}" for step in owned.path)
                yield hit(
                    row,
                    supposed,
                    "ownership",
                    entity,
                    "hit" if sure else "review",
                    f"{owned.rule}: {owned.why}; {path}",
                    score=feature.contribution,
                )


def _owned(
    law: Law,
    supposed: Supposed,
    stakes: Stakes,
    owners: EntityNames,
    judge: Judge,
    at: Instant,
) -> dict[str, Conclusion]:
    """Return the entities that the parties of a measure own, or may, by name."""
    rule = rule_of(law, supposed.authority, at, measure=supposed.measure)
    if rule is None:
        return {}
    listed = [
        owner
        for name in supposed.parties
        for owner, feature in owners.same_as((name,))
        if feature.contribution >= judge.threshold
    ]
    concluded = conclude(rule, stakes.stakes, listed, at) if listed else {}
    return {name: each for name, each in concluded.items() if each.verdict != "not_owned"}
