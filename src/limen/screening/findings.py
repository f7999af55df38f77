"""From a candidate to a finding: every comparison made, and the law behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from limen import names
from limen.model import Feature, Finding
from limen.names import NameMatch
from limen.screening.coverage import Scope
from limen.screening.identifier_match import compare_identifiers
from limen.screening.listed_parties import ListedParties, ListedParty
from limen.screening.profile import Profile
from limen.screening.qualifiers import compare_qualifiers, most_with
from limen.screening.scoring import Judge, score_of
from limen.snapshot import Snapshot
from limen.snapshot.format import EXACT_NAME, NAME_KINDS, WEAK, as_written

_SAID = {"equal": "agrees", "near": "is near", "conflict": "differs"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The query's side of every comparison: the party, its names, and which of them are odd.

    An odd name (only a legal form, only single letters, too long) says too little or too much to
    be compared as names are; it is also looked for as it is written.
    """

    profile: Profile
    names: tuple[str, ...]
    odd: frozenset[str] = frozenset()

    @property
    def says_nothing(self) -> bool:
        """Whether there is neither a usable name nor a number to go by."""
        return not self.profile.numbers and all(name in self.odd for name in self.names)


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares a party with candidates from one snapshot, under one scope and judge."""

    snapshot: Snapshot
    listed: ListedParties
    scope: Scope
    judge: Judge

    def as_written(self, asked: Asked) -> Iterator[NameMatch]:
        """Listed names that are one of the query's to the letter, but for case.

        They are hits whatever the matcher makes of them: some lists print names that are only a
        legal form, or so common that words alone say little.
        """
        known = self.scope.question.known_at.last_second
        for position, name in enumerate(asked.names):
            key = as_written(name)
            for party in self.snapshot.parties_with(EXACT_NAME, key):
                rows = self.snapshot.name_rows(party, known) if self.scope.parties[party] else ()
                for row in rows:
                    if as_written(self.snapshot.name_texts[row]) == key:
                        odd = name in asked.odd
                        least = 1.0 if odd else self.judge.threshold
                        found = self._name_score(name, row, asked)
                        yield NameMatch(party, row, position, max(found, least))

    def finding(self, asked: Asked, position: int, match: NameMatch | None) -> Finding | None:
        """Compare everything with one listed party; ``None`` when it stays below review."""
        question = self.scope.question
        listed = self.listed.at(position, question.known_at.last_second)
        if listed is None or not self._can_reach(asked, listed, match):
            return None
        if match is not None:
            match = self._strong_if_possible(asked, match)
        features = self._features(asked, listed, match)
        score = score_of(features)
        name_alone = match is not None and match.score >= self.judge.threshold
        if not features or (score < self.judge.review_line and not name_alone):
            return None
        compared = self._compared(asked, match)
        return Finding(
            id=listed.profile.party.id,
            caption=listed.profile.party.caption,
            schema=listed.profile.party.schema,
            score=score,
            level="hit" if score >= self.judge.threshold else "review",
            features=tuple(features),
            listings=self.listed.listings(position, question.as_of, question.known_at),
            party=listed.profile.party.to_ftm(),
            provenance=listed.provenance,
            why=_sentence(listed, features, score, self.judge.threshold),
            threshold=self.judge.threshold,
            alignment=compared.alignment if compared else (),
            flips=compared.flips if compared else "",
        )

    def _compared(self, asked: Asked, match: NameMatch | None) -> names.Comparison | None:
        """The two names with their words side by side; only for what is shown."""
        if match is None:
            return None
        return names.compare(
            asked.names[match.query_name],
            self.snapshot.name_texts[match.row],
            schema=asked.profile.party.schema,
            matcher=self.judge.matcher,
        )

    def _can_reach(self, asked: Asked, listed: ListedParty, match: NameMatch | None) -> bool:
        """Whether the name, lifted as far as it can be, is worth showing; numbers always are."""
        if match is None or match.score >= self.judge.threshold:
            return True
        if asked.profile.numbers and listed.profile.numbers:
            return True
        most = most_with(asked.profile, listed.profile, self.judge.weights)
        return match.score + most >= self.judge.review_line

    def _features(
        self, asked: Asked, listed: ListedParty, match: NameMatch | None
    ) -> list[Feature]:
        weights = self.judge.weights
        main = [*compare_identifiers(asked.profile, listed.profile, weights)]
        if match is not None:
            main.append(self._name_feature(asked, match))
        qualifiers = [*compare_qualifiers(asked.profile, listed.profile, weights)]
        return self.judge.settle(main, qualifiers)

    def _name_feature(self, asked: Asked, match: NameMatch) -> Feature:
        name, listed = asked.names[match.query_name], self.snapshot.name_texts[match.row]
        same = match.score >= 1.0 or name.casefold() == listed.casefold()
        return Feature(
            "name",
            "equal" if same else "near",
            round(match.score, 4),
            query=name,
            query_field=_field_of(asked.profile, name),
            listed=listed,
            listed_field=NAME_KINDS[int(self.snapshot.names["kind"][match.row])],
        )

    def _strong_if_possible(self, asked: Asked, match: NameMatch) -> NameMatch:
        """Prefer a strong name that reaches the threshold to a weak alias that scores more."""
        kinds = self.snapshot.names["kind"]
        if int(kinds[match.row]) != WEAK:
            return match
        known = self.scope.question.known_at.last_second
        rows = self.snapshot.name_rows(match.party, known)
        strong = [
            NameMatch(match.party, row, position, self._name_score(name, row, asked))
            for row in rows
            if int(kinds[row]) != WEAK
            for position, name in enumerate(asked.names)
        ]
        best = max(strong, key=lambda each: each.score, default=match)
        return best if best.score >= self.judge.threshold else match

    def _name_score(self, name: str, row: int, asked: Asked) -> float:
        return names.score(
            name,
            self.snapshot.name_texts[row],
            schema=asked.profile.party.schema,
            matcher=self.judge.matcher,
        )


def _field_of(profile: Profile, value: str) -> str:
    properties = profile.party.properties
    return next((name for name, values in properties.items() if value in values), "name")


def _sentence(
    listed: ListedParty, features: Sequence[Feature], score: float, threshold: float
) -> str:
    """One plain sentence a supervisor can read."""
    carrier, *rest = features
    if carrier.name == "name":
        how = "is" if carrier.verdict == "equal" else "is like"
        said = f"The name {carrier.query!r} {how} {carrier.listed!r} ({carrier.listed_field})"
    else:
        said = f"The {carrier.detail} {carrier.query!r} is that of {listed.profile.party.caption!r}"
    told = [
        f"{feature.name.removeprefix('identifier:').replace('_', ' ')} {_SAID[feature.verdict]}"
        for feature in rest
        if feature.verdict in _SAID and feature.name != "weak_alias"
    ]
    if any(feature.name == "weak_alias" for feature in rest):
        told.append("but the alias is weak")
    tail = f"; {', '.join(told)}" if told else ""
    side = "at or above" if score >= threshold else "below"
    return f"{said}{tail}: {score:.2f}, {side} {threshold:.2f}."
