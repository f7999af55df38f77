"""The records whose joins are measured: all real lists, with one space of evidence held out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from benchmarks.lists.newest import DATA, Files
from benchmarks.lists.official import eu, uk
from limen.archive import Archive, ContentState, RecordStates
from limen.identity import Facts, Subject, holders, read_subject
from limen.lists.audit import Audit
from limen.lists.verify import read_version
from limen.model import Entry, Instant, Interval

#: Birth dates of the repackaged British list belong to other designations: two of three of those
#: with a reference of the United Nations contradict the United Nations' own list.
_WRONG = {"uk_fcdo": "birthDate"}


def records(home: Path) -> Iterator[RecordStates]:
    """The records of every list of a home, and of the lists that were repackaged."""
    with Archive.open(str(home / "archive.sqlite")) as archive:
        for list_id in sorted({version.list_id for version in archive.versions()}):
            first_day = archive.first_day(list_id)
            for record in archive.states(list_id):
                yield from holders(record, first_day)
    yield from _repackaged()


def subjects(home: Path) -> list[Subject]:
    """The subjects of all records."""
    gc.freeze()
    return [read_subject(record) for record in records(home)]


def _repackaged() -> Iterator[RecordStates]:
    european = eu.Official(eu.entities(DATA / "eu/fsf/fsf_full_2026-02-26.jsonl.gz"))
    british = uk.published(DATA / "uk", "2026-08-22")
    yield from _states("eu_fsf", "eu_fsf_xml", "2026-02-26", european.xml())
    yield from _states("uk_fcdo", "uk_fcdo_xml", "2026-08-22", british.xml())


def _states(list_id: str, layout: str, day: str, xml: bytes) -> Iterator[RecordStates]:
    files = Files(list_id, layout, date.fromisoformat(day), {"xml": xml})
    known = Interval(Instant.parse(day), None)
    for entry in read_version(layout, files.sources, Audit()):
        state = ContentState(known, _usable(list_id, entry))
        yield RecordStates(list_id, entry.record_id, (state,), ())


def _usable(list_id: str, entry: Entry) -> Entry:
    wrong = _WRONG.get(list_id)
    properties = {name: values for name, values in entry.properties.items() if name != wrong}
    return msgspec.structs.replace(entry, properties=properties)


def without(found: Iterable[Subject], space: str) -> list[Subject]:
    """The subjects without the references, or the numbers, of a space."""
    return [_changed(subject, lambda facts: _held_out(facts, space)) for subject in found]


def without_births(found: Iterable[Subject]) -> list[Subject]:
    """The subjects without dates of birth."""
    return [
        _changed(subject, lambda facts: msgspec.structs.replace(facts, births=()))
        for subject in found
    ]


def _changed(subject: Subject, change: Callable[[Facts], Facts]) -> Subject:
    spans = (msgspec.structs.replace(span, facts=change(span.facts)) for span in subject.spans)
    return msgspec.structs.replace(subject, spans=tuple(spans))


def _held_out(facts: Facts, space: str) -> Facts:
    return msgspec.structs.replace(
        facts,
        references=frozenset(each for each in facts.references if each[0] != space),
        numbers=tuple(number for number in facts.numbers if number.kind != space),
    )


def keys(subject: Subject, space: str) -> frozenset[str]:
    """The references, or numbers, of a space that a subject has today."""
    facts = subject.spans[-1].facts
    return frozenset(key for kind, key in facts.references if kind == space) | frozenset(
        number.key for number in facts.numbers if number.kind == space
    )
