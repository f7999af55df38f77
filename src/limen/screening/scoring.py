"""Make a score of comparisons: which one carries it, what moves it, where the thresholds are."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from limen.model import Feature
from limen.screening.weights import Weights

#: What may turn a weak alias into a hit.
_CORROBORATES = ("birth_date", "identifier:")
#: From this contribution on an identifier names one party in the world: no conflict lowers it.
_CERTAIN = 0.95
#: Just below the threshold, where a finding is for review.
_BELOW = 0.01


class Judge(msgspec.Struct, frozen=True):
    """Represents how findings are judged: a matcher by name, its weights, and the threshold."""

    matcher: str
    weights: Weights
    threshold: float

    @property
    def review_line(self) -> float:
        """Return the score from which a finding is reported for review, though it is no hit."""
        return self.threshold - self.weights.review_margin

    @property
    def below(self) -> float:
        """Return the highest score that is for review and no hit."""
        return self.threshold - _BELOW

    def settle(self, main: Sequence[Feature], qualifiers: Sequence[Feature]) -> list[Feature]:
        """Let the strongest main comparison carry the score, and the others move it.

        The carrier comes first; without any agreement there are no features. Against an
        identifier that names one party in the world, a conflict is reported and moves nothing.
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
        """Hold a weak alias below the threshold unless something else supports the match.

        OFAC (FAQ 122-125) does not expect screening on weak aliases; they corroborate.
        """
        excess = round(score_of(features) - self.below, 4)
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
    """Return the sum of the contributions, limited to 0 to 1."""
    total = sum([feature.contribution for feature in features])
    return round(min(1.0, max(0.0, total)), 4)
