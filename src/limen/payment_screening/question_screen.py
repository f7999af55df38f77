"""Answer the questions about payments: parties by party screening, texts by what they name.

One question, its channel and instants give the same answer, whichever message it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from limen.mentions.document_screen import DocumentScreen
from limen.model import Answer, Finding, LimenError, ListingEvidence, TimeLimitError
from limen.payment_screening import texts
from limen.payment_screening.element_findings import CLEAR, Found, Result
from limen.payment_screening.found_elements import each_once
from limen.payment_screening.listed_names.cut_names import CutNames
from limen.payment_screening.listed_names.short_names import ShortNames
from limen.payment_screening.meant import is_part_meant
from limen.payment_screening.policy import Channel
from limen.payment_screening.questions import PartyQuestion, Terms, TextQuestion
from limen.payments import Message
from limen.screening import Refused
from limen.screening.coverage import Scope, authorities_of
from limen.screening.findings import Comparer
from limen.screening.outcome import NOTHING_TO_COMPARE
from limen.screening.parties import PartyScreen
from limen.util.budget import Budget

if TYPE_CHECKING:
    from limen.law.ownership.stakes_file import Stakes
    from limen.screening.ownership.owned_parties import OwnedParties

#: Texts of more characters are screened again where they repeat.
_TEXT_MOST = 1_000
#: The reason of a name without words of its own, and of a country without an address, which is a
#: finding here.
_ONLY_A_FORM, _ONLY_A_COUNTRY = "name: the name is only a legal form", "country: for "
_LATE = "it was not answered within {:g} s"
#: The messages of credit transfers: their payer and payee a channel may leave unverified.
_TRANSFER = "pacs.008"
#: What a targeted financial restrictive measure does, in the sense of Regulation (EU) No 260/2012.
_TARGETED = frozenset({"asset_freeze", "making_funds_available"})


class Searches(NamedTuple):
    """Represents what an engine's payments are searched with, whatever the channel."""

    screen: PartyScreen
    documents: DocumentScreen
    cut: CutNames
    short: ShortNames


