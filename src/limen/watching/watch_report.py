"""Define what a watch is told, and what it reports of one pass."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from limen.model import LimenError
from limen.rescreening.run_plan import Question
from limen.util.exit_codes import ExitCode

#: What is wrong: a version was refused or could not be fetched, no update was possible, a base
#: could not be re-screened, a list cannot clear, a version came too late, something was not sent.
AlarmKind = Literal["list", "update", "base", "coverage", "lag", "delivery"]
ALARM_KINDS: tuple[AlarmKind, ...] = get_args(AlarmKind)
#: An hourly watch re-screens within 25 hours of the beginning of a publication's day.
MOST_LAG = 36 * 3600


class WatchSettings(msgspec.Struct, frozen=True):
    """Represents what is watched and how.

    Attributes:
        bases: names of bases; all there are where it is empty.
        source: a folder or mirror to update from; the publishers by default.
        question: what the bases are screened for.
        profile: the profile of alerts in the case store.
        alerts: the folder for alerts where there is no case store; one in the home by default.
        metrics: the file for Prometheus; none by default.
        most_lag: seconds from publication to re-screening that are an alarm when exceeded.
        alarm_url: the address that alarms are posted to; none by default.
    """

    bases: tuple[str, ...] = ()
    source: str | None = None
    question: Question = Question()
    profile: str = "standard"
    alerts: Path | None = None
    metrics: Path | None = None
    most_lag: int = MOST_LAG
    alarm_url: str = ""


class Alarm(msgspec.Struct, frozen=True):
    """Represents something that a person has to look at.

    ``about`` is a list or a base; ``code`` the exit code that it makes.
    """

    kind: AlarmKind
    about: str
    text: str
    code: int = ExitCode.CANNOT_SAY


class WatchedRun(msgspec.Struct, frozen=True):
    """Represents one run of which the alerts were written in a pass."""

    base: str
    run: str
    outcomes: Mapping[str, int]
    alerts: str


class WatchReport(msgspec.Struct, frozen=True):
    """Represents one pass: when, what was loaded, which runs, and what is wrong."""

    started: str
    ended: str
    snapshot: str
    loaded: tuple[str, ...]
    runs: tuple[WatchedRun, ...]
    lags: tuple[Mapping[str, Any], ...]
    alarms: tuple[Alarm, ...]

    @property
    def exit_code(self) -> int:
        """Return 0 without an alarm; 6 where an answer is uncertain or late; else the error's."""
        codes = [alarm.code for alarm in self.alarms]
        if ExitCode.CANNOT_SAY in codes:
            return ExitCode.CANNOT_SAY
        return min(codes, default=ExitCode.DONE)


def alarm_of(kind: AlarmKind, about: str, error: LimenError) -> Alarm:
    """Return the alarm of an error."""
    return Alarm(kind, about, str(error), error.exit_code)
