"""Compute the charts of an answer: positions in pixels, which a template turns into SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from limen.model import Feature, Finding

WIDTH = 640
LABEL = 170
ROW = 26
_SCALE = WIDTH - LABEL - 60


@dataclass(frozen=True, slots=True)
class Bar:
    """Represents one step of a waterfall, in pixels from the left."""

    label: str
    amount: str
    kind: str
    x: float
    width: float
    y: int
    text_x: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Represents how contributions add up to a score, and the position of the threshold."""

    bars: tuple[Bar, ...]
    threshold_x: float
    threshold: str
    width: int
    height: int


def label_of(feature: Feature) -> str:
    """Return a comparison's name in words."""
    return feature.name.removeprefix("identifier:").replace("_", " ")


def waterfall(finding: Finding, threshold: float) -> Waterfall:
    """Return the contributions that moved the score, in order, and the score itself."""
    bars: list[Bar] = []
    running = 0.0
    for feature in finding.features:
        if not feature.contribution:
            continue
        kind = "up" if feature.contribution > 0 else "down"
        amount = f"{feature.contribution:+{_exact(feature.contribution)}}"
        after = running + feature.contribution
        bars.append(_bar(label_of(feature), amount, kind, running, after, len(bars)))
        running = after
    bars.append(
        _bar(
            "score",
            f"{finding.score:{_exact(finding.score)}}",
            finding.level,
            0.0,
            finding.score,
            len(bars),
        )
    )
    return Waterfall(tuple(bars), _x(threshold), f"{threshold:.2f}", WIDTH, ROW * len(bars) + 24)


def _bar(label: str, amount: str, kind: str, start: float, end: float, row: int) -> Bar:
    low, high = sorted((_x(start), _x(end)))
    return Bar(label, amount, kind, low, max(high - low, 2.0), row * ROW + 4, max(high, low) + 6)


def _exact(value: float) -> str:
    """Return the format: two decimals, or three where the third counts, so that figures add up."""
    return ".2f" if round(value, 2) == round(value, 3) else ".3f"


def _x(score: float) -> float:
    return round(LABEL + _SCALE * min(1.1, max(0.0, score)) / 1.1, 1)


def what_would_change(finding: Finding, threshold: float) -> list[str]:
    """Return what another fact, or the lack of one, would do to the verdict, from the scores."""
    changes = list(_without(finding.features, finding, threshold))
    for feature in finding.features:
        if feature.verdict == "missing_query" and feature.listed:
            changes.append(
                f"You give no {label_of(feature)}; the list says {feature.listed}. "
                "Giving it would corroborate or contradict the match."
            )
        elif feature.verdict == "conflict" and feature.contribution < 0:
            after = finding.score - feature.contribution
            if after >= threshold > finding.score:
                changes.append(
                    f"Without the conflict on {label_of(feature)} the score would be "
                    f"{min(1.0, after):.2f}: a hit."
                )
    return changes


def _without(features: Sequence[Feature], finding: Finding, threshold: float) -> list[str]:
    if finding.level != "hit":
        short = threshold - finding.score
        return [f"It is {short:.2f} below the threshold of {threshold:.2f}."] if short > 0 else []
    total = sum(feature.contribution for feature in features)
    needed = [
        label_of(feature)
        for feature in features
        if feature.contribution > 0 and total - feature.contribution < threshold
    ]
    if not needed:
        return ["No single agreement carries it alone: it would stay a hit without any of them."]
    return [f"Without the agreement on {name} it would be no hit." for name in needed]