class QuestionScreen:
    """Represents the answers of one channel at two instants.

    Args:
        searches: of the engine.
        scope: the lists of the channel, at the instants.
        channel: thresholds and matcher, and who is not verified.
        ownership: who owns whom; ``None`` where it is not known.
    """

    def __init__(
        self, searches: Searches, scope: Scope, channel: Channel, ownership: Stakes | None
    ) -> None:
        self._searches = searches
        self._screen = searches.screen
        self.scope = scope
        self.channel = channel
        self._ownership = ownership
        self._texts: dict[float, texts.TextScreen] = {}

    @cached_property
    def _exempt_lists(self) -> frozenset[str]:
        """Return the lists of which some listings do not count for those who are not verified."""
        infos = {info.id: info for info in self._screen.snapshot.manifest.lists}
        exempt = {name.upper() for name in self.channel.unverified_authorities}
        lists = (each.list for each in self.scope.coverage)
        return frozenset(name for name in lists if exempt.issuperset(authorities_of(infos[name])))

    def _counts(self, finding: Found) -> bool:
        """Return whether a finding counts for a customer who is not verified.

        The listings of the exempt lists do not, of those that are targeted measures.
        """
        if not isinstance(finding, Finding) or finding.provenance.list not in self._exempt_lists:
            return True
        return not all(map(_is_targeted, finding.listings))

    @cached_property
    def _owned(self) -> OwnedParties | None:
        if self._ownership is None:
            return None
        judge = self._screen.judge(self.channel.matcher, self.channel.threshold)
        return self._screen.owned_parties(self._ownership, self.scope, judge)

    def terms(self, message: Message) -> Terms:
        """Return what the channel asks about a message."""
        exempt = bool(self.channel.unverified) and message.kind.startswith(_TRANSFER)
        compared = exempt and bool(self.channel.unverified_authorities)
        return Terms(self.channel, exempt=exempt, compared=compared)

    def notices(self) -> Iterator[str]:
        """Yield what answers say of the channel."""
        channel = self.channel
        if channel.unverified:
            authorities = ", ".join(channel.unverified_authorities)
            what = (
                f"not verified against listings of {authorities} that freeze assets or forbid "
                "making funds available; its other listings, and those of others, are compared"
                if authorities
                else "not compared with the lists"
            )
            yield f"{', '.join(channel.unverified)} of {_TRANSFER}: {what}. {channel.because}"
        if channel.roles:
            yield f"only these roles are screened in this channel: {', '.join(channel.roles)}"

    def answered(
        self, questions: Iterable[PartyQuestion | TextQuestion], budget: Budget
    ) -> Iterator[tuple[object, Result, bool]]:
        """Yield the key of each question, its answer, and whether it is to be remembered."""
        every = list(questions)
        yield from self._parties([q for q in every if isinstance(q, PartyQuestion)], budget)
        for question in every:
            if isinstance(question, TextQuestion):
                result, lasting = self._text(question, budget)
                yield question.key, result, lasting

    def _parties(
        self, questions: Sequence[PartyQuestion], budget: Budget
    ) -> Iterator[tuple[object, Result, bool]]:
        question = self.scope.question
        for threshold, same in groupby(sorted(questions, key=_threshold), key=_threshold):
            group = list(same)
            answers = self._screen.screen_many(
                (each.wire for each in group),
                as_of=question.as_of,
                known_at=question.known_at,
                authorities=question.authorities,
                lists=question.lists or None,
                threshold=threshold,
                matcher=self.channel.matcher,
                allow_stale=question.allow_stale,
                on_error="row",
                budget=budget,
            )
            for each, answer in zip(group, answers, strict=True):
                if isinstance(answer, Refused):
                    yield each.key, _unanswered(answer.error, budget), False
                else:
                    yield each.key, self._party(each, answer, budget), True

    def _party(self, question: PartyQuestion, answer: Answer, budget: Budget) -> Result:
        general = frozenset(self.scope.reasons)
        reasons = [each for each in answer.reasons if each not in general]
        reasons = [each for each in reasons if not _is_harmless(each, question)]
        findings = {each.id: self._as_whole(each, question) for each in answer.party_findings}
        judge = self._screen.judge(self.channel.matcher, question.threshold)
        comparer = Comparer(self._screen.snapshot, self._screen.listed, self.scope, judge, budget)
        for name in question.cut:
            begun, many = self._searches.cut.findings(name, question.wire["schema"], comparer)
            for finding in begun:
                known = findings.get(finding.id)
                if known is None or known.score < finding.score:
                    findings[finding.id] = finding
            if many:
                reasons.append(f"{name!r} is cut where many listed names go on")
        ranked = sorted(findings.values(), key=lambda each: (-each.score, each.id))
        if question.exempt:
            ranked = list(filter(self._counts, ranked))
        found: list[Found] = [*ranked, *answer.places, *self._ownership_of(answer, question)]
        if not found and not reasons:
            return CLEAR
        return Result(tuple((0, each) for each in found), tuple(reasons))

    def _as_whole(self, finding: Finding, question: PartyQuestion) -> Finding:
        """Return a finding as a hit where a part of a longer name reaches the threshold."""
        if finding.level == "hit" or finding.score < finding.threshold:
            return finding
        places = self._screen.whereabouts.places
        meant = is_part_meant(finding, question.names, places)
        return msgspec.structs.replace(finding, level="hit") if meant else finding

    def _ownership_of(self, answer: Answer, question: PartyQuestion) -> Iterator[Found]:
        if self._owned is not None and question.named and not question.exempt:
            added = self._owned.add(answer)
            yield from (each for each in added.findings if each.kind == "ownership")

    def _text(self, question: TextQuestion, budget: Budget) -> tuple[Result, bool]:
        try:
            found = each_once(self._text_screen(question).findings(question.elements, budget))
            counted = (each for each in found if not question.exempt or self._counts(each[1]))
            result = Result(tuple(counted), acts=tuple(texts.acts_in(question.elements)))
        except TimeLimitError as error:
            return _unanswered(error, budget), False
        some = result if result.findings or result.acts else CLEAR
        return some, question.size <= _TEXT_MOST

    def _text_screen(self, question: TextQuestion) -> texts.TextScreen:
        """Return the search of texts at a threshold; a channel has one, or a few by role."""
        known = self._texts.get(question.threshold)
        if known is None:
            judge = self._screen.judge(self.channel.matcher, question.threshold)
            known = self._texts[question.threshold] = texts.TextScreen(
                self._searches.documents.under(judge, rare_alone=True),
                self._searches.short if self.channel.short_names else None,
                self._screen.whereabouts,
                Comparer(self._screen.snapshot, self._screen.listed, self.scope, judge),
            )
        return known


def _threshold(question: PartyQuestion) -> float:
    return question.threshold


def _is_targeted(listing: ListingEvidence) -> bool:
    """Return whether a listing is a targeted financial restrictive measure, or may be one."""
    prohibited = {word for each in listing.measures_in_force for word in each.prohibits}
    return not prohibited or not _TARGETED.isdisjoint(prohibited)


def _unanswered(error: LimenError, budget: Budget) -> Result:
    late = isinstance(error, TimeLimitError)
    return Result(reasons=(_LATE.format(budget.seconds) if late else error.what,))


def _is_harmless(reason: str, question: PartyQuestion) -> bool:
    """Return whether a reason against a clear is none in a payment.

    A part of a message without a name, as an account, has nothing to compare. A numbered company
    (``01175729 LIMITED``) has no words that could be compared, and is looked up as it is written.
    A country alone is a finding, of which the channel decides.
    """
    if reason == NOTHING_TO_COMPARE:
        return not question.named or _is_numbered(question.wire)
    if reason.startswith(_ONLY_A_COUNTRY):
        return True
    return reason == _ONLY_A_FORM and _is_numbered(question.wire)


def _is_numbered(wire: Mapping[str, object]) -> bool:
    properties = wire["properties"]
    names = properties.get("name", ()) if isinstance(properties, Mapping) else ()
    return any(any(map(str.isdigit, name)) for name in names)
