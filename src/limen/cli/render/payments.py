"""Draw screened transactions for a terminal, and the box at the end of a run."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from limen.batch.payments.screened_payment import PaymentTally, ScreenedPayment
from limen.cli.render.summary import boxed, groups
from limen.cli.render.text import aligned, counted, paint, printable
from limen.model import AnyFinding, OwnershipFinding, PlaceFinding
from limen.payment_screening import PaymentAnswer, ScreenedElement
from limen.payment_screening.policy import Decided

#: Findings drawn of one element: a party is on several lists.
_MOST_FINDINGS = 3
#: Transactions drawn; of a file of more, the box counts all.
_MOST_DRAWN = 500
#: Characters drawn of an element.
_MOST_CHARACTERS = 100
_STYLES: dict[Decided, str] = {"pass": "green", "hold": "yellow", "reject": "bold red"}


@dataclass(slots=True)
class PaymentTable:
    """Draws the transactions that do not pass, with the elements that are the reason."""

    look_back: bool
    resumable: bool = False
    _drawn: int = 0
    _passed: int = 0
    _more: int = 0

    def head(self) -> bytes:
        return b""

    def row(self, screened: ScreenedPayment) -> bytes:
        if screened.answer.decision == "pass":
            self._passed += 1
            return b""
        if self._drawn >= _MOST_DRAWN:
            self._more += 1
            return b""
        self._drawn += 1
        return _bytes(_lines(screened))

    def tail(self) -> bytes:
        lines = [
            counted(self._passed, "transaction") + (" passes" if self._passed == 1 else " pass")
        ]
        if self._more:
            lines.append(f"{self._more:,} more do not; --output FILE writes all")
        return _bytes(lines)


def _bytes(lines: Sequence[str] | Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", errors="replace")


def _lines(screened: ScreenedPayment) -> Iterator[str]:
    answer = screened.answer
    word = paint(answer.decision.upper(), _STYLES[answer.decision], sys.stdout)
    then = f" (with what was known then: {screened.then})" if screened.then else ""
    money = f"  {answer.currency} {answer.amount}" if answer.amount else ""
    yield f"{word}{then}  {printable(screened.where)}  {printable(answer.kind)}{printable(money)}"
    if answer.references:
        pairs = (f"{name} {text}" for name, text in answer.references.items())
        yield f"  {printable(', '.join(pairs))}"
    for problem in answer.problems:
        if problem.severity != "note":
            place = f" line {problem.line}, column {problem.column}" if problem.line else ""
            yield f"  {problem.severity}{place}: {printable(problem.what)}"
    for reason in _of_no_element(answer):
        yield f"  cannot say: {printable(reason)}"
    for element in answer.elements:
        yield from _element_lines(element)
    for notice in answer.notices:
        yield f"  note: {printable(notice)}"
    yield ""


def _of_no_element(answer: PaymentAnswer) -> Iterator[str]:
    """Yield the reasons that are about no element and no problem: a list that is stale."""
    paths = (*(each.path for each in answer.elements), *(each.path for each in answer.problems))
    places = tuple(f"{path}: " for path in paths if path)
    problems = {each.what for each in answer.problems}
    for reason in answer.reasons:
        if not reason.startswith(places) and reason not in problems:
            yield reason


def _element_lines(element: ScreenedElement) -> Iterator[str]:
    if not element.findings and not element.reasons and not element.conflicts:
        return
    text = element.text if len(element.text) <= _MOST_CHARACTERS else (
        element.text[: _MOST_CHARACTERS - 1] + "…"
    )  # fmt: skip
    yield f"  {element.role.replace('_', ' ')}, {element.kind.replace('_', ' ')}: {printable(text)}"
    yield f"    {printable(element.path)}"
    for finding in element.findings[:_MOST_FINDINGS]:
        level = paint(
            finding.level.upper(), "red" if finding.level == "hit" else "yellow", sys.stdout
        )
        yield f"    {level} {finding.score:.2f} {printable(_what(finding))}"
    if len(element.findings) > _MOST_FINDINGS:
        yield f"    and {counted(len(element.findings) - _MOST_FINDINGS, 'more finding')}"
    for each in element.conflicts:
        yield f"    countries differ: {each.country}, and {each.other_country} at {each.other_path}"
    for reason in element.reasons:
        yield f"    cannot say: {printable(reason)}"


def _what(finding: AnyFinding) -> str:
    if isinstance(finding, OwnershipFinding):
        return f"{finding.caption}: owned by listed parties, {finding.authority}"
    if isinstance(finding, PlaceFinding):
        return f"{finding.caption}: {finding.authority}, {finding.instrument}"
    lists = ", ".join(dict.fromkeys(listing.list for listing in finding.listings))
    return f"{finding.caption} ({finding.id}; {lists or 'not listed at the time'})"


def closing_lines(
    tally: PaymentTally,
    *,
    screened: int,
    seconds: float,
    look_back: bool,
    output: str,
    rest: Sequence[str],
) -> list[str]:
    """Return the run in numbers: what was read, what was decided, and what it rests on."""
    unknown = f"{tally.cannot_say:,} of them only for what is not known" * bool(tally.cannot_say)
    rows = [
        ("reject", f"{tally.rejected:,}", ""),
        ("hold", f"{tally.held:,}", unknown),
        ("pass", f"{tally.passed:,}", ""),
    ]
    lines = aligned(rows, right=(1,), indent="")
    if look_back:
        lines.append(f"{tally.newly:,} do not pass now, and did with what was known on their day")
    if tally.refused:
        lines.append(f"{counted(tally.refused, 'message')} could not be read to the end")
    lines += groups("not determined", tally.reasons, "transaction")
    lines += ["", *rest, ""]
    rate = screened / seconds if seconds > 0 else 0.0
    took = f"{counted(screened, 'transaction')} in {seconds:.1f} s, {rate:,.0f} a second"
    lines.append(f"{took}; written to {output}" if output else took)
    head = (
        f"{counted(tally.messages, 'message')}, {counted(tally.rows, 'transaction')}: "
        f"{counted(tally.elements, 'element')} screened, {tally.unscreened:,} not to be screened, "
        f"{counted(tally.findings, 'finding')}"
    )
    return boxed(head, lines)
