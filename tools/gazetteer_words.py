"""Compile ``place_words.yml`` and the names of countries into keys and roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from gazetteer_spellings import latin_russian, latin_ukrainian
from limen.model.countries import country_words
from limen.places.gazetteer.fold import fold

#: Country words that are too short or too common to be read inside a text.
SHORTEST = 4
SHORT_BUT_KNOWN = {
    "usa",
    "uae",
    "uk",
    "ссср",
    "сша",
    "рф",
    "кндр",
    "дпрк",
    "dprk",
    "куба",
    "иран",
    "іран",
    "оаэ",
    "rf",
    "u k",
    "u s a",
    "eau",
}
#: Words for countries that are other things in addresses.
NOT_COUNTRIES = {
    "persian",
    "english",
    "island",
    "american",
    "russian",
    "ukrainian",
    "iranian",
    "cuban",
    "syrian",
    "sudanese",
    "north korean",
    "french",
    "german",
    "british",
    "america",
    "донецька область",
}


def words(path: Path) -> dict[str, Any]:
    """The YAML file."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def countries(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(folded name, country code)."""
    for word, code in _told(told):
        folded = fold(word)
        native = not folded.isascii()
        long = len(folded) >= (2 if native else SHORTEST)
        if (long or folded in SHORT_BUT_KNOWN) and folded not in NOT_COUNTRIES:
            yield folded, code


def _told(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from told["countries"].items()
    for word, code in country_words().items():
        yield word, code
        # the table sets an apostrophe's letter apart, our folding does not
        yield re.sub(r"\b([dl]) (?=[aeiouh])", r"\1", word), code
        yield re.sub(r" s\b", "s", word), code


def regions(told: dict[str, Any]) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """(folded name, id, oblasts); a region of Russia has no oblasts."""
    for region in told["regions"]:
        for name in region["bare"]:
            yield fold(name), region["id"], tuple(region["oblasts"])
    after, before = told["oblast_words"]["after"], told["oblast_words"]["before"]
    for oblast, named in told["oblasts"].items():
        for adjective in _adjectives(named):
            for phrase in _phrases(adjective, after, before):
                yield fold(phrase), f"oblast-{int(oblast):02}", (int(oblast),)
    for phrase in _russia(told["russian_regions"], after, before):
        yield fold(phrase), "russia", ()


def _adjectives(named: dict[str, Any]) -> Iterator[str]:
    uk, ru = named["uk"], named["ru"]
    yield from (uk, uk[:-1] + "ої", uk[:-1] + "ій", ru, ru[:-2] + "ой", ru[:-2] + "ую")
    yield from latin_ukrainian(uk, all_standards=True)
    yield from latin_russian(ru, all_standards=True)
    yield from named["more"]


def _phrases(adjective: str, after: list[str], before: list[str]) -> Iterator[str]:
    yield from (f"{adjective} {word}" for word in after)
    yield from (f"{word} {adjective}" for word in before)


def _russia(told: dict[str, list[str]], after: list[str], before: list[str]) -> Iterator[str]:
    for name in told["oblast"]:
        for spelt in (name, name[:-2] + "ой", *latin_russian(name, all_standards=False)):
            yield from _phrases(spelt, after, before)
    for name in told["stems"]:
        yield from _phrases(name, after, before)
    for name in (*told["krai"], *told["krai_stems"]):
        latin = [name] if name.isascii() else [name, *latin_russian(name, all_standards=False)]
        for spelt in latin:
            yield from (f"{spelt} {word}" for word in ("край", "krai", "kray", "territory"))
    yield from told["bare"]


def roles(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(role, folded word)."""
    for role, listed in told["roles"].items():
        for word in listed:
            yield role, fold(word)
