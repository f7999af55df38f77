"""Check regime files against each other, and their content beyond its types.

Every refusal names the file, the line and the key, and how to fix it. Nothing is guessed and
nothing skipped: one wrong record refuses the whole, and the last good snapshot stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from limen.law.assess.conditions import Path, parse, values_of
from limen.law.files import measure_kinds
from limen.law.files.checked_file import CheckedFile
from limen.law.files.replacement_cycles import check_no_cycle
from limen.law.law import UNKNOWN, Law
from limen.law.moments import Moment, moment
from limen.law.records import (
    Event,
    EventFact,
    Exemption,
    Licence,
    Measure,
    Provision,
    RegimeFile,
    Release,
    Relief,
    Sourced,
    Statement,
)
from limen.model.countries import country_code
from limen.model.errors import LimenError
from limen.util.located_yaml import Located
from limen.util.suggest import did_you_mean

QUOTE_WORDS = 25


def check(law: Law, files: Iterable[CheckedFile], words: Mapping[str, Located]) -> None:
    """Check all rules of the legal files.

    Raises:
        LimenError: the first rule broken, located.
    """
    for name, zone in ((name, each.zone) for name, each in law.authorities.items()):
        _File(law, words["authorities"]).moment("2022-02-21", zone, (name, "zone"))
    for name, rule in law.ownership.items():
        _File(law, words["ownership"]).ownership(rule.authority, rule, (name,))
    for name, programme in law.programmes.items():
        file = _File(law, words["programmes"])
        file.known("authority", programme.authority, law.authorities, (name, "authority"))
        file.instruments(programme.instruments, (name, "instruments"))
        file.sources(programme.source, (name, "source"))
    for name, others in law.overlaps.items():
        file = _File(law, words["overlaps"])
        file.known("territory", name, law.territories, (name,))
        for other in others:
            file.known("territory", other, law.territories, (name, other))
    for each in files:
        _File(law, each.located).content(each.content)
    check_no_cycle(
        "licence", {key: _one(each.replaces) for key, each in law.licences.items()}, files
    )
    superseding = {name: each.supersedes for name, each in law.statements.items()}
    check_no_cycle("statement", superseding, files)


def _one(name: str | None) -> tuple[str, ...]:
    return (name,) if name else ()


class _File:
    """The checks of one file."""

    def __init__(self, law: Law, located: Located) -> None:
        self._law = law
        self._located = located

    def content(self, content: RegimeFile) -> None:
        for at, measure in enumerate(content.measures):
            self._measure(measure, ("measures", at))
        for at, licence in enumerate(content.licences):
            self._licence(licence, ("licences", at))
        for at, trigger in enumerate(content.triggers):
            self._sourced(trigger, "+00:00", ("triggers", at))
            for number, clock in enumerate(trigger.clocks):
                path: Path = ("triggers", at, "clocks", number)
                self._sourced(clock, "+00:00", path)
                if clock.on:
                    self.moment(clock.on, "+00:00", (*path, "on"))
        for at, statement in enumerate(content.statements):
            self._statement(statement, ("statements", at))
        for at, event in enumerate(content.events):
            self._event(event, ("events", at))
        self._known_to(content)

    def _known_to(self, content: RegimeFile) -> None:
        """Check that a file with measures or licences says which day its research reaches."""
        if content.known_to:
            self.moment(content.known_to, "+00:00", ("known_to",))
        elif content.measures or content.licences:
            raise self._refusal(
                "the file does not say how far its research reaches",
                ("regime",),
                hint="add `known_to: 2026-06-26`, the last day for which it was checked",
            )

    def _measure(self, measure: Measure, path: Path) -> None:
        law = self._law
        self.known("authority", measure.authority, law.authorities, (*path, "authority"))
        zone = law.zone(measure.authority)
        self._sourced(measure, zone, path)
        if not measure.on_lists:  # the tags of one list are that list's own words
            self._all_known("programme", measure.programmes, law.programmes, (*path, "programmes"))
        self._all_known("measure", measure.additional_to, law.measures, (*path, "additional_to"))
        for key in ("waits_for", "lesser_for"):
            self._all_known("trigger", getattr(measure, key), law.triggers, (*path, key))
        for at, release in enumerate(measure.released_as):
            self._release(measure, release, zone, (*path, "released_as", at))
        self._history(measure, zone, path)
        for refused in measure_kinds.refusals(measure):
            raise self._refusal(refused.what, (*path, *refused.path), hint=refused.fix)
        for at, provision in enumerate(measure.provisions):
            self._provision(provision, zone, (*path, "provisions", at))
        self._no_overlap(measure, zone, path)
        for at, exemption in enumerate(measure.exceptions):
            self._relief(exemption, zone, (*path, "exceptions", at))

    def _history(self, measure: Measure, zone: str, path: Path) -> None:
        if not measure.status:
            raise self._refusal("a measure needs a status", (*path, "status"))
        before: Moment | None = None
        for at, change in enumerate(measure.status):
            here: Path = (*path, "status", at)
            self._sourced(change, zone, here)
            now = self.moment(change.on, zone, (*here, "on"))
            if before is not None and now.last <= before.last:
                raise self._refusal(
                    f"{change.on} does not come after {before.text}, the change before it",
                    (*here, "on"),
                    hint="put changes in order of time, one for each moment",
                )
            before = now

    def _release(self, measure: Measure, release: Release, zone: str, path: Path) -> None:
        self._sourced(release, zone, path)
        self._all_known("measure", release.measures, self._law.measures, (*path, "measures"))
        own = [provision.id for provision in measure.provisions]
        self._all_known("provision", release.provisions, own, (*path, "provisions"))
        if release.when:
            parse(release.when, self._law.facts, self._refuse, (*path, "when"))

    def _provision(self, provision: Provision, zone: str, path: Path) -> None:
        self._sourced(provision, zone, path)
        self._span(provision, zone, path)
        targets: Path = (*path, "targets")
        law = self._law
        self._all_known(
            "territory", provision.targets.territories, law.territories, (*targets, "territories")
        )
        self._all_known(
            "programme", provision.targets.programmes, law.programmes, (*targets, "programmes")
        )

        for at, code in enumerate(provision.targets.countries):
            if country_code(code) != code:
                raise self._refusal(
                    f"{code!r} is not the code of a country",
                    (*targets, "countries", at),
                    hint="write its ISO 3166 code in small letters, as ru",
                )

    def _no_overlap(self, measure: Measure, zone: str, path: Path) -> None:
        """Check that the spans of one provision follow each other without overlap."""
        ends: dict[str, int | None] = {}
        for at, provision in enumerate(measure.provisions):
            start = moment(provision.from_, zone)
            if provision.id in ends:
                end = ends[provision.id]
                if end is None or start.first < end:
                    raise self._refusal(
                        f"provision {provision.id} overlaps its own earlier span",
                        (*path, "provisions", at, "from"),
                        hint="end the earlier span with `until`, or give this one another id",
                    )
            ends[provision.id] = _end(provision, zone)

    def _licence(self, licence: Licence, path: Path) -> None:
        law = self._law
        self.known("programme", licence.programme, law.programmes, (*path, "programme"))
        zone = law.zone(law.programmes[licence.programme].authority)
        self._relief(licence, zone, path)
        self._all_known("measure", licence.lifts, law.measures, (*path, "lifts"))
        self._licence_parties(licence, path)
        if licence.revoked:
            self.moment(licence.revoked, zone, (*path, "revoked"))
        if licence.replaces:
            self.known("licence", licence.replaces, law.licences, (*path, "replaces"))
            before = law.licences[licence.replaces].from_
            if UNKNOWN not in (before, licence.from_) and (
                moment(licence.from_, zone).last < moment(before, zone).first
            ):
                raise self._refusal(
                    f"{licence.key} begins before {licence.replaces}, which it replaces",
                    (*path, "from"),
                )

    def _licence_parties(self, licence: Licence, path: Path) -> None:
        """Check that a licence says for whom it is, in one way and with known names."""
        ways = (bool(licence.parties), bool(licence.class_of_parties), licence.any_party)
        if sum(ways) != 1:
            raise self._refusal(
                f"{licence.key} must say for whom it is in exactly one way",
                (*path, "lifts"),
                hint=(
                    "name its `parties`, describe the `class_of_parties`, or write "
                    "`any_party: true` where it is for any party of the measures that it lifts"
                ),
            )
        for key in ("parties", "excluded"):
            names: tuple[str, ...] = getattr(licence, key)
            self._all_known("party", names, self._law.licence_parties, (*path, key))

    def _relief(self, relief: Exemption | Licence, zone: str, path: Path) -> None:
        self._sourced(relief, zone, path)
        self._span(relief, zone, path)
        if relief.when:
            parse(relief.when, self._law.facts, self._refuse, (*path, "when"))

    def _statement(self, statement: Statement, path: Path) -> None:
        law = self._law
        self.known("authority", statement.authority, law.authorities, (*path, "authority"))
        self._all_known(
            "authority", statement.on_behalf_of, law.authorities, (*path, "on_behalf_of")
        )
        zone = statement.zone or law.zone(statement.authority)
        self._sourced(statement, zone, path)
        made = self.moment(statement.made, zone, (*path, "said"))
        if (words := len(statement.quote.split())) > QUOTE_WORDS:
            raise self._refusal(
                f"the quote has {words} words; at most {QUOTE_WORDS} are allowed",
                (*path, "quote"),
                hint="keep the words that are themselves the fact",
            )
        for key in ("clarifies", "supersedes", "contradicts"):
            names: tuple[str, ...] = getattr(statement, key)
            self._all_known("statement", names, law.statements, (*path, key))
            for at, name in enumerate(names):
                if key != "contradicts" and law.moment_of(law.statements[name]).first > made.last:
                    raise self._refusal(
                        f"{name} is later than this statement, so it cannot be in {key}",
                        (*path, key, at),
                    )
        if (reading := statement.reading) is not None:
            here: Path = (*path, "reading")
            self.known("trigger", reading.trigger, law.triggers, (*here, "trigger"))
            self._all_known("kind of event", reading.about, self._kinds(), (*here, "about"))
            parse(reading.when, law.facts, self._refuse, (*here, "when"))
            if reading.lesser:
                parse(reading.lesser, law.facts, self._refuse, (*here, "lesser"))

    def _event(self, event: Event, path: Path) -> None:
        law = self._law
        self.moment("2000-01-01", event.zone, (*path, "zone"))
        self._sourced(event, event.zone, path)
        self.moment(event.happened, event.zone, (*path, "happened"))
        self._all_known("kind of event", (event.kind,), self._kinds(), (*path, "kind"))
        for name, fact in event.facts.items():
            here: Path = (*path, "facts", name)
            self.known("fact", name, law.facts, here)
            given = fact.is_ if isinstance(fact, EventFact) else fact
            values_of(law.facts[name], given, self._refuse, here)
            if isinstance(fact, EventFact):
                if fact.source:
                    self.sources(fact.source, (*here, "source"))
                if fact.known_from:
                    self.moment(fact.known_from, event.zone, (*here, "known_from"))

    def _kinds(self) -> tuple[str, ...]:
        return self._law.facts["kind"].values

    def instruments(self, names: Iterable[str], path: Path) -> None:
        """Check that acts of the Union bear their official names."""
        for at, name in enumerate(names):
            if wrong := measure_kinds.wrong_act_name(name):
                raise self._refusal(wrong, (*path, at))

    def ownership(self, authority: str, rule: Sourced, path: Path) -> None:
        """Check the authority and the dates of an ownership rule."""
        self.known("authority", authority, self._law.authorities, (*path, "authority"))
        zone = self._law.zone(authority)
        self._sourced(rule, zone, path)
        for key in ("from_", "until", "suspended_from", "suspended_until"):
            if text := getattr(rule, key):
                self.moment(text, zone, (*path, key.rstrip("_")))

    def _sourced(self, fact: Sourced, zone: str, path: Path) -> None:
        self.sources(fact.source, (*path, "source"))
        if fact.known_from:
            self.moment(fact.known_from, zone, (*path, "known_from"))

    def sources(self, source: str | tuple[str, ...], path: Path) -> None:
        """Check that there is a source, and that each is one of ``sources.yml``."""
        names = (source,) if isinstance(source, str) else source
        if not names:
            raise self._refusal("a fact needs a source", path, hint="cite one of sources.yml")
        for name in names:
            if name not in self._law.sources:
                hint = f"write it into sources.yml; {did_you_mean(name, self._law.sources)}"
                near = hint if len(hint) < 80 else "write it into sources.yml with where it is"
                raise self._refusal(f"unknown source {name!r}", path, hint=near)

    def _span(self, record: Provision | Relief, zone: str, path: Path) -> None:
        if record.until and record.through:
            raise self._refusal("both until and through: give one of the two", (*path, "through"))
        may_be_unknown = isinstance(record, Licence)
        start: Moment | None = None
        if not (may_be_unknown and record.from_ == UNKNOWN):
            start = self.moment(record.from_, zone, (*path, "from"))
        for key in ("until", "through"):
            text: str | None = getattr(record, key)
            if not text or (may_be_unknown and key == "until" and text == UNKNOWN):
                continue
            end = self.moment(text, zone, (*path, key))
            if start is not None and end.last < start.first:
                raise self._refusal(
                    f"it ends ({text}) before it begins ({record.from_})",
                    (*path, key),
                    hint="one of the two dates is wrong",
                )

    def moment(self, text: str, zone: str, path: Path) -> Moment:
        """Read a moment, or raise the located error."""
        try:
            return moment(text, zone)
        except ValueError as error:
            raise self._refusal(str(error), path) from error

    def known(self, what: str, name: str, known: Collection[str], path: Path) -> None:
        """Check that a name is one of those known."""
        if name not in known:
            raise self._refusal(f"unknown {what} {name!r}", path, hint=_hint(name, known))

    def _all_known(
        self, what: str, names: Iterable[str], known: Collection[str], path: Path
    ) -> None:
        for at, name in enumerate(names):
            self.known(what, name, known, (*path, at))

    def _refusal(self, what: str, path: Path, *, hint: str = "") -> LimenError:
        return self._located.refusal(what, path, hint=hint)

    def _refuse(self, what: str, path: Path, hint: str) -> LimenError:
        return self._located.refusal(what, path, hint=hint)


def _hint(name: str, known: Collection[str]) -> str:
    hint = did_you_mean(name, known)
    return hint if len(hint) < 400 else "it is in none of the files"


def _end(record: Provision, zone: str) -> int | None:
    if record.until:
        return moment(record.until, zone).first
    return moment(record.through, zone).last if record.through else None
