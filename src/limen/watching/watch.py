"""Watch once: update the lists, re-screen the bases, write the alerts, send what is due.

A pass goes on where it can: bases are re-screened on the lists there are, also where an update
failed, and one base does not hold up another; what went wrong is an alarm of the pass. It may be
ended at any instant. The next one goes on from the last whole step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from limen.cases.exchange.webhooks import deliver
from limen.cases.place import has_cases, open_cases
from limen.engine import Engine
from limen.lists.fetch.fetcher import Fetcher
from limen.model import DataError, LimenError
from limen.rescreening.bases.base_home import base_folder, base_names, open_base
from limen.rescreening.rescreen import rescreen
from limen.rescreening.run_record import RunRecord, read_changes, runs_folder
from limen.screening.coverage import FAILING
from limen.snapshot import Snapshot, active_folder
from limen.snapshot.build import open_archive, update
from limen.util.database.lock import file_lock
from limen.util.files import remains_of
from limen.watching.alerts_of_runs import alert_answers, runs_since, write_alerts
from limen.watching.lag import add_run, add_versions, late, read_state, write_state
from limen.watching.metrics_file import write_metrics
from limen.watching.watch_report import (
    Alarm,
    WatchedRun,
    WatchReport,
    WatchSettings,
    alarm_of,
)

Clock = Callable[[], datetime]
#: The folder of the home for the state, the lock, and alerts where there is no case store.
_FOLDER, _STATE, _LOCK, _ALERTS = "watch", "state.json", ".lock", "alerts"
#: Seconds for which the receiver of alarms is waited for.
_PATIENCE = 10.0


class _Home(NamedTuple):
    """Represents the home in messages of its lock."""

    the: str = "the watched home"
    error: type[DataError] = DataError


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


@contextmanager
def watching(home: Path) -> Iterator[None]:
    """Hold the home against another watch.

    Raises:
        BusyError: another one is at work.
        DataError: the home cannot be written.
    """
    folder = home / _FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DataError(
            f"it cannot be made: {error.strerror or error}",
            where=str(folder),
            hint="point LIMEN_HOME to a folder that can be written",
        ) from error
    with file_lock(folder / _LOCK, "limen watch", _Home()):
        yield


def watch_once(
    home: Path,
    settings: WatchSettings,
    *,
    clock: Clock = now,
    fetcher: Fetcher | None = None,
) -> WatchReport:
    """Make one pass, and return its report; errors of lists and bases are alarms in it.

    Args:
        home: the home folder.
        settings: what is watched.
        clock: returns the present moment.
        fetcher: fetches lists from the network.

    Raises:
        BusyError: another pass is at work.
        DataError: the state of the watch is damaged; or it, the alerts or the metrics cannot be
            written.
    """
    with watching(home):
        try:
            return _Pass(home, settings, clock, fetcher).make()
        except OSError as error:
            raise DataError(
                f"it cannot be written: {error.strerror or error}",
                where=str(error.filename or home / _FOLDER),
                hint="make room, and run it again: it goes on where it was interrupted",
                unchanged="alerts that are written stay, and are not written again",
            ) from error


class _Pass:
    """One pass, step by step."""

    def __init__(
        self, home: Path, settings: WatchSettings, clock: Clock, fetcher: Fetcher | None
    ) -> None:
        self._home = home
        self._settings = settings
        self._clock = clock
        self._fetcher = fetcher
        self._path = home / _FOLDER / _STATE
        self._alerts = settings.alerts or home / _FOLDER / _ALERTS
        self._state = read_state(self._path)
        self._bases = settings.bases or tuple(base_names(home))
        self._alarms: list[Alarm] = []
        self._runs: list[WatchedRun] = []
        self._coverage: dict[str, str] = {}

    def make(self) -> WatchReport:
        started = self._moment()
        for remains in (*remains_of(self._path), *self._alerts.glob("*.jsonl.*.partial")):
            remains.unlink(missing_ok=True)  # of a pass that was killed
        loaded = self._update()
        snapshot = self._rescreen_all()
        self._alarms += [Alarm("coverage", *each) for each in sorted(self._coverage.items())]
        self._deliver()
        self._measure(started)
        report = self._report(started, snapshot, loaded)
        if report.alarms and self._settings.alarm_url:
            self._post(report)
            report = self._report(started, snapshot, loaded)
        if not report.alarms:
            self._state.succeeded = report.ended
        write_state(self._path, self._state)
        if self._settings.metrics is not None:
            write_metrics(self._settings.metrics, report, self._state)
        return report

    def _update(self) -> tuple[str, ...]:
        """Update the lists and the snapshot; return what was loaded."""
        loaded = []
        self._add_versions()
        try:
            report = update(
                self._home, source=self._settings.source, fetcher=self._fetcher, clock=self._clock
            )
        except LimenError as error:
            self._alarms.append(alarm_of("update", "lists", error))
        else:
            for outcome in report.outcomes:
                if outcome.error is not None:
                    self._alarms.append(alarm_of("list", outcome.list_id, outcome.error))
                elif outcome.result == "stored":
                    loaded.append(f"{outcome.list_id} {outcome.published}")
        self._add_versions()
        return tuple(loaded)

    def _add_versions(self) -> None:
        """Take the newest versions of the archive into the state."""
        try:
            with open_archive(self._home) as archive:
                newest = {
                    version.list_id: (version.published, version.retrieved_at)
                    for version in sorted(archive.versions(), key=lambda each: each.published)
                }
        except LimenError as error:
            self._alarms.append(alarm_of("update", "archive", error))
            return
        add_versions(self._state, newest)

    def _rescreen_all(self) -> str:
        """Re-screen every base; return the snapshot."""
        try:
            engine = Engine(Snapshot(active_folder(self._home)), clock=self._clock)
        except LimenError as error:
            self._alarms.append(alarm_of("update", "snapshot", error))
            return ""
        if not self._bases:
            text = "there is no base: `limen base add NAME FILE` makes one"
            self._alarms.append(Alarm("base", "", text, DataError.exit_code))
        for base in self._bases:
            try:
                self._rescreen(base, engine)
            except LimenError as error:
                self._alarms.append(alarm_of("base", base, error))
        return engine.snapshot.manifest.id

    def _rescreen(self, base: str, engine: Engine) -> None:
        """Re-screen a base, and write the alerts of its runs that are not written yet."""
        record = rescreen(self._home, base, engine, self._settings.question, clock=self._clock)
        self._coverage.update(
            {each.list: each.why for each in record.coverage if each.state in FAILING}
        )
        folder = base_folder(self._home, base)
        for run in runs_since(folder, record, self._state.alerts_of.get(base, "")):
            changes = list(read_changes(runs_folder(folder) / run.id))
            where = self._write_alerts(run, engine)
            add_run(self._state, base, run, changes, self._moment())
            self._state.alerts_of[base] = run.id
            write_state(self._path, self._state)
            self._runs.append(WatchedRun(base, run.id, run.outcomes, where))

    def _write_alerts(self, run: RunRecord, engine: Engine) -> str:
        """Write a run's alerts; return where, empty where there is none."""
        base, home = run.inputs.base, self._home
        changes = read_changes(runs_folder(base_folder(home, base)) / run.id)
        if not has_cases(home):
            path = write_alerts(self._alerts, run, changes)
            return str(path or "")
        answers = alert_answers(open_base(home, base), engine, self._settings.question, changes)
        count = 0
        with open_cases(home) as cases:
            for customer, answer in answers:
                count += len(
                    cases.open_alerts(
                        [answer.to_dict()], profile=self._settings.profile, channel="base",
                        subject_id=customer,
                    )
                )  # fmt: skip
        return f"{count} in the case store" if count else ""

    def _deliver(self) -> None:
        """Send the events that wait for webhooks of the case store."""
        if not has_cases(self._home):
            return
        try:
            with open_cases(self._home) as cases:
                done = deliver(cases)
        except LimenError as error:
            self._alarms.append(alarm_of("delivery", "cases", error))
            return
        if done.waiting or done.given_up:
            text = f"{done.waiting} events wait for webhooks, {done.given_up} were given up"
            self._alarms.append(Alarm("delivery", "webhooks", text, DataError.exit_code))

    def _measure(self, started: str) -> None:
        """Add an alarm for every version that came too late."""
        most = self._settings.most_lag
        for name, base, seconds in late(self._state, self._bases, started, self._moment(), most):
            text = f"{seconds / 3600:.1f} hours from publication to base {base}"
            self._alarms.append(Alarm("lag", name, text))

    def _post(self, report: WatchReport) -> None:
        """Send the alarms of a pass; if they cannot be sent, that is one more alarm."""
        import urllib3

        pool = urllib3.PoolManager(retries=False, timeout=_PATIENCE)
        body = msgspec.json.encode({"at": report.ended, "alarms": report.alarms})
        headers = {"content-type": "application/json"}
        try:
            reply = pool.request(
                "POST", self._settings.alarm_url, body=body, headers=headers, redirect=False
            )
            failure = "" if 200 <= reply.status < 300 else f"it answered {reply.status}"
        except urllib3.exceptions.HTTPError as error:
            failure = str(error)
        if failure:
            text = f"alarms could not be sent: {failure}"
            self._alarms.append(Alarm("delivery", "alarm url", text, DataError.exit_code))

    def _report(self, started: str, snapshot: str, loaded: tuple[str, ...]) -> WatchReport:
        lags = tuple(
            {"list": name, **msgspec.to_builtins(lag)}
            for name, lag in sorted(self._state.lists.items())
        )
        return WatchReport(
            started, self._moment(), snapshot, loaded, tuple(self._runs), lags, tuple(self._alarms)
        )

    def _moment(self) -> str:
        return self._clock().strftime("%Y-%m-%dT%H:%M:%SZ")
