"""The records of a measure: its standing over time, its provisions, its targets."""

from typing import Any

import msgspec

from limen.law.records.reliefs import Exemption
from limen.law.records.sourced import Binds, Kind, Prohibition, Record, Sourced, Standing


class Change(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """A change of a measure's standing, from a moment on."""

    on: str
    is_: Standing = msgspec.field(name="is")
    contested_by: tuple[str, ...] = ()


class Targets(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Of whom or what: parties by programme tag or by name, places, sectors, goods, services.

    ``countries`` are those of the parties in a sector, or of goods and services (ISO codes).
    """

    programmes: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


class Provision(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """What one article prohibits of whom, from when to when.

    A provision with terms that changed is given several times under one ``id``, in spans that
    do not overlap. ``until`` is the first moment at which it no longer holds; ``through`` the
    last at which it does. ``terms`` are its numbers (``debt_tenor_days: 14``). ``at_once`` says
    that an amending act of the Union applies on its publication, and not on the day after.
    """

    id: str
    prohibits: tuple[Prohibition, ...] = ()
    targets: Targets = Targets()
    terms: dict[str, float] = {}
    says: str = ""
    at_once: bool = False
    from_: str = msgspec.field(name="from")
    until: str | None = None
    through: str | None = None


class Release(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """What a prepared measure becomes when an event of some kind sets it off.

    Attributes:
        when: a condition on the event's facts; every event that sets the measure off, without one.
        measures: the measures that were then taken.
        provisions: provisions of the prepared measure itself that are for such an event only.
        says: why these and no others.
    """

    when: dict[str, Any] = {}
    measures: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    says: str


class Measure(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """What a legal act prohibits, or would.

    Attributes:
        former_ids: ids that it had before, by which saved answers and files may still call it.
        programmes: tags under which publishers list its parties (``RUSSIA-EO14024``).
        acts: numbers of acts that publishers print with a listing (``2022/332``).
        on_lists: lists on which the tag means this measure; any, where none is named.
        not_on_lists: lists on which the same tag means something else.
        mark: how an entry says that it is under this measure: its field, and how that begins;
            of several, any.
        without_mark: how an entry says that it is not under it, in the same way.
        records: beginnings of the record ids under it (``32014R0833:XLII``: act and annex).
        as_printed: what it does to a party is what the list prints (``printed_effects.yml``).
        additional_to: measures in addition to this one, which it neither replaces nor implies.
        waits_for: the trigger that a prepared measure waits for.
        lesser_for: triggers of which it is the lesser response that a reading announces.
        released_as: what a prepared one became, by what the event was.
        adopted: the day of an act of the Union, which applies from the day after it.
        known_to: the day that the research reaches; that of the file if left out.
    """

    id: str
    former_ids: tuple[str, ...] = ()
    title: str
    authority: str
    instrument: str
    kind: Kind
    adopted: str = ""
    binds: Binds = "own_persons"
    citation: str = ""
    programmes: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    on_lists: tuple[str, ...] = ()
    not_on_lists: tuple[str, ...] = ()
    mark: str | tuple[str, ...] = ()
    without_mark: str = ""
    records: tuple[str, ...] = ()
    as_printed: bool = False
    additional_to: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()
    lesser_for: tuple[str, ...] = ()
    released_as: tuple[Release, ...] = ()
    status: tuple[Change, ...]
    provisions: tuple[Provision, ...] = ()
    exceptions: tuple[Exemption, ...] = ()
    known_to: str = ""
