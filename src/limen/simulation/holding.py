"""One row of a portfolio: a party, the amount at risk, and what it does and deals in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from limen.law.codes import Code
from limen.model import Party, read_party
from limen.model.countries import country_code
from limen.screening.party_addresses import COUNTRIES
from limen.screening.query.party_size import check_size
from limen.simulation.before import Before
from limen.util.budget import Budget


@dataclass(frozen=True, slots=True)
class Holding:
    """One row of a portfolio.

    Attributes:
        party: who it is.
        amount: what is at stake with it.
        label: how results name the row; the party's name where it is empty.
        sectors: what the party does (:func:`limen.law.codes.read_sector`).
        goods: what is dealt in (:func:`limen.law.codes.read_goods`).
        services: what is provided, in words.
    """

    party: Mapping[str, Any] | Party
    amount: float | None = None
    label: str = ""
    sectors: tuple[Code, ...] = ()
    goods: tuple[Code, ...] = ()
    services: tuple[Code, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row that was read and screened: its number, and what it was under before."""

    number: int
    holding: Holding
    party: Party
    before: Before

    @property
    def label(self) -> str:
        return self.holding.label or self.party.caption

    @cached_property
    def countries(self) -> frozenset[str]:
        """Return the codes of the countries that the row places the party in."""
        named = self.party.values(*COUNTRIES)
        return frozenset(code for each in named if (code := country_code(each)))


def party_of(row: int, holding: Holding, budget: Budget) -> Party:
    """Return the party of a row.

    Raises:
        InputError: it cannot be read, or is larger than the budget allows.
    """
    party, where = holding.party, f"row {row + 1:,}"
    check_size(party, budget, where=where)
    return party if isinstance(party, Party) else read_party(party, where=where).party
