"""Territorial measures as answers about addresses cite them: the law's side of the places part.

``embargoes.yml`` adds to a territorial measure what an answer about an address needs (how the
act is cited, in which words it prohibits); the measure itself gives the authority, the
territories and the days. Where the territories are on earth is known to ``limen.places`` alone;
``limen.snapshot.build`` joins the two.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from limen.law.law import Law
from limen.law.moments import moment
from limen.law.records import Confidence, Measure, Provision, Record
from limen.util.located_yaml import Located, locate
from limen.util.suggest import did_you_mean

EMBARGOES = "embargoes"


class EmbargoRecord(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An entry of ``embargoes.yml``; see the head of that file.

    ``authority``, ``territories``, ``from`` and ``until`` are given where no measure of the
    same id states them, and only there.
    """

    article: str
    prohibits: str
    source: str | tuple[str, ...]
    instrument: str = ""
    confidence: Confidence = "sourced"
    note: str = ""
    government: bool = False
    authority: str = ""
    territories: tuple[str, ...] = ()
    from_: str = msgspec.field(name="from", default="")
    until: str = ""


class Embargo(msgspec.Struct, frozen=True, kw_only=True):
    """What one act prohibits over territories, complete.

    Attributes:
        start: when it begins to apply, a day or an instant with its zone.
        until: the first moment at which it no longer applies; empty while it goes on.
        published: when it could be known; empty where that is ``start``.
        source: ids of ``sources.yml`` and acts, joined by ``"; "``.
    """

    id: str
    authority: str
    territories: tuple[str, ...]
    instrument: str
    article: str
    prohibits: str
    start: str
    until: str
    published: str
    source: str
    confidence: Confidence
    note: str
    government: bool


def read_embargoes(law: Law, raw: bytes) -> tuple[Embargo, ...]:
    """Read the content of ``embargoes.yml`` and complete each entry from the law.

    Raises:
        RegistryError: an entry is wrong, with its line.
    """
    name = f"{EMBARGOES}.yml"
    file = locate(raw, name)
    records = file.decode(dict[str, EmbargoRecord])
    return tuple(_embargo(law, file, name, record) for name, record in records.items())


def _embargo(law: Law, file: Located, name: str, record: EmbargoRecord) -> Embargo:
    measure = law.measures.get(name)
    if measure is not None:
        _check_not_repeated(file, name, record)
        record = _completed(law, file, record, measure)
    _check(law, file, name, record)
    sources = (record.source,) if isinstance(record.source, str) else record.source
    return Embargo(
        id=name,
        authority=record.authority,
        territories=record.territories,
        instrument=record.instrument,
        article=record.article,
        prohibits=record.prohibits,
        start=record.from_,
        until=record.until,
        published=_published(measure) if measure else "",
        source="; ".join(sources),
        confidence=record.confidence,
        note=record.note,
        government=record.government,
    )


def _completed(law: Law, file: Located, record: EmbargoRecord, measure: Measure) -> EmbargoRecord:
    """Return the entry with what its measure states."""
    provisions = _over_territories(measure)
    if not provisions:
        raise file.refusal(
            f"measure {measure.id} names no territory",
            (measure.id,),
            hint="give one of its provisions `targets: {territories: [...]}`",
        )
    zone = law.zone(measure.authority)
    first = min(provisions, key=lambda provision: moment(provision.from_, zone).first)
    ends = [provision.until for provision in provisions]
    last = max((end for end in ends if end), key=lambda end: moment(end, zone).first, default="")
    return msgspec.structs.replace(
        record,
        authority=measure.authority,
        territories=_territories(provisions),
        instrument=record.instrument or measure.instrument,
        from_=_start(first.from_, zone),
        until="" if None in ends else last,
    )


def _start(text: str, zone: str) -> str:
    """Return an exact instant as it is written, and a part of a day as the whole day.

    Where the hour of an act was not found, an address is not cleared for the hours before it.
    """
    return text if "T" in text else moment(text, zone).day.isoformat()


def _over_territories(measure: Measure) -> list[Provision]:
    return [provision for provision in measure.provisions if provision.targets.territories]


def _territories(provisions: Iterable[Provision]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(name for provision in provisions for name in provision.targets.territories)
    )


def _published(measure: Measure) -> str:
    """Return when the first of the provisions could be known, where that is not its start."""
    return min((each.known_from or "" for each in _over_territories(measure)), default="")


def _check_not_repeated(file: Located, name: str, record: EmbargoRecord) -> None:
    for key in ("authority", "territories", "from", "until"):
        if getattr(record, "from_" if key == "from" else key):
            raise file.refusal(
                f"the measure {name} states its {key} already",
                (name, key),
                hint="remove it here; the measure is in the files of its regime",
            )


def _check(law: Law, file: Located, name: str, record: EmbargoRecord) -> None:
    """Raise RegistryError for a gap, an unknown name, an impossible day or a missing source."""
    for key, value in (
        ("authority", record.authority),
        ("territories", record.territories),
        ("from", record.from_),
        ("instrument", record.instrument),
        ("source", record.source),
    ):
        if not value:
            raise file.refusal(f"{key} is missing, and no measure {name} states it", (name,))
    _check_known(file, (name, "authority"), record.authority, law.authorities)
    for territory in record.territories:
        _check_known(file, (name, "territories"), territory, law.territories)
    for key, text in (("from", record.from_), ("until", record.until)):
        try:
            moment(text or record.from_, law.zone(record.authority))
        except ValueError as error:
            raise file.refusal(str(error), (name, key)) from error
    for source in (record.source,) if isinstance(record.source, str) else record.source:
        if record.confidence == "sourced":
            _check_known(file, (name, "source"), source, law.sources)


def _check_known(file: Located, path: tuple[str, str], name: str, known: Iterable[str]) -> None:
    if name not in (names := tuple(known)):
        raise file.refusal(f"unknown {path[1]} {name!r}", path, hint=did_you_mean(name, names))
