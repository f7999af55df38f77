"""The law of a snapshot, opened: what the engine and the command line ask."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from numpy.typing import NDArray

from limen.model import Instant, SnapshotError
from limen.regimes.assessment import Assessment, assess
from limen.regimes.in_force import Clocks
from limen.regimes.law import Law
from limen.regimes.part import LAW, open_part


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
                mend="build it again with `limen snapshot build`",
            )
        self._array = arrays[LAW]

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
        """Every reading of an event at an instant; see :func:`.assessment.assess`."""
        clocks = Clocks(at, known_at or at)
        return assess(self.law, event, clocks, trigger=trigger, policy=policy, facts=facts)
