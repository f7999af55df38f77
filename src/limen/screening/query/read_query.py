"""Read the party of a query from the wire: its usable names, and notices of what was odd."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from limen.model import LimenError, Notice, Party, PartyReading, read_party
from limen.model.identifiers import numbers_as_names, read_identifiers
from limen.screening.findings import PartyQuery
from limen.screening.profile import Profile
from limen.screening.query.party_size import check_size
from limen.screening.query.query_names import query_names
from limen.util.budget import UNLIMITED, Budget

Wire = Mapping[str, Any] | Party


class ReadParty(msgspec.Struct, frozen=True, gc=False):
    """Represents a party that was read, with notices of what was odd about it."""

    query: PartyQuery
    notices: tuple[Notice, ...]


class Refused(msgspec.Struct, frozen=True):
    """Represents a party of a batch that could not be read: its position, and the error."""

    index: int
    error: LimenError


def read_one(party: Wire, *, where: str, budget: Budget = UNLIMITED) -> ReadParty:
    """Read a party; a name that cannot be compared word by word becomes a notice.

    It is looked up all the same, as it is written: some lists print names that are only a
    legal form.

    Raises:
        InputError: it is no party, or a larger one than the budget allows.
        TimeLimitError: the time is over.
    """
    check_size(party, budget, where=where)
    reading = PartyReading(party) if isinstance(party, Party) else read_party(party, where=where)
    named = query_names(reading.party, budget)
    profile = Profile(
        reading.party,
        tuple(budget.checked(numbers_as_names(reading.party))),
        tuple(budget.checked(read_identifiers(reading.party))),
    )
    notices = (*reading.notices, *named.notices, *budget.checked(_unread_values(profile)))
    return ReadParty(PartyQuery(profile, named.names, named.odd, named.written), notices)


def _unread_values(profile: Profile) -> Iterator[Notice]:
    """Yield a notice for every value that was given and is not compared."""
    for number in profile.read_numbers or ():
        if number.unread:
            what = f"{number.printed!r} was not compared: {number.unread}"
            yield Notice("unread-identifier", what, number.property)
        elif number.keys and number.is_valid() is False:
            what = f"the check digits of {number.printed!r} are wrong: it may be mistyped"
            yield Notice("wrong-check-digits", what, number.property)
    for field, printed in profile.unread_countries():
        yield Notice("unread-country", f"{printed!r} is no country that is known", field)
    for field, printed in profile.implausible_dates():
        what = f"{printed} is no plausible birth date, so it was not compared"
        yield Notice("implausible-date", what, field)


def read_row(
    index: int, party: Wire, *, on_error: Literal["raise", "row"], budget: Budget = UNLIMITED
) -> ReadParty | Refused:
    """Read a party of a batch; with ``"row"`` one that cannot be read is refused in its place.

    Raises:
        InputError: it is no party, or a larger one than the budget allows, and ``on_error`` is
            ``"raise"``.
        TimeLimitError: the time is over, and ``on_error`` is ``"raise"``.
    """
    try:
        return read_one(party, where=f"party {index + 1:,}", budget=budget)
    except LimenError as error:
        if on_error == "raise":
            raise
        return Refused(index, error)
