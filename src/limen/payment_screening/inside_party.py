"""Decide which parties found inside a party's name or address are meant there.

Names of people contain names of others (Maria Garcia Lopez), and companies' names the words of
many. So a name inside a longer one needs a rare word, or as many words as no chance gives.
"""

from __future__ import annotations

from limen.mentions.finder import is_rare
from limen.model import Finding
from limen.payment_screening.further_names import further_names
from limen.payment_screening.party_wire import NAMES
from limen.payments import Element
from limen.util.text import squash

#: Words of a person's name that no longer name of somebody else contains, and of another's without
#: a rare word.
_PERSON_WORDS, _OTHER_WORDS = 3, 5
#: The least words of a name inside an address, and letters of a single word inside a name: towns,
#: streets and the words of many companies are shorter.
_ADDRESS_WORDS, _ALONE_LETTERS = 3, 9


def is_distinctive(finding: Finding) -> bool:
    """Return whether the words that name a party mean it inside a longer name."""
    words = finding.features[0].query.split()
    if finding.schema == "Person":
        return len(words) >= _PERSON_WORDS
    return len(words) >= _OTHER_WORDS or any(is_rare(word.strip(",.;:()")) for word in words)


def is_meant(finding: Finding, element: Element) -> bool:
    """Return whether a party found in a line of a name or an address is meant there.

    A whole name is compared by the party's own question.
    """
    carrier = finding.features[0]
    if carrier.name != "name" or element.use == "text":
        return True
    wording = squash(carrier.query)
    if wording == squash(element.text):
        towns = element.kind == "address_line" and len(wording) < _ALONE_LETTERS
        return element.kind not in NAMES and not towns
    if any(wording == squash(name) for name in further_names(element.text)):
        return True
    words = len(carrier.query.split())
    enough = words >= _ADDRESS_WORDS if element.kind not in NAMES else words > 1
    return (enough or len(wording) >= _ALONE_LETTERS) and is_distinctive(finding)
