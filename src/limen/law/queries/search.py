"""Ask the law by territory, party, sector, service, goods, act, authority or effect, as of a day.

Every term that is given must hold of one and the same provision. What is encoded and was not in
force is returned apart, with its standing; where nothing is encoded, that is said, and it is no
statement that nothing applies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import category

import msgspec
from msgspec.structs import replace

from limen.law.assess.conditions import facts_of
from limen.law.in_force import Clocks, MeasureState, MeasureView, article, measure_state, view
from limen.law.law import Law, holds
from limen.law.licence_state import licence_state
from limen.law.listing_measures import possible_licence
from limen.law.moments import moment
from limen.law.queries.acts import is_act_of, is_licence
from limen.law.queries.licences import exemptions_of
from limen.law.queries.provision_terms import ProvisionTerms, holds_of, names, read_terms
from limen.law.records import Licence, Measure, Provision
from limen.model import InputError, PossibleLicence
from limen.model.countries import country_name, is_country
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


class Ground(msgspec.Struct, frozen=True):
    """Why a measure on another territory is in an answer: their ground overlaps."""

    measure: str
    territory: str
    says: str


class PossibleExemption(msgspec.Struct, frozen=True):
    """An exemption inside an act in force: what it allows, and the facts that decide it.

    ``why`` is why it is not certain that it held; empty where it did.
    """

    measure: str
    id: str
    kind: str
    title: str
    activities: tuple[str, ...]
    facts: tuple[str, ...]
    conditions: str
    until: str | None
    why: str


class LawAnswer(msgspec.Struct, frozen=True):
    """What the law says of the terms at an instant.

    Attributes:
        says: the answer in words.
        in_force: measures in force, each with the provisions that the terms hold of.
        undecided: measures in force of which it is not known whether the terms hold: the goods or
            sectors of these provisions have no code here, or one that is more exact, or they are
            about the country by their name and reach listed parties, wherever these are.
        grounds: the measures on another territory that overlaps the one queried.
        not_in_force: measures that are encoded and did not apply then, with their standing.
        later: measures of which the first record is after the instant.
        licences: those that the act is, that are for the party, or that lift a measure in force,
            and that may have held.
        licences_not_in_force: those of the act or the party that did not hold, and why.
        exemptions: those inside the acts in force that held or may have held.
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
    undecided: tuple[MeasureView, ...] = ()
    grounds: tuple[Ground, ...] = ()
    exemptions: tuple[PossibleExemption, ...] = ()


def ask(law: Law, terms: Terms, clocks: Clocks) -> LawAnswer:
    """Return every measure of which the terms hold, and the licences that may lift it.

    Raises:
        InputError: no term, one without a letter or digit, or a word that the law does not have,
            with the nearest that it has.
    """
    _check(law, terms)
    query = read_terms(
        law, territory=terms.territory, effect=terms.effect, party=terms.party,
        sector=terms.sector, service=terms.service, goods=terms.goods,
    )  # fmt: skip
    in_force, elsewhen, undecided = [], [], []
    later: list[str] = []
    for measure in law.measures.values():
        if not _is_queried(measure, terms):
            continue
        state = measure_state(law, measure, clocks)
        verdicts = [(each, holds_of(law, each, query)) for each in measure.provisions]
        matching = [each for each, verdict in verdicts if verdict]
        unsure = [each for each, verdict in verdicts if verdict is None]
        if not matching and terms.territory and _is_about(measure, terms.territory):
            rest = read_without_ground(law, terms)
            unsure = [each for each in measure.provisions if holds_of(law, each, rest) is not False]
        binding = state if state is not None and state.binding else None
        perhaps = [each for each in unsure if _applies(law, measure, each, clocks)]
        if binding and perhaps:
            undecided.append(_view(law, binding, clocks, perhaps))
        if not matching and (measure.provisions or query.any):
            continue
        now = [each for each in matching if _applies(law, measure, each, clocks)]
        if binding and (now or not measure.provisions):
            in_force.append(_view(law, binding, clocks, now))
        elif state is not None:
            elsewhen.append(_view(law, state, clocks, matching))
        else:
            later.append(measure.id)
    licences, others = _licences(law, terms, [each.id for each in in_force], clocks)
    says = _says(in_force, undecided, [*elsewhen, *later, *others], licences)
    return LawAnswer(
        terms=terms,
        as_of=str(clocks.as_of),
        known_at=str(clocks.known_at),
        says=_before_the_first(law, terms, clocks) or _as_printed(law, terms, says),
        in_force=tuple(in_force),
        undecided=tuple(undecided),
        grounds=tuple(_grounds(law, query, [*in_force, *undecided, *elsewhen])),
        exemptions=tuple(_exemptions(law, [each.id for each in in_force], clocks)),
        not_in_force=tuple(elsewhen),
        later=tuple(later),
        licences=tuple(licences),
        licences_not_in_force=tuple(others),
        beyond_known=any(each.beyond_known for each in (*in_force, *undecided, *elsewhen)),
        law=law.pack,
        published=law.published,
    )


