"""From a candidate to a finding: every comparison made, its contribution, and the law behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from limen import names
from limen.model import Feature, Finding, ListingEvidence, Party, Provenance, Verdict
from limen.names import NameMatch
from limen.screening.numbers import compare_identifiers
from limen.screening.qualifiers import compare_qualifiers
from limen.screening.scope import Scope
from limen.screening.weights import Weights
from limen.snapshot import Snapshot
from limen.snapshot.format import ALWAYS, BASES, NAME_KINDS, NEVER, SCHEMAS, WEAK, StateBody
from limen.snapshot.times import day_or_none

_CORROBORATES = ("birth_date", "identifier:")


@dataclass(frozen=True, slots=True)
class Judge:
    """What turns comparisons into a score: a matcher, its weights, and the line to cross."""

    matcher: str
    weights: Weights
    threshold: float

    @property
    def name_cutoff(self) -> float:
        """The name score below which nothing else can make a finding."""
        return max(0.0, self.threshold - self.weights.most - self.weights.review_margin)

    @property
    def review_line(self) -> float:
        """The score from which a finding is shown though it is no hit."""
        return self.threshold - self.weights.review_margin


def judge_candidate(
    snapshot: Snapshot,
    scope: Scope,
    judge: Judge,
    query: Party,
    names_asked: Sequence[str],
    party: int,
    match: NameMatch | None,
) -> Finding | None:
    """Compare everything with one listed party; ``None`` when it stays below the review line."""
    known = scope.question.known_at.asked
    state = snapshot.state_at(party, known)
    if state is None:
        return None
    listed = _party(snapshot, party, state)
    main = [*compare_identifiers(query, listed, judge.weights)]
    if match is not None:
        match = _strong_if_possible(snapshot, judge, query, names_asked, match, known)
        main.append(_name_feature(snapshot, query, names_asked, match))
    qualifiers = [*compare_qualifiers(query, listed, judge.weights)]
    features = _settle(main, qualifiers)
    features = _hold_weak(judge, features)
    score = _score(features)
    name_score = match.score if match else 0.0
    if score < judge.review_line and not (score > 0 and name_score >= judge.threshold):
        return None
    hit = score >= judge.threshold
    return Finding(
        id=listed.id,
        caption=listed.caption,
        schema=listed.schema,
        score=score,
        level="hit" if hit else "review",
        features=tuple(features),
        listings=_listings(snapshot, scope, party),
        party=listed.to_ftm(),
        provenance=_provenance(snapshot, party, state),
        why=_why(listed, features, score, judge.threshold),
    )


def _party(snapshot: Snapshot, party: int, state: StateBody) -> Party:
    info = snapshot.manifest.lists[int(snapshot.parties["list"][party])]
    return Party(
        schema=SCHEMAS[int(snapshot.parties["schema"][party])],
        properties=state.properties,
        id=f"{info.id}:{snapshot.record_ids[party]}",
        datasets=(info.id,),
    )


def _strong_if_possible(
    snapshot: Snapshot,
    judge: Judge,
    query: Party,
    names_asked: Sequence[str],
    match: NameMatch,
    known: int,
) -> NameMatch:
    """Prefer a strong name that reaches the threshold to a weak alias that scores more."""
    if int(snapshot.names["kind"][match.row]) != WEAK:
        return match
    best = match
    for row in snapshot.name_rows(match.party, known):
        if int(snapshot.names["kind"][row]) == WEAK:
            continue
        for position, asked in enumerate(names_asked):
            text = snapshot.name_texts[row]
            score = names.score(asked, text, schema=query.schema, matcher=judge.matcher)
            if score >= judge.threshold and (best is match or score > best.score):
                best = NameMatch(match.party, row, position, score)
    return best


def _name_feature(
    snapshot: Snapshot, query: Party, names_asked: Sequence[str], match: NameMatch
) -> Feature:
    asked = names_asked[match.query_name]
    listed = snapshot.name_texts[match.row]
    kind = NAME_KINDS[int(snapshot.names["kind"][match.row])]
    verdict: Verdict = "equal" if match.score >= 1.0 else "near"
    return Feature(
        "name",
        verdict,
        round(match.score, 4),
        query=asked,
        query_field=_field_of(query, asked),
        listed=listed,
        listed_field=kind,
    )


def _field_of(party: Party, value: str) -> str:
    return next((name for name, values in party.properties.items() if value in values), "name")


def _settle(main: list[Feature], qualifiers: list[Feature]) -> list[Feature]:
    """Let the strongest main comparison carry the score, and the qualifiers move it.

    An identifier that names one party in the world is not argued with; a conflict beside it
    is shown and moves nothing.
    """
    agreeing = [feature for feature in main if feature.verdict in ("equal", "near")]
    conflicts = [feature for feature in main if feature.verdict == "conflict"]
    if not agreeing:
        return []
    carrier = max(agreeing, key=lambda feature: feature.contribution)
    settled = [
        carrier,
        *(replace(each, contribution=0.0) for each in agreeing if each is not carrier),
    ]
    certain = carrier.name.startswith("identifier:") and carrier.contribution >= 0.95
    for feature in (*conflicts, *qualifiers):
        against = feature.contribution < 0
        settled.append(replace(feature, contribution=0.0) if certain and against else feature)
    return settled


def _hold_weak(judge: Judge, features: list[Feature]) -> list[Feature]:
    """Keep a weak alias below the line unless something else speaks for the match.

    OFAC (FAQ 122-125) does not expect screening on weak aliases; they corroborate.
    """
    if not features or features[0].listed_field != "weakAlias":
        return features
    corroborated = any(
        feature.verdict == "equal" and feature.name.startswith(_CORROBORATES)
        for feature in features
    )
    excess = _score(features) - (judge.threshold - 0.01)
    if corroborated or excess <= 0:
        return features
    held = Feature(
        "weak_alias",
        "conflict",
        -round(excess, 4),
        listed=features[0].listed,
        listed_field="weakAlias",
        detail="the list calls this alias weak, and nothing else speaks for the match",
    )
    return [*features, held]


def _score(features: Sequence[Feature]) -> float:
    total = sum(feature.contribution for feature in features)
    return round(min(1.0, max(0.0, total)), 4)


def _listings(snapshot: Snapshot, scope: Scope, party: int) -> tuple[ListingEvidence, ...]:
    info = snapshot.manifest.lists[int(snapshot.parties["list"][party])]
    table = snapshot.listings
    found = []
    rows = snapshot.listing_rows(party, scope.question.as_of.asked, scope.question.known_at.asked)
    for row in rows:
        terms = snapshot.terms(row)
        found.append(
            ListingEvidence(
                list=info.id,
                record_id=snapshot.record_ids[party],
                programmes=terms.programmes,
                measures=terms.measures,
                acts=terms.acts,
                applied_from=day_or_none(int(table["applied_from"][row]), ALWAYS),
                applied_to=day_or_none(int(table["applied_to"][row]), NEVER),
                applied_basis=BASES[int(table["basis"][row])],
                known_from=day_or_none(int(table["known_from"][row]), ALWAYS),
                known_to=day_or_none(int(table["known_to"][row]), NEVER),
            )
        )
    return tuple(found)


def _provenance(snapshot: Snapshot, party: int, state: StateBody) -> Provenance:
    info = snapshot.manifest.lists[int(snapshot.parties["list"][party])]
    proof = {version.published: version.sha256 for version in info.versions}
    return Provenance(info.id, state.version, proof.get(state.version, ""), state.carried)


def _why(listed: Party, features: Sequence[Feature], score: float, threshold: float) -> str:
    """One plain sentence a supervisor can read."""
    carrier = features[0]
    if carrier.name == "name":
        how = "is" if carrier.verdict == "equal" else "is like"
        said = f"The name {carrier.query!r} {how} {carrier.listed!r} ({carrier.listed_field})"
    else:
        said = f"The {carrier.detail} {carrier.query!r} is that of {listed.caption!r}"
    words = {"equal": "agrees", "near": "is near", "conflict": "differs"}
    rest = [
        f"{feature.name.replace('_', ' ').removeprefix('identifier:')} {words[feature.verdict]}"
        for feature in features[1:]
        if feature.verdict in words and feature.name != "weak_alias"
    ]
    if any(feature.name == "weak_alias" for feature in features):
        rest.append("but the alias is weak")
    tail = f"; {', '.join(rest)}" if rest else ""
    side = "at or above" if score >= threshold else "below"
    return f"{said}{tail}: {score:.2f}, {side} {threshold:.2f}."
