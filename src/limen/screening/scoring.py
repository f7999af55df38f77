"""From comparisons to a score: which one carries it, what moves it, where the line is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from limen.model import Feature
from limen.screening.weights import Weights

#: What may turn a weak alias into a hit.
_CORROBORATES = ("birth_date", "identifier:")
#: From here on an identifier names one party in the world and is not argued with.
_CERTAIN = 0.95


@dataclass(frozen=True, slots=True)
class Judge:
    """A matcher by name, its weights, and the score from which a finding is a hit."""

    matcher: str
    weights: Weights
    threshold: float

    @property
    def review_line(self) -> float:
        """The score from which a finding is shown though it is no hit."""
        return self.threshold - self.weights.review_margin

    def settle(self, main: Sequence[Feature], qualifiers: Sequence[Feature]) -> list[Feature]:
        """Let the strongest main comparison carry the score, and the others move it.

        The carrier stands first; no agreement at all gives nothing. A conflict beside an
        identifier that names one party in the world is shown and moves nothing.
        """
        agreeing = [feature for feature in main if feature.verdict in ("equal", "near")]
        if not agreeing:
            return []
        carrier = max(agreeing, key=lambda feature: feature.contribution)
        others = (replace(each, contribution=0.0) for each in agreeing if each is not carrier)
        conflicts = [feature for feature in main if feature.verdict == "conflict"]
        certain = carrier.name.startswith("identifier:") and carrier.contribution >= _CERTAIN
        moved = [
            replace(each, contribution=0.0) if certain and each.contribution < 0 else each
            for each in (*conflicts, *qualifiers)
        ]
        return self._hold_weak([carrier, *others, *moved])

    def _hold_weak(self, features: list[Feature]) -> list[Feature]:
        """Keep a weak alias below the line unless something else speaks for the match.

        OFAC (FAQ 122-125) does not expect screening on weak aliases; they corroborate.
        """
        excess = round(score_of(features) - (self.threshold - 0.01), 4)
        if features[0].listed_field != "weakAlias" or excess <= 0:
            return features
        if any(
            each.verdict == "equal" and each.name.startswith(_CORROBORATES) for each in features
        ):
            return features
        held = Feature(
            "weak_alias",
            "conflict",
            -excess,
            listed=features[0].listed,
            listed_field="weakAlias",
            detail="the list calls this alias weak, and nothing else speaks for the match",
        )
        return [*features, held]


def score_of(features: Sequence[Feature]) -> float:
    """The sum of the contributions, kept within 0 and 1."""
    total = sum(feature.contribution for feature in features)
    return round(min(1.0, max(0.0, total)), 4)
