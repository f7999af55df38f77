"""Where a party says it is: every address it has, asked of the territories under embargo.

The authorities are those whose lists are asked: a list stands for its authority's law. The
places are opened by the first party that says where it is, and not before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import structs

from limen.model import Instant, LimenError, Notice, Party, SnapshotError
from limen.model.countries import country_code
from limen.screening.coverage import Question, Scope
from limen.screening.place_findings import NOWHERE, Placed, born, in_doubt, placed, together
from limen.snapshot import Snapshot
from limen.util.cache import BoundedCache

if TYPE_CHECKING:  # opened by the first address
    from limen.places import Location, Places

#: Where a party is, or is registered; a nationality is no ground.
COUNTRIES = ("country", "mainCountry", "jurisdiction")
#: Properties that say something of where a party is.
_SAYING = ("address", "full", "birthPlace", *COUNTRIES)
#: Whose measures the bundled sample copies.
_SAMPLED = ("US", "EU", "UK")
#: Questions whose law is cached; a portfolio asks one, a server a few.
_LAWS_CACHED = 64
#: Countries cached, each for each of those questions.
_COUNTRIES_CACHED = 250 * _LAWS_CACHED
#: Birthplaces cached; many parties share one.
_BIRTHPLACES_CACHED = 1 << 14
#: Properties of an Address that place nothing.
_SILENT = ("osmId", "googlePlaceId", "name", "alias", "summary", "remarks", "sourceUrl", "topics")


@dataclass(frozen=True, slots=True)
class Asked:
    """One address as it is asked: the property it stands in, its text, and its fields."""

    field: str
    text: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Law:
    """Whose territorial measures are asked, when they must have applied, and been known."""

    as_of: Instant
    known_at: Instant
    authorities: tuple[str, ...]


class Whereabouts:
    """Locates what parties say of where they are, against one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._countries: BoundedCache[tuple[str, Law], Placed] = BoundedCache(_COUNTRIES_CACHED)
        self._births: BoundedCache[tuple[str, Law], Placed] = BoundedCache(_BIRTHPLACES_CACHED)
        self._laws: BoundedCache[Question, Law] = BoundedCache(_LAWS_CACHED)

    @cached_property
    def places(self) -> Places:
        """Return the gazetteer and territories of this snapshot, opened on first use.

        Raises:
            SnapshotError: the snapshot was built without them.
        """
        from limen.places import Places

        arrays = self._snapshot.arrays.table("places")
        if not len(arrays):
            raise SnapshotError(
                "it holds no places",
                where=f"snapshot {self._snapshot.manifest.id}",
                why="an address could not be located at all",
                hint="build it again with `limen snapshot build`",
            )
        return Places(arrays)

    def of(self, party: Party, scope: Scope) -> Placed:
        """What the party's addresses come to; a party without any opens nothing."""
        if not party.addresses and not any(name in party.properties for name in _SAYING):
            return NOWHERE
        try:
            return self._of(party, scope)
        except SnapshotError as error:
            return Placed(reasons=(f"address: {error.what}, so it was not located",))

    def _of(self, party: Party, scope: Scope) -> Placed:
        codes, words = _countries(party)
        asked = list({each.text: each for each in (*words, *_addresses(party))}.values())
        law = self._law(scope)
        if not law.authorities:
            return _nobodys_law(asked)
        found = [self._one(each, codes, law) for each in asked]
        if all(each.notices for each in found):
            found += [self._country(code, law) for code in codes]
        births = party.properties.get("birthPlace", ())
        found += [self._birth(text, law) for text in births]
        return together(found)

    def _one(self, asked: Asked, codes: tuple[str, ...], law: Law) -> Placed:
        try:
            location = self._ask(asked.fields, codes, law)
        except LimenError as error:
            return Placed(reasons=(f"{asked.field}: {error.what}, so it was not located",))
        return placed(asked.field, asked.text, location)

    def _country(self, code: str, law: Law) -> Placed:
        """A party that names its country and no place: inside is no more than likely."""

        def locate() -> Placed:
            location = self._ask({"country": code}, (), law)
            return _only_a_country(placed("country", code, location))

        return self._countries.get_or_make((code, law), locate)

    def _birth(self, text: str, law: Law) -> Placed:
        """A birthplace; many parties share one."""
        return self._births.get_or_make(
            (text, law), lambda: born(self._ask({"address": text}, (), law))
        )

    def _ask(self, fields: Mapping[str, Any], codes: tuple[str, ...], law: Law) -> Location:
        return self.places.locate(
            fields,
            as_of=law.as_of,
            known_at=law.known_at,
            authorities=law.authorities,
            beside=codes,
        )

    def _law(self, scope: Scope) -> Law:
        """Whose measures a question asks, and as of when; worked out once."""
        return self._laws.get_or_make(
            scope.question,
            lambda: Law(scope.question.as_of, self._known_at(scope), self._authorities(scope)),
        )

    def _known_at(self, scope: Scope) -> Instant:
        """A question open to everything the snapshot knows is open to all of its law.

        Lists may end long before the day the snapshot was built; the law over territories was
        known on that day as it stands in it.
        """
        question, manifest = scope.question, self._snapshot.manifest
        if question.known_at.last_second < Instant.parse(manifest.known_until).last_second:
            return question.known_at
        built = Instant.parse(manifest.built_at)
        return max(built, question.as_of, question.known_at, key=lambda each: each.last_second)

    def _authorities(self, scope: Scope) -> tuple[str, ...]:
        """Whose territorial measures are asked: those of the authorities of the lists."""
        infos = {info.id: info for info in self._snapshot.manifest.lists}
        asked: dict[str, None] = {}
        for each in scope.coverage:
            info = infos[each.list]
            asked.update(dict.fromkeys(_SAMPLED if info.sample else (info.authority.upper(),)))
        return tuple(name for name in self.places.statutes.authorities if name in asked)


