"""Draw the results as a table: the party, its match, the list, since when, by which act."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from limen.batch.output.flat_rows import joined
from limen.batch.tally import Screened, outcome_of
from limen.cli.render.explain import explained
from limen.cli.render.text import STYLES, counted, printable
from limen.model import Finding, OwnershipFinding, PartyGroup, PlaceFinding
from limen.render.coverage_sentences import rests_on

#: Below this many columns of a terminal, the listing shares one cell.
_WIDE = 140
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
            yield _table(drawn, wide=self.width >= _WIDE)
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


def _table(rows: list[Screened], *, wide: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=False, pad_edge=False, show_edge=False)
    for heading in _WIDE_HEADINGS if wide else _HEADINGS:
        table.add_column(heading, overflow="fold", min_width=_LEAST.get(heading))
    for screened in rows:
        for cells in _rows(screened):
            table.add_row(*(cells.wide() if wide else cells.narrow()))
    return table


_HEADINGS = ("outcome", "your party", "matched", "score", "listed")
_WIDE_HEADINGS = (
    "outcome", "your party", "matched", "score", "list", "programme", "since", "act", "why",
)  # fmt: skip
#: Columns of the names and listings of a line at 120 columns.
_NAME, _MATCHED, _LISTED = 24, 36, 34
_LEAST = {"outcome": 7, "score": 5, "since": 10, "listed": 10, "why": 24}


@dataclass(frozen=True, slots=True)
class _Cells:
    """Represents one line of the table."""

    outcome: Text
    name: Text
    matched: Text
    score: Text
    listing: tuple[Text, ...]
    why: Text
    record: str = ""

    def wide(self) -> tuple[RenderableType, ...]:
        matched = Text.assemble(self.matched, "\n", (printable(self.record), "dim"))
        return (self.outcome, self.name, matched, self.score, *self.listing, self.why)

    def narrow(self) -> tuple[RenderableType, ...]:
        """Return one line a party: its lists and since when; the evidence is in ``--explain``."""
        if not self.matched:
            return (self.outcome, self.name, self.why, self.score, Text(""))
        lists, _, since, _ = (part.plain.splitlines() for part in self.listing)
        listed = Text(" ".join([*since[:1], ", ".join(lists)]))
        cells = (self.name, _NAME), (self.matched, _MATCHED), (listed, _LISTED)
        for text, width in cells:
            text.truncate(width, overflow="ellipsis")
        return (self.outcome, self.name, self.matched, self.score, listed)


def _rows(screened: Screened) -> Iterator[_Cells]:
    answer = screened.answer
    name = _text(_name_of(screened))
    if answer is None or not answer.findings:
        listing = (Text(""),) * 4
        outcome = _outcome(outcome_of(answer))
        yield _Cells(outcome, name, Text(""), Text(""), listing, _reasons(screened))
        return
    findings = (each for each in answer.findings if not isinstance(each, Finding))
    for found in (*answer.parties, *findings):
        score = Text(f"{found.score:.2f}", style=STYLES[found.level])
        law = _grounds(found)
        matched = Text(printable(found.caption))
        record = found.findings[0] if isinstance(found, PartyGroup) else found.id
        why = _text(found.why)
        yield _Cells(_outcome(found.level), name, matched, score, law, why, record)
        name = Text("")


def _grounds(found: PartyGroup | PlaceFinding | OwnershipFinding) -> tuple[Text, ...]:
    if isinstance(found, PartyGroup):
        return _listing(found)
    return _law(found) if isinstance(found, PlaceFinding) else _owners(found)


def _owners(finding: OwnershipFinding) -> tuple[Text, ...]:
    """Return an ownership under a listing's headings: authority, measures, since, rule."""
    since = [step.held_from for step in finding.path if step.held_from]
    rule = finding.rule or "no rule is encoded"
    texts = (finding.authority, "\n".join(finding.measures), max(since, default=""), rule)
    return tuple(map(_text, texts))


def _law(finding: PlaceFinding) -> tuple[Text, ...]:
    """Return a territory's measure under a listing's headings: authority, territory, since, act."""
    texts = (finding.authority, finding.territory, finding.applied_from, finding.instrument)
    return tuple(map(_text, texts))


def _listing(party: PartyGroup) -> tuple[Text, ...]:
    """Return a party's lists, programmes, since when, acts; the earliest listing first."""
    listings = sorted(
        (each for each in party.listings if each.applies), key=lambda each: each.since or "9"
    )
    texts = (
        "\n".join(dict.fromkeys(each.list for each in listings)),
        joined(each.programmes for each in listings),
        "\n".join(dict.fromkeys(_since(each.since, each.since_basis) for each in listings)),
        joined(each.acts for each in listings),
    )
    return tuple(map(_text, texts))


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
