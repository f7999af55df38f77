"""Measure the lag of each list: published, loaded, re-screened, first alert.

A version's lag counts from the beginning of the day, in UTC, that its publisher gives it, because
publishers give no hour: it is up to a day too long and never too short. The first
version of a list that a watch sees is where it starts from, and has no lag.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from limen.model import DataError, Instant
from limen.rescreening.customer_pairs import PairChange
from limen.rescreening.run_record import RunRecord
from limen.util.files import PRIVATE, write_whole

#: Outcomes of a pair that are an alert of their list.
GRAVER = frozenset({"new", "worse"})


class ListLag(msgspec.Struct):
    """Represents the newest version of a list, and when it reached each step; instants in UTC.

    Attributes:
        published: its day.
        loaded: when it was taken into the archive; empty where the archive has no such version.
        starting: whether it is the first version of the list that the watch has seen.
        rescreened: base -> when the first run with it had ended.
        alerted: base -> when the first alert of an entry of the list had been written.
    """

    published: str
    loaded: str = ""
    starting: bool = False
    rescreened: dict[str, str] = {}
    alerted: dict[str, str] = {}

    def seconds(self, moment: str) -> int:
        """Return the seconds from publication to a moment."""
        return Instant.parse(moment).seconds - Instant.parse(self.published).seconds


class WatchState(msgspec.Struct):
    """Represents what a watch remembers between passes.

    Attributes:
        lists: list -> its newest version.
        alerts_of: base -> the run up to which alerts are written.
        succeeded: when a pass last ended without an alarm; empty before any.
    """

    lists: dict[str, ListLag] = {}
    alerts_of: dict[str, str] = {}
    succeeded: str = ""


def read_state(path: Path) -> WatchState:
    """Read the state; a new one where there is none.

    Raises:
        DataError: it is damaged.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=WatchState)
    except FileNotFoundError:
        return WatchState()
    except msgspec.MsgspecError as error:
        raise DataError(
            f"the state of the watch cannot be read: {error}",
            where=str(path),
            why="alerts that were written would be written again",
            hint="remove the file: lags start anew, and the alerts of all runs are written again",
        ) from error


def write_state(path: Path, state: WatchState) -> None:
    """Write the state, whole."""
    content = msgspec.json.format(msgspec.json.encode(state, order="sorted"), indent=1)
    write_whole(path, content, mode=PRIVATE)


def add_versions(state: WatchState, newest: Mapping[str, tuple[str, str]]) -> None:
    """Take newer versions into the state.

    Args:
        state: it is changed.
        newest: list -> the day of its newest version, and when it was taken.
    """
    for name, (published, taken) in newest.items():
        held = state.lists.get(name)
        if held is None or published > held.published:
            state.lists[name] = ListLag(published, taken, starting=held is None)


def add_run(
    state: WatchState, base: str, record: RunRecord, changes: list[PairChange], written: str
) -> None:
    """Take a run into the state, of which the alerts were written at a moment."""
    alerting = {
        change.after.finding.partition(":")[0]
        for change in changes
        if change.outcome in GRAVER and change.after and change.after.kind == "party"
    }
    for coverage in record.coverage:
        lag = state.lists.get(coverage.list)
        if lag is None or coverage.version != lag.published:
            continue
        lag.rescreened.setdefault(base, record.ended)
        if coverage.list in alerting:
            lag.alerted.setdefault(base, written)


def late(
    state: WatchState, bases: tuple[str, ...], started: str, now: str, most: int
) -> Iterator[tuple[str, str, int]]:
    """Yield (list, base, seconds) of versions that came too late to a base, or have not come yet.

    A version that came too late is an alarm of the pass in which it came, and not of later ones.

    Args:
        state: after the pass.
        bases: those that are watched.
        started: when the pass started.
        now: when it ended.
        most: seconds from publication to the end of re-screening.
    """
    for name, lag in sorted(state.lists.items()):
        for base in bases:
            ended = lag.rescreened.get(base, "")
            seconds = lag.seconds(ended or now)
            if not lag.starting and seconds > most and (not ended or ended >= started):
                yield name, base, seconds
