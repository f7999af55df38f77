"""The records of the files of words: authorities, tags, publishers' words, ownership rules."""

from typing import Literal

import msgspec

from limen.law.records.sourced import Confidence, Prohibition, Record, Sourced


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


class Codes(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a word for a sector, goods or services is in the codes that portfolios have.

    Attributes:
        nace: beginnings of codes of NACE Rev. 2, without letters.
        naics: beginnings of NAICS codes.
        hs: beginnings of HS codes (and of CN codes, which continue them).
        also: other words for the same.
    """

    nace: tuple[str, ...] = ()
    naics: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


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
