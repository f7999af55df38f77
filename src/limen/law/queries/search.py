"""Ask the law by territory, party, sector, service, goods, act, authority or effect, as of a day.

Every term that is given must hold of one and the same provision. What is encoded and was not in
force is returned apart, with its standing; where nothing is encoded, that is said, and it is no
statement that nothing applies.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from unicodedata import category

import msgspec
from msgspec.structs import replace

from limen.law.in_force import Clocks, MeasureState, MeasureView, article, measure_state, view
from limen.law.law import Law, holds
from limen.law.licence_state import licence_state
from limen.law.listing_measures import possible_licence
from limen.law.moments import moment
from limen.law.queries.acts import is_act_of, is_licence
from limen.law.records import Licence, Measure, Provision
from limen.model import InputError, PossibleLicence
from limen.util.suggest import did_you_mean
from limen.util.text import fold

#: Characters of the longest term; no name of a party or an act has as many.
_LONGEST = 1_000
NO_RECORD = "no record; that is not a statement that nothing applies"


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
        licences: those that the act is, that are for the party, or that lift a measure in force,
            and that may have held.
        licences_not_in_force: those of the act or the party that did not hold, and why.
        beyond_known: whether the instant is later than the research of a measure reaches.
        law: the hash of the pack of law that answers, and ``published``, its day.
    """

    terms: Terms
    as_of: str
    known_at: str
    says: str
    in_force: tuple[MeasureView, ...]
    not_in_force: tuple[MeasureView, ...]
    later: tuple[str, ...]
    licences: tuple[PossibleLicence, ...]
    licences_not_in_force: tuple[str, ...]
    beyond_known: bool
    law: str = ""
    published: str = ""


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
    licences, others = _licences(law, terms, [each.id for each in in_force], clocks)
    return LawAnswer(
        terms=terms,
        as_of=str(clocks.as_of),
        known_at=str(clocks.known_at),
        says=_says(in_force, [*elsewhen, *later, *others], licences),
        in_force=tuple(in_force),
        not_in_force=tuple(elsewhen),
        later=tuple(later),
        licences=tuple(licences),
        licences_not_in_force=tuple(others),
        beyond_known=any(each.beyond_known for each in (*in_force, *elsewhen)),
        law=law.pack,
        published=law.published,
    )


def check_term(name: str, value: str) -> None:
    """Refuse a term that would hold of everything, or that no text can hold.

    Raises:
        InputError: it is given and has no letter or digit, has half of a character, or is long.
    """
    if len(value) > _LONGEST:
        raise InputError(
            f"{name} has {len(value):,} characters, and at most {_LONGEST:,} are looked for",
            where=name,
            hint="write one word, name or act",
        )
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
    if terms.act.strip().upper() in law.authorities:
        raise InputError(
            f"{terms.act!r} is an authority and no act", where="act", hint="give it as authority"
        )
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
    return not terms.act or is_act_of(terms.act, measure)


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
) -> tuple[list[PossibleLicence], list[str]]:
    """Return the licences that may have held, and those of the terms that did not, with the reason.

    Those are of the terms that they hold of, and those that lift a measure in force.
    """
    lifted = set(measures)
    found, others = [], []
    for licence in law.licences.values():
        is_named = _is_named(law, licence, terms)
        if not is_named and not (lifted & set(licence.lifts) and _is_for(law, licence, terms)):
            continue
        state = licence_state(law, licence, clocks)
        if state.value in ("valid", "cannot_say"):
            found.append(possible_licence(law, licence, state))
        elif is_named:
            others.append(f"{licence.key}: {state.why}")
    return found, others


def _is_named(law: Law, licence: Licence, terms: Terms) -> bool:
    """Return whether act, authority and party, as far as they are given, are a licence's own."""
    authority = law.programmes[licence.programme].authority
    if terms.authority and authority != terms.authority:
        return False
    if terms.act:
        return is_licence(terms.act, licence) and _is_for(law, licence, terms)
    alone = bool(terms.party) and replace(terms, authority="", party="") == Terms()
    return alone and _names(law, terms.party, licence.parties)


def _is_for(law: Law, licence: Licence, terms: Terms) -> bool:
    """Return whether a licence may be for the party; without one, those for any party."""
    if not terms.party:
        return licence.any_party or bool(terms.act and is_licence(terms.act, licence))
    return licence.any_party or _names(law, terms.party, licence.parties)


def _says(in_force: list[MeasureView], elsewhen: list[Any], licences: list[PossibleLicence]) -> str:
    if in_force:
        by = ", ".join(dict.fromkeys(each.authority for each in in_force))
        return f"in force: {len(in_force)} of {by}"
    if licences:
        return "licences alone"
    return "encoded, and not in force then" if elsewhen else NO_RECORD
