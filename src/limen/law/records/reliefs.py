"""The records of what is allowed in spite of a measure: exemptions and general licences."""

from typing import Any, Literal

import msgspec

from limen.law.records.sourced import Sourced


class Relief(Sourced, frozen=True, kw_only=True, omit_defaults=True):
    """What is allowed in spite of a measure: activities, conditions, validity.

    ``when`` is a condition on the transaction's facts; where it is unknown, so is the relief.
    ``prose`` is a condition in words that ``when`` does not hold: with it, nothing is certainly
    allowed. ``says`` are its scope and conditions in words. ``until: unknown`` is an end that
    exists and was not found; without ``until`` and ``through`` no end is stated.
    """

    title: str
    activities: tuple[str, ...]
    when: dict[str, Any] = {}
    prose: str = ""
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
