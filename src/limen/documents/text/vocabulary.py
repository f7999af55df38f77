"""Read the vocabulary of news, readouts and acts from ``data/words.yml``."""

from __future__ import annotations

from functools import cache

import msgspec

from limen.util.located_yaml import locate_packaged


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    speech_verbs: str
    irregular_speech_verbs: dict[str, str]
    weak_verbs: str
    auxiliaries: str
    subordinators: str
    person_heads: str
    anonymous_plurals: str
    titles: str
    honorifics: str
    role_modifiers: str
    institutions: str
    metonyms: str
    document_words: str
    channels: dict[str, str]
    female_names: str
    male_names: str
    boilerplate: str
    credits: str
    determiners: str
    links: str
    particles: str
    times: str
    function_words: str
    speech_nouns: str
    tails: str
    governing: str
    she: str
    he: str
    offices: str
    bodies: str
    company_words: str
    not_names: str
    abbreviations: str
    not_speakers: str
    event_stems: dict[str, str]
    postnominals: str
    solo: str
    call_roles: str
    role_kin: dict[str, str]


class Words(msgspec.Struct, frozen=True):
    """Represents the vocabulary as sets; ``speech`` maps every form of a verb to its base form."""

    speech: dict[str, str]
    weak: frozenset[str]
    auxiliaries: frozenset[str]
    subordinators: frozenset[str]
    person_heads: frozenset[str]
    plurals: frozenset[str]
    titles: frozenset[str]
    honorifics: frozenset[str]
    modifiers: frozenset[str]
    institutions: frozenset[str]
    metonyms: frozenset[str]
    documents: frozenset[str]
    channels: tuple[tuple[str, tuple[str, ...]], ...]
    female: frozenset[str]
    male: frozenset[str]
    boilerplate: tuple[str, ...]
    credits: tuple[str, ...]
    determiners: frozenset[str]
    links: frozenset[str]
    particles: frozenset[str]
    times: frozenset[str]
    function_words: frozenset[str]
    speech_nouns: frozenset[str]
    tails: frozenset[str]
    governing: frozenset[str]
    she: frozenset[str]
    he: frozenset[str]
    offices: frozenset[str]
    bodies: frozenset[str]
    company_words: frozenset[str]
    not_names: frozenset[str]
    abbreviations: frozenset[str]
    not_speakers: frozenset[str]
    event_stems: dict[str, tuple[str, ...]]
    postnominals: frozenset[str]
    solo: frozenset[str]
    call_roles: frozenset[str]
    role_kin: dict[str, frozenset[str]]


@cache
def words() -> Words:
    """Return the vocabulary."""
    file = locate_packaged("limen.documents.data", "words.yml").decode(_File)
    return Words(
        speech=_forms(file),
        weak=frozenset(file.weak_verbs.split()),
        auxiliaries=frozenset(file.auxiliaries.split()),
        subordinators=frozenset(file.subordinators.split()),
        person_heads=frozenset(file.person_heads.split()),
        plurals=frozenset(file.anonymous_plurals.split()),
        titles=frozenset(file.titles.split()),
        honorifics=frozenset(file.honorifics.split()),
        modifiers=frozenset(file.role_modifiers.split()),
        institutions=frozenset(file.institutions.split()),
        metonyms=frozenset(file.metonyms.split()),
        documents=frozenset(file.document_words.split()),
        channels=tuple((kind, _phrases(text)) for kind, text in file.channels.items()),
        female=frozenset(file.female_names.split()),
        male=frozenset(file.male_names.split()),
        boilerplate=_phrases(file.boilerplate),
        credits=_phrases(file.credits),
        determiners=frozenset(file.determiners.split()),
        links=frozenset(file.links.split()),
        particles=frozenset(file.particles.split()),
        times=frozenset(file.times.split()),
        function_words=frozenset(file.function_words.split()),
        speech_nouns=frozenset(file.speech_nouns.split()),
        tails=frozenset(file.tails.split()),
        governing=frozenset(file.governing.split()),
        she=frozenset(file.she.split()),
        he=frozenset(file.he.split()),
        offices=frozenset(file.offices.split()),
        bodies=frozenset(file.bodies.split()),
        company_words=frozenset(file.company_words.split()),
        not_names=frozenset(file.not_names.split()),
        abbreviations=frozenset(file.abbreviations.split()),
        not_speakers=frozenset(file.not_speakers.split()),
        postnominals=frozenset(file.postnominals.split()),
        call_roles=frozenset(file.call_roles.split()),
        solo=frozenset(file.solo.split()),
        role_kin={role: frozenset(kin.split()) for role, kin in file.role_kin.items()},
        event_stems={kind: tuple(stems.split()) for kind, stems in file.event_stems.items()},
    )


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(";") if phrase.strip())


def _forms(file: _File) -> dict[str, str]:
    forms = {form: verb for verb in file.speech_verbs.split() for form in _regular(verb)}
    for verb, listed in file.irregular_speech_verbs.items():
        forms[verb] = verb
        forms.update(dict.fromkeys(listed.split(), verb))
    return forms


def _regular(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return (verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing")
    if verb in ("admit", "quip", "brag"):
        return (verb, f"{verb}s", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
    ending = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return (verb, f"{verb}{ending}", f"{verb}ed", f"{verb}ing")
