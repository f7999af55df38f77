"""Screen parties against a mapped snapshot: the search, the comparison, the answer.

The same party, snapshot and instants give the same answer, byte for byte, wherever it runs.
The clock is read only here, to fill in an instant that was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING, Literal, overload

from msgspec.structs import replace

from limen import names
from limen._version import __version__
from limen.model import (
    Answer,
    Finding,
    InputError,
    Instant,
    LimenError,
    ListCoverage,
    Stamp,
    TimeLimitError,
)
from limen.model.instant import read_instant
from limen.names import NameIndex, NameMatch, Query
from limen.names.kernels import threads
from limen.screening.coverage import Question, Scope, work_out
from limen.screening.findings import Comparer, PartyQuery
from limen.screening.identifier_match import parties_by_identifier
from limen.screening.listed_parties import ListedParties
from limen.screening.outcome import answer
from limen.screening.party_addresses import Whereabouts
from limen.screening.qualifiers import most_possible
from limen.screening.query.contained_names import with_contained
from limen.screening.query.read_query import ReadParty, Refused, Wire, read_one, read_row
from limen.screening.scoring import Judge
from limen.screening.weights import WEIGHTS
from limen.screening.written_names import Filed, parties_by_names
from limen.snapshot import Snapshot
from limen.snapshot.format import pack_known
from limen.util.budget import UNLIMITED, Budget
from limen.util.cache import BoundedCache
from limen.util.gc import collector_at_rest
from limen.util.lookahead import lookahead

if TYPE_CHECKING:  # each room is loaded by the first question that needs it
    from limen.law.ownership.stakes_file import Stakes
    from limen.places import Places
    from limen.screening.ownership.owned_parties import OwnedParties

When = str | date | datetime | Instant | None
OnError = Literal["raise", "row"]

#: Parties searched for in one go: few enough to be small in memory, and for every core to have one.
CHUNK = 64
#: Questions worked out and cached; each has masks over all parties, some 100 kB.
_SCOPES_CACHED = 16


class PartyScreen:
    """Screens parties against one snapshot.

    Args:
        snapshot: opened with :func:`limen.open`.
        clock: returns the present moment, for questions that name no instant.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.snapshot = snapshot
        self._clock = clock
        self.whereabouts = Whereabouts(snapshot)
        self.listed = ListedParties(snapshot)
        self._scopes: BoundedCache[Question, Scope] = BoundedCache(_SCOPES_CACHED)

    def screen(
        self,
        party: Wire,
        *,
        as_of: When = None,
        known_at: When = None,
        authorities: Sequence[str] = (),
        lists: Sequence[str] | None = None,
        threshold: float | None = None,
        matcher: str | None = None,
        allow_stale: Sequence[str] = (),
        ownership: Stakes | None = None,
        budget: Budget = UNLIMITED,
    ) -> Answer:
        """Screen one party.

        Args:
            party: FollowTheMoney JSON, or a :class:`limen.model.Party`.
            as_of: when it must have applied: an ISO day or an instant with zone; today.
            known_at: when it must have been known; everything the snapshot knows.
            authorities: only their lists, by ``"US"``, ``"EU"``, ...; every loaded list.
            lists: lists by name, instead of authorities.
            threshold: the score of a hit, 0 to 1; the matcher's own.
            matcher: a matcher by name; ``"limen-1"``.
            allow_stale: lists to accept in spite of failing coverage, by name; it is in the stamp.
            ownership: who owns whom, to find that listed parties own the party.
            budget: how much the party may hold and how long its screening may take; unlimited.

        Raises:
            InputError: an argument cannot be understood, or the party exceeds the budget.
            TimeLimitError: the time of the budget is over.
        """
        scope = self.scope(as_of, known_at, authorities, lists, allow_stale)
        judge = self.judge(matcher, threshold)
        read = self._searched(read_one(party, where="party", budget=budget), budget)
        (answered,) = self._begin([read], scope, judge, budget)()
        found = answered()
        return self.owned_parties(ownership, scope, judge).add(found) if ownership else found

    @overload
    def screen_many(
        self,
        parties: Iterable[Wire],
        *,
        as_of: When = ...,
        known_at: When = ...,
        authorities: Sequence[str] = ...,
        lists: Sequence[str] | None = ...,
        threshold: float | None = ...,
        matcher: str | None = ...,
        allow_stale: Sequence[str] = ...,
        ownership: Stakes | None = ...,
        on_error: Literal["raise"] = ...,
        budget: Budget = ...,
    ) -> Iterator[Answer]: ...
    @overload
    def screen_many(
        self,
        parties: Iterable[Wire],
        *,
        as_of: When = ...,
        known_at: When = ...,
        authorities: Sequence[str] = ...,
        lists: Sequence[str] | None = ...,
        threshold: float | None = ...,
        matcher: str | None = ...,
        allow_stale: Sequence[str] = ...,
        ownership: Stakes | None = ...,
        on_error: Literal["row"],
        budget: Budget = ...,
    ) -> Iterator[Answer | Refused]: ...
    def screen_many(
        self,
        parties: Iterable[Wire],
        *,
        as_of: When = None,
        known_at: When = None,
        authorities: Sequence[str] = (),
        lists: Sequence[str] | None = None,
        threshold: float | None = None,
        matcher: str | None = None,
        allow_stale: Sequence[str] = (),
        ownership: Stakes | None = None,
        on_error: OnError = "raise",
        budget: Budget = UNLIMITED,
    ) -> Iterator[Answer | Refused]:
        """Screen many parties, in input order; the arguments are those of :meth:`screen`.

        With ``on_error="row"`` a party that cannot be read, or exceeds the budget, yields
        :class:`Refused` in its place instead of ending the run. The seconds of the budget are
        those of each party, its deadline that of all.
        """
        scope = self.scope(as_of, known_at, authorities, lists, allow_stale)
        judge = self.judge(matcher, threshold)
        owned = self.owned_parties(ownership, scope, judge) if ownership else None
        for found in self.answers_of(parties, scope, judge, on_error=on_error, budget=budget):
            yield owned.add(found) if owned and isinstance(found, Answer) else found

    def answers_of(
        self,
        parties: Iterable[Wire],
        scope: Scope,
        judge: Judge,
        *,
        on_error: OnError = "raise",
        budget: Budget = UNLIMITED,
    ) -> Iterator[Answer | Refused]:
        """Screen many parties under a question that was worked out; see :meth:`screen_many`."""
        rows = enumerate(parties)
        chunks = iter(lambda: list(islice(rows, CHUNK)), [])
        begun = (self._begin_rows(chunk, on_error, scope, judge, budget) for chunk in chunks)
        for answers in lookahead(begun, threads.count()):
            yield from answers()

    def findings_of(
        self, parties: Sequence[Wire], scope: Scope, judge: Judge
    ) -> Iterator[list[Finding]]:
        """Yield the listed parties that each of some parties may be, of those in a scope.

        Addresses are not located.

        Raises:
            InputError: a party cannot be read.
        """
        chunks = (parties[at : at + CHUNK] for at in range(0, len(parties), CHUNK))
        begun = (self._begin_findings(chunk, scope, judge) for chunk in chunks)
        for findings in lookahead(begun, threads.count()):
            yield from findings()

    def _begin_findings(
        self, parties: Sequence[Wire], scope: Scope, judge: Judge
    ) -> Callable[[], list[list[Finding]]]:
        """Begin to search for parties, and return what waits for their findings."""
        read = [self._searched(read_one(party, where="party")) for party in parties]
        search = self._begin_search(read, scope, judge, UNLIMITED)
        return lambda: [
            self._findings(each.query, matches, filed, comparer)
            for each, (matches, filed, comparer) in zip(read, search(), strict=True)
        ]

    def owned_parties(self, stakes: Stakes, scope: Scope, judge: Judge) -> OwnedParties:
        """Return the entities of a file of stakes that listed parties own, as of a question.

        Its owners are screened like any party, against the same lists and instants.
        """
        from limen.screening.ownership.conclusions import conclude_all
        from limen.screening.ownership.owned_parties import OwnedParties, owner_names
        from limen.screening.ownership.owners import owners_of

        question, every = scope.question, owner_names(stakes)
        answers = self.screen_many(
            [{"schema": "LegalEntity", "properties": {"name": [name]}} for name in every],
            as_of=question.as_of,
            known_at=question.known_at,
            lists=[each.list for each in scope.coverage],
            threshold=judge.threshold,
            matcher=judge.matcher,
            allow_stale=question.allow_stale,
        )
        owners = owners_of(self.snapshot, zip(every, answers, strict=True))
        law = self.listed.regimes_known(question.known_at).law
        return OwnedParties(stakes, conclude_all(law, stakes.stakes, owners, question.as_of), judge)

    def candidates(
        self, name: str, schema: str | None = None, limit: int | None = 50
    ) -> list[tuple[str, float]]:
        """Return parties that may have a name, before scoring: ``[(party id, rank score)]``."""
        found = self.index.candidates([name], schema, limit)
        return [(self.party_id(party), rank) for party, rank in found]

    def coverage(
        self,
        *,
        as_of: When = None,
        known_at: When = None,
        authorities: Sequence[str] = (),
        lists: Sequence[str] | None = None,
        allow_stale: Sequence[str] = (),
    ) -> tuple[ListCoverage, ...]:
        """Return what the chosen lists can carry at an instant."""
        return self.scope(as_of, known_at, authorities, lists, allow_stale).coverage

    @property
    def places(self) -> Places:
        """Return the gazetteer and territories of this snapshot, opened on first use."""
        return self.whereabouts.places

    @cached_property
    def index(self) -> NameIndex:
        """Return the index of names of this snapshot, opened on first use."""
        return NameIndex(self.snapshot.arrays.table("index"))

    def party_id(self, party: int) -> str:
        """Return the id of a party by position: ``list:record``."""
        info = self.snapshot.manifest.lists[int(self.snapshot.parties["list"][party])]
        return f"{info.id}:{self.snapshot.record_ids[party]}"

    def scope(
        self,
        as_of: When,
        known_at: When,
        authorities: Sequence[str],
        lists: Sequence[str] | None,
        allow_stale: Sequence[str],
    ) -> Scope:
        """Work a question out, or take it from the cache."""
        instant = self.applied(as_of)
        known = read_instant(known_at, "known_at")
        question = Question(
            as_of=instant,
            known_at=known or Instant.parse(self.snapshot.manifest.known_until),
            authorities=tuple(authorities),
            lists=tuple(lists or ()),
            allow_stale=tuple(sorted(allow_stale)),
        )
        return self._scopes.get_or_make(question, lambda: work_out(self.snapshot, question))

    def now(self) -> datetime:
        """Return the present moment by the engine's clock."""
        return self._clock()

    def applied(self, as_of: When) -> Instant:
        """Return the instant that a question is about: today by default, never a future one."""
        today = Instant.parse(self._clock().date())
        instant = read_instant(as_of, "as_of") or today
        if instant.seconds > today.last_second:
            raise InputError(
                f"{instant} has not come yet",
                where="as_of",
                why="the lists of the future are not known, so no party can be cleared for it",
                hint="ask for today or a day before; `limen whatif` supposes a tomorrow",
            )
        return instant

    def judge(self, matcher: str | None, threshold: float | None) -> Judge:
        """Return how findings are judged, by a matcher's name and a threshold or its own.

        Raises:
            InputError: the matcher is unknown, or the threshold is not above 0 and at most 1.
        """
        chosen = names.matcher_named(matcher or names.DEFAULT_MATCHER)
        line = chosen.threshold if threshold is None else threshold
        if not 0.0 < line <= 1.0:
            raise InputError(f"{line} is not above 0 and at most 1", where="threshold")
        return Judge(chosen.name, WEIGHTS[chosen.name], line)

    def _read_row(
        self, index: int, party: Wire, on_error: OnError, budget: Budget
    ) -> ReadParty | Refused:
        """Read a party of a batch, and the listed names that its own names contain."""
        read = read_row(index, party, on_error=on_error, budget=budget)
        if isinstance(read, Refused):
            return read
        try:
            return self._searched(read, budget)
        except TimeLimitError as error:
            return _refused(index, error, on_error)

    def _begin_rows(
        self,
        chunk: Sequence[tuple[int, Wire]],
        on_error: OnError,
        scope: Scope,
        judge: Judge,
        budget: Budget,
    ) -> Callable[[], list[Answer | Refused]]:
        """Read rows and begin to search for them; return what answers all of them."""
        with collector_at_rest():
            rows = [self._read_row(*row, on_error, budget.begun()) for row in chunk]
            parties = [row for row in rows if isinstance(row, ReadParty)]
            answers = self._begin(parties, scope, judge, budget)

        def end() -> list[Answer | Refused]:
            with collector_at_rest():
                answered = answers()
                return [
                    row if isinstance(row, Refused) else _answered(next(answered), index, on_error)
                    for (index, _), row in zip(chunk, rows, strict=True)
                ]

        return end

    def _searched(self, party: ReadParty, budget: Budget = UNLIMITED) -> ReadParty:
        """Return a party with the listed names that its own names contain."""
        query = with_contained(party.query, self.snapshot, budget)
        return party if query is party.query else replace(party, query=query)

    def _begin(
        self,
        parties: Sequence[ReadParty],
        scope: Scope,
        judge: Judge,
        budget: Budget = UNLIMITED,
    ) -> Callable[[], Iterator[Callable[[], Answer]]]:
        """Begin to search for parties, and return what waits and then answers, party by party."""
        search = self._begin_search(parties, scope, judge, budget)

        def end() -> Iterator[Callable[[], Answer]]:
            stamp = self.stamp(scope, judge)
            for read, found in zip(parties, search(), strict=True):
                yield partial(self._answer, read, *found, stamp)

        return end

    def _begin_search(
        self, parties: Sequence[ReadParty], scope: Scope, judge: Judge, budget: Budget
    ) -> Callable[[], Iterator[tuple[Sequence[NameMatch], Sequence[Filed], Comparer]]]:
        """Begin to search for parties by name; return what waits, and yields what each matches."""
        most = max(
            (most_possible(read.query.profile, judge.weights) for read in parties), default=0
        )
        search = self.index.begin(
            [Query(read.query.compared_names, read.query.profile.party.schema) for read in parties],
            cutoff=max(0.0, judge.review_line - most),
            matcher=judge.matcher,
            parties=scope.parties,
            rows=scope.rows,
        )

        def end() -> Iterator[tuple[Sequence[NameMatch], Sequence[Filed], Comparer]]:
            filed = parties_by_names(self.snapshot, [read.query.names for read in parties])
            for matches, own in zip(search(), filed, strict=True):
                yield (
                    matches,
                    own,
                    Comparer(self.snapshot, self.listed, scope, judge, budget.begun()),
                )

        return end

    def _answer(
        self,
        read: ReadParty,
        matches: Sequence[NameMatch],
        filed: Sequence[Filed],
        comparer: Comparer,
        stamp: Stamp,
    ) -> Answer:
        scope = comparer.scope
        findings = self._findings(read.query, matches, filed, comparer)
        placed = self.whereabouts.of(read.query.profile.party, scope, comparer.budget)
        return answer(read, findings, placed, scope, stamp)

    def _findings(
        self,
        query: PartyQuery,
        found: Sequence[NameMatch],
        filed: Sequence[Filed],
        comparer: Comparer,
    ) -> list[Finding]:
        matches: dict[int, NameMatch | None] = {match.party: match for match in found}
        for match in comparer.as_written(query, filed):
            before = matches.get(match.party)
            is_part = query.names[match.query_name] in query.parts
            if before is None or before.score < (
                comparer.judge.threshold if is_part else match.score
            ):
                matches[match.party] = match
        for party in parties_by_identifier(self.snapshot, query.profile):
            if comparer.scope.parties[party]:
                matches.setdefault(party, None)
        candidates = comparer.budget.checked(matches.items())
        findings = (comparer.finding(query, *candidate) for candidate in candidates)
        reported = [finding for finding in findings if finding is not None]
        return sorted(reported, key=lambda finding: (-finding.score, finding.id))

    def stamp(self, scope: Scope, judge: Judge) -> Stamp:
        """Return everything needed to take an answer again."""
        question = scope.question
        return Stamp(
            snapshot=self.snapshot.manifest.id,
            engine=__version__,
            matcher=judge.matcher,
            threshold=judge.threshold,
            as_of=str(question.as_of),
            known_at=str(question.known_at),
            authorities=question.authorities,
            lists=tuple(each.list for each in scope.coverage),
            allow_stale=question.allow_stale,
            versions={each.list: each.version for each in scope.coverage if each.version},
            law=pack_known(self.snapshot.manifest.law, question.known_at).id,
        )


def _answered(answered: Callable[[], Answer], index: int, on_error: OnError) -> Answer | Refused:
    """Return the answer of a party of a batch, or its refusal where its time is over."""
    try:
        return answered()
    except TimeLimitError as error:
        return _refused(index, error, on_error)


def _refused(index: int, error: LimenError, on_error: OnError) -> Refused:
    """Return the refusal of a party of a batch, or raise it."""
    if on_error == "raise":
        raise error
    error.where = error.where or f"party {index + 1:,}"
    return Refused(index, error)
