"""The engine: the one door to every question that a snapshot answers.

Rooms that a process does not need are not loaded: each is imported by its first question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from limen.model import Answer, Instant
from limen.screening.parties import PartyScreen, When, instant_of
from limen.screening.query import Wire

if TYPE_CHECKING:
    from limen.documents import Document
    from limen.law import Assessment, Regimes
    from limen.mentions.document_screen import DocumentScreen
    from limen.places import Location
    from limen.screening.locate import Address
    from limen.simulation.what_if import Holding, WhatIf


class Engine(PartyScreen):
    """Screens parties, places and documents against one snapshot, and asks its law.

    The arguments are those of :class:`PartyScreen`.
    """

    def locate(
        self,
        address: Address,
        *,
        country: str | None = None,
        as_of: When = None,
        known_at: When = None,
        authorities: Sequence[str] = (),
    ) -> Location:
        """Where an address lies, and in which territories under embargo.

        Args:
            address: free text, the fields of an address (ISO 20022's names), or (lat, lon).
            country: a code or name known beside it.
            as_of: when the measures must have applied and the ground been held; today.
            known_at: when both must have been known; everything known today.
            authorities: ``"US"``, ``"EU"``, ...; all that have territorial measures.

        Raises:
            InputError: the question cannot be understood.
        """
        from limen.screening.locate import locate

        return locate(
            self.places,
            self.snapshot.manifest.id,
            address,
            as_of=self.applied(as_of),
            known_at=instant_of(known_at, "known_at") or Instant.parse(self._clock().date()),
            authorities=authorities,
            country=country,
        )

    def screen_document(
        self,
        document: str | Document,
        as_of: When = None,
        *,
        known_at: When = None,
        authorities: Sequence[str] = (),
        lists: Sequence[str] | None = None,
        allow_stale: Sequence[str] = (),
    ) -> Answer:
        """Screen a text, or a document that was read: every listed party that it names.

        The spans of findings are offsets into the text. The other arguments are those of
        :meth:`screen`.

        Raises:
            InputError: the question cannot be understood.
        """
        scope = self.scope(as_of, known_at, authorities, lists, allow_stale)
        return self.documents.answer(document, scope, self.stamp(scope, self.judge(None, None)))

    @cached_property
    def documents(self) -> DocumentScreen:
        """The reverse search over this snapshot, its table built when first asked."""
        from limen.mentions.document_screen import DocumentScreen

        return DocumentScreen(self.snapshot, self.listed, self.judge(None, None))

    def assess(
        self,
        event: str,
        trigger: str | None = None,
        *,
        at: When,
        known_at: When = None,
        policy: str | None = None,
    ) -> Assessment:
        """What everybody's words, and the law, make of an event at an instant.

        Args:
            event: an event by id (``"EV05"``) or slug (``"troops-into-occupied-donbas"``).
            trigger: one question; every one of the event's regime.
            at: the instant; a day, or with its hour and zone.
            known_at: when it must have been known; ``at`` itself, so without later knowledge.
            policy: a view beside the readings: ``"latest_named"``, ``"most_senior"``,
                ``"strictest"`` or ``"legal_only"``.

        Raises:
            InputError: the question cannot be understood.
        """
        from limen.engine import assess as assessing

        return assessing.assess(
            self.regimes,
            event,
            at=instant_of(at, "at"),
            known_at=instant_of(known_at, "known_at"),
            trigger=trigger,
            policy=policy,
        )

    def what_if(
        self,
        event: str | None,
        portfolio: Iterable[Wire | Holding],
        *,
        at: When,
        known_at: When = None,
        reading: str | None = None,
        authority: str | None = None,
        assume: Sequence[str] = (),
        hindsight: bool = True,
    ) -> WhatIf:
        """Who of a portfolio would be hit if an event met its condition. A simulation.

        Args:
            event: an event by id or slug; ``None`` where ``assume`` says it all.
            portfolio: parties, or :class:`limen.simulation.what_if.Holding` with an amount.
            at: the instant from which it is supposed.
            known_at: when the prepared measures must have been known; ``at``.
            reading: a statement by id: only what waits for its trigger.
            authority: only this authority's measures.
            assume: further suppositions: ``"party=NAME@US"``,
                ``"territory=ua-ngc-kherson@us-eo-14065"``, ``"licence-ends=PROGRAMME/8A"``.
            hindsight: also whom the measures did reach when they were released.

        Raises:
            InputError: the question cannot be understood.
        """
        from limen.engine import assess as assessing

        return assessing.what_if(
            self,
            event,
            portfolio,
            at=instant_of(at, "at"),
            known_at=instant_of(known_at, "known_at"),
            reading=reading,
            authority=authority,
            assume=assume,
            hindsight=hindsight,
        )

    @property
    def regimes(self) -> Regimes:
        """The law this snapshot carries, opened when first needed."""
        return self.listed.regimes
