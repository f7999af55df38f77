"""Look up parties, lists and dates in the snapshot in service; its engine answers the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from limen.engine import Engine
from limen.model import Instant, ListCoverage
from limen.screening.listed_parties import ListedParties
from limen.server.http.problems import ProblemError
from limen.server.service.file_watch import FileWatch
from limen.snapshot import Manifest, Snapshot
from limen.snapshot.authority_gaps import Listed, listed_on
from limen.snapshot.format import NEVER
from limen.util.cache import BoundedCache
from limen.util.suggest import did_you_mean

#: The datasets of yente's clients that mean every list in service.
EVERYTHING = ("default", "sanctions")
#: Days for which it is cached who lists whom; each takes some 10 MB.
_DAYS_CACHED = 4


@dataclass(frozen=True, slots=True)
class SeenDates:
    """Represents when a record was first known, last known and last changed: ISO seconds, UTC."""

    first_seen: str
    last_seen: str
    last_change: str


class ServedSnapshot:
    """Represents one snapshot with its engine, and indexes that are built when first needed.

    ``lags`` is for the metrics: list -> seconds from publication to taking, once looked up.

    Args:
        engine: over the snapshot.
        allow_stale: ids of lists that may fail their coverage in every answer.
        clock: the engine's.
        watch: of the snapshot's files, from before the first of them was read.
    """

    def __init__(
        self,
        engine: Engine,
        allow_stale: Sequence[str],
        clock: Callable[[], datetime],
        watch: FileWatch,
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.allow_stale = tuple(allow_stale)
        self.watch = watch
        self.listed = ListedParties(engine.snapshot)
        self.lags: dict[str, int] | None = None
        self._seen: dict[int, SeenDates] = {}
        self._listed_on: BoundedCache[Instant, Listed] = BoundedCache(_DAYS_CACHED)

    def prepare(self) -> None:
        """Build what the first request would otherwise wait for."""
        self.positions  # noqa: B018
        self.coverage()

    @property
    def snapshot(self) -> Snapshot:
        return self.engine.snapshot

    @property
    def manifest(self) -> Manifest:
        return self.engine.snapshot.manifest

    def coverage(self) -> tuple[ListCoverage, ...]:
        """Return what each list in service can carry now."""
        return self.engine.coverage(allow_stale=self.allow_stale)

    @cached_property
    def positions(self) -> dict[str, int]:
        """Map party ids to positions, for every record of every list."""
        lists = [info.id for info in self.manifest.lists]
        of_party = self.snapshot.parties["list"].tolist()
        return {
            f"{lists[at]}:{record}": position
            for position, (at, record) in enumerate(
                zip(of_party, self.snapshot.record_ids, strict=True)
            )
        }

    @cached_property
    def collections(self) -> dict[str, tuple[str, ...]]:
        """Map authorities, in lower case, to the lists that each publishes."""
        lists: dict[str, tuple[str, ...]] = {}
        for info in self.manifest.lists:
            code = info.authority.lower()
            lists[code] = (*lists.get(code, ()), info.id)
        return lists

    @cached_property
    def own_lists(self) -> frozenset[str]:
        """Return the lists that no publisher has: the user's own."""
        return frozenset(info.id for info in self.manifest.lists) - shipped_lists()

    def listed_on(self, day: Instant) -> Listed:
        """Return who lists which party on a day; the first time for a day takes half a second."""
        return self._listed_on.get_or_make(day, lambda: listed_on(self.snapshot, day))

    def seen(self, position: int) -> SeenDates:
        """Return when a record was known, from its states."""
        dates = self._seen.get(position)
        if dates is None:
            dates = self._seen[position] = self._seen_dates(position)
        return dates

    def _seen_dates(self, position: int) -> SeenDates:
        snapshot = self.snapshot
        first, last = (int(each) for each in snapshot.parties["states"][position : position + 2])
        states = snapshot.states
        ended = int(states["known_to"][last - 1])
        if ended == NEVER:
            ended = self._last_checked[int(snapshot.parties["list"][position])]
        return SeenDates(
            wire_second(int(states["known_from"][first])),
            wire_second(ended),
            wire_second(int(states["known_from"][last - 1])),
        )

    @cached_property
    def _last_checked(self) -> dict[int, int]:
        """Map the positions of lists to the second of their newest version or later check."""
        newest = {
            at: info.versions[-1] for at, info in enumerate(self.manifest.lists) if info.versions
        }
        return {
            at: max(Instant.parse(day).seconds for day in (version.published, *version.checked))
            for at, version in newest.items()
        }

    def lists_of(self, dataset: str) -> tuple[str, ...] | None:
        """Return the lists of a dataset; ``None`` for all that are in service.

        Raises:
            ProblemError: 404, the dataset is unknown.
        """
        if dataset in EVERYTHING:
            return None
        if dataset in self.collections:
            return tuple(
                info.id
                for info in self.manifest.lists
                if info.id in self.collections[dataset] and info.default
            )
        known = [info.id for info in self.manifest.lists]
        if dataset in known:
            return (dataset,)
        raise ProblemError(
            404,
            f"No such dataset: {dataset[:80]}",
            field="dataset",
            hint=did_you_mean(dataset, (*known, *self.collections, *EVERYTHING)),
            why="an unknown list would clear every party",
        )

    def select_lists(
        self, dataset: str, include: Sequence[str] = (), exclude: Sequence[str] = ()
    ) -> tuple[str, ...] | None:
        """Return the lists of a dataset with some added and removed; ``None`` for all in service.

        ``include`` restricts a dataset to the parts of it that are named, or adds lists from
        outside it; ``exclude`` removes lists.

        Raises:
            ProblemError: 404 for an unknown dataset, 400 where nothing would be left.
        """
        base = self.lists_of(dataset)
        if not include and not exclude:
            return base
        within = base if base is not None else tuple(each.list for each in self.coverage())
        named = [name for each in include for name in (self.lists_of(each) or within)]
        left_out = {name for each in exclude for name in (self.lists_of(each) or within)}
        if named and set(named) <= set(within):
            within = tuple(dict.fromkeys(named))
        else:
            within = tuple(dict.fromkeys((*within, *named)))
        lists = tuple(name for name in within if name not in left_out)
        if not lists:
            raise ProblemError(
                400,
                "no list is left",
                field="exclude_dataset",
                why="nothing would be compared, and every party cleared",
            )
        return lists


@cache
def shipped_lists() -> frozenset[str]:
    """Return the lists that Limen knows by itself: one file of the registry for each."""
    folder = files("limen.lists") / "data"
    return frozenset(entry.name.removesuffix(".yml") for entry in folder.iterdir())


@lru_cache(maxsize=4096)
def wire_second(second: int) -> str:
    """Return a second as yente writes it: ISO without a zone."""
    text = str(Instant(second))
    return text.removesuffix("Z")
