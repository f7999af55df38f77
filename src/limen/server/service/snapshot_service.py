"""One snapshot in service: its engine, and what the endpoints look up in it beside screening."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from limen.engine import Engine
from limen.model import Instant, ListCoverage
from limen.screening.listed_parties import ListedParties
from limen.server.http.problems import ProblemError
from limen.snapshot import Manifest, Snapshot
from limen.snapshot.format import NEVER
from limen.util.suggest import did_you_mean

#: What clients of the open field call "everything".
EVERYTHING = ("default", "sanctions")


@dataclass(frozen=True, slots=True)
class SeenDates:
    """When a record was first known, last known, and last changed; ISO seconds in UTC."""

    first_seen: str
    last_seen: str
    last_change: str


class ServedSnapshot:
    """An engine over one snapshot, and indexes into the snapshot made when first needed.

    ``lags`` is for the metrics: list -> seconds from publication to taking, once looked up.

    Args:
        engine: over the snapshot.
        allow_stale: lists whose failing coverage the server accepts in every answer.
        clock: the engine's.
    """

    def __init__(
        self, engine: Engine, allow_stale: Sequence[str], clock: Callable[[], datetime]
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.allow_stale = tuple(allow_stale)
        self.listed = ListedParties(engine.snapshot)
        self.lags: dict[str, int] | None = None
        self._seen: dict[int, SeenDates] = {}

    def prepare(self) -> None:
        """Make what the first request would otherwise wait for."""
        self.positions  # noqa: B018
        self.coverage()

    @property
    def snapshot(self) -> Snapshot:
        return self.engine.snapshot

    @property
    def manifest(self) -> Manifest:
        return self.engine.snapshot.manifest

    def coverage(self) -> tuple[ListCoverage, ...]:
        """What the lists in service can carry now."""
        return self.engine.coverage(allow_stale=self.allow_stale)

    @cached_property
    def positions(self) -> dict[str, int]:
        """Party id -> position, for every record of every list."""
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
        """Authorities, in lower case, and the lists each publishes."""
        found: dict[str, tuple[str, ...]] = {}
        for info in self.manifest.lists:
            code = info.authority.lower()
            found[code] = (*found.get(code, ()), info.id)
        return found

    def seen(self, position: int) -> SeenDates:
        """What the record's states say of the known clock."""
        found = self._seen.get(position)
        if found is None:
            found = self._seen[position] = self._look_at(position)
        return found

    def _look_at(self, position: int) -> SeenDates:
        snapshot = self.snapshot
        first, last = (int(each) for each in snapshot.parties["states"][position : position + 2])
        states = snapshot.states
        ended = int(states["known_to"][last - 1])
        if ended == NEVER:
            info = self.manifest.lists[int(snapshot.parties["list"][position])]
            newest = info.versions[-1]
            ended = max(Instant.parse(day).seconds for day in (newest.published, *newest.checked))
        return SeenDates(
            wire_second(int(states["known_from"][first])),
            wire_second(ended),
            wire_second(int(states["known_from"][last - 1])),
        )

    def lists_of(self, dataset: str) -> tuple[str, ...] | None:
        """The lists behind a dataset's name; ``None`` for all that are in service.

        Raises:
            ProblemError: 404, no such dataset.
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
            why="a list that is not there would clear everybody",
        )

    def select_lists(
        self, dataset: str, include: Sequence[str] = (), exclude: Sequence[str] = ()
    ) -> tuple[str, ...] | None:
        """The lists asked for by path and parameters; ``None`` for all that are in service.

        ``include`` narrows a dataset to the parts of it that are named, and adds what lies
        outside it; ``exclude`` takes away.

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
        kept = tuple(name for name in within if name not in left_out)
        if not kept:
            raise ProblemError(
                400,
                "no list is left",
                field="exclude_dataset",
                why="nobody would be compared, and everybody cleared",
            )
        return kept


def wire_second(second: int) -> str:
    """A second as the open field writes it: ISO without a zone."""
    text = str(Instant(second))
    return text.removesuffix("Z")
