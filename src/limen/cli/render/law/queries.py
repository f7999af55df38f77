"""Draw answers to questions of law: measures by terms, and whether something was authorised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import msgspec

from limen.cli.render.text import printable
from limen.cli.write_records import Records
from limen.law import Clocks, MeasureView
from limen.law.queries.authorised import AuthorisedAnswer, MeasureAuthorisation
from limen.law.queries.search import LawAnswer, PossibleExemption
from limen.model import InputError, PossibleLicence
from limen.model.instant import Instant, read_instant


def instants(as_of: str | None, known_at: str | None) -> Clocks:
    """Read the two clocks from their options; the defaults are today, and all that is known."""
    today = Instant.parse(datetime.now(UTC).date())
    day = read_instant(as_of, "--as-of") or today
    return Clocks(day, read_instant(known_at, "--known-at") or max(today, day))


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """Read ``NAME=VALUE`` options.

    Raises:
        InputError: one without ``=``.
    """
    found = {}
    for text in texts:
        name, separator, value = text.partition("=")
        if not separator:
            raise InputError(f"{text!r} is not NAME=VALUE", where="--fact")
        found[name.strip()] = value.strip()
    return found


def ask_records(found: LawAnswer) -> Records:
    """Return the answer as lines, as one object, and as a row for each measure."""
    lines = [f"as of {found.as_of}: {found.says}"]
    for view in found.in_force:
        lines += _measure(view)
    for ground in found.grounds:
        lines.append(printable(f"  {ground.measure}: {ground.says} ({ground.territory})"))
    for view in found.undecided:
        lines.append(f"  cannot say whether it is meant: {view.authority}  {view.id}")
        lines += [f"      {line}" for line in _articles(view)]
    for view in found.not_in_force:
        standing = view.standing.replace("_", " ")
        lines.append(f"  not in force then: {view.id} ({standing} since {view.since})")
        lines += [f"      {line}" for line in _articles(view)]
    lines += [f"  first record later: {name}" for name in found.later]
    lines += [_exemption(each) for each in found.exemptions]
    lines += [_licence(each) for each in found.licences]
    lines += [f"  licence not in force then: {each}" for each in found.licences_not_in_force]
    if found.beyond_known:
        lines.append("  known to an earlier day only: a change since then would not be known")
    flat = [
        {"id": each.id, "authority": each.authority, "standing": each.standing, "since": each.since}
        for each in (*found.in_force, *found.not_in_force)
    ]
    return Records(lines, [msgspec.to_builtins(found)], flat)


def _exemption(exemption: PossibleExemption) -> str:
    kind = exemption.kind.replace("_", "-")
    parts = [f"  {kind} of {exemption.measure}: {exemption.title}"]
    if exemption.activities:
        parts.append(f"for {', '.join(exemption.activities).replace('_', ' ')}")
    if exemption.until:
        parts.append(f"to {exemption.until}")
    if exemption.facts:
        parts.append(f"needs {', '.join(exemption.facts).replace('_', ' ')}")
    if exemption.conditions:
        parts.append(exemption.conditions)
    if exemption.why:
        parts.append(f"not certain: {exemption.why}")
    return printable("; ".join(parts))


def _measure(view: MeasureView) -> Iterator[str]:
    sure = "" if view.confidence == "sourced" else f" [{view.confidence}]"
    yield f"  {view.authority}  {view.id}: {printable(view.instrument)}, since {view.since}{sure}"
    for line in _articles(view):
        yield f"      {line}"
    if view.note:
        yield f"      note: {printable(view.note)}"


def _articles(view: MeasureView) -> Iterator[str]:
    for each in view.articles:
        whom = (*each.territories, *each.parties, *each.sectors, *each.goods, *each.services)
        words = ", ".join(each.prohibits).replace("_", " ") or "prohibits nothing itself"
        about = " of" if each.prohibits else "; about"
        of = f"{about} {', '.join(whom)}" if whom else ""
        says = f"; {each.says}" if each.says else ""
        until = f" until {each.until}" if each.until else ""
        sure = "" if each.confidence == "sourced" else f" [{each.confidence}]"
        yield printable(f"{each.id}: {words}{of}{says} (from {each.since}{until}){sure}")


def _licence(licence: PossibleLicence) -> str:
    standing = "" if licence.standing == "valid" else f"not known whether it held ({licence.why}): "
    whom = f" for {', '.join(licence.parties)}" if licence.parties else ""
    until = f" until {licence.until}" if licence.until else ""
    only = f"; known to {licence.known_to} only" if licence.beyond_known else ""
    title = f"{licence.title}{whom}{until}{only}"
    return printable(f"  licence {licence.key}: {standing}{title} [{licence.confidence}]")


def authorised_records(found: AuthorisedAnswer) -> Records:
    """Return the answers as lines, as one object, and as a row for each measure."""
    lines = [f"as of {found.as_of}, {found.activity.replace('_', ' ')}: {found.says}".rstrip(": ")]
    for each in found.measures:
        lines += _authorisation(each)
    return Records(lines, [msgspec.to_builtins(found)], [_row(each) for each in found.measures])


def _row(found: MeasureAuthorisation) -> dict[str, str | bool]:
    """Return an answer as a row; what is of its licences is in the order of their keys."""
    licences = found.licences
    return {
        "measure": found.measure,
        "answer": found.answer,
        "by": " ".join(found.by),
        "confidence": found.confidence,
        "beyond_known": found.beyond_known,
        "licences": " ".join(each.key for each in licences),
        "licences_confidence": " ".join(each.confidence for each in licences),
        "licences_beyond_known": " ".join(str(each.beyond_known) for each in licences),
    }


def _authorisation(found: MeasureAuthorisation) -> Iterator[str]:
    by = f" by {', '.join(found.by)}" if found.by else ""
    yield f"  {found.measure}: {found.answer.replace('_', ' ')}{by}"
    for question in found.missing:
        yield f"      turns on: {printable(question)}"
    for line in found.not_known:
        yield f"      not known: {printable(line)}"
    for licence in found.licences:
        yield f"    {_licence(licence)}"
        if licence.says:
            yield f"      {printable(licence.says)}"
        for condition in licence.conditions:
            yield f"      only if: {printable(condition)}"
        for link in found.chains.get(licence.key, ()):
            hole = f"; {link.hole}" if link.hole else ""
            yield f"      chain: {link.key} {link.start} to {link.until or 'no end'}{hole}"
    for line in found.not_in_force:
        yield f"    licence not in force then: {printable(line)}"
    if found.beyond_known:
        yield f"      known to {found.known_to} only: a change since then would not be known"
