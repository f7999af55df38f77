"""Territories under embargo and the measures over them, as a snapshot holds them.

Where a territory is comes from ``territories.yml``, which is checked here when a snapshot is
built. What is prohibited over it comes compiled from the law (``limen.law.embargoes``); this
module does not read legal files. Both travel in the snapshot as JSON.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from limen.model import Instant, Interval, RegistryError

Definition = Literal["fixed", "named_region", "control"]
Confidence = Literal["sourced", "secondary", "unconfirmed", "conflict"]


class Territory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A region as one legal act defines it.

    Attributes:
        definition: the same ground always, a region that is named and not drawn, or what the
            government does not control on the as-of day.
        oblasts: oblasts of Ukraine that contain it, by the digits of their code.
        country: a whole country, instead.
        line: the day by the line of control of which a named region is judged.
        region: the region word that names it in addresses.
        claimed_from: the day from which the whole of the oblasts is claimed: a layer of
            evidence, never the scope.
    """

    id: str
    name: str
    definition: Definition
    oblasts: tuple[int, ...] = ()
    country: str = ""
    line: str = ""
    region: str = ""
    claimed_from: str = ""


class TerritorialMeasure(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from"}
):
    """What one act prohibits over territories, from ``start`` until ``until`` (half-open).

    ``published`` is when it could be known, where that is not ``start``. ``government`` means
    that the act binds the territory's government wherever it is, as in its embassies.
    """

    id: str
    authority: str
    territories: tuple[str, ...]
    instrument: str
    article: str
    prohibits: str
    start: str
    source: str
    confidence: Confidence
    until: str = ""
    published: str = ""
    note: str = ""
    government: bool = False


class ControlPeriod(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the dates of control come from, and the day up to which they are known."""

    source: str
    until: str


class Ground(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``territories.yml``: where the territories are."""

    control: ControlPeriod
    territories: tuple[Territory, ...]


class TerritorialLaw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ``law`` array of a snapshot's places part."""

    control: ControlPeriod
    territories: tuple[Territory, ...]
    measures: tuple[TerritorialMeasure, ...]


class InForce(msgspec.Struct, frozen=True):
    """A measure over one territory, in force at the as-of instant."""

    measure: TerritorialMeasure
    territory: Territory


class Statutes:
    """The territorial law of a snapshot, by authority and by both clocks."""

    def __init__(self, law: TerritorialLaw) -> None:
        self.law = law
        self.territories = {territory.id: territory for territory in law.territories}
        self.authorities = tuple(dict.fromkeys(measure.authority for measure in law.measures))
        self._dated = [
            (measure, _interval(measure), Instant.parse(measure.published or measure.start))
            for measure in law.measures
        ]

    def days(self) -> set[date]:
        """Return the days on which a measure began or ended."""
        return {
            instant.day
            for _, applied, _ in self._dated
            for instant in (applied.start, applied.end)
            if instant is not None
        }

    def in_force(self, authority: str, as_of: Instant, known_at: Instant) -> tuple[InForce, ...]:
        """Return an authority's measures that applied at one instant, as known at another."""
        return tuple(
            InForce(measure, self.territories[territory])
            for measure, applied, published in self._dated
            if measure.authority == authority
            and applied.covers(as_of)
            and published.seconds <= known_at.last_second
            for territory in measure.territories
        )


def _interval(measure: TerritorialMeasure) -> Interval:
    until = Instant.parse(measure.until) if measure.until else None
    return Interval(Instant.parse(measure.start), until)


def compile_law(measures: Sequence[TerritorialMeasure]) -> TerritorialLaw:
    """Join the measures to the territories of the package, and check that they fit.

    Raises:
        RegistryError: ``territories.yml`` is wrong, or a measure names an unknown territory.
    """
    # YAML is read when a snapshot is built, never when it is queried.
    from limen.util.located_yaml import locate_packaged

    ground = locate_packaged("limen.places", "data/territories.yml").decode(Ground)
    known = {territory.id for territory in ground.territories}
    for measure in measures:
        for name in measure.territories:
            if name not in known:
                raise RegistryError(
                    f"measure {measure.id} names the territory {name!r}, which has no ground",
                    where="places/data/territories.yml",
                    hint="describe there where it is",
                )
    return TerritorialLaw(ground.control, ground.territories, tuple(measures))
