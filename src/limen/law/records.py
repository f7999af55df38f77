"""The record types of a regime file: measures, licences, triggers, statements, events.

These types are the format: an unknown key, a missing one or a word outside the lists below is
refused with its file, line and key. Moments stay text as written; :mod:`.moments` reads them.
``docs/schemas/regime.schema.json`` is generated from here.
"""

from typing import Any, Literal

import msgspec

Confidence = Literal["sourced", "secondary", "unconfirmed", "conflict"]
Standing = Literal["proposed", "prepared", "enabled", "in_force", "amended", "suspended", "ended"]
Kind = Literal[
    "territorial", "blocking", "sectoral", "debt_equity", "correspondent", "trade", "services",
    "price_cap", "listing", "package", "power", "secondary", "statute", "relief", "international",
    "certification",
]  # fmt: skip
Binds = Literal[
    "us_person", "us_financial_institution", "eu_operator", "uk_person",
    "foreign_financial_institution",
    "anyone_dealing_in_controlled_items", "own_persons", "member_states", "the_authority",
]  # fmt: skip
Prohibition = Literal[
    "asset_freeze", "making_funds_available", "new_investment", "import", "export", "services",
    "facilitation", "financing", "new_debt", "new_equity", "primary_market_bonds",
    "secondary_market_bonds", "lending", "correspondent_accounts", "any_transaction",
    "securities_of_the_state", "financial_messaging", "reserves_transactions", "overflight",
    "port_access", "broadcasting", "banknotes", "luxury_goods", "tourism", "real_estate",
    "maritime_services_above_cap", "maritime_services", "crypto_services", "travel",
    "professional_services", "technology", "certification", "arms", "credit", "gold",
    "dual_use", "securities", "insurance", "brokering", "technical_assistance", "ship_services",
    "ship_registration", "chartering", "crew_services", "representative_offices", "procurement",
    "menu", "rejected_transactions", "secondary_risk", "director_disqualification",
    "trust_services", "internet_services", "advertising", "licence_requirement",
    "financial_services",
]  # fmt: skip
Channel = Literal[
    "remarks", "press_conference", "written_statement", "joint_statement", "background_call",
    "interview", "address", "briefing", "readout", "speech", "conclusions", "parliament",
    "report", "article", "legal_act", "bill", "post",
]  # fmt: skip
Attribution = Literal["named", "anonymous", "collective"]
#: Speakers by seniority: the head of an authority decides, an observer only reports.
Rank = Literal["head", "principal", "spokesperson", "official", "observer"]


