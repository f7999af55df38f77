"""Locate the addresses of a party in the territories under embargo.

The authorities are those of the lists that are screened: a list represents its authority's law.
The gazetteer is opened by the first party that has an address, and not before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from limen.model import DamagedSnapshotError, InputError, Instant, Notice, Party, SnapshotError
from limen.model.countries import country_code
from limen.screening.coverage import Question, Scope, authorities_of
from limen.screening.place_findings import NOWHERE, Placed, born, in_doubt, placed, together
from limen.snapshot import Snapshot
from limen.util.budget import UNLIMITED, Budget
from limen.util.cache import BoundedCache
from limen.util.disguise.repair import repair

if TYPE_CHECKING:  # opened by the first address
    from limen.places import Location, Places

#: Where a party is, or is registered; a nationality is no ground.
COUNTRIES = ("country", "mainCountry", "jurisdiction")
#: Properties that give a place.
_WITH_A_PLACE = ("address", "full", "birthPlace", *COUNTRIES)
#: The schema of a query that does not say what it is about.
_ANYTHING = "Thing"
#: Words of the longest name without a comma or a digit that is read as a place.
_PLACE_WORDS = 3
#: Questions for which the law is cached; a portfolio has one, a server a few.
_LAWS_CACHED = 64
#: Countries cached, each for each of those questions.
_COUNTRIES_CACHED = 250 * _LAWS_CACHED
#: Birthplaces cached; many parties share one.
_BIRTHPLACES_CACHED = 1 << 14
#: Properties of an Address that place nothing.
_SILENT = ("osmId", "googlePlaceId", "name", "alias", "summary", "remarks", "sourceUrl", "topics")


class AddressQuery(msgspec.Struct, frozen=True):
    """Represents one address to locate: the property it comes from, its text, and its fields."""

    field: str
    text: str
    fields: Mapping[str, Any]


class LawQuery(msgspec.Struct, frozen=True):
    """Represents the law to apply: its authorities, and its two instants."""

    as_of: Instant
    known_at: Instant
    authorities: tuple[str, ...]


class Whereabouts:
    """Locates the addresses of parties, against one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._countries: BoundedCache[tuple[str, LawQuery], Placed] = BoundedCache(
            _COUNTRIES_CACHED
        )
        self._births: BoundedCache[tuple[str, LawQuery], Placed] = BoundedCache(_BIRTHPLACES_CACHED)
        self._laws: BoundedCache[Question, LawQuery] = BoundedCache(_LAWS_CACHED)

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

    def of(self, party: Party, scope: Scope, budget: Budget = UNLIMITED) -> Placed:
        """Locate every address of a party; a party without any opens nothing."""
        named = self._names(party, scope, budget) if party.schema == _ANYTHING else NOWHERE
        if not party.addresses and not any(name in party.properties for name in _WITH_A_PLACE):
            return named
        try:
            return together([self._of(party, scope, budget), named])
        except DamagedSnapshotError:
            raise
        except SnapshotError as error:
            return Placed(reasons=(f"address: {error.what}, so it was not located",))

    def _names(self, party: Party, scope: Scope, budget: Budget) -> Placed:
        """Locate names of what may be anything: a box and a shell are given addresses too.

        A name with a comma or a digit is written like an address, and counts like one where a
        territory is read in it. A short name without counts only where it lies inside and each
        of its words is a place: ``Simferopol Crimea``, and no person with a village's name.
        """
        law = self.law_if_any(scope)
        texts = [text for text in party.properties.get("name", ()) if _may_be_address(text)]
        if law is None or not texts:
            return NOWHERE
        found = []
        for text in budget.checked(texts):
            location = self._ask({"address": text}, (), law)
            place = placed("name", text, location)
            inside = any(finding.level == "hit" for finding in place.findings)
            if (inside and _is_all_place(text, location)) or (
                place.findings and _is_written_like_address(text)
            ):
                found.append(replace(place, notices=()))
        return together(found)

    def law_if_any(self, scope: Scope) -> LawQuery | None:
        """Return the law to apply; ``None`` where the snapshot has no places or no embargo."""
        try:
            law = self._law(scope)
        except DamagedSnapshotError:
            raise
        except SnapshotError:
            return None
        return law if law.authorities else None

    def _of(self, party: Party, scope: Scope, budget: Budget) -> Placed:
        codes, words = _countries(party)
        queries = list({each.text: each for each in (*words, *_addresses(party))}.values())
        law = self._law(scope)
        if not law.authorities:
            return _no_law(queries)
        found = [self._one(each, codes, law) for each in budget.checked(queries)]
        if all(each.notices for each in found):
            found += [self._country(code, law) for code in codes]
        births = party.properties.get("birthPlace", ())
        found += [self._birth(text, law) for text in budget.checked(births)]
        return together(found)

    def _one(self, query: AddressQuery, codes: tuple[str, ...], law: LawQuery) -> Placed:
        try:
            location = self._ask(query.fields, codes, law)
        except InputError as error:
            return Placed(reasons=(f"{query.field}: {error.what}, so it was not located",))
        return placed(query.field, query.text, location)

    def _country(self, code: str, law: LawQuery) -> Placed:
        """Locate a party that names its country and no place: inside is no more than likely."""

        def locate() -> Placed:
            location = self._ask({"country": code}, (), law)
            return _only_a_country(placed("country", code, location))

        return self._countries.get_or_make((code, law), locate)

    def _birth(self, text: str, law: LawQuery) -> Placed:
        """Locate a birthplace; many parties share one."""
        return self._births.get_or_make(
            (text, law), lambda: born(self._ask({"address": text}, (), law))
        )

    def _ask(self, fields: Mapping[str, Any], codes: tuple[str, ...], law: LawQuery) -> Location:
        return self.places.locate(
            fields,
            as_of=law.as_of,
            known_at=law.known_at,
            authorities=law.authorities,
            other_countries=codes,
        )

    def _law(self, scope: Scope) -> LawQuery:
        """Return the law that a question is about; worked out once."""
        return self._laws.get_or_make(
            scope.question,
            lambda: LawQuery(scope.question.as_of, self._known_at(scope), self._authorities(scope)),
        )

    def _known_at(self, scope: Scope) -> Instant:
        """Return when the law must have been known.

        A question open to everything the snapshot knows is open to all of its law: lists may end
        long before the snapshot was built, and the law over territories was known on that day.
        """
        question, manifest = scope.question, self._snapshot.manifest
        if question.known_at.last_second < Instant.parse(manifest.known_until).last_second:
            return question.known_at
        built = Instant.parse(manifest.built_at)
        return max(built, question.as_of, question.known_at, key=lambda each: each.last_second)

    def _authorities(self, scope: Scope) -> tuple[str, ...]:
        """Return the authorities of the lists, of those that have territorial measures."""
        infos = {info.id: info for info in self._snapshot.manifest.lists}
        authorities = {name for each in scope.coverage for name in authorities_of(infos[each.list])}
        return tuple(name for name in self.places.statutes.authorities if name in authorities)


