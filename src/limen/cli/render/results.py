"""Draw the results as a table, one line a party: its match, since when, the lists it is on.

The evidence, the acts and the measures are in ``--explain``.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from limen.batch.output.flat_rows import joined
from limen.batch.tally import Screened, outcome_of
from limen.cli.render.explain import explained
from limen.cli.render.text import STYLES, counted, printable
from limen.model import Answer, OwnershipFinding, PartyGroup, PlaceFinding
from limen.model.features import Level
from limen.model.finding import PartyListing
from limen.render.coverage_sentences import rests_on

_MOST_FINDINGS = 200
_MOST_OTHERS = 20
_WORDS = {
    "hit": "HIT",
    "review": "review",
    "clear": "clear",
    "cannot_say": "cannot say",
    "refused": "refused",
}


@dataclass(slots=True)
class TableEncoder:
    """Collects what has to be looked at, and draws it at the end, hits first.

    A portfolio's clear rows are counted, not drawn.

    Attributes:
        width: columns of the terminal.
        colour: whether to colour.
        explain: whether to draw the evidence of each finding.
        every: whether clear rows are drawn too, as for names given one by one.
    """

    width: int
    colour: bool
    explain: bool
    every: bool
    resumable: bool = False
    _hits: list[Screened] = field(default_factory=list)
    _reviews: list[Screened] = field(default_factory=list)
    _others: list[Screened] = field(default_factory=list)
    _more: int = 0
    _clear: int = 0

    def head(self) -> bytes:
        return b""

    def row(self, screened: Screened) -> bytes:
        answer = screened.answer
        if answer is not None and answer.findings:
            rows = self._hits if answer.outcome == "hit" else self._reviews
            self._collect(rows, _MOST_FINDINGS, screened)
        elif self.every or answer is None or answer.notices:
            self._collect(self._others, _MOST_OTHERS, screened)
        else:
            self._clear += 1
        return b""

    def tail(self) -> bytes:
        text = io.StringIO()
        console = Console(
            file=text,
            width=self.width,
            force_terminal=self.colour,
            no_color=not self.colour,
            highlight=False,
            emoji=False,
            markup=False,
        )
        for part in self._parts():
            console.print(part)
        return text.getvalue().encode("utf-8", errors="replace")

    def _collect(self, rows: list[Screened], most: int, screened: Screened) -> None:
        if len(rows) < most or self.every:
            rows.append(screened)
        else:
            self._more += 1

    def _parts(self) -> Iterator[RenderableType]:
        drawn = [*self._hits, *self._reviews, *self._others]
        if drawn:
            yield _table(drawn, self.width)
        if self.every and len(drawn) == 1 and (party := _only_party(drawn[0])):
            yield Text("")
            yield _listings(party)
        if self._more:
            yield Text(
                f"{counted(self._more, 'row')} more like these: --output FILE.csv has them all",
                style="bold",
            )
        if self._clear:
            yield Text(f"and {counted(self._clear, 'row')} with nothing found", style="dim")
        if self.explain:
            for screened in (*self._hits, *self._reviews):
                yield explained(screened, self.width)


def _only_party(screened: Screened) -> PartyGroup | None:
    match screened.answer.parties if screened.answer else ():
        case (party,):
            return party
    return None


def _table(rows: list[Screened], width: int) -> Table:
    """Return the table: one line a party; only the reasons of rows without a party take more."""
    headings = [heading for heading, least in _HEADINGS.items() if width >= least]
    table = _empty_table(headings)
    for screened in rows:
        for cells in _rows(screened):
            table.add_row(*(cells.get(heading, "") for heading in headings))
    return table


def _empty_table(headings: Sequence[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=False, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold", min_width=_LEAST.get(heading))
    return table


#: Heading -> the columns that a terminal must have for it.
_HEADINGS = {
    "outcome": 0, "your party": 0, "matched": 0, "score": 0, "since": 100, "lists": 0,
    "programmes": 140, "id": 140,
}  # fmt: skip
_LISTING_HEADINGS = ("listing", "score", "since", "until", "programmes")
_LEAST = {"outcome": 7, "score": 5, "since": 13, "until": 10, "id": 13}


def _listings(party: PartyGroup) -> Table:
    """Return the listings of the only party found, the earliest first."""
    table = _empty_table(_LISTING_HEADINGS)
    for each in _in_order(party.listings):
        since, until = _since(each.since, each.since_basis), each.until or ""
        programmes = _one_line("; ".join(each.programmes))
        record = _text(f"{each.list}:{each.record_id}")
        table.add_row(record, f"{each.score:.2f}", since, until, programmes)
    return table


def _rows(screened: Screened) -> Iterator[dict[str, Text]]:
    """Yield heading -> cell for all that was found; the reasons where nothing was."""
    answer = screened.answer
    name = _one_line(_name_of(screened))
    if answer is None or not answer.findings:
        outcome = _outcome(outcome_of(answer))
        yield {"outcome": outcome, "your party": name, "matched": _reasons(screened)}
        return
    for level, score, texts in _found(answer):
        cells = {heading: _one_line(text) for heading, text in texts.items()}
        amount = Text(f"{score:.2f}", style=STYLES[level])
        yield {"outcome": _outcome(level), "your party": name, "score": amount} | cells
        name = Text("")


def _found(answer: Answer) -> Iterator[tuple[Level, float, dict[str, str]]]:
    """Yield level, score, and heading -> text of each party, territory and ownership found."""
    for party in answer.parties:
        yield party.level, party.score, _party(party)
    places = groupby(answer.places, lambda each: (each.level, each.score, each.caption))
    for (level, score, caption), found in places:
        yield level, score, _territory(caption, list(found))
    for finding in answer.findings:
        if isinstance(finding, OwnershipFinding):
            yield finding.level, finding.score, _ownership(finding)


def _party(party: PartyGroup) -> dict[str, str]:
    listings = _in_order(each for each in party.listings if each.applies)
    return {
        "matched": party.caption,
        "since": _since(listings[0].since, listings[0].since_basis) if listings else "",
        "lists": ", ".join(dict.fromkeys(each.list for each in listings)),
        "programmes": joined(each.programmes for each in listings),
        "id": party.id,
    }


def _territory(caption: str, findings: Sequence[PlaceFinding]) -> dict[str, str]:
    """Return the cells of a territory: the authorities whose measures reach it, since the first."""
    return {
        "matched": caption,
        "since": min(each.applied_from for each in findings),
        "lists": ", ".join(dict.fromkeys(each.authority for each in findings)),
        "programmes": "; ".join(dict.fromkeys(each.instrument for each in findings)),
        "id": findings[0].territory,
    }


def _ownership(finding: OwnershipFinding) -> dict[str, str]:
    return {
        "matched": finding.caption,
        "since": max((step.held_from for step in finding.path if step.held_from), default=""),
        "lists": finding.authority,
        "programmes": ", ".join(finding.measures),
        "id": finding.id,
    }


def _in_order(listings: Iterable[PartyListing]) -> list[PartyListing]:
    return sorted(listings, key=lambda each: each.since or "9")


def _since(day: str | None, basis: str) -> str:
    if day is None:
        return "not known"
    return {"on_or_before": f"by {day}", "first_seen": f"seen {day}"}.get(basis, day)


def _outcome(word: str) -> Text:
    return Text(_WORDS[word], style=STYLES[word])


def _reasons(screened: Screened) -> Text:
    if screened.answer is None:
        error = screened.refused
        return _text(f"{error.where}: {error.what}" if error else "")
    reasons = "; ".join(screened.answer.reasons)
    if not reasons:
        reasons = f"no listed party is like this, and {rests_on(screened.answer.coverage)}"
    noted = [each.message for each in screened.answer.notices if each.message not in reasons]
    return _text("\n".join([reasons, *noted]))


def _name_of(screened: Screened) -> str:
    if screened.answer is None:
        return " ".join(str(cell) for cell in list(screened.row.cells.values())[:3])
    return str(screened.answer.query.get("caption") or screened.answer.query.get("id") or "")


def _text(text: str) -> Text:
    return Text(printable(text, lines=True))


def _one_line(text: str) -> Text:
    """Return a text that is cut with an ellipsis where the terminal is too narrow for it."""
    return Text(printable(text), no_wrap=True, overflow="ellipsis")