class Record(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A record of a reviewed file; unknown keys are refused."""


class Sourced(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A fact: where it is from, how sure it is, and since when it could be known.

    Attributes:
        source: ids of ``sources.yml``.
        confidence: ``sourced`` (seen in a stored source), ``secondary`` (seen in a digest only),
            ``unconfirmed`` or ``conflict`` (sources disagree; ``note`` says how).
        known_from: when it could be known; the moment of the fact itself where it is left out.
    """

    source: str | tuple[str, ...]
    confidence: Confidence = "sourced"
    known_from: str | None = None
    note: str = ""


class Change(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """A change of a measure's standing, from a moment on."""

    on: str
    is_: Standing = msgspec.field(name="is")
    contested_by: tuple[str, ...] = ()


class Targets(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Of whom or what: parties by programme tag or by name, places, sectors, goods, services."""

    programmes: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
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


class Relief(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """What is allowed in spite of a measure: activities, conditions, validity.

    ``when`` is a condition on the transaction's facts; where it is unknown, so is the relief.
    ``says`` are its scope and conditions in words. ``until: unknown`` is an end that exists and
    was not found; without ``until`` and ``through`` no end is stated.
    """

    title: str
    activities: tuple[str, ...]
    when: dict[str, Any] = {}
    says: str = ""
    from_: str = msgspec.field(name="from")
    until: str | None = None
    through: str | None = None


class Exemption(Relief, frozen=True, kw_only=True, omit_defaults=True):
    """A relief inside the act itself: an exemption, derogation, grandfathering or wind-down."""

    id: str
    kind: Literal["exemption", "derogation", "grandfathering", "wind_down", "exception"]


class Licence(Relief, frozen=True, kw_only=True, omit_defaults=True):
    """A general licence. Numbers are unique inside a programme only: the key has all three.

    It states for whom it is, in exactly one way: its ``parties``, a ``class_of_parties`` in words
    that no list can resolve, or ``any_party`` of the measures that it lifts.

    Attributes:
        lifts: measures that it lifts, for its parties and activities.
        replaces: the letter that it ends.
        replaced_by: the letter that ends it, where that letter itself is in no stored source.
        parties: names of ``licence_parties.yml``.
        owned: whether it extends to entities owned 50 percent or more by its parties.
        excluded: parties that it expressly does not cover.
        known_to: the day that the research of its chain reaches; that of the file if left out.
    """

    programme: str
    number: str
    letter: str = ""
    lifts: tuple[str, ...]
    replaces: str | None = None
    replaced_by: str | None = None
    revoked: str | None = None
    parties: tuple[str, ...] = ()
    owned: bool = False
    class_of_parties: str = ""
    any_party: bool = False
    excluded: tuple[str, ...] = ()
    known_to: str = ""

    @property
    def key(self) -> str:
        """Return the key, as ``RUSSIA-EO14024/8A``."""
        return f"{self.programme}/{self.number}{self.letter}"


class Measure(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """What a legal act prohibits, or would.

    Attributes:
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
        released_as: measures that a prepared one became.
        adopted: the day of an act of the Union, which applies from the day after it.
        known_to: the day that the research reaches; that of the file if left out.
    """

    id: str
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
    released_as: tuple[str, ...] = ()
    status: tuple[Change, ...]
    provisions: tuple[Provision, ...] = ()
    exceptions: tuple[Exemption, ...] = ()
    known_to: str = ""


class Clock(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """A deadline of a trigger: so many days after something, or a day that is named.

    ``if_missed`` says what a missed deadline does; a duty that is late is not a duty that is void.
    """

    name: str
    days: int | None = None
    months: int | None = None
    after: str = ""
    on: str | None = None
    if_missed: str = ""


class Trigger(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """The question that prepared measures wait for, and what follows from its answer."""

    id: str
    title: str
    question: str
    determiner: str
    consequence: str
    reversal: str = ""
    clocks: tuple[Clock, ...] = ()


class Reading(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One statement's answer to a trigger, as a condition on an event.

    Attributes:
        trigger: the question it answers.
        about: kinds of events it speaks to; of others it says nothing.
        when: the condition.
        lesser: when a lesser response is announced instead.
        says: the condition in words.
    """

    trigger: str
    about: tuple[str, ...] = ()
    when: dict[str, Any]
    lesser: dict[str, Any] = {}
    says: str = ""


class Statement(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """The words of a speaker, unaltered; a later statement never changes an earlier one.

    Attributes:
        kind: ``official``; ``act`` where a legal text speaks; ``affected`` for the one whom it
            is about; ``source_characterisation`` for a source's own headline; ``observation``.
        on_behalf_of: authorities; readings are assessed under ``authority``.
        quote: 25 words at most.
        supersedes: statements that it replaces.
    """

    id: str
    kind: Literal["official", "act", "affected", "source_characterisation", "observation"] = (
        "official"
    )
    authority: str
    on_behalf_of: tuple[str, ...] = ()
    speaker: str
    role: str = ""
    rank: Rank
    attribution: Attribution
    channel: Channel
    made: str = msgspec.field(name="said")
    zone: str | None = None
    quote: str = ""
    condition: str = ""
    consequence: str = ""
    reading: Reading | None = None
    clarifies: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()


class EventFact(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One fact of an event, with its own certainty and its own moment of becoming known."""

    is_: str | tuple[str, ...] = msgspec.field(name="is")
    source: str | tuple[str, ...] | None = None
    certainty: Literal["established", "reported", "claimed"] = "established"
    known_from: str | None = None
    note: str = ""


class Event(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """What happened: dated facts. A fact that no source gives is unknown."""

    id: str
    slug: str
    title: str
    kind: str
    happened: str
    zone: str
    facts: dict[str, str | tuple[str, ...] | EventFact] = {}


class RegimeFile(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One YAML file; several may belong to one regime.

    ``known_to`` is the day that the research of its measures and licences reaches. What happened
    afterwards is not known to the file, and answers about a later day say so.
    """

    regime: str
    title: str
    known_to: str = ""
    measures: tuple[Measure, ...] = ()
    licences: tuple[Licence, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()


class Authority(Record, frozen=True, kw_only=True):
    """A maker of law or statements; ``zone`` is that of its days (standard time)."""

    name: str
    zone: str


class Programme(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A publisher's programme tag and the instrument it refers to."""

    authority: str
    title: str
    instruments: tuple[str, ...]
    source: str | tuple[str, ...]
    confidence: Confidence = "sourced"


class PrintedEffect(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a publisher's own word for a measure does (``"Travel Ban"`` -> ``travel``)."""

    prohibits: tuple[Prohibition, ...]
    says: str = ""
    source: str | tuple[str, ...]
    confidence: Confidence = "sourced"


class OwnershipRule(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """When an entity is treated as a listed owner is.

    Attributes:
        threshold: percent; ``inclusive`` says whether exactly so much is enough.
        aggregate: whether stakes of several listed owners add up: always, or only where they
            act jointly.
        control: whether control without the stake is enough.
        for_measures: measures the rule is for; empty for blocking in general.
        not_for: measures it expressly does not reach.
    """

    id: str
    authority: str
    threshold: float
    inclusive: bool
    aggregate: Literal["always", "joint_only"]
    control: bool
    from_: str | None = msgspec.field(name="from", default=None)
    until: str | None = None
    suspended_from: str | None = None
    suspended_until: str | None = None
    for_measures: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
