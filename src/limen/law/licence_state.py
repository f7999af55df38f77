"""Decide whether a licence stood at an instant: it did, it did not, or that is not known.

A permission is never assumed. An end or a beginning that exists and was not found, a letter that
replaced the licence on a day not found, and a licence without a stated end after the day that the
research reaches: each is ``cannot_say``, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase
from typing import Literal

import msgspec

from limen.law.in_force import Clocks, is_beyond
from limen.law.law import UNKNOWN, Law
from limen.law.moments import moment
from limen.law.records import Licence
from limen.model import Instant

Standing = Literal["not_yet", "valid", "ended", "cannot_say"]


class LicenceState(msgspec.Struct, frozen=True):
    """Whether a licence stood, and why.

    ``beyond_known`` says that it would be valid, on an instant later than its ``known_to``: that
    it was revoked or replaced since then would not be known. ``until`` is its end as it could be
    known, which a later revocation is not.
    """

    value: Standing
    why: str
    beyond_known: bool = False
    until: str | None = None


class ChainLink(msgspec.Struct, frozen=True):
    """One letter of a licence's chain at an instant.

    ``hole`` says what is missing between it and the letter before.
    """

    key: str
    start: str
    until: str | None
    standing: Standing
    why: str
    hole: str


def licence_state(law: Law, licence: Licence, clocks: Clocks) -> LicenceState:
    """Return whether a licence stood at an instant, as known at another."""
    return msgspec.structs.replace(_state(law, licence, clocks), until=_end(law, licence, clocks))


def _end(law: Law, licence: Licence, clocks: Clocks) -> str | None:
    """Return the first end that was known: by revocation, or as the licence states it."""
    stated = licence.until or licence.through
    if not licence.revoked:
        return stated
    zone = _zone(law, licence)
    revoked = moment(licence.revoked, zone)
    if not revoked.effective_by(clocks.known_at):
        return stated
    later = stated and stated != UNKNOWN and moment(stated, zone).first < revoked.first
    return stated if later else licence.revoked


def _state(law: Law, licence: Licence, clocks: Clocks) -> LicenceState:
    begun = _begun(law, licence, clocks)
    if begun == "no":
        return LicenceState("not_yet", f"issued {licence.from_}")
    if ended := _ended(law, licence, clocks):
        return LicenceState("ended", ended)
    if begun == "unknown":
        return LicenceState("cannot_say", "its day of issue was not found")
    if unsure := _unsure(law, licence, clocks):
        return LicenceState("cannot_say", unsure)
    end = licence.until or licence.through
    if end and is_beyond(licence.known_to, clocks.as_of):
        only = f"known to {licence.known_to} only: a change since then would not be known"
        return LicenceState("valid", f"to {end}; {only}", beyond_known=True)
    return LicenceState("valid", f"to {end}" if end else "no end is stated")


def may_be_renewed(law: Law, licence: Licence, clocks: Clocks) -> bool:
    """Return whether a licence ran out after its research, so that a later letter may exist."""
    if not is_beyond(licence.known_to, clocks.as_of) or any(law.successors(licence.key)):
        return False
    last = Instant.parse(licence.known_to)
    return licence_state(law, licence, Clocks(last, clocks.known_at)).value == "valid"


def is_valid(law: Law, licence: Licence, clocks: Clocks) -> bool:
    """Return whether a licence certainly stood: issued, not expired, revoked or replaced."""
    return licence_state(law, licence, clocks).value == "valid"


def chain(law: Law, licence: Licence, clocks: Clocks) -> tuple[ChainLink, ...]:
    """Return every letter of a licence's number in order, with what is missing between them."""
    letters = sorted(
        (
            each
            for each in law.licences.values()
            if (each.programme, each.number) == (licence.programme, licence.number)
        ),
        key=lambda each: each.letter,
    )
    links = []
    before: Licence | None = None
    for each in letters:
        state = licence_state(law, each, clocks)
        hole = "; ".join(_holes(law, before, each))
        links.append(ChainLink(each.key, each.from_, state.until, state.value, state.why, hole))
        before = each
    return tuple(links)


def _begun(law: Law, licence: Licence, clocks: Clocks) -> Literal["yes", "no", "unknown"]:
    zone = _zone(law, licence)
    if licence.from_ != UNKNOWN:
        start = moment(licence.from_, zone)
        known = law.known(licence, zone, clocks.known_at, start)
        return "yes" if known and start.effective_by(clocks.as_of) else "no"
    before = law.licences.get(licence.replaces or "")
    return "no" if before is not None and _begun(law, before, clocks) == "no" else "unknown"


def _ended(law: Law, licence: Licence, clocks: Clocks) -> str:
    """Return how it had ended by the instant; empty where it had not, as far as is known."""
    zone = _zone(law, licence)
    if licence.revoked:
        revoked = moment(licence.revoked, zone)  # a permission ends as its day of revocation begins
        if revoked.effective_by(clocks.as_of) and revoked.effective_by(clocks.known_at):
            return f"revoked {licence.revoked}"
    for later in law.successors(licence.key):
        if _begun(law, later, clocks) == "yes" or (
            later.from_ == UNKNOWN and _ended(law, later, clocks)
        ):
            return f"replaced by {later.key}"
    end = licence.until
    if end and end != UNKNOWN and moment(end, zone).effective_by(clocks.as_of):
        return f"ended {end}"
    if licence.through and moment(licence.through, zone).passed_by(clocks.as_of):
        return f"ended after {licence.through}"
    return ""


def _unsure(law: Law, licence: Licence, clocks: Clocks) -> str:
    """Return why it is not known whether it still stood; empty where it can."""
    for later in law.successors(licence.key):
        if later.from_ == UNKNOWN and _begun(law, later, clocks) == "unknown":
            return f"replaced by {later.key} on a day that was not found"
    if licence.replaced_by:
        return f"replaced by {licence.replaced_by}, which is in no stored source"
    if licence.until == UNKNOWN:
        return "its end was not found"
    if not licence.until and not licence.through and is_beyond(licence.known_to, clocks.as_of):
        return f"no end is stated, and its research reaches {licence.known_to} only"
    return ""


def _holes(law: Law, before: Licence | None, licence: Licence) -> Iterator[str]:
    missing = _missing_between(before, licence)
    if missing:
        names = " to ".join(dict.fromkeys((missing[0], missing[-1])))
        yield f"{names}: in no stored source"
    if before is None or UNKNOWN in (licence.from_, before.until):
        return
    end = before.until or before.through or before.revoked
    zone = _zone(law, licence)
    if end and moment(end, zone).last < moment(licence.from_, zone).first:
        yield f"no letter is known from {end} to {licence.from_}"


def _missing_between(before: Licence | None, licence: Licence) -> list[str]:
    """Return the numbers missing before a letter; a number without letter comes before A."""
    if not licence.letter or licence.letter not in ascii_uppercase:
        return []
    last = ascii_uppercase.index(licence.letter)
    first = ascii_uppercase.index(before.letter) + 1 if before and before.letter else 0
    names = [] if before else [licence.number]
    return [*names, *(f"{licence.number}{letter}" for letter in ascii_uppercase[first:last])]


def _zone(law: Law, licence: Licence) -> str:
    return law.zone(law.programmes[licence.programme].authority)