def gives_a_place(party: Party) -> bool:
    """Return whether a party gives anything that is located: an address, a country, a place."""
    if party.addresses or any(name in party.properties for name in _WITH_A_PLACE):
        return True
    return party.schema == _ANYTHING and any(map(_may_be_address, party.values("name")))


def _may_be_address(text: str) -> bool:
    """Return whether a name may be an address or a place."""
    return _is_written_like_address(text) or len(text.split()) <= _PLACE_WORDS


def _is_all_place(text: str, location: Location) -> bool:
    """Return whether every word of a text was read as the name of a place."""
    read = {at for clue in location.clues if clue.role == "place" for at in range(*clue.span)}
    seen = repair(text).text
    return all(start in read for start, char in enumerate(seen) if char.isalnum())


def _is_written_like_address(text: str) -> bool:
    return "," in text or any(char.isdigit() for char in text)


def _countries(party: Party) -> tuple[tuple[str, ...], list[AddressQuery]]:
    """Return the codes of a party's countries, and what is given as one and is none: ``Crimea``."""
    codes: dict[str, None] = {}
    words = []
    for name in COUNTRIES:
        for text in party.properties.get(name, ()):
            code = country_code(text)
            if code:
                codes[code] = None
            else:
                words.append(AddressQuery(name, text, {"region": text.rpartition(":")[2].strip()}))
    return tuple(codes), words


def _addresses(party: Party) -> Iterator[AddressQuery]:
    numbers = {"phone": party.properties["phone"]} if "phone" in party.properties else {}
    if party.schema == "Address":
        yield _of_fields("full", party.properties, numbers)
        return
    for text in party.values("address", "full"):
        yield AddressQuery("address", text, {"address": text, **numbers})
    for properties in party.addresses:
        yield _of_fields("addressEntity", properties, numbers)


def _of_fields(
    field: str, properties: Mapping[str, tuple[str, ...]], numbers: Mapping[str, Any]
) -> AddressQuery:
    """Read an Address object by its parts; where it has a full text, that alone."""
    parts = {name: values for name, values in properties.items() if name not in _SILENT}
    if "full" in parts:
        parts = {
            n: v for n, v in parts.items() if n in ("full", "country", "latitude", "longitude")
        }
    text = ", ".join(value for values in parts.values() for value in values)
    fields: dict[str, Any] = {
        name: values[0] if name in ("latitude", "longitude") else values
        for name, values in parts.items()
    }
    return AddressQuery(field, text, fields | dict(numbers))


def _only_a_country(found: Placed) -> Placed:
    """Lower a hit on a country alone to review: it is where a party belongs, not where it is."""
    findings = tuple(
        replace(
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


def _no_law(queries: list[AddressQuery]) -> Placed:
    if not queries:
        return NOWHERE
    what = "no territorial measure is known of those whose lists were asked, so it was not located"
    return Placed(notices=(Notice("address-not-located", what, queries[0].field),))