def read_without_ground(law: Law, terms: Terms) -> ProvisionTerms:
    """Return the terms of a question but its territory."""
    return read_terms(
        law, territory="", effect=terms.effect, party=terms.party, sector=terms.sector,
        service=terms.service, goods=terms.goods,
    )  # fmt: skip


def _is_about(measure: Measure, territory: str) -> bool:
    """Return whether a measure has the name of a country in its title or that of its act."""
    words = set(fold(country_name(territory)).split()) if is_country(territory) else set()
    return bool(words) and words <= set(fold(f"{measure.title} {measure.instrument}").split())


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
        if value and value not in known and not (name == "territory" and is_country(value)):
            raise InputError(
                f"unknown {name} {value!r}", where=name, hint=did_you_mean(value, known)
            )


def _is_queried(measure: Measure, terms: Terms) -> bool:
    """Return whether a measure is of the authority and the act that are queried."""
    if terms.authority and measure.authority != terms.authority:
        return False
    return not terms.act or is_act_of(terms.act, measure)


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


def _exemptions(law: Law, ids: Iterable[str], clocks: Clocks) -> Iterator[PossibleExemption]:
    """Yield the exemptions of measures in force: the other half of what their acts say."""
    for name in ids:
        for exemption, why in exemptions_of(law, law.measures[name], clocks):
            condition = law.relief_condition(exemption)
            yield PossibleExemption(
                measure=name,
                id=exemption.id,
                kind=exemption.kind,
                title=exemption.title,
                activities=exemption.activities,
                facts=facts_of(condition) if condition else (),
                conditions=exemption.prose or exemption.says,
                until=exemption.until or exemption.through,
                why=why,
            )


def _is_named(law: Law, licence: Licence, terms: Terms) -> bool:
    """Return whether act, authority and party, as far as they are given, are a licence's own."""
    authority = law.programmes[licence.programme].authority
    if terms.authority and authority != terms.authority:
        return False
    if terms.act:
        return is_licence(terms.act, licence) and _is_for(law, licence, terms)
    alone = bool(terms.party) and replace(terms, authority="", party="") == Terms()
    return alone and names(law, terms.party, licence.parties)


def _is_for(law: Law, licence: Licence, terms: Terms) -> bool:
    """Return whether a licence may be for the party; without one, those for any party."""
    if not terms.party:
        return licence.any_party or bool(terms.act and is_licence(terms.act, licence))
    return licence.any_party or names(law, terms.party, licence.parties)


def _grounds(law: Law, query: ProvisionTerms, views: Iterable[MeasureView]) -> Iterator[Ground]:
    """Yield why each measure is there that is on other ground than the territory queried."""
    for found in views:
        for name in dict.fromkeys(name for each in found.articles for name in each.territories):
            if says := query.grounds.get(name):
                area = f"its ground is {law.territories[name]}, which overlaps"
                yield Ground(found.id, name, f"{area}: {says}")


def _before_the_first(law: Law, terms: Terms, clocks: Clocks) -> str:
    """Return that the instant is before the law's first record; empty where it is not."""
    first = law.first_record(terms.authority)
    if not first or clocks.as_of.day.isoformat() >= first:
        return ""
    of = f" of {terms.authority}" if terms.authority else ""
    return f"{first} is the first record{of}: {NO_RECORD}"


def _as_printed(law: Law, terms: Terms, says: str) -> str:
    """Return the answer, and where no provision has the effect, which lists print it per entry."""
    lists = [
        name
        for name, words in law.printed_effects.items()
        if any(terms.effect in each.prohibits for each in words.values())
    ]
    if says != NO_RECORD or not lists:
        return says
    return f"only as a list prints it for a party ({', '.join(lists)}): screen the party; {says}"


def _says(
    in_force: list[MeasureView],
    undecided: list[MeasureView],
    elsewhen: list[Any],
    licences: list[PossibleLicence],
) -> str:
    if in_force:
        by = ", ".join(dict.fromkeys(each.authority for each in in_force))
        unsure = f"; cannot say of {len(undecided)} more" if undecided else ""
        return f"in force: {len(in_force)} of {by}{unsure}"
    if undecided:
        return f"cannot say: {len(undecided)} in force may be about it"
    if licences:
        return "licences alone"
    return "encoded, and not in force then" if elsewhen else NO_RECORD
