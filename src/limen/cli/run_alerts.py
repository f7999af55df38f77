"""Open alerts of what a run finds (``--cases``).

The case store, and the database library with it, is loaded where alerts are to be opened alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from limen.cases.cases import Cases
    from limen.cases.intake.sources import Channel


class RunAlerts:
    """Opens the alerts of a run, each answer's before its row is written.

    So that whatever ends a run, no row that is written lacks its alert; what is opened twice, after
    a run goes on, is the same alert.

    Args:
        cases: the store; ``None`` where no alerts are to be opened.
        profile: what it is screened for.
        channel: how it is screened.
    """

    def __init__(self, cases: Cases | None, profile: str, channel: Channel) -> None:
        self._cases = cases
        self._profile = profile
        self._channel = channel
        self.counts: Counter[str] = Counter()

    @property
    def enabled(self) -> bool:
        """Return whether alerts are to be opened."""
        return self._cases is not None

    def add(self, wire: Callable[[], Mapping[str, Any]], *, subject_id: str = "") -> None:
        """Open the alerts of an answer; its wire form is made where it is needed alone."""
        if self._cases is None:
            return
        opened = self._cases.open_alerts(
            [wire()], profile=self._profile, channel=self._channel, subject_id=subject_id
        )
        self.counts.update(each.outcome for each in opened)


@contextmanager
def run_alerts(options: Mapping[str, Any], channel: Channel) -> Iterator[RunAlerts]:
    """Open the store where ``--cases`` asks for alerts, and print at the end what became of them.

    Raises:
        CasesError: the store cannot be opened.
    """
    profile = options["cases_profile"]
    if not profile:
        yield RunAlerts(None, "", channel)
        return
    from limen.cases.place import open_cases
    from limen.snapshot import home_folder

    with open_cases(home_folder()) as cases:
        alerts = RunAlerts(cases, profile, channel)
        yield alerts
    if not options["quiet"]:
        parts = [f"{count:,} {name}" for name, count in alerts.counts.items()]
        click.echo(f"alerts: {', '.join(parts) or 'none'}", err=True)
