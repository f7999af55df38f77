"""Turn a candidate into a finding: make every comparison, and add the law behind the listing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from limen import names
from limen.model import Feature, Finding
from limen.model.identifiers import is_of_ship
from limen.model.schemata import comparable
from limen.names import NameMatch
from limen.screening.coverage import Scope
from limen.screening.identifier_match import compare_identifiers
from limen.screening.kinds import hold_other_kind
from limen.screening.listed_parties import ListedParties, ListedParty
from limen.screening.profile import Profile
from limen.screening.qualifiers import compare_qualifiers, most_with
from limen.screening.scoring import Judge, score_of
from limen.screening.written_names import Filed
from limen.snapshot import Snapshot
from limen.snapshot.format import NAME_KINDS, WEAK, as_written
from limen.util.budget import UNLIMITED, Budget

#: How a finding's sentence words a verdict.
_WORDING = {"equal": "agrees", "near": "is near", "conflict": "differs"}


class PartyQuery(msgspec.Struct, frozen=True, gc=False):
    """Represents the query's side of every comparison: the party, its names, and the odd ones.

    An odd name (only a legal form, only single letters, too long) cannot be compared word by
    word; it is also looked up as it is written. One of ``written`` is only that: a title, or what
    is no text before its markup is removed. A part was found inside a longer name
    (``limen.screening.query.contained_names``), and makes a review at most. Names stand in this
    order: those compared, those only looked up, parts.
    """

    profile: Profile
    names: tuple[str, ...]
    odd: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    @property
    def compared_names(self) -> tuple[str, ...]:
        """Return the names that are compared word by word."""
        return self.names[: len(self.names) - len(self.written) - len(self.parts)]

    @property
    def is_empty(self) -> bool:
        """Return whether there is neither a usable name nor an identifier to compare."""
        return not self.profile.numbers and all(
            name in self.odd or name in self.written for name in self.names
        )


class Comparer(msgspec.Struct, frozen=True):
    """Compares a party with candidates from one snapshot, under one scope and judge."""

    snapshot: Snapshot
    listed: ListedParties
    scope: Scope
    judge: Judge
    budget: Budget = UNLIMITED

    def as_written(self, query: PartyQuery, filed: Sequence[Filed]) -> Iterator[NameMatch]:
        """Yield listed names that equal one of the query's letter by letter, case aside.

        They are reported whatever the matcher scores and whatever the kind: some lists print names
        that are only a legal form, or so common that their words weigh little. The words may be in
        another order among kinds that the index does not compare with the query's; and in names of
        no person, which are then for review.

        Args:
            query: the party that is screened.
            filed: what ``parties_by_names`` returned for its names.
        """
        for key, party, position, turned in self.budget.checked(filed):
            if not self.scope.parties[party]:
                continue
            schema = self.listed.schema(party)
            if not turned or not comparable(query.profile.party.schema, schema):
                yield from self._equal(query, position, party, key)
            elif schema != "Person":
                yield from self._equal(query, position, party, key, least=self.judge.below)

    def _equal(
        self, query: PartyQuery, position: int, party: int, key: str, *, least: float | None = None
    ) -> Iterator[NameMatch]:
        """Yield the names of a party that are filed under a key, known at the time."""
        name = query.names[position]
        unusual = name in query.odd or name in query.written
        if least is None:
            least = 1.0 if unusual else self.judge.threshold
        for row in self._rows(party):
            if as_written(self.snapshot.name_texts[row]) == key:
                score = self._name_score(name, row, query)
                yield NameMatch(party, row, position, max(score, least))

    def _rows(self, party: int) -> list[int]:
        """Return the names of a party that count, in the order of the table."""
        rows = (self.snapshot.name_rows(party, *known) for known in self.scope.known)
        return sorted(set().union(*rows))

    def finding(self, query: PartyQuery, position: int, match: NameMatch | None) -> Finding | None:
        """Compare the query with one listed party; ``None`` when the score is below review.

        Where a list said something else on the day asked about than it says now, the state that
        is more like the query counts.
        """
        best: Finding | None = None
        for listed in self._states(position):
            finding = self._finding(query, listed, match)
            if finding is not None and (best is None or finding.score > best.score):
                best = finding
        return best

    def _states(self, position: int) -> list[ListedParty]:
        """Return what is known of a party, and what was on the day asked about if it differs."""
        states: list[ListedParty] = []
        for known in self.scope.known:
            state = self.listed.at(position, *known)
            if state is not None and not _is_among(state, states):
                states.append(state)
        return states

    def _finding(
        self, query: PartyQuery, listed: ListedParty, match: NameMatch | None
    ) -> Finding | None:
        question, position = self.scope.question, listed.position
        if not self._can_reach(query, listed, match):
            return None
        if match is not None:
            match = self._strong_if_possible(query, match)
        features = hold_other_kind(
            self._features(query, listed, match),
            query.profile.party.schema,
            listed.profile.party.schema,
            self.judge,
        )
        score = score_of(features)
        name_alone = match is not None and match.score >= self.judge.threshold
        if not features or (score < self.judge.review_line and not name_alone):
            return None
        compared = self._compared(query, match)
        partial = features[0].name == "name" and features[0].query in query.parts
        return Finding(
            id=listed.profile.party.id,
            caption=listed.profile.party.caption,
            schema=listed.profile.party.schema,
            score=score,
            level="hit" if score >= self.judge.threshold and not partial else "review",
            features=tuple(features),
            listings=self.listed.listings(position, question.as_of, question.known_at),
            party=listed.profile.party.to_ftm(),
            provenance=listed.provenance,
            why=_sentence(listed, features, score, self.judge.threshold),
            threshold=self.judge.threshold,
            alignment=compared.alignment if compared else (),
            flips=compared.flips if compared else "",
            party_id=self.snapshot.party_of(position, question.known_at),
        )

    def _compared(self, query: PartyQuery, match: NameMatch | None) -> names.Comparison | None:
        """Align the two names word by word; done for findings only, since it costs time."""
        if match is None:
            return None
        return names.compare(
            query.names[match.query_name],
            self.snapshot.name_texts[match.row],
            schema=query.profile.party.schema,
            matcher=self.judge.matcher,
        )

    def _can_reach(self, query: PartyQuery, listed: ListedParty, match: NameMatch | None) -> bool:
        """Return whether the name could reach review with every qualifier in its favour.

        Where both sides have identifiers it always can.
        """
        if match is None or match.score >= self.judge.threshold:
            return True
        if query.profile.numbers and listed.profile.numbers:
            return True
        most = most_with(query.profile, listed.profile, self.judge.weights)
        return match.score + most >= self.judge.review_line

    def _features(
        self, query: PartyQuery, listed: ListedParty, match: NameMatch | None
    ) -> list[Feature]:
        weights = self.judge.weights
        main = [*compare_identifiers(query.profile, listed.profile, weights)]
        if match is not None:
            main.append(self._name_feature(query, match))
        qualifiers = [*compare_qualifiers(query.profile, listed.profile, weights)]
        return self.judge.settle(main, qualifiers)

    def _name_feature(self, query: PartyQuery, match: NameMatch) -> Feature:
        name, listed = query.names[match.query_name], self.snapshot.name_texts[match.row]
        same = match.score >= 1.0 or name.casefold() == listed.casefold()
        return Feature(
            "name",
            "equal" if same else "near",
            round(match.score, 4),
            query=name,
            query_field=_field_of(query.profile, name),
            listed=listed,
            listed_field=NAME_KINDS[self.snapshot.names.numbers["kind"][match.row]],
        )

    def _strong_if_possible(self, query: PartyQuery, match: NameMatch) -> NameMatch:
        """Prefer a strong name that reaches the threshold to a weak alias with a higher score."""
        kinds = self.snapshot.names.numbers["kind"]
        if kinds[match.row] != WEAK:
            return match
        best, least = match, self.judge.threshold
        for row in self.budget.checked(self._rows(match.party)):
            if kinds[row] == WEAK:
                continue
            listed = self.snapshot.name_texts[row]
            for position, name in enumerate(query.compared_names):
                score = self._score(name, listed, query)
                if score >= least and (best is match or score > best.score):
                    best = NameMatch(match.party, row, position, score)
        return best

    def _name_score(self, name: str, row: int, query: PartyQuery) -> float:
        return self._score(name, self.snapshot.name_texts[row], query)

    def _score(self, name: str, listed: str, query: PartyQuery) -> float:
        return names.score(name, listed, query.profile.party.schema, self.judge.matcher)


def _is_among(state: ListedParty, states: Sequence[ListedParty]) -> bool:
    """Return whether one of some states says the same of a party; mostly it is the same one."""
    return any(each is state or each.profile.party == state.profile.party for each in states)


def _field_of(profile: Profile, value: str) -> str:
    properties = profile.party.properties
    return next((name for name, values in properties.items() if value in values), "name")


def _sentence(
    listed: ListedParty, features: Sequence[Feature], score: float, threshold: float
) -> str:
    """Explain the score in one plain sentence, for a reviewer."""
    carrier, *rest = features
    if carrier.name == "name":
        how = "is" if carrier.verdict == "equal" else "is like"
        subject = f"The name {carrier.query!r} {how} {carrier.listed!r} ({carrier.listed_field})"
    else:
        subject = f"The {carrier.detail} {carrier.query!r} is that of {_holder(listed, carrier)}"
    remarks = [
        f"{feature.name.removeprefix('identifier:').replace('_', ' ')} {_WORDING[feature.verdict]}"
        for feature in rest
        if feature.verdict in _WORDING and feature.name != "weak_alias"
    ]
    if any(feature.name == "weak_alias" for feature in rest):
        remarks.append("but the alias is weak")
    tail = f"; {', '.join(remarks)}" if remarks else ""
    side = "at or above" if score >= threshold else "below"
    return f"{subject}{tail}: {score:.2f}, {side} {threshold:.2f}."


def _holder(listed: ListedParty, number: Feature) -> str:
    """Return whose number it is: the party's, or a ship's that its entry names."""
    party = listed.profile.party
    of_ship = party.schema != "Vessel" and is_of_ship(number.detail, number.listed)
    return f"a ship named in the entry of {party.caption!r}" if of_ship else f"{party.caption!r}"
