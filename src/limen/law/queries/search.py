"""Ask the law by territory, party, sector, service, goods, act, authority or effect, as of a day.

Every term that is given must hold of one and the same provision. What is encoded and was not in
force is returned apart, with its standing; where nothing is encoded, that is said, and it is no
statement that nothing applies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import category

import msgspec
from msgspec.structs import replace

from limen.law.in_force import Clocks, MeasureState, MeasureView, article, measure_state, view
from limen.law.law import Law, holds
from limen.law.licence_state import licence_state
from limen.law.listing_measures import possible_licence
from limen.law.moments import moment
from limen.law.records import Licence, Measure, Provision
from limen.model import InputError, PossibleLicence
from limen.util.suggest import did_you_mean
from limen.util.text import fold

NO_RECORD = "no record; that is not a statement that nothing applies"
#: Words before the number of an act that people leave out, or write in another way.
_KINDS_OF_ACTS = re.compile(
    r"\b(?:executive order|e\.? ?o\.?|regulations?|reg\.?|council|implementing|decision|"
    r"statutory instrument|s\.?i\.?|general licen[cs]e|g\.?l\.?|no\.?|"
    r"\((?:eu|ec|cfsp)\))(?=\s|$|\d)",
    re.IGNORECASE,
)
_CELEX = re.compile(r"3(\d{4})[RD](\d{4})")
_NUMBER = re.compile(r"(\d{1,6})/(\d{1,6})")


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What is queried; a term that is empty is not part of the query."""

    authority: str = ""
    territory: str = ""
    party: str = ""
    sector: str = ""
    service: str = ""
    goods: str = ""
    act: str = ""
    effect: str = ""


class LawAnswer(msgspec.Struct, frozen=True):
    """What the law says of the terms at an instant.

    Attributes:
        says: the answer in words.
        in_force: measures in force, each with the provisions that the terms hold of.
        not_in_force: measures that are encoded and did not apply then, with their standing.
        later: measures of which the first record is after the instant.
        licences: licences for the act, or that lift a measure in force, that may have held.
        beyond_known: whether the instant is later than the research of a measure reaches.
    """

    terms: Terms
    as_of: str
    known_at: str
    says: str
    in_force: tuple[MeasureView, ...]
    not_in_force: tuple[MeasureView, ...]
    later: tuple[str, ...]
    licences: tuple[PossibleLicence, ...]
    beyond_known: bool


def ask(law: Law, terms: Terms, clocks: Clocks) -> LawAnswer:
    """Return every measure of which the terms hold, and the licences that may lift it.

    Raises:
        InputError: no term, one without a letter or digit, or a word that the law does not have,
            with the nearest that it has.
    """
    _check(law, terms)
    in_force, elsewhen = [], []
    later: list[str] = []
    for measure in law.measures.values():
        if not _is_queried(measure, terms):
            continue
        state = measure_state(law, measure, clocks)
        matching = [each for each in measure.provisions if _holds_of(law, each, terms)]
        if not matching and (measure.provisions or _queries_provisions(terms)):
            continue
        now = [each for each in matching if _applies(law, measure, each, clocks)]
        if state is not None and state.binding and (now or not measure.provisions):
            in_force.append(_view(law, state, clocks, now))
        elif state is not None:
            elsewhen.append(_view(law, state, clocks, matching))
        else:
            later.append(measure.id)
    licences = tuple(_licences(law, terms, [each.id for each in in_force], clocks))
    return LawAnswer(
        terms=terms,
        as_of=str(clocks.as_of),
        known_at=str(clocks.known_at),
        says=_says(in_force, [*elsewhen, *later], licences),
        in_force=tuple(in_force),
        not_in_force=tuple(elsewhen),
        later=tuple(later),
        licences=licences,
        beyond_known=any(each.beyond_known for each in (*in_force, *elsewhen)),
    )


def act_key(text: str) -> str:
    """Return an act's number in one form, however it is written.

    ``"833/2014"``, ``"2014/833"``, ``"32014R0833"`` and ``"Regulation (EU) No 833/2014"`` are
    ``"833/2014"``; ``"E.O. 14065"`` is ``"14065"``; ``"GL 8L"`` is ``"8l"``.
    """
    celex = _CELEX.search(text)
    if celex is not None:
        return _numbered(celex[1], celex[2])
    number = _NUMBER.search(text)
    if number is not None:
        return _numbered(number[1], number[2])
    return fold(_KINDS_OF_ACTS.sub(" ", text))


def _numbered(first: str, second: str) -> str:
    """Return number and year, the year last; of two years the first is the year."""
    first, second = first.lstrip("0"), second.lstrip("0")
    if _is_year(first) and not (_is_year(second) and int(first) < int(second)):
        return f"{second}/{first}"
    return f"{first}/{second}"


