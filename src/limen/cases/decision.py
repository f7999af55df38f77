"""A decision about an alert, and the rules that it must keep before it is proposed.

It names an outcome, a reason, and the discriminators that the reason rests on, each with both
sides. What is claimed of the listed side must be in the record, and what is claimed of the subject
must be in what was screened or have a source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from limen.cases.intake.facts import Facts
from limen.cases.vocabulary import OUTCOMES, Outcome, Reason, vocabulary
from limen.model import InputError
from limen.util.suggest import did_you_mean

#: Characters of a note: a page. What is longer is an attachment.
MOST_NOTE = 10_000
_WEIGHT = {"hard": 2, "soft": 1}


class Discriminator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents a fact in which subject and listed party differ.

    ``source`` is where the subject's value is from, where it was not part of what was screened.
    """

    field: str
    subject: str
    listed: str
    source: str = ""


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents a decision: outcome, reason code, discriminators, note, attachments by hash."""

    outcome: Outcome
    reason: str
    discriminators: tuple[Discriminator, ...] = ()
    note: str = ""
    evidence: tuple[str, ...] = ()


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents an action on an alert.

    Attributes:
        action: one of :data:`limen.cases.actions.RULES`.
        decision: what is proposed.
        note: a reason in words.
        to: to whom it is assigned.
    """

    action: str
    decision: Decision | None = None
    note: str = ""
    to: str = ""


def check_note(text: str, *, needed: bool = False) -> str:
    """Return a note without spaces around it.

    Raises:
        InputError: it is too long, or is empty and needed.
    """
    text = text.strip()
    if len(text) > MOST_NOTE:
        raise InputError(
            f"the note has {len(text):,} characters, and {MOST_NOTE:,} is the most",
            where="note",
            hint="attach what is longer as a file",
            unchanged="nothing was decided",
        )
    if needed and not text:
        raise InputError("it is empty", where="note", hint="write why, in a sentence")
    return text


def check_decision(
    decision: Decision, findings: Iterable[Mapping[str, Any]], subject: Facts
) -> None:
    """Refuse a decision that does not keep the rules.

    Args:
        decision: what is to be proposed.
        findings: those of the alert, as they were answered.
        subject: what was screened.

    Raises:
        InputError: says which rule, and what is missing.
    """
    if decision.outcome not in OUTCOMES:
        raise InputError(f"no outcome is {decision.outcome!r}", where="outcome",
                         hint=did_you_mean(decision.outcome, OUTCOMES))  # fmt: skip
    reason = _reason(decision)
    check_note(decision.note, needed=decision.outcome == "closed_true")
    records = [finding["party"] for finding in findings if "party" in finding]
    screened = [value for values in subject.values() for value in values]
    for each in decision.discriminators:
        _check_both_sides(each)
        _check_listed(each, records)
        _check_subject(each, screened)
    if reason.fields:
        _check_strength(decision, reason)


def _reason(decision: Decision) -> Reason:
    reasons = vocabulary().reasons
    reason = reasons.get(decision.reason)
    if reason is None:
        raise InputError(
            f"no reason is {decision.reason!r}" if decision.reason else "a reason is needed",
            where="reason",
            why="a score alone closes no alert",
            hint=did_you_mean(decision.reason, reasons),
        )
    if decision.outcome not in reason.outcomes:
        raise InputError(
            f"{decision.reason} is no reason for {decision.outcome}",
            where="reason",
            hint=f"it is one for {' and '.join(reason.outcomes)}",
        )
    return reason


def _check_both_sides(each: Discriminator) -> None:
    fields = vocabulary().fields
    if each.field not in fields:
        raise InputError(
            f"no discriminator is {each.field!r}",
            where="discriminators",
            hint=did_you_mean(each.field, fields),
        )
    if not each.subject.strip() or not each.listed.strip():
        raise InputError(
            "it needs the value of both sides",
            where=_where(each),
            why="what is missing on one side differs from nothing",
        )
    if _same(each.subject, each.listed):
        raise InputError(f"both sides are {each.listed!r}: no difference", where=_where(each))


def _check_listed(each: Discriminator, records: list[Mapping[str, Any]]) -> None:
    properties = vocabulary().listed_properties.get(each.field, ())
    values = [str(value) for record in records for value in _values(record, properties)]
    # A document's report has no record, and so nothing to compare the listed value with.
    if properties and records and not any(_same(each.listed, value) for value in values):
        has = f"it has {', '.join(values)}" if values else "it has none"
        raise InputError(
            f"the listed record does not have {each.listed!r}: {has}",
            where=_where(each),
            why="a decision must rest on what the record had when it was made",
        )


def _check_subject(each: Discriminator, screened: list[str]) -> None:
    if not each.source.strip() and not any(_same(each.subject, value) for value in screened):
        raise InputError(
            f"{each.subject!r} is not in what was screened, and no source is given",
            where=_where(each),
            hint="give the source of the value: a document, a register, the customer's file",
        )


def _where(each: Discriminator) -> str:
    return f"discriminators: {each.field}"


def _check_strength(decision: Decision, reason: Reason) -> None:
    fields = {each.field for each in decision.discriminators}
    needed = " or ".join(reason.fields)
    if not fields & set(reason.fields):
        raise InputError(
            f"{decision.reason} needs the discriminator {needed}",
            where="discriminators",
            why="without it no one can check the decision later",
            hint="give the field with the value of both sides",
        )
    if sum(_WEIGHT[vocabulary().fields[field]] for field in fields) < _WEIGHT["hard"]:
        raise InputError(
            f"{' and '.join(sorted(fields))} alone does not tell two parties apart",
            where="discriminators",
            hint="give one hard discriminator, as birth_date or identifier, or a second soft one",
        )


def _values(record: Mapping[str, Any], properties: Iterable[str]) -> Iterable[Any]:
    held = record.get("properties", {})
    return (value for name in properties for value in held.get(name, ()))


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
