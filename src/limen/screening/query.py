"""Read the party of a query from the wire: its usable names, and notices of what was odd."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from limen import names
from limen.model import LimenError, Notice, Party, PartyReading, read_party
from limen.model.schemata import NAME_PROPERTIES
from limen.screening.findings import PartyQuery
from limen.screening.profile import Profile

Wire = Mapping[str, Any] | Party


@dataclass(frozen=True, slots=True)
class ReadParty:
    """Represents a party that was read, with notices of what was odd about it."""

    query: PartyQuery
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Represents a party of a batch that could not be read: its position, and the error."""

    index: int
    error: LimenError


def read_one(party: Wire, *, where: str) -> ReadParty:
    """Read a party; a name that cannot be compared word by word becomes a notice.

    It is looked up all the same, as it is written: some lists print names that are only a
    legal form.

    Raises:
        InputError: it is no party.
    """
    reading = PartyReading(party) if isinstance(party, Party) else read_party(party, where=where)
    notices = list(reading.notices)
    party_names = reading.party.values(*NAME_PROPERTIES)
    person = reading.party.schema == "Person"
    reasons = {name: names.usable(name, person=person) for name in party_names}
    odd = {name: reason for name, reason in reasons.items() if reason is not None}
    notices += [Notice("unusable-name", reason, "name") for reason in odd.values()]
    return ReadParty(
        PartyQuery(Profile(reading.party), party_names, frozenset(odd)), tuple(notices)
    )


def read_row(index: int, party: Wire, *, on_error: Literal["raise", "row"]) -> ReadParty | Refused:
    """Read a party of a batch; with ``"row"`` one that cannot be read is refused in its place.

    Raises:
        InputError: it is no party, and ``on_error`` is ``"raise"``.
    """
    try:
        return read_one(party, where=f"party {index + 1:,}")
    except LimenError as error:
        if on_error == "raise":
            raise
        return Refused(index, error)
