"""What a payment channel screens, and what each outcome does to a transaction.

The shipped policy is ``data/policy.toml``; ``limen.payment_screening.policy_file`` reads it and
others. A channel cannot let pass what could not be read, compared or answered in time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from limen.model import InputError
from limen.util.suggest import did_you_mean

Decided = Literal["pass", "hold", "reject"]


class Outcomes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents what findings do to a transaction.

    Attributes:
        hit: a listed party.
        territory: a place inside a territory under embargo.
        country: a country under embargo that an account, a BIC, a code or a text names.
        ownership: a party that listed parties own, or may own, by one authority's rule.
        review: a listed party that is like, below the threshold.
        country_conflict: an address of which the lines name another country than is filled.
        account_abroad: an account in another country than its owner's address or its bank.
    """

    hit: Decided = "hold"
    territory: Decided = "hold"
    country: Decided = "hold"
    ownership: Decided = "hold"
    review: Decided = "hold"
    country_conflict: Decided = "hold"
    account_abroad: Decided = "pass"


class Channel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Represents one channel; ``data/policy.toml`` documents each field."""

    description: str
    matcher: str = "limen-2"
    threshold: float = 0.85
    authorities: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    seconds: float = 5.0
    roles: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    unverified_authorities: tuple[str, ...] = ()
    because: str = ""
    short_names: bool = True
    thresholds: Mapping[str, float] = {}
    outcomes: Outcomes = Outcomes()
    name: str = ""

    def screens(self, role: str) -> bool:
        """Return whether elements of a role are screened."""
        return not self.roles or role in self.roles

    def threshold_of(self, role: str) -> float:
        """Return the score of a hit for a role."""
        return self.thresholds.get(role, self.threshold)


class Policy(msgspec.Struct, frozen=True):
    """Represents the channels of an installation.

    ``sha256`` is that of the file, for answers.
    """

    channels: Mapping[str, Channel]
    default_channel: str
    sha256: str

    def channel(self, name: str | None) -> Channel:
        """Return a channel by name, or the default one.

        Raises:
            InputError: there is none of that name.
        """
        found = self.channels.get(name or self.default_channel)
        if found is None:
            raise InputError(
                f"there is no channel {name!r}",
                where="channel",
                hint=did_you_mean(name or "", self.channels),
            )
        return found
