"""Screen a text or a document: the listed parties it names, as of its day and the query's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, Literal

import msgspec

from limen.documents import Document, DocumentReport
from limen.documents.report import ListedAs, MentionFound, MentionPlace
from limen.documents.text.dates import dates_in
from limen.documents.text.lost_letters import lost_letters
from limen.law import Law
from limen.mentions.chains import Match, Mention, Rows
from limen.mentions.finder import MentionFinder
from limen.mentions.known_acts import known_events, known_measures
from limen.mentions.name_runs import Span
from limen.mentions.statement_match import Recogniser
from limen.mentions.text_numbers import Filed, Numbers
from limen.mentions.text_readings import further_readings
from limen.model import Answer, Finding, ListingEvidence, Party, Stamp
from limen.model.finding import by_party
from limen.names import NameMatch
from limen.screening.coverage import Question, Scope
from limen.screening.findings import Comparer, PartyQuery
from limen.screening.listed_parties import ListedParties, ListedParty
from limen.screening.outcome import outcome_of
from limen.screening.profile import Profile
from limen.screening.scoring import Judge
from limen.snapshot import Snapshot
from limen.snapshot.format import SCHEMAS
from limen.util.cache import BoundedCache

#: Characters on either side of an act that may be of its sentence.
_SENTENCE = 400
#: Parties of one mention at most; the same party is on many lists.
_PARTIES_MOST = 24
#: Questions of which the names are cached, a byte each; a server has a few.
_QUESTIONS_CACHED = 8


class DocumentScreen:
    """Represents the screening of documents; its table of names lives as long as the engine.

    Args:
        snapshot: the lists.
        listed: its parties, as the engine reads them.
        judge: the matcher and its threshold.
    """

    def __init__(self, snapshot: Snapshot, listed: ListedParties, judge: Judge) -> None:
        self._snapshot = snapshot
        self._listed = listed
        self._judge = judge
        self._rows: BoundedCache[Question, Rows] = BoundedCache(_QUESTIONS_CACHED)

    def under(self, judge: Judge, *, rare_alone: bool = False) -> DocumentScreen:
        """Return the same screening by another matcher or threshold; the table is shared.

        ``rare_alone`` is that of :class:`MentionFinder`.
        """
        other = DocumentScreen(self._snapshot, self._listed, judge)
        table = self.finder.table
        other.finder = MentionFinder(self._snapshot, judge, table=table, rare_alone=rare_alone)
        return other

    @cached_property
    def finder(self) -> MentionFinder:
        """Return the search for names in a text; its table is built when first used."""
        return MentionFinder(self._snapshot, self._judge)

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self._snapshot, self._listed)

    def answer(self, subject: str | Document, scope: Scope, stamp: Stamp) -> Answer:
        """Screen a text or a document: every listed party that it names, with the evidence."""
        text = subject if isinstance(subject, str) else subject.text
        findings, places = self.findings(text, scope)
        return _answer(subject, text, findings, places, scope, stamp)

    def findings(self, text: str, scope: Scope) -> tuple[list[Finding], dict[str, list[Span]]]:
        """Return every listed party that a text names, and the places of each wording."""
        readings = list(further_readings(text))
        mentions = self.finder.mentions(text, self._listed_rows(scope), readings=readings)
        comparer = Comparer(self._snapshot, self._listed, scope, self._judge)
        numbers = self._numbers.held(text, self._numbers.filed(text, readings), comparer)
        numbered = [number for number in numbers if scope.parties[number.party]]
        best: dict[str, Finding] = {}
        for finding in chain(
            (number.finding for number in numbered),
            *(self._findings(mention, comparer) for mention in mentions),
        ):
            known = best.get(finding.id)
            if known is None or finding.score > known.score:
                best[finding.id] = finding
        findings = sorted(best.values(), key=lambda finding: (-finding.score, finding.id))
        places = {mention.text: mention.places for mention in mentions}
        for number in numbered:
            places.setdefault(text[slice(*number.span)], []).append(number.span)
        return findings, places

    def _listed_rows(self, scope: Scope) -> Rows:
        """Return the names that were known, of parties that are listed."""
        return self._rows.get_or_make(
            scope.question, lambda: scope.rows & scope.parties[self._snapshot.names["party"]]
        )

    def _findings(self, mention: Mention, comparer: Comparer) -> Iterator[Finding]:
        for match in mention.matches:
            if not comparer.scope.parties[match.party]:
                continue
            known = match.known(comparer.scope.rows)
            if known is None:
                continue
            schema = SCHEMAS[int(self._snapshot.parties["schema"][match.party])]
            party = Party(schema=schema, properties={"name": (match.text,)})
            query = PartyQuery(Profile(party), (match.text,))
            name = NameMatch(match.party, known[1], 0, known[0])
            found = comparer.finding(query, match.party, name)
            if found is not None:
                features = tuple(_placed(found, mention))
                yield msgspec.structs.replace(found, features=features)

    def mentions(
        self, document: Document, now: Scope, then: Scope | None
    ) -> tuple[MentionFound, ...]:
        """Return the mentions of a document, each party as of both days."""
        text = document.text
        readings = list(further_readings(text))
        filed = self._numbers.filed(text, readings)
        found = [
            *self.finder.mentions(text, readings=readings),
            *self._numbered(text, filed, now, then),
        ]
        return tuple(
            MentionFound(
                text=mention.text,
                span=mention.span,
                chain=tuple(
                    MentionPlace(text=text[slice(*place)], span=place) for place in mention.places
                ),
                parties=tuple(
                    self._listed_as(match, now, then) for match in mention.matches[:_PARTIES_MOST]
                ),
            )
            for mention in sorted(found, key=lambda mention: mention.span)
        )

    def _numbered(
        self, text: str, filed: Sequence[Filed], now: Scope, then: Scope | None
    ) -> list[Mention]:
        """Return the numbers of a text as mentions: on either day, each place by itself."""
        found: dict[Span, dict[int, Match]] = {}
        for scope in (now, then) if then else (now,):
            comparer = Comparer(self._snapshot, self._listed, scope, self._judge)
            for span, party, finding in self._numbers.held(text, filed, comparer):
                printed = text[slice(*span)]
                found.setdefault(span, {})[party] = Match(party, finding.score, printed)
        return [
            Mention(text[slice(*span)], span, tuple(matches.values()), [span])
            for span, matches in found.items()
        ]

    def _listed_as(self, match: Match, now: Scope, then: Scope | None) -> ListedAs:
        known, listings = self._state(match.party, now)
        if not listings and then is not None:
            known, listings = self._state(match.party, then)
        info = self._snapshot.manifest.lists[int(self._snapshot.parties["list"][match.party])]
        days = [(each.applied_from, each.applied_basis) for each in listings if each.applied_from]
        listed_from, basis = min(days, default=(None, ""))
        return ListedAs(
            id=f"{info.id}:{self._snapshot.record_ids[match.party]}",
            party_id=self._snapshot.party_of(match.party, now.question.known_at),
            caption=known.profile.party.caption if known else match.text,
            schema=SCHEMAS[int(self._snapshot.parties["schema"][match.party])],
            score=round(match.score, 4),
            on_document_date=self._level(match, then),
            on_as_of=self._level(match, now),
            listed_from=listed_from,
            listed_basis=basis,
            programmes=tuple(sorted({tag for listing in listings for tag in listing.programmes})),
        )

    def _level(self, match: Match, scope: Scope | None) -> Literal["hit", "review"] | None:
        if scope is None or not scope.parties[match.party]:
            return None
        score = match.score
        if match.names:
            known = match.known(scope.rows)
            if known is None:
                return None
            score = known[0]
        return "hit" if score >= self._judge.threshold else "review"

    def _state(
        self, party: int, scope: Scope
    ) -> tuple[ListedParty | None, tuple[ListingEvidence, ...]]:
        """Return a party as it was on the day asked about, and its listings then."""
        question = scope.question
        states = (self._listed.at(party, *known) for known in reversed(scope.known))
        known = next((state for state in states if state is not None), None)
        return known, self._listed.listings(party, question.as_of, question.known_at)


def _placed(found: Finding, mention: Mention) -> Iterator[Any]:
    """Yield the features with the place of the mention in the document."""
    for feature in found.features:
        if feature.name == "name":
            yield msgspec.structs.replace(feature, query_field="document", span=mention.span)
        else:
            yield feature


def _answer(
    subject: str | Document,
    text: str,
    findings: Sequence[Finding],
    places: Mapping[str, Sequence[Span]],
    scope: Scope,
    stamp: Stamp,
) -> Answer:
    """Return the answer; a document with a page that could not be read is never clear."""
    reasons = [*scope.reasons]
    about: dict[str, Any] = {"document": "text", "characters": len(text)}
    if isinstance(subject, Document):
        reasons.extend(subject.limitations)
        about |= {"document": subject.name, "sha256": subject.sha256}
    else:
        reasons.extend(lost_letters(text) if text.strip() else ("the document has no text",))
    if not scope.coverage:
        reasons.append("no list was in service: nothing was compared")
    about["mentions"] = [
        {"text": named, "spans": [list(span) for span in dict.fromkeys(spans)]}
        for named, spans in places.items()
    ]
    return Answer(
        outcome=outcome_of(findings, reasons),
        findings=tuple(findings),
        reasons=tuple(reasons),
        notices=(),
        coverage=scope.coverage,
        query=about,
        stamp=stamp,
        parties=by_party(findings, scope.states),
    )


def with_law(document: Document, report: DocumentReport, law: Law) -> DocumentReport:
    """Return the report with what the regime files know of its statements, acts and events."""
    days = [_day_near(document, measure.span) for measure in report.measures]
    recogniser = Recogniser(law)
    return msgspec.structs.replace(
        report,
        statements=recogniser.recognised(report.statements),
        reported=recogniser.recognised(report.reported),
        measures=known_measures(report.measures, law, days),
        events=known_events(report.events, law),
    )


def _day_near(document: Document, span: tuple[int, int]) -> str | None:
    """Return the day in the sentence around a span."""
    text = document.text
    low, high = max(0, span[0] - _SENTENCE), min(len(text), span[1] + _SENTENCE)
    start = max(low - 1, text.rfind(". ", low, span[0]), text.rfind("\n", low, span[0])) + 1
    stops = (text.find(mark, span[1], high) for mark in (". ", "\n"))
    end = min((at for at in stops if at >= 0), default=high)
    whens = dates_in(text, start, end, document.dated.day)
    return next((str(when.date) for when in whens if when.date and not when.ahead), None)