def _countries(party: Party) -> tuple[tuple[str, ...], list[Asked]]:
    """The codes of a party's countries, and what stands there and is no country: ``Crimea``."""
    codes: dict[str, None] = {}
    words = []
    for name in COUNTRIES:
        for text in party.properties.get(name, ()):
            code = country_code(text)
            if code:
                codes[code] = None
            else:
                words.append(Asked(name, text, {"region": text.rpartition(":")[2].strip()}))
    return tuple(codes), words


def _addresses(party: Party) -> Iterator[Asked]:
    numbers = {"phone": party.properties["phone"]} if "phone" in party.properties else {}
    if party.schema == "Address":
        yield _of_fields("full", party.properties, numbers)
        return
    for text in party.values("address", "full"):
        yield Asked("address", text, {"address": text, **numbers})
    for properties in party.addresses:
        yield _of_fields("addressEntity", properties, numbers)


def _of_fields(
    field: str, properties: Mapping[str, tuple[str, ...]], numbers: Mapping[str, Any]
) -> Asked:
    """An Address object by its parts; its full text alone where it has one."""
    told = {name: values for name, values in properties.items() if name not in _SILENT}
    if "full" in told:
        told = {n: v for n, v in told.items() if n in ("full", "country", "latitude", "longitude")}
    text = ", ".join(value for values in told.values() for value in values)
    fields: dict[str, Any] = {
        name: values[0] if name in ("latitude", "longitude") else values
        for name, values in told.items()
    }
    return Asked(field, text, fields | dict(numbers))


def _only_a_country(found: Placed) -> Placed:
    """A country says where a party belongs and not where it is: its embargo is for review."""
    findings = tuple(
        structs.replace(
            finding,
            level="review",
            score=in_doubt(finding.score),
            features=tuple(
                replace(each, contribution=in_doubt(each.contribution)) for each in finding.features
            ),
            why=f"The party's country is {finding.caption}, and it gives no address: "
            f"{finding.instrument} ({finding.authority}).",
        )
        for finding in found.findings
        if finding.level == "hit"
    )
    reasons = tuple(
        f"country: for {each.authority} the country is {each.caption}, and no address says more"
        for each in findings
    )
    return Placed(findings=findings, reasons=reasons)


def _nobodys_law(asked: list[Asked]) -> Placed:
    if not asked:
        return NOWHERE
    what = "no territorial measure is known of those whose lists were asked, so it was not located"
    return Placed(notices=(Notice("address-not-located", what, asked[0].field),))
