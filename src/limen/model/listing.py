"""Entries as one version of a list prints them, and listings over time."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from limen.model.instant import Interval
from limen.model.party import Party, Properties

#: The part of an entry in a list that is published as one file.
WHOLE = "record"


class Entry(msgspec.Struct, frozen=True):
    """Represents one record, or one part of one, as one version of a list prints it.

    A list cut into files (OFAC's sdn, alt, add) yields one entry a part; the parts of a
    record share ``record_id`` and are joined when a snapshot is compiled, so that a part
    that could not be had for a day is carried forward from the last day that had it. The
    first part that a format names is the one that means "listed" when it is there. It is a
    struct, because a build makes hundreds of thousands.

    Attributes:
        record_id: the publisher's own key, stable across versions.
        part: ``"record"``, or the part's name.
        schema: FollowTheMoney schema; ``None`` in parts that do not give it.
        properties: FollowTheMoney properties, values as printed (dates as partial ISO).
        programmes: the publisher's programme or regime tags (``RUSSIA-EO14024``).
        measures: what is imposed, in the publisher's words (``Asset freeze``).
        acts: instruments the publisher names (``2022/332``, ``Executive Order 14065``).
        listed_on: the publisher's own date of listing, as a partial ISO date.
        delisted_on: the publisher's own date of removal, where a list keeps removed entries.
        extra: fields with no FollowTheMoney property, by the publisher's own field name.
    """

    record_id: str
    part: str = WHOLE
    schema: str | None = None
    properties: Properties = {}
    programmes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    listed_on: str | None = None
    delisted_on: str | None = None
    extra: Mapping[str, tuple[str, ...]] = {}


class Listing(msgspec.Struct, frozen=True):
    """Represents one publisher's entry for a party, over one interval of time.

    ``applied`` is when the listing has legal effect; ``known`` is when it could have been
    known. Both are half-open: a listing removed on 2 April does not apply on 2 April.
    ``applied_basis`` is what the start rests on: ``"publisher"`` (a printed date),
    ``"first_seen"`` (the first version that has it) or ``"on_or_before"`` (it was already
    there in the first version the archive holds).
    """

    list_id: str
    record_id: str
    party: Party
    programmes: tuple[str, ...]
    measures: tuple[str, ...]
    acts: tuple[str, ...]
    applied: Interval
    known: Interval
    applied_basis: str
