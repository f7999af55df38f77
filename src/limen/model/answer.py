"""The answer to a screening, one form for Python, the command line, the API and the pages.

``to_dict()`` of an :class:`Answer` is the wire form; its JSON Schema is published in
``docs/schemas/answer.schema.json`` and generated from these types.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from limen.model.finding import Finding, ListState, PartyGroup
from limen.model.ownership_findings import OwnershipFinding
from limen.model.party import Notice
from limen.model.party_places import LocatedAddress, PlaceFinding

#: What an answer comes to, the gravest first: an answer has the first that applies.
Outcome = Literal["hit", "review", "cannot_say", "clear"]

#: 4: findings are grouped by party. 3: ``review`` is an outcome. 2: findings have a kind, and
#: addresses are located; 1 had neither.
SCHEMA_VERSION = "4"


#: Every kind of finding; :attr:`kind` tells them apart.
AnyFinding = Finding | PlaceFinding | OwnershipFinding


class ListCoverage(msgspec.Struct, frozen=True, gc=False):
    """Represents what one list could carry at the instant of the question.

    ``age_days`` counts from the last version published at or before that instant. ``speaks_from``
    is the first day for which the list is evidence.
    """

    list: str
    state: ListState
    version: str | None
    age_days: int | None
    max_age_days: int | None
    records: int
    speaks_from: str | None
    sha256: str | None
    why: str = ""


class StakesStamp(msgspec.Struct, frozen=True, gc=False):
    """Represents the file of stakes that was applied: its name, and the SHA-256 of its bytes."""

    name: str
    sha256: str


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """Represents everything needed to take the same answer again.

    ``law`` is the hash of the pack of law that its measures are of. ``ownership`` is the file of
    stakes; it is absent where none was applied.
    """

    snapshot: str
    engine: str
    matcher: str
    threshold: float
    as_of: str
    known_at: str
    authorities: tuple[str, ...]
    lists: tuple[str, ...]
    allow_stale: tuple[str, ...]
    versions: Mapping[str, str]
    law: str = ""
    ownership: StakesStamp | msgspec.UnsetType = msgspec.UNSET


class Answer(msgspec.Struct, frozen=True, gc=False):
    """Represents an answer: outcome, findings, evidence, and the stamp they rest on.

    ``outcome`` is ``hit`` where a finding is a hit, ``review`` where a listed party is at review
    level, ``cannot_say`` where there are ``reasons`` against a clear (an address that may lie in a
    territory is one), and ``clear`` where there is none of these. ``reasons`` say what could not
    be determined, whatever the outcome. Listed parties come first among the findings, then the
    places, then ownership; ``addresses`` has every address that was read, wherever it is.
    """

    outcome: Outcome
    findings: tuple[AnyFinding, ...]
    reasons: tuple[str, ...]
    notices: tuple[Notice, ...]
    coverage: tuple[ListCoverage, ...]
    query: Mapping[str, Any]
    stamp: Stamp
    addresses: tuple[LocatedAddress, ...] = ()
    parties: tuple[PartyGroup, ...] = ()

    @property
    def party_findings(self) -> tuple[Finding, ...]:
        """Return the findings about records of lists, the best first."""
        return tuple(item for item in self.findings if isinstance(item, Finding))

    @property
    def places(self) -> tuple[PlaceFinding, ...]:
        """Return the findings about addresses."""
        return tuple(item for item in self.findings if isinstance(item, PlaceFinding))

    @property
    def owned(self) -> tuple[OwnershipFinding, ...]:
        """Return the findings about ownership by listed parties."""
        return tuple(item for item in self.findings if isinstance(item, OwnershipFinding))

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form, of plain dicts, lists, strings and numbers."""
        wire: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
        wire.update(msgspec.to_builtins(self))
        return wire


def in_form_3(wire: dict[str, Any]) -> dict[str, Any]:
    """Return the wire form of an answer as clients of form 3 read it: without parties."""
    findings = [
        {name: value for name, value in finding.items() if name != "party_id"}
        for finding in wire["findings"]
    ]
    rest = {name: value for name, value in wire.items() if name != "parties"}
    return rest | {"schema_version": "3", "findings": findings}
