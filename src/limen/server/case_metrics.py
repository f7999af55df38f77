"""Export the figures of the case store: volumes, backlog, ages, reasons; never a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

#: Metric -> what it is, its label, and the figures that it has.
_BY_LABEL = {
    "limen_cases_alerts": ("Alerts.", "state", "by_state"),
    "limen_cases_alerts_of_channel": ("Alerts ever opened.", "channel", "opened_by_channel"),
    "limen_cases_open_of_channel": ("Open alerts.", "channel", "open_by_channel"),
    "limen_cases_open_of_tier": ("Open alerts.", "tier", "open_by_tier"),
    "limen_cases_open_of_age": ("Open alerts by age at most.", "age", "open_by_age"),
    "limen_cases_closed_of_reason": ("Closed alerts.", "reason", "closed_by_reason"),
    "limen_cases_samples": ("Alerts in quality checks.", "state", "samples"),
    "limen_cases_good_guys": ("Good-guys.", "state", "good_guys"),
}
_ALONE = {
    "limen_cases_overdue": ("Open alerts that are late.", "overdue"),
    "limen_cases_events": ("Events of the chain.", "events"),
    "limen_cases_deliveries_waiting": ("Events to be sent to webhooks.", "deliveries_waiting"),
}


class _OfCases:
    """Represents the gauges of the case store; it has no figures where it cannot be read."""

    def __init__(self, figures: Mapping[str, Any] | None) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        figures = self._figures
        readable = figures is not None
        yield GaugeMetricFamily("limen_cases_readable", "1 where it can be.", value=readable)
        if figures is None:
            return
        for name, (says, label, key) in _BY_LABEL.items():
            gauge = GaugeMetricFamily(name, says, labels=[label])
            for value, count in figures[key].items():
                gauge.add_metric([value], count)
            yield gauge
        for name, (says, key) in _ALONE.items():
            yield GaugeMetricFamily(name, says, value=figures[key])
        yield GaugeMetricFamily(
            "limen_cases_oldest_open_seconds", "Age of the oldest open alert.", value=_age(figures)
        )


def case_exposition(figures: Mapping[str, Any] | None) -> bytes:
    """Return the figures in Prometheus' text format; ``None`` where the store cannot be read."""
    registry = CollectorRegistry()
    registry.register(_OfCases(figures))
    return generate_latest(registry)


def _age(figures: Mapping[str, Any]) -> float:
    if not figures["oldest_open"]:
        return 0.0
    now, oldest = (datetime.fromisoformat(figures[name]) for name in ("at", "oldest_open"))
    return (now - oldest).total_seconds()
