"""Tell a decision: findings, verdicts, evidence, and what one more fact would settle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from limen.model import Instant
from limen.model.countries import country_name
from limen.places.asking import Question
from limen.places.deciding import Decision, Evidence, Where
from limen.places.gazetteer import Gazetteer
from limen.places.law import InForce, Statutes
from limen.places.location import (
    Clue,
    ClueKind,
    Location,
    LocationStamp,
    Outcome,
    PlaceFound,
    TerritoryFinding,
    Verdict,
)
from limen.places.reading import Mention
from limen.places.verdicts import Judge, Standing

_MOST_RUNNERS_UP = 5
OBLASTS = {
    1: "Crimea", 5: "Vinnytsia", 7: "Volyn", 12: "Dnipropetrovsk", 14: "Donetsk", 18: "Zhytomyr",
    21: "Zakarpattia", 23: "Zaporizhzhia", 26: "Ivano-Frankivsk", 32: "Kyiv", 35: "Kirovohrad",
    44: "Luhansk", 46: "Lviv", 48: "Mykolaiv", 51: "Odesa", 53: "Poltava", 56: "Rivne", 59: "Sumy",
    61: "Ternopil", 63: "Kharkiv", 65: "Kherson", 68: "Khmelnytskyi", 71: "Cherkasy",
    73: "Chernivtsi", 74: "Chernihiv", 80: "Kyiv city", 85: "Sevastopol",
}  # fmt: skip


class Teller:
    """Puts answers into words and records."""

    def __init__(self, gazetteer: Gazetteer, statutes: Statutes, judge: Judge) -> None:
        self._places = gazetteer
        self._statutes = statutes
        self._judge = judge

    def tell(
        self,
        question: Question,
        read: Evidence,
        decision: Decision,
        as_of: Instant,
        known_at: Instant,
        stamp: LocationStamp,
    ) -> Location:
        """The whole answer."""
        findings: list[TerritoryFinding] = []
        verdicts = []
        for authority in stamp.authorities:
            rules = self._statutes.in_force(authority, as_of, known_at)
            told = [self._finding(rule, decision, as_of, known_at) for rule in rules]
            verdicts.append(_verdict(authority, rules, told, decision))
            findings += [finding for finding, _ in told if finding.outcome != "outside"]
        place = self._main(decision.where)
        return Location(
            query=question.query,
            verdicts=tuple(verdicts),
            findings=tuple(findings),
            place=place,
            runners_up=tuple(self._runners_up(decision, place)),
            clues=tuple(self._clues(read)),
            contradictions=tuple(dict.fromkeys(decision.contradictions)),
            notices=tuple(question.notices),
            stamp=stamp,
        )

    def _finding(
        self, rule: InForce, decision: Decision, as_of: Instant, known_at: Instant
    ) -> tuple[TerritoryFinding, Standing]:
        standing, where = self._stand(rule, decision, as_of, known_at)
        measure, territory = rule.measure, rule.territory
        place = self._main(where)
        first = where.places[0] if where.places else None
        finding = TerritoryFinding(
            authority=measure.authority,
            outcome=standing.outcome,
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
            confidence=round(where.confidence, 2),
            place=place,
            layers=None if first is None else self._judge.layers(first, territory, as_of),
            why=standing.why,
        )
        return finding, standing

    def _stand(
        self, rule: InForce, decision: Decision, as_of: Instant, known_at: Instant
    ) -> tuple[Standing, Where]:
        """Where the address stands; an alternative inside turns an outside into cannot say."""
        if rule.measure.government and rule.territory.country in decision.governments:
            why = f"it is a mission of the government of {rule.territory.name}"
            return Standing("inside", why), Where(country=rule.territory.country, confidence=0.9)
        main = self._judge.standing(decision.where, rule, as_of, known_at)
        if main.outcome == "inside":
            return main, decision.where
        for other in decision.alternatives:
            standing = self._judge.standing(other, rule, as_of, known_at)
            if standing.outcome == "inside" and other.measured:
                return standing, other
            if standing.outcome == "inside" and main.outcome == "outside":
                why = "the clues contradict each other: " + "; ".join(decision.contradictions)
                settles = "a document that shows where the party is"
                return Standing("cannot_say", why, settles), other
        return main, decision.where

    def _main(self, where: Where) -> PlaceFound | None:
        if not where.places:
            return None
        return self.place(max(where.places, key=self._places.population))

    def _runners_up(self, decision: Decision, main: PlaceFound | None) -> Iterable[PlaceFound]:
        others = [*decision.where.places]
        others += [place for each in decision.alternatives for place in each.places]
        others += decision.runners_up
        others = sorted(dict.fromkeys(others), key=self._places.population, reverse=True)
        told = (self.place(place) for place in others[: _MOST_RUNNERS_UP + 1])
        return [place for place in told if main is None or place.id != main.id][:_MOST_RUNNERS_UP]

    def place(self, at: int) -> PlaceFound:
        """A place of the gazetteer as a record."""
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
            yield Clue(number.kind, number.text, (number.start, number.end), "address", "place", meaning)

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
    authority: str,
    rules: Sequence[InForce],
    told: Sequence[tuple[TerritoryFinding, Standing]],
    decision: Decision,
) -> Verdict:
    if not rules:
        return Verdict(authority, "outside", 1.0, "no territorial measure was in force", "")
    by_outcome: dict[Outcome, tuple[TerritoryFinding, Standing]] = {}
    for finding, standing in told:
        by_outcome.setdefault(standing.outcome, (finding, standing))
    for outcome in ("inside", "cannot_say"):
        if outcome in by_outcome:
            finding, standing = by_outcome[outcome]  # type: ignore[index]
            why = f"{finding.territory_name}: {standing.why}"
            return Verdict(authority, finding.outcome, finding.confidence, why, standing.settles)
    why = decision.where.why or "it lies in no territory under embargo"
    return Verdict(authority, "outside", round(decision.where.confidence, 2), why, "")
