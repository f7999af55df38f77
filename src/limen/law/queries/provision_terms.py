"""Compare the terms of a question with a provision: true, false, or unknown.

A code of goods or of a sector is compared with the codes that the law's words have
(``classifications.yml``); where a word has none, or the code is less exact, that is unknown. A
territory is compared with the ground that the law says to overlap it as well, and a country with
the countries of whose parties, goods and services a provision is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from limen.law.codes import EVERYTHING, Code, is_of, read_goods, read_sector
from limen.law.law import Law
from limen.law.records import Provision
from limen.util.text import fold


@dataclass(frozen=True, slots=True)
class ProvisionTerms:
    """The terms of a question that a provision can be about; ``None`` or empty where not given.

    ``grounds`` has the territory itself and each that overlaps it, with what is said of it.
    """

    grounds: dict[str, str]
    effect: str
    party: str
    sector: Code | None
    service: Code | None
    goods: Code | None

    @property
    def any(self) -> bool:
        """Return whether a term is given at all."""
        codes = (self.sector, self.service, self.goods)
        return bool(self.grounds or self.effect or self.party or any(codes))


def read_terms(
    law: Law, *, territory: str, effect: str, party: str, sector: str, service: str, goods: str
) -> ProvisionTerms:
    """Read the terms of a question.

    Raises:
        InputError: goods that are a number and no code.
    """
    return ProvisionTerms(
        grounds={territory: "", **law.overlapping(territory)} if territory else {},
        effect=effect,
        party=party,
        sector=read_sector(sector) if sector else None,
        service=Code("word", fold(service)) if service else None,
        goods=read_goods(goods) if goods else None,
    )


def holds_of(law: Law, provision: Provision, terms: ProvisionTerms) -> bool | None:
    """Return whether every term holds of a provision; ``None`` where that is unknown."""
    targets = provision.targets
    if terms.grounds and not set(terms.grounds) & {*targets.territories, *targets.countries}:
        return False
    if terms.effect and terms.effect not in provision.prohibits:
        return False
    if terms.party and not names(law, terms.party, targets.parties):
        return False
    found = [
        _is_any_of(law, code, words, everything=bool(terms.grounds))
        for code, words in (
            (terms.sector, targets.sectors),
            (terms.service, targets.services),
            (terms.goods, targets.goods),
        )
        if code is not None
    ]
    return False if False in found else None if None in found else True


def names(law: Law, party: str, parties: Iterable[str]) -> bool:
    """Return whether a party is one of those named, by its name here or on a list."""
    known = law.parties_named((party,))
    return _mentions(fold(party), parties) or any(_mentions(fold(name), parties) for name in known)


def _is_any_of(law: Law, code: Code, words: Iterable[str], *, everything: bool) -> bool | None:
    """Return whether a code or words are of one of the law's words.

    What reaches all goods of a territory holds of every code, in a question about a territory.
    """
    found = [everything if word in EVERYTHING else _is_one(law, code, word) for word in words]
    return True if True in found else None if None in found else False


def _is_one(law: Law, code: Code, word: str) -> bool | None:
    if code.scheme != "word":
        return is_of(law, word, code)
    codes = law.classifications.get(word)
    return _mentions(code.text, (word, *(codes.also if codes else ())))


def _mentions(term: str, texts: Iterable[str]) -> bool:
    """Return whether every word of a folded term is in one of the texts."""
    words = set(term.split())
    return any(words <= set(fold(text).split()) for text in texts)
