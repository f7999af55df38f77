"""Lint the messages of a file: form, not parties. Nothing here decides about a payment."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from limen.payments.country_conflicts import agent_conflicts, country_conflicts
from limen.payments.lint.address_rules import address_findings
from limen.payments.lint.country_rules import country_findings
from limen.payments.lint.lint_finding import Level, LintFinding
from limen.payments.lint.schema_check import schema_findings
from limen.payments.lint.value_rules import value_findings
from limen.payments.message import Message, Problem, Transaction
from limen.payments.read_payments import read_payments


def lint_payments(raw: bytes, *, on: date, schemas: Path | None = None) -> Iterator[LintFinding]:
    """Yield the findings of all messages of a file, and of each against its schema.

    ``on`` is the day of the guidelines for a transaction without a date.
    """
    for message in read_payments(io.BytesIO(raw)):
        yield from lint_message(message, on=on)
    if schemas is not None:
        yield from schema_findings(raw, schemas)


def lint_message(message: Message, *, on: date) -> Iterator[LintFinding]:
    """Yield the findings of a message, reading its transactions."""
    definition = next((each for each in message.header if each.path.endswith("/MsgDefIdr")), None)
    if definition and message.kind and definition.text != message.kind:
        what = f"the header says {definition.text}, and the document is a {message.kind}"
        yield LintFinding(
            "kind-differs-from-header", "error", what, definition.path, definition.span,
            message=message.number,
        )  # fmt: skip
    seen = set()
    for transaction in message.transactions:
        seen |= {(problem.code, problem.offset) for problem in transaction.problems}
        for finding in lint_transaction(transaction, message, on=on):
            yield replace(finding, message=message.number, position=transaction.position)
    for problem in message.problems:
        if (problem.code, problem.offset) not in seen:
            yield replace(_of_problem(problem), message=message.number)


def lint_transaction(
    transaction: Transaction, message: Message, *, on: date
) -> Iterator[LintFinding]:
    """Yield the findings of a transaction."""
    day = _day(transaction.date) or on
    for party in transaction.parties:
        if message.format == "iso20022":
            yield from address_findings(party, day)
        yield from country_findings(country_conflicts(party))
    yield from country_findings(agent_conflicts(transaction.parties))
    for element in transaction.elements:
        yield from value_findings(element, message.format)
    yield from map(_of_problem, transaction.problems)


def _of_problem(problem: Problem) -> LintFinding:
    level: Level = "note" if problem.severity == "note" else "error"
    span = (problem.offset, problem.offset)
    return LintFinding(
        problem.code, level, problem.what, problem.path, span, hint=problem.hint, line=problem.line
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