def _is_year(text: str) -> bool:
    return len(text) == 4 and 1950 <= int(text) <= 2100


def check_term(name: str, value: str) -> None:
    """Refuse a term that would hold of everything, or that no text can hold.

    Raises:
        InputError: it is given and has no letter or digit, or has half of a character.
    """
    if value and not fold(value):
        raise InputError(
            f"{name} {value!r} has no letter or digit",
            where=name,
            hint="write a word, or leave it out",
        )
    if any(category(char) == "Cs" for char in value):
        raise InputError(
            f"{name} {value!r} is not valid text", where=name, hint="write it in UTF-8"
        )


def _check(law: Law, terms: Terms) -> None:
    if terms == Terms():
        raise InputError(
            "the query is empty", where="law", hint="give a territory, a party, an act or an effect"
        )
    for name in terms.__struct_fields__:
        check_term(name, getattr(terms, name))
    for name, known in (
        ("authority", law.authorities),
        ("territory", law.territories),
        ("effect", law.effects),
    ):
        value = getattr(terms, name)
        if value and value not in known:
            raise InputError(
                f"unknown {name} {value!r}", where=name, hint=did_you_mean(value, known)
            )


def _is_queried(measure: Measure, terms: Terms) -> bool:
    """Return whether a measure is of the authority and the act that are queried."""
    if terms.authority and measure.authority != terms.authority:
        return False
    if not terms.act:
        return True
    names = (measure.id, measure.instrument, measure.citation, *measure.acts, *measure.programmes)
    return any(_is_act(terms.act, name) for name in names if name)


def _is_act(act: str, name: str) -> bool:
    key = act_key(act)
    if "/" in key:
        numbers = (_numbered(first, second) for first, second in _NUMBER.findall(name))
        return key in numbers or key in (_numbered(*found) for found in _CELEX.findall(name))
    return f" {key} " in f" {fold(name)} "


def _queries_provisions(terms: Terms) -> bool:
    return replace(terms, authority="", act="") != Terms()


def _holds_of(law: Law, provision: Provision, terms: Terms) -> bool:
    """Return whether every term holds of a provision."""
    targets = provision.targets
    if terms.territory and terms.territory not in targets.territories:
        return False
    if terms.effect and terms.effect not in provision.prohibits:
        return False
    if terms.party and not _names(law, terms.party, targets.parties):
        return False
    return all(
        not term or _mentions(term, words)
        for term, words in (
            (terms.sector, targets.sectors),
            (terms.service, targets.services),
            (terms.goods, targets.goods),
        )
    )


def _names(law: Law, party: str, parties: Iterable[str]) -> bool:
    known = law.parties_named((party,))
    return _mentions(party, parties) or any(_mentions(name, parties) for name in known)


def _mentions(term: str, texts: Iterable[str]) -> bool:
    """Return whether every word of a term is in one of the texts."""
    words = set(fold(term).split())
    return any(words <= set(fold(text).split()) for text in texts)


def _applies(law: Law, measure: Measure, provision: Provision, clocks: Clocks) -> bool:
    zone = law.zone(measure.authority)
    known = law.known(provision, zone, clocks.known_at, moment(provision.from_, zone))
    return known and holds(provision, zone, clocks.as_of)


def _view(
    law: Law, state: MeasureState, clocks: Clocks, provisions: Iterable[Provision]
) -> MeasureView:
    articles = tuple(article(each) for each in provisions)
    return replace(view(law, state, clocks), articles=articles)


def _licences(
    law: Law, terms: Terms, measures: Iterable[str], clocks: Clocks
) -> Iterator[PossibleLicence]:
    """Yield the licences that the act names, else those that lift a measure in force."""
    lifted = set(measures)
    for licence in law.licences.values():
        named = bool(terms.act) and act_key(terms.act) in _licence_keys(licence)
        if not named and not (lifted & set(licence.lifts) and _is_for(law, licence, terms)):
            continue
        state = licence_state(law, licence, clocks)
        if state.value in ("valid", "cannot_say"):
            yield possible_licence(law, licence, state)


def _licence_keys(licence: Licence) -> tuple[str, str]:
    return fold(f"{licence.number}{licence.letter}"), fold(licence.key)


def _is_for(law: Law, licence: Licence, terms: Terms) -> bool:
    """Return whether a licence may be for the party; without one, those for any party."""
    if not terms.party:
        return licence.any_party
    return licence.any_party or _names(law, terms.party, licence.parties)


def _says(
    in_force: list[MeasureView], elsewhen: list[Any], licences: tuple[PossibleLicence, ...]
) -> str:
    if in_force:
        by = ", ".join(dict.fromkeys(each.authority for each in in_force))
        return f"in force: {len(in_force)} of {by}"
    if elsewhen:
        return "encoded, and not in force then"
    return "licences alone" if licences else NO_RECORD
