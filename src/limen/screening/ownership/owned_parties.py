"""Find the party of an answer among the entities of a file of stakes, and add what owns it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from limen.law.ownership.stakes_file import Stakes
from limen.model import Answer, Feature, Notice, OwnershipFinding
from limen.model.schemata import NAME_PROPERTIES
from limen.screening.outcome import outcome_of
from limen.screening.ownership.conclusions import Concluded, Owned
from limen.screening.ownership.entity_names import EntityNames
from limen.screening.scoring import Judge


class OwnedParties:
    """The entities that listed parties own, or may; searched by name.

    Args:
        stakes: the file.
        concluded: what the authorities' rules make of its entities.
        judge: the matcher, and the lines of a hit and a review.
    """

    def __init__(self, stakes: Stakes, concluded: Concluded, judge: Judge) -> None:
        self._stakes = stakes
        self._concluded = concluded
        self._judge = judge
        entities = (*concluded.owned, *concluded.ruleless, *concluded.gaps)
        self._names = EntityNames(dict.fromkeys(entities), judge)

    def add(self, answer: Answer) -> Answer:
        """Return the answer with a finding for each rule by which the party is owned."""
        notice = Notice("ownership", f"stakes of {self._stakes.label} were applied", "ownership")
        notices = [*answer.notices, notice]
        findings = list(answer.findings)
        for entity, feature in self._same_as(answer.query):
            owned = self._concluded.owned.get(entity, ())
            findings += [self._finding(entity, feature, each) for each in owned]
            notices += self._without_rule(entity)
            if entity in self._concluded.gaps and not owned:
                what = f"no known owner of {entity} is listed: {self._concluded.gaps[entity]}"
                notices.append(Notice("ownership-incomplete", what, "ownership"))
        return replace(
            answer,
            outcome=outcome_of(findings, answer.reasons),
            findings=tuple(findings),
            notices=tuple(notices),
            stamp=replace(answer.stamp, ownership=self._stakes.stamp),
        )

    def _same_as(self, query: Mapping[str, Any]) -> Iterator[tuple[str, Feature]]:
        """Yield the entities that the party may be by name, each with the comparison."""
        properties = query["properties"]
        texts = [text for key in NAME_PROPERTIES for text in properties.get(key, ())]
        yield from self._names.same_as(texts, str(query["schema"]))

    def _finding(self, entity: str, feature: Feature, owned: Owned) -> OwnershipFinding:
        found = owned.conclusion
        is_hit = owned.verdict == "owned" and feature.contribution >= self._judge.threshold
        listed = dict.fromkeys(step.owner for step in found.path if step.by == "listed")
        by = f" by {', '.join(listed)}" if listed else ""
        rule = found.rule or "no rule"
        return OwnershipFinding(
            id=f"{found.authority}:{rule}:{entity}",
            caption=entity,
            score=feature.contribution,
            level="hit" if is_hit else "review",
            why=f"{found.authority} ({rule}): {owned.verdict}{by}: {owned.why}",
            features=(feature,),
            authority=found.authority,
            rule=found.rule,
            rule_confidence=owned.rule_confidence,
            verdict=owned.verdict,
            percent=found.percent,
            at_most=found.at_most,
            path=found.path,
            measures=owned.measures,
            stakes=self._stakes.label,
        )

    def _without_rule(self, entity: str) -> Iterator[Notice]:
        for each in self._concluded.ruleless.get(entity, ()):
            what = (
                f"{each.owner} has a stake in {entity} and is under {each.measure} of "
                f"{each.authority}, which has no ownership rule: it is for its own parties alone"
            )
            yield Notice("no-ownership-rule", what, "ownership")


def owner_names(stakes: Stakes) -> Sequence[str]:
    """Return every owner of the file, once."""
    return tuple(dict.fromkeys(stake.owner for stake in stakes.stakes))
