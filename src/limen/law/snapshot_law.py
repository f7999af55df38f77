"""The law of an open snapshot: assessments, and the measures behind listings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Protocol

from numpy.typing import NDArray

from limen.law.assess.assess import assess
from limen.law.assess.assessment import Assessment
from limen.law.in_force import Clocks
from limen.law.law import Law
from limen.law.listing_measures import Printed, marks_of, measures_behind
from limen.law.snapshot_part import LAW, earlier_array, open_part, why_unread
from limen.model import Instant, MeasureInForce, Party, SnapshotError
from limen.util.cache import BoundedCache

#: Combinations of tags and clocks cached; a list has a few hundred combinations.
_CACHED = 4096
#: The properties that hold a party's names.
_NAMES = ("name", "alias", "weakAlias", "previousName")


class Terms(Protocol):
    """What a list prints with a listing: tags, measures and acts."""

    @property
    def programmes(self) -> tuple[str, ...]: ...
    @property
    def measures(self) -> tuple[str, ...]: ...
    @property
    def acts(self) -> tuple[str, ...]: ...


class Regimes:
    """One pack of the regimes part of a snapshot, decoded from its array on first use.

    Args:
        arrays: of the part.
        earlier: the id of the pack, where it is not the one in use.

    Raises:
        SnapshotError: the snapshot was built before it carried the law, or by an engine that
            could not read the pack.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]], earlier: str = "") -> None:
        name = earlier_array(earlier) if earlier else LAW
        if name not in arrays and earlier:
            raise SnapshotError(
                f"the law that was known then, pack {earlier}, is not read by this engine",
                where="regimes",
                why=why_unread(arrays, earlier),
                hint="ask without known_at, or use the snapshot of that time",
            )
        if name not in arrays:
            raise SnapshotError(
                "this snapshot has no law in it",
                where="regimes.law.npy",
                hint="build it again with `limen snapshot build`",
            )
        self._array = arrays[name]
        self._behind: BoundedCache[tuple[Printed, Clocks], tuple[MeasureInForce, ...]]
        self._behind = BoundedCache(_CACHED)

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
        """Apply every reading to an event at an instant; see :func:`.assess.assess.assess`."""
        clocks = Clocks(at, known_at or at)
        return assess(self.law, event, clocks, trigger=trigger, policy=policy, facts=facts)

    def printed(
        self,
        list_id: str,
        record_id: str,
        terms: Terms,
        fields: Mapping[str, tuple[str, ...]],
        party: Party | None,
    ) -> Printed:
        """Return what a publisher prints with a listing, as far as the law depends on it."""
        marks = (f"{name}: {value}" for name, values in fields.items() for value in values)
        names = party.properties if party else {}
        every = (name for key in _NAMES for name in names.get(key, ()))
        return Printed(
            list=list_id,
            programmes=terms.programmes,
            acts=terms.acts,
            marks=tuple(mark for mark in marks if mark.startswith(self._marks)),
            measures=terms.measures,
            record=self.law.record_named(record_id),
            person=party is None or party.schema == "Person",
            parties=self.law.parties_named(every),
        )

    @cached_property
    def _marks(self) -> tuple[str, ...]:
        found = (mark for each in self.law.measures.values() for mark in marks_of(each) if mark)
        without = (each.without_mark for each in self.law.measures.values() if each.without_mark)
        return (*found, *without)

    def measures_behind(
        self, printed: Printed, *, as_of: Instant, known_at: Instant
    ) -> tuple[MeasureInForce, ...]:
        """Return the measures behind a listing, by what is printed with it."""
        clocks = Clocks(as_of, known_at)
        return self._behind.get_or_make(
            (printed, clocks), lambda: measures_behind(self.law, printed, clocks)
        )
