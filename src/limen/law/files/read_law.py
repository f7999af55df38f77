"""Read the regime files, check them against each other, and join them into the law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec

from limen.law.assess.conditions import Fact
from limen.law.embargoes import EMBARGOES
from limen.law.files.checked_file import CheckedFile
from limen.law.files.checks import check
from limen.law.files.declared_words import Words, declare
from limen.law.law import Law, Regime
from limen.law.records import (
    Authority,
    Codes,
    Licence,
    Measure,
    OwnershipRule,
    PrintedEffect,
    Programme,
    RegimeFile,
)
from limen.model import DataError
from limen.util.located_yaml import Located, locate
from limen.util.text import fold

Kind = TypeVar("Kind")
#: Records with a day that their research reaches.
Reached = TypeVar("Reached", Measure, Licence)

#: The file of a home that says which documents its own records come from.
OWN_SOURCES = "accepted-sources.yml"
#: Files of vocabulary and of embargoes; every other file belongs to a regime.
_WORDS = (
    "authorities", "facts", "programmes", "sources", "territories", "ownership",
    "licence_parties", "printed_effects", "classifications", "overlaps", EMBARGOES,
)  # fmt: skip


def bundled() -> Traversable:
    """Return the folder of the regime files that come with Limen."""
    return files("limen.law") / "data"


def texts_of(folder: Traversable | Path) -> dict[str, bytes]:
    """Read the YAML files of a folder, by name without ``.yml``; none if there is no folder."""
    if not folder.is_dir():
        return {}
    return {
        each.name.removesuffix(".yml"): each.read_bytes()
        for each in folder.iterdir()
        if each.name.endswith(".yml")
    }


def add_own(found: Mapping[str, bytes], own: Mapping[str, bytes]) -> dict[str, bytes]:
    """Add a home's accepted files and sources to others; no file is replaced."""
    mine = {f"regimes.d/{name}": text for name, text in own.items()}
    sources = mine.pop(f"regimes.d/{OWN_SOURCES.removesuffix('.yml')}", b"")
    return {**found, **mine, "sources": found["sources"] + b"\n" + sources}


def read_law(folder: Traversable | Path | None = None, own: Path | None = None) -> Law:
    """Read every regime file of a folder, the bundled one where none is named.

    ``own`` is a home's folder of accepted files, read in addition; its sources are added.

    Raises:
        RegistryError: the first thing wrong in them: file, line, key, and the fix.
    """
    found = texts_of(folder or bundled())
    if own is not None:
        found = add_own(found, texts_of(own))
    try:
        return law_of(found)
    except DataError as error:
        error.unchanged = error.unchanged or "the law in force in your snapshot stays as it was"
        raise


def law_of(texts: Mapping[str, bytes]) -> Law:
    """Read the law from the content of files, by name without ``.yml``."""
    return law_of_located({name: locate(raw, f"{name}.yml") for name, raw in texts.items()})


def law_of_located(files: Mapping[str, Located]) -> Law:
    """Read the law from files whose places are known, by name without ``.yml``."""
    located = dict(sorted(files.items()))
    words = Words(
        authorities=_words(located, "authorities", Authority),
        facts=_words(located, "facts", Fact),
        programmes=_words(located, "programmes", Programme),
        sources=_words(located, "sources", str),
        territories=_words(located, "territories", str),
        ownership=_words(located, "ownership", OwnershipRule),
        licence_parties=_words(located, "licence_parties", tuple[str, ...]),
        printed_effects=_words(located, "printed_effects", dict[str, PrintedEffect]),
        classifications=_words(located, "classifications", Codes),
        overlaps=_words(located, "overlaps", dict[str, str]),
    )
    read = [
        CheckedFile(file, file.decode(RegimeFile))
        for name, file in located.items()
        if name not in _WORDS
    ]
    declare(words, read)
    law = _joined(words, read)
    check(law, read, located)
    return law


def _words(located: Mapping[str, Located], name: str, kind: type[Kind]) -> dict[str, Kind]:
    return located[name].decode(dict[str, kind]) if name in located else {}  # type: ignore[valid-type]


def _joined(words: Words, read: Iterable[CheckedFile]) -> Law:
    law = Law(
        regimes={},
        measures={},
        licences={},
        triggers={},
        statements={},
        events={},
        facts=dict(words.facts),
        authorities=dict(words.authorities),
        programmes=dict(words.programmes),
        ownership=dict(words.ownership),
        sources=dict(words.sources),
        territories=dict(words.territories),
        licence_parties=dict(words.licence_parties),
        printed_effects={
            name: {fold(word): effect for word, effect in effects.items()}
            for name, effects in words.printed_effects.items()
        },
        classifications=dict(words.classifications),
        overlaps=dict(words.overlaps),
    )
    for file, content in ((each.located, each.content) for each in read):
        before = law.regimes.get(content.regime, Regime(content.title))
        law.regimes[content.regime] = Regime(
            title=before.title,
            measures=before.measures + tuple(each.id for each in content.measures),
            triggers=before.triggers + tuple(each.id for each in content.triggers),
            statements=before.statements + tuple(each.id for each in content.statements),
            events=before.events + tuple(each.id for each in content.events),
        )
        _add(law.measures, [_dated(each, content) for each in content.measures], file, "measures")
        _add(law.triggers, content.triggers, file, "triggers")
        _add(law.statements, content.statements, file, "statements")
        _add(law.events, content.events, file, "events")
        for at, licence in enumerate(content.licences):
            if licence.key in law.licences:
                raise file.refusal(
                    f"licence {licence.key} is given twice",
                    ("licences", at),
                    hint="a new letter is a new licence; a changed one is `replaces`",
                )
            law.licences[licence.key] = _dated(licence, content)
    return law


def _dated(record: Reached, content: RegimeFile) -> Reached:
    """Return a record with the day that its research reaches, its own or its file's."""
    return msgspec.structs.replace(record, known_to=record.known_to or content.known_to)


def _add(known: dict[str, Kind], records: Iterable[Kind], file: Located, part: str) -> None:
    for at, record in enumerate(records):
        name = record.id  # type: ignore[attr-defined]
        if name in known:
            raise file.refusal(
                f"{name} is given twice", (part, at, "id"), hint="give it another id"
            )
        known[name] = record
