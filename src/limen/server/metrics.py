"""Count what the server does. Labels are routes, lists, channels and outcomes, never names or ids.

With several workers ``PROMETHEUS_MULTIPROC_DIR`` is set before this is imported, and the counts
of all workers are summed on each request. The ages and sizes of lists are read from the snapshot
in service at that moment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from limen.model import ListCoverage
from limen.model.instant import DAY
from limen.snapshot import Manifest

#: Seconds: fine around a screening (milliseconds), coarse up to a document's limit.
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0)

REQUESTS = Histogram(
    "limen_http_request_duration_seconds",
    "Time from a request's first byte to its response's last.",
    ("method", "route", "code"),
    buckets=_BUCKETS,
)
SUBJECTS = Counter("screening_subjects_total", "Parties screened.", ("channel", "outcome"))
PAYMENTS = Counter("screening_payments_total", "Transactions decided.", ("channel", "decision"))
LATENCY = Histogram(
    "screening_latency_seconds", "Time to screen one party.", ("channel",), buckets=_BUCKETS
)
CANARIES = Counter(
    "screening_canary_failures_total", "Parties that must hit and were not found.", ("list",)
)

BACKGROUND_FAILURES = Counter(
    "limen_background_failures_total", "Failed steps of the server's own tasks.", ("task",)
)
#: The oldest of all workers: ``snapshots`` succeeds only while the newest snapshot is in service.
BACKGROUND_SUCCESS = Gauge(
    "limen_background_success_timestamp_seconds",
    "When a task of the server last succeeded.",
    ("task",),
    multiprocess_mode="livemin",
)


class _OfSnapshot:
    """Represents the gauges of the snapshot in service."""

    def __init__(
        self, manifest: Manifest, coverage: Sequence[ListCoverage], lags: Mapping[str, int]
    ) -> None:
        self._manifest = manifest
        self._coverage = coverage
        self._lags = lags

    def collect(self) -> Iterator[Metric]:
        age = GaugeMetricFamily(
            "screening_list_age_seconds", "Since the list was last known current.", labels=["list"]
        )
        records = GaugeMetricFamily(
            "screening_list_records", "Records of the newest version.", labels=["list", "kind"]
        )
        usable = GaugeMetricFamily(
            "screening_list_usable", "1 where the list can carry a clear.", labels=["list"]
        )
        for coverage in self._coverage:
            if coverage.age_days is not None:
                age.add_metric([coverage.list], coverage.age_days * DAY)
            records.add_metric([coverage.list, "record"], coverage.records)
            usable.add_metric([coverage.list], coverage.state in ("ok", "overridden"))
        lag = GaugeMetricFamily(
            "screening_publication_lag_seconds",
            "From the newest version's day to the moment it was taken.",
            labels=["list"],
        )
        for list_id, seconds in self._lags.items():
            lag.add_metric([list_id], seconds)
        config = GaugeMetricFamily(
            "screening_config_version_info",
            "The snapshot and engine in service.",
            labels=["snapshot", "engine"],
        )
        config.add_metric([self._manifest.id, self._manifest.engine], 1)
        yield from (age, records, usable, lag, config)


def exposition(
    manifest: Manifest, coverage: Sequence[ListCoverage], lags: Mapping[str, int]
) -> bytes:
    """Return all metrics in Prometheus' text format.

    Args:
        manifest: of the snapshot in service.
        coverage: what each of its lists can carry now.
        lags: list -> seconds from its newest version's day to the moment it was taken.
    """
    snapshot = CollectorRegistry()
    snapshot.register(_OfSnapshot(manifest, coverage, lags))
    counts = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counts = CollectorRegistry()
        MultiProcessCollector(counts)  # type: ignore[no-untyped-call]
    return generate_latest(counts) + generate_latest(snapshot)
