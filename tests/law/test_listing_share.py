"""Every edition of the shared data: a measure behind each listing, and none that its list denies."""

from __future__ import annotations

import pytest
from benchmarks import law_listings

from limen.law import Clocks
from limen.law.listing_measures import Printed, measures_behind
from limen.law.listing_share import share_of
from limen.model import Instant

LEAST = {
    "us_ofac_sdn": 98.0, "eu_fsf": 99.0, "un_sc": 99.0, "uk_fcdo": 99.0, "ca_sema": 99.0,
    "au_dfat": 99.0, "ch_seco": 95.0,
}  # fmt: skip


@pytest.mark.parametrize("list_id", LEAST)
def test_nearly_every_listing_has_a_measure_and_no_effect_its_list_contradicts(
    law, shared, list_id
):
    shared("data/lists.yml")
    day, read = law_listings.EDITIONS[list_id]
    found = share_of(law, list_id, day, Clocks.at(Instant.parse(day)), read())
    assert found.listings > 900
    assert found.share >= LEAST[list_id], found.without
    assert found.contradicted == 0


KINDS = [
    ("uk_fcdo", {"measures": ('Shipping sanctions: (see "Other information")',), "programmes": ("The Russia (Sanctions) (EU Exit) Regulations 2019",), "person": False}, "port_access", "asset_freeze"),
    ("uk_fcdo", {"measures": ("Travel Ban",), "programmes": ("The Republic of Guinea-Bissau (Sanctions) (EU Exit) Regulations 2019",)}, "travel", "asset_freeze"),
    ("eu_journal", {"record": "32014R0833:XLII", "programmes": ("EU-RUS",), "person": False}, "port_access", "asset_freeze"),
    ("eu_journal", {"record": "32014R0833:IV", "programmes": ("EU-RUS",), "person": False}, "dual_use", "asset_freeze"),
    ("eu_journal", {"record": "32017R1509:XIV.B", "programmes": ("EU-PRK",), "person": False}, "port_access", "asset_freeze"),
    ("eu_journal", {"record": "32017R1509:XIV.A", "programmes": ("EU-PRK",), "person": False}, "asset_freeze", "port_access"),
    ("eu_journal", {"record": "32014R0208:I", "programmes": ("EU-UKR",)}, "asset_freeze", "travel"),
    ("ca_sema", {"record": "ru:1.1", "programmes": ("Russia / Russie",), "person": False}, "ship_services", "asset_freeze"),
    ("au_dfat", {"measures": ("Maritime Restriction",), "programmes": ("Autonomous (Vessels)",), "person": False}, "port_access", "asset_freeze"),
    ("un_sc", {"programmes": ("GB",)}, "travel", "asset_freeze"),
    ("un_sc", {"programmes": ("Iraq",)}, "asset_freeze", "travel"),
    ("ch_seco", {"marks": ("sanctions-set-id: 51271",), "person": False}, "dual_use", "asset_freeze"),
    ("us_ofac_sdn", {"programmes": ("CUBA",), "person": False}, "asset_freeze", "travel"),
    ("us_ofac_sdn", {"programmes": ("DPRK3",), "person": False}, "asset_freeze", "import"),
    ("us_ofac_cons", {"programmes": ("CMIC-EO13959",), "person": False}, "securities", "asset_freeze"),
    ("us_ofac_cons", {"programmes": ("UKRAINE-EO13662",), "marks": ("Executive Order 13662 Directive Determination: Subject to Directive 4",), "person": False}, "technology", "new_debt"),
    ("us_csl", {"programmes": ("RUSSIA-EO14024",), "measures": ("Sectoral Sanctions Identifications List (SSI) - Treasury Department",), "person": False}, "new_debt", "asset_freeze"),
    ("us_csl", {"programmes": ("EL",), "measures": ("Entity List (EL) - Bureau of Industry and Security",), "person": False}, "licence_requirement", "asset_freeze"),
]  # fmt: skip


@pytest.mark.parametrize(("list_id", "entry", "does", "does_not"), KINDS)
def test_what_kinds_of_listings_do(law, list_id, entry, does, does_not):
    printed = Printed(**{"list": list_id, "programmes": (), "acts": ()} | entry)
    measures = measures_behind(law, printed, Clocks.at(Instant.parse("2026-08-01")))
    words = {word for each in measures for word in each.prohibits}
    assert does in words
    assert does_not not in words
