"""Build the answer from a decision: findings, verdicts, evidence, and the fact that is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from limen.model import Instant
from limen.model.countries import country_name
from limen.places.decide.evidence_model import Decision, Evidence, Where
from limen.places.gazetteer.gazetteer import Gazetteer
from limen.places.location import (
    Clue,
    ClueKind,
    Location,
    LocationStamp,
    PlaceFound,
    TerritoryFinding,
    Verdict,
)
from limen.places.query.address_query import AddressQuery
from limen.places.query.name_mentions import Mention
from limen.places.verdict.territories import InForce, Statutes, Territory
from limen.places.verdict.verdicts import Judge, Placement

#: Other places an answer names: enough to choose from, short enough to read.
_MOST_RUNNERS_UP = 5
#: Digits of KATOTTG -> name.
OBLASTS = {
    1: "Crimea", 5: "Vinnytsia", 7: "Volyn", 12: "Dnipropetrovsk", 14: "Donetsk", 18: "Zhytomyr",
    21: "Zakarpattia", 23: "Zaporizhzhia", 26: "Ivano-Frankivsk", 32: "Kyiv", 35: "Kirovohrad",
    44: "Luhansk", 46: "Lviv", 48: "Mykolaiv", 51: "Odesa", 53: "Poltava", 56: "Rivne", 59: "Sumy",
    61: "Ternopil", 63: "Kharkiv", 65: "Kherson", 68: "Khmelnytskyi", 71: "Cherkasy",
    73: "Chernivtsi", 74: "Chernihiv", 80: "Kyiv city", 85: "Sevastopol",
}  # fmt: skip


class _Application(msgspec.Struct, frozen=True):
    """A rule applied to an address: the outcome, and the reading of the address it rests on."""

    rule: InForce
    placement: Placement
    where: Where


class _Settled(msgspec.Struct, frozen=True):
    """The part of a decision that verdicts depend on, as a key of the cache."""

    where: Where
    alternatives: tuple[Where, ...]
    contradictions: tuple[str, ...]
    governments: tuple[str, ...]


def _settled(decision: Decision) -> _Settled:
    return _Settled(
        decision.where,
        tuple(decision.alternatives),
        tuple(dict.fromkeys(decision.contradictions)),
        tuple(decision.governments),
    )


class AnswerBuilder:
    """Builds answers over one gazetteer and law."""

    def __init__(self, gazetteer: Gazetteer, statutes: Statutes, judge: Judge) -> None:
        self._places = gazetteer
        self._judge = judge
        self._statutes = statutes
        self._judged = lru_cache(maxsize=1 << 13)(self._judge_all)
        self.place = lru_cache(maxsize=1 << 14)(self._place)

    def build(
        self,
        query: AddressQuery,
        read: Evidence,
        decision: Decision,
        *,
        as_of: Instant,
        known_at: Instant,
        stamp: LocationStamp,
    ) -> Location:
        """Return the whole answer."""
        settled = _settled(decision)
        verdicts, findings = self._judged(settled, stamp.authorities, as_of, known_at)
        place = self._main(decision.where)
        return Location(
            query=query.as_given,
            verdicts=verdicts,
            findings=findings,
            place=place,
            country=self._country(decision.where),
            runners_up=tuple(self._runners_up(decision, place)),
            clues=tuple(self._clues(read)),
            contradictions=settled.contradictions,
            notices=tuple(query.notices),
            stamp=stamp,
        )

    def placements(
        self,
        decision: Decision,
        territories: Iterable[Territory],
        *,
        as_of: Instant,
        known_at: Instant,
    ) -> dict[str, Placement]:
        """Return whether the address is in each territory, by the id of the territory."""
        settled = _settled(decision)
        return {
            territory.id: self._placement(territory, settled, as_of, known_at)[0]
            for territory in territories
        }

    def _judge_all(
        self, settled: _Settled, authorities: tuple[str, ...], as_of: Instant, known_at: Instant
    ) -> tuple[tuple[Verdict, ...], tuple[TerritoryFinding, ...]]:
        """Return verdicts and findings, which are the same for every address of the same place."""
        verdicts, findings = [], []
        known: dict[str, tuple[Placement, Where]] = {}
        for authority in authorities:
            rules = self._statutes.in_force(authority, as_of, known_at)
            applied = [self._apply(rule, settled, as_of, known_at, known) for rule in rules]
            relevant = [each for each in applied if each.placement.outcome != "outside"]
            verdicts.append(_verdict(authority, relevant, settled.where, any_rule=bool(rules)))
            findings += [self._finding(each, as_of) for each in relevant]
        return tuple(verdicts), tuple(findings)

    def _finding(self, applied: _Application, as_of: Instant) -> TerritoryFinding:
        measure, territory = applied.rule.measure, applied.rule.territory
        place = max(applied.where.places, key=self._places.population, default=None)
        return TerritoryFinding(
            authority=measure.authority,
            outcome=applied.placement.outcome,
            territory=territory.id,
            territory_name=territory.name,
            definition=territory.definition,
            measure=measure.id,
            instrument=measure.instrument,
            article=measure.article,
            prohibits=measure.prohibits,
            applied_from=measure.start,
            applied_until=measure.until or None,
            law_confidence=measure.confidence,
            confidence=round(applied.where.confidence, 2),
            place=None if place is None else self.place(place),
            layers=None if place is None else self._judge.layers(place, territory, as_of),
            why=applied.placement.why,
        )

    def _apply(
        self,
        rule: InForce,
        settled: _Settled,
        as_of: Instant,
        known_at: Instant,
        known: dict[str, tuple[Placement, Where]],
    ) -> _Application:
        """Apply one rule; ``known`` holds the placements of territories that came before."""
        territory = rule.territory
        if rule.measure.government and territory.country in settled.governments:
            why = f"it is a mission of the government of {territory.name}"
            where = Where(country=territory.country, confidence=0.9)
            return _Application(rule, Placement("inside", why), where)
        if territory.id not in known:
            known[territory.id] = self._placement(territory, settled, as_of, known_at)
        return _Application(rule, *known[territory.id])

    def _placement(
        self, territory: Territory, settled: _Settled, as_of: Instant, known_at: Instant
    ) -> tuple[Placement, Where]:
        """Place the address; an alternative reading that is inside rules out "outside"."""
        main = self._judge.placement(settled.where, territory, as_of, known_at)
        if main.outcome != "inside":
            for other in settled.alternatives:
                placement = self._judge.placement(other, territory, as_of, known_at)
                if placement.outcome == "inside" and other.measured:
                    return placement, other
                if placement.outcome == "inside" and main.outcome == "outside":
                    why = "the clues contradict each other: " + "; ".join(settled.contradictions)
                    settles = "a document that shows where the party is"
                    return Placement("cannot_say", why, settles), other
        return main, settled.where

    def _main(self, where: Where) -> PlaceFound | None:
        if not where.places:
            return None
        return self.place(max(where.places, key=self._places.population))

    def _country(self, where: Where) -> str:
        if where.oblasts:
            return "UA"
        for place in (*where.places, *where.area):
            return self._places.country(place).upper()
        return where.country[:2].upper()  # "ru-proper" is Russia too

    def _runners_up(self, decision: Decision, main: PlaceFound | None) -> Iterable[PlaceFound]:
        others = [*decision.where.places]
        others += [place for each in decision.alternatives for place in each.places]
        others += decision.runners_up
        others = sorted(dict.fromkeys(others), key=self._places.population, reverse=True)
        records = (self.place(place) for place in others[: _MOST_RUNNERS_UP + 1])
        return [place for place in records if main is None or place.id != main.id][
            :_MOST_RUNNERS_UP
        ]

    def _place(self, at: int) -> PlaceFound:
        """Return a place of the gazetteer as a record."""
        name, native = self._places.names(at)
        point = self._places.position(at)
        return PlaceFound(
            id=self._places.id(at),
            name=name,
            native=native,
            country=self._places.country(at).upper(),
            oblast=OBLASTS.get(int(self._places.oblasts[at]), ""),
            raion=self._places.unit_of(at, "raion"),
            lat=point[0] if point else None,
            lon=point[1] if point else None,
        )

    def _clues(self, read: Evidence) -> Iterable[Clue]:
        for text in read.texts:
            for mention in text.mentions:
                kind, meaning = self._meaning(mention)
                yield Clue(
                    kind=kind,
                    text=mention.text,
                    span=(mention.start, mention.end),
                    field=mention.field,
                    role=mention.role,
                    meaning=meaning,
                    slip=mention.slip,
                )
        for number in read.numbers:
            meaning = number.meaning
            if number.oblasts:
                meaning += f" of {', '.join(OBLASTS[oblast] for oblast in number.oblasts)}"
            elif number.country:
                meaning += f": {number.country.upper()}"
            yield Clue(
                number.kind, number.text, (number.start, number.end), "address", "place", meaning
            )

    def _meaning(self, mention: Mention) -> tuple[ClueKind, str]:
        named = mention.named
        if named.countries:
            return "country", ", ".join(country_name(code) for code in named.countries)
        if named.regions:
            return "region", ", ".join(region.id for region in named.regions)
        if named.places:
            largest = max(named.places, key=self._places.population)
            name, _ = self._places.names(largest)
            more = f" and {len(named.places) - 1} more" if len(named.places) > 1 else ""
            return "settlement", f"{name}, {self._places.country(largest).upper()}{more}"
        return "raion", ", ".join(self._places.unit(raion) for raion in named.raions)


def _verdict(
    authority: str, relevant: Sequence[_Application], where: Where, *, any_rule: bool
) -> Verdict:
    for outcome in ("inside", "cannot_say"):
        for each in relevant:
            if each.placement.outcome == outcome:
                why = f"{each.rule.territory.name}: {each.placement.why}"
                confidence = round(each.where.confidence, 2)
                return Verdict(
                    authority, each.placement.outcome, confidence, why, each.placement.settles
                )
    if not any_rule:
        return Verdict(authority, "outside", 1.0, "no territorial measure was in force", "")
    why = where.why or "it lies in no territory under embargo"
    return Verdict(authority, "outside", round(where.confidence, 2), why, "")
