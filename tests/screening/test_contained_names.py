"""A listed name inside a longer text is a review, never silent; what only looks like one is not."""

import pytest

from limen.model import Party
from limen.screening.findings import PartyQuery
from limen.screening.profile import Profile
from limen.screening.query.contained_names import with_contained


class Index:
    """A snapshot's index of exact names, with a few names in it."""

    names = (
        *("kestrel harbour bank", "garuda", "petr stilmanov", "tolva s.a.", "lucas"),
        *("kang gye (pi ryu gang)", "'id, nisrin bubhi", "company “promtolva”"),
    )

    def parties_with_each(self, space, keys):
        return ((key, 0) for key in keys if key in self.names)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("GARUDA, 12 High Street, London", ["GARUDA"]),
        ("Garuda (ex Star 11)", ["Garuda"]),
        ("Petr Stilmanov, ul. Lenina 5, Tula", ["Petr Stilmanov"]),
        ("order of Petr Stilmanov account number one two", ["Petr Stilmanov"]),
        (" ".join(["alpha"] * 40 + ["Kestrel Harbour Bank"]), ["Kestrel Harbour Bank"]),
        ("Tolva S.A., 12 High Street, London", ["Tolva S.A."]),
        ("Kang Gye (Pi Ryu Gang), 12 High Street", ["Kang Gye (Pi Ryu Gang)"]),
        ("'ID, Nisrin Bubhi, 12 High Street, London", ["'ID, Nisrin Bubhi"]),
        ("Company “Promtolva”, 12 High Street", ["Company “Promtolva”"]),
        ("Name: Garuda", ["Garuda"]),
        ("beneficiary=Garuda", ["Garuda"]),
        ('{"name": "Petr Stilmanov"}', ["Petr Stilmanov"]),
        ("<name>Garuda</name>", ["Garuda"]),
        ('"Petr Stilmanov" <info@example.com>', ["Petr Stilmanov"]),
        ("Romero, Lucas", []),
        ("Romero / Lucas 5", ["Lucas"]),
        ("Petr Stilmanov", []),
        ("Garuda Street 5, London", []),
        ("the old garuda house in the park", []),
    ],
)
def test_the_listed_names_in_a_text(name, parts):
    query = PartyQuery(Profile(Party("Thing", {"name": (name,)})), (name,))
    found = with_contained(query, Index())
    assert sorted(found.parts) == parts
    assert found.names == (name, *found.parts)
