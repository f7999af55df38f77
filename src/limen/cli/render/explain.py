"""Draw a finding's evidence: the score as a waterfall, field by field, and its listings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from limen.batch.tally import Screened
from limen.cli.render.law.measures import measure_lines
from limen.cli.render.law.ownership import ownership_step
from limen.cli.render.text import STYLES, printable
from limen.model import AnyFinding, Feature, Finding, OwnershipFinding, PartyGroup, PlaceFinding
from limen.render.coverage_sentences import since

_VERDICTS = {
    "equal": ("equal", "green"),
    "near": ("near", "yellow"),
    "conflict": ("conflict", "red"),
    "missing_query": ("you do not say", "dim"),
    "missing_listed": ("the list does not say", "dim"),
    "missing_both": ("neither says", "dim"),
}
_LEVELS = {"hit": "HIT", "review": "review"}
_BAR = 40


def explained(screened: Screened, width: int) -> RenderableType:
    """Draw every finding of a row, each in a panel."""
    answer = screened.answer
    if answer is None:
        return Text("")
    threshold = answer.stamp.threshold
    beside = (_beside(party) for party in answer.parties if party.measures)
    panels = (_any_panel(finding, threshold, width) for finding in answer.findings)
    return Group(*beside, *panels)


def _beside(party: PartyGroup) -> Table:
    """Draw what each authority does to a party, side by side."""
    table = Table(
        title=Text(f"{printable(party.caption)}: measures of each authority"), title_justify="left",
        box=box.SIMPLE_HEAD, pad_edge=False,
    )  # fmt: skip
    cells = []
    for law in party.measures:
        table.add_column(law.authority, overflow="fold")
        words = ", ".join(law.prohibits).replace("_", " ") or "prohibits nothing that is encoded"
        acts = (f"{each.instrument}, since {each.since or 'unknown'}" for each in law.measures)
        cells.append(Text(printable(words)) + Text("\n" + printable("; ".join(acts)), "dim"))
    table.add_row(*cells)
    return table


def _any_panel(finding: AnyFinding, threshold: float, width: int) -> Panel:
    if isinstance(finding, PlaceFinding):
        return _place_panel(finding, width)
    if isinstance(finding, Finding):
        return _panel(finding, threshold, width)
    return _ownership_panel(finding, width)


def _ownership_panel(finding: OwnershipFinding, width: int) -> Panel:
    """Draw an ownership: the rule, the share that counts, and the stakes up to the listed."""
    rule = f"{finding.authority}: {finding.rule or 'no rule is encoded'}"
    rule += f" ({finding.rule_confidence})" if finding.rule_confidence else ""
    lines = [
        ("rule", rule),
        ("share", f"{finding.percent:g} percent counts, {finding.at_most:g} at most"),
        *(("stake", ownership_step(step)) for step in finding.path),
        ("measures", ", ".join(finding.measures)),
        ("file", finding.stakes),
    ]
    parts: list[RenderableType] = [
        Text(printable(finding.why)),
        Text(""),
        *_labelled(lines),
    ]
    return Panel(Group(*parts), title=_title(finding), title_align="left", width=min(width, 120))


def _labelled(lines: Iterable[tuple[str, str]]) -> Iterator[Text]:
    """Yield a line for each value that there is, after its word."""
    for word, value in lines:
        if value:
            yield Text.assemble((f"{word:<10}", "bold"), printable(value))


def _place_panel(finding: PlaceFinding, width: int) -> Panel:
    """Draw an address in a territory: its clues, and the measure that reaches it."""
    until = f" until {finding.applied_until}" if finding.applied_until else ""
    lines = [
        ("place", finding.place or "not known"),
        ("territory", f"{finding.territory}, {finding.definition.replace('_', ' ')}"),
        ("measure", f"{finding.measure}, since {finding.applied_from}{until}"),
        ("act", f"{finding.authority}: {finding.instrument}, {finding.article}"),
        ("prohibits", finding.prohibits),
        ("or else", "; ".join(finding.runners_up)),
        ("settles", finding.settles),
    ]
    parts: list[RenderableType] = [
        Text(printable(finding.why)),
        Text(""),
        _fields(finding.features, "it means"),
        Text(""),
        *_labelled(lines),
    ]
    return Panel(Group(*parts), title=_title(finding), title_align="left", width=min(width, 120))


def _title(finding: AnyFinding) -> Text:
    return Text.assemble(
        (f" {_LEVELS[finding.level]} {finding.score:.2f} ", STYLES[finding.level]),
        (printable(finding.caption), "bold"),
        (f"  {printable(finding.id)} ", "dim"),
    )


def _panel(finding: Finding, threshold: float, width: int) -> Panel:
    parts: list[RenderableType] = [
        Text(printable(finding.why)),
        Text(""),
        _waterfall(finding, threshold),
        Text(""),
        *_alignment(finding),
        _fields(finding.features),
        Text(""),
        *_listings(finding),
    ]
    return Panel(Group(*parts), title=_title(finding), title_align="left", width=min(width, 120))


def _alignment(finding: Finding) -> Iterator[RenderableType]:
    """Draw the words of both names side by side, how they match, and what would flip it."""
    if not finding.alignment:
        return
    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    for pair in finding.alignment:
        style = "red" if pair.contribution < 0 else "green"
        table.add_row(
            printable(pair.query) or "—",
            Text("──" if pair.query and pair.listed else "", style="dim"),
            printable(pair.listed) or "—",
            Text(pair.kind.replace("_", " "), style="dim"),
            Text(f"{pair.contribution:+.2f}", style=style),
        )
    yield table
    if finding.flips:
        yield Text(finding.flips, style="dim")
    yield Text("")


def _waterfall(finding: Finding, threshold: float) -> Table:
    """Draw each contribution as a bar that begins where the one before ended."""
    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    running = 0.0
    for feature in finding.features:
        after = running + feature.contribution
        if feature.contribution:
            table.add_row(
                _label(feature),
                _bar(running, after, threshold),
                f"{feature.contribution:+.2f}",
            )
        running = after
    total = Text("score", style="bold")
    amount = Text(f" {finding.score:.2f}", style=STYLES[finding.level])
    table.add_row(total, _bar(0.0, finding.score, threshold), amount)
    table.add_row(
        "", Text(" " * _cell(threshold) + f"▲ threshold {threshold:.2f}", style="dim"), ""
    )
    return table


def _bar(start: float, end: float, threshold: float) -> Text:
    low, high = sorted((_cell(start), _cell(end)))
    block = ("█", "green") if end >= start else ("▒", "red")
    blank, line = (" ", ""), ("┊", "dim")
    cells = [line if cell == _cell(threshold) else blank for cell in range(_BAR + 1)]
    cells[low : max(high, low + 1)] = [block] * max(high - low, 1)
    runs = ((cell, len(list(same))) for cell, same in groupby(cells))
    return Text.assemble(*((mark * count, style) for (mark, style), count in runs))


def _cell(score: float) -> int:
    return round(min(1.0, max(0.0, score)) * _BAR)


def _fields(features: tuple[Feature, ...], theirs: str = "the list says") -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("field", "you say", theirs, "verdict"):
        table.add_column(heading, overflow="fold")
    for feature in features:
        word, style = _VERDICTS[feature.verdict]
        verdict = Text(word, style=style)
        if feature.detail:
            verdict.append(f"\n{printable(feature.detail)}", "dim")
        table.add_row(
            _label(feature),
            _value(feature.query, feature.query_field, feature.span),
            _value(feature.listed, feature.listed_field, None),
            verdict,
        )
    return table


def _label(feature: Feature) -> str:
    return printable(feature.name.removeprefix("identifier:").replace("_", " "))


def _value(value: str, field: str, span: tuple[int, int] | None) -> Text:
    """Draw a value with its property; the part that matched is underlined."""
    if not value:
        return Text("—", style="dim")
    text = Text(printable(value))
    if span is not None and text.plain == value:
        text.stylize("underline", *span)
    return text.append(f"  {field}", "dim") if field else text


def _listings(finding: Finding) -> Iterator[Text]:
    """Yield the listings behind the finding, and the file that its values come from."""
    for each in finding.listings:
        terms = (*each.programmes, *each.measures, *each.instruments)
        start = since(each.applied_from, each.applied_basis)
        until = f" until {each.applied_to}" if each.applied_to else ""
        yield Text.assemble(
            ("listed  ", "bold"),
            printable(f"{each.list} {each.record_id}, {start}{until}"),
            printable(f": {'; '.join(terms)}" if terms else ""),
        )
        yield from measure_lines(each.measures_in_force)
    source = finding.provenance
    carried = "".join(f"; {part} carried from {day}" for part, day in source.carried.items())
    yield Text.assemble(
        ("source  ", "bold"),
        printable(
            f"{source.list}, version {source.version}, sha256 {source.sha256[:16]}…{carried}"
        ),
    )
