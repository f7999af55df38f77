"""The vocabulary of regime files, and what every record of them has.

The words are the format: one outside the lists below is refused with its file, line and key.
"""

from typing import Literal

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
