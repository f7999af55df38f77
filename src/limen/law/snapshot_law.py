"""The law of a snapshot, opened: what the engine and the command line ask."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from numpy.typing import NDArray

from limen.law.assess.assess import assess
from limen.law.assess.assessment import Assessment
from limen.law.in_force import Clocks
from limen.law.law import Law
from limen.law.listing_measures import Printed, measures_behind
from limen.law.snapshot_part import LAW, open_part
from limen.model import Instant, MeasureInForce, SnapshotError

#: Answers about tags kept; a list has a few hundred combinations of them.
_KEPT = 4096


class Regimes:
    """The regimes part of a snapshot, from its arrays; decoded when first asked.

    Raises:
        SnapshotError: the snapshot was built before it carried the law.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        if LAW not in arrays:
            raise SnapshotError(
                "this snapshot has no law in it",
                where="regimes.law.npy",
                hint="build it again with `limen snapshot build`",
            )
        self._array = arrays[LAW]
        self._behind: dict[tuple[Printed, Clocks], tuple[MeasureInForce, ...]] = {}

    @cached_property
    def law(self) -> Law:
        return open_part(self._array)

    def assess(
        self,
        event: str,
        *,
        at: Instant,
        known_at: Instant | None = None,
        trigger: str | None = None,
        policy: str | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> Assessment:
        """Every reading of an event at an instant; see :func:`.hearing.assess`."""
        clocks = Clocks(at, known_at or at)
        return assess(self.law, event, clocks, trigger=trigger, policy=policy, facts=facts)

    def printed(
        self,
        list_id: str,
        programmes: tuple[str, ...],
        acts: tuple[str, ...],
        fields: Mapping[str, tuple[str, ...]],
    ) -> Printed:
        """What a publisher prints with a listing, as far as the law asks for it."""
        marks = (f"{name}: {value}" for name, values in fields.items() for value in values)
        telling = tuple(mark for mark in marks if mark.startswith(self._marks))
        return Printed(list_id, programmes, acts, telling)

    @cached_property
    def _marks(self) -> tuple[str, ...]:
        return tuple(each.mark for each in self.law.measures.values() if each.mark)

    def measures_behind(
        self, printed: Printed, *, as_of: Instant, known_at: Instant
    ) -> tuple[MeasureInForce, ...]:
        """The measures behind a listing, by the tags and acts that are printed with it."""
        asked = (printed, Clocks(as_of, known_at))
        found = self._behind.get(asked)
        if found is None:
            if len(self._behind) >= _KEPT:
                self._behind.clear()
            found = self._behind[asked] = measures_behind(self.law, *asked)
        return found
