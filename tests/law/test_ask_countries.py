"""A country is asked like a territory, and a prohibition comes with the exemptions of its act."""

from __future__ import annotations

import pytest

from limen.law import Clocks
from limen.law.queries.search import Terms, ask
from limen.model import InputError, Instant


def answer(law, day, **terms):
    at = Instant.parse(day)
    return ask(law, Terms(**terms), Clocks(at, Instant.parse("2026-11-30")))


@pytest.mark.parametrize(
    ("day", "authority", "undecided"),
    [
        ("2025-09-27", "UN", {"un-iran-resolutions"}),
        ("2025-10-05", "UN", {"un-iran-resolutions"}),
        ("2024-06-01", "UN", set()),
        ("2024-06-01", "EU", {"eu-iran-fsf"}),
    ],
)
def test_what_reaches_a_country_s_listed_parties_is_no_silence(law, day, authority, undecided):
    found = answer(law, day, territory="ir", authority=authority)
    assert undecided <= {each.id for each in found.undecided}
    assert bool(found.undecided) == bool(undecided)


def test_a_provision_on_goods_of_a_country_is_in_force_for_it(law):
    before = answer(law, "2025-09-28", territory="ir", authority="EU")
    assert "eu-iran-2025" not in {each.id for each in before.in_force}
    after = answer(law, "2025-09-30", territory="ir", authority="EU")
    assert {"eu-iran-2025"} == {each.id for each in after.in_force}


def test_a_country_without_ground_of_its_own_can_be_asked(law):
    assert "us-eo-13884" in {
        each.id for each in answer(law, "2024-06-01", territory="ve").undecided
    }
    with pytest.raises(InputError, match="unknown territory 'xx'"):
        answer(law, "2024-06-01", territory="xx")


@pytest.mark.parametrize(
    ("day", "exemptions"),
    [("2022-06-03", []), ("2022-09-01", ["crude contracts", "product contracts"]),
     ("2022-12-05", ["product contracts"]), ("2023-02-05", [])],
)  # fmt: skip
def test_a_prohibition_comes_with_the_exemptions_of_its_act(law, day, exemptions):
    found = answer(law, day, goods="2709", authority="EU", act="2022/879")
    assert [each.id for each in found.exemptions] == exemptions
    assert all(each.facts == ("contract_before",) for each in found.exemptions)
