"""Draw a timeline as SVG: bars dashed while prepared, solid in force; marks; the two cursors.

Colours are attributes, so that the file stands alone; a page that has the drawing in it can set
others by the classes of its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape, quoteattr

from limen.law.timeline import Bar, Mark, Timeline, ticks
from limen.model import Instant
from limen.model.instant import DAY

_WIDTH, _LEFT, _RIGHT, _ROW = 1200, 330, 24, 22
_HEAD = 110
#: Room for a cursor's label.
_CURSOR_TEXT = 190
#: Characters of a measure's title that fit in front of its bar.
_LABEL = 50
#: standing -> fill, opacity, dashed
_LOOKS = {
    "proposed": ("#9aa0a6", 0.15, True),
    "prepared": ("#b26a00", 0.15, True),
    "enabled": ("#b26a00", 0.35, True),
    "in_force": ("#1a56b0", 0.8, False),
    "amended": ("#0b3d91", 0.9, False),
    "suspended": ("#9aa0a6", 0.5, True),
}
_MARKS = {"statement": "#6b4fa0", "event": "#b3261e"}


Link = Callable[[Bar | Mark], str]


def draw(line: Timeline, link: Link | None = None) -> str:
    """Return the drawing, which needs no script, font or network.

    ``link`` returns the address to which a bar or a mark leads, or an empty text.
    """
    height = _HEAD + _ROW * len(line.bars) + 60
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
                'font-family="sans-serif" font-size="11" class="regime-timeline" '
                f'role="{"group" if link else "img"}" aria-label={quoteattr(line.title)}>'
            ),
            f'<rect class="ground" width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            f'<text x="16" y="26" font-size="17" font-weight="bold">{escape(line.title)}</text>',
            *_axis(line, height),
            *(_linked(link, mark, _mark(line, mark)) for mark in line.marks),
            *(_linked(link, bar, _bar(line, row, bar)) for row, bar in enumerate(line.bars)),
            *_cursors(line, height),
            *_legend(height),
            "</svg>",
            "",
        ]
    )


def _linked(link: Link | None, what: Bar | Mark, parts: Iterator[str]) -> str:
    """Return the parts with their tooltip in one group, which is a link where it has an address."""
    address = link(what) if link else ""
    drawn = "\n".join((f"<title>{escape(_tooltip(what))}</title>", *parts))
    return f"<a href={quoteattr(address)}>{drawn}</a>" if address else f"<g>{drawn}</g>"


def _tooltip(what: Bar | Mark) -> str:
    if isinstance(what, Mark):
        return f"{what.id}  {what.when}  {what.title}"
    since = ", ".join(f"{each.standing.replace('_', ' ')} {each.since}" for each in what.stretches)
    return f"{what.authority}  {what.title} ({what.id}): {since}"


def _x(line: Timeline, second: int) -> float:
    share = (second - line.start) / max(1, line.end - line.start)
    return _LEFT + min(1.0, max(0.0, share)) * (_WIDTH - _LEFT - _RIGHT)


def _axis(line: Timeline, height: int) -> Iterator[str]:
    seconds = ticks(line.start, line.end)
    years = seconds[1] - seconds[0] > 300 * DAY
    for second in seconds:
        x = _x(line, second)
        text = str(Instant(second)).removesuffix(":00Z").replace("T00:00", "")
        text = text.removesuffix("-01-01") if years else text
        yield (
            f'<line x1="{x:.1f}" y1="52" x2="{x:.1f}" y2="{height - 44}" stroke="#e4e6e9" '
            'class="grid"/>'
        )
        yield f'<text x="{x:.1f}" y="48" text-anchor="middle" fill="#555">{text}</text>'


def _mark(line: Timeline, mark: Mark) -> Iterator[str]:
    x, y = _x(line, mark.at), 70 if mark.what == "event" else 90
    colour = _MARKS[mark.what]
    yield (
        f'<path d="M{x:.1f} {y - 6} l6 6 l-6 6 l-6 -6 z" fill="{colour}"/>'
        if mark.what == "event"
        else f'<circle cx="{x:.1f}" cy="{y}" r="4.5" fill="{colour}" fill-opacity="0.75"/>'
    )


def _bar(line: Timeline, row: int, bar: Bar) -> Iterator[str]:
    y = _HEAD + _ROW * row
    label = f"{bar.authority}  {bar.title}"
    label = label if len(label) <= _LABEL else f"{label[: _LABEL - 1].rstrip()}…"
    yield f'<text x="16" y="{y + 14}">{escape(label)}</text>'
    for stretch in bar.stretches:
        end = line.end if stretch.end is None else stretch.end
        if end < line.start or stretch.start > line.end:
            continue
        left, right = _x(line, stretch.start), _x(line, end)
        fill, opacity, dashed = _LOOKS[stretch.standing]
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        yield (
            f'<rect x="{left:.1f}" y="{y + 3}" width="{max(2.0, right - left):.1f}" height="14" '
            f'rx="2" fill="{fill}" fill-opacity="{opacity}" stroke="{fill}"{dash}/>'
        )


def _cursors(line: Timeline, height: int) -> Iterator[str]:
    for second, name, dash in ((line.as_of, "as of", ""), (line.known_at, "known at", "2 3")):
        if not line.start <= second <= line.end:
            continue
        x = _x(line, second)
        y = height - 30 if name == "as of" else height - 16
        yield (
            f'<line x1="{x:.1f}" y1="52" x2="{x:.1f}" y2="{y}" stroke="#000000" '
            f'stroke-width="1.4" stroke-dasharray="{dash}" class="cursor"/>'
        )
        left = x + _CURSOR_TEXT < _WIDTH  # else it would be cut at the edge
        place = f'x="{x + 4:.1f}"' if left else f'x="{x - 4:.1f}" text-anchor="end"'
        yield f'<text {place} y="{y}">{name} {Instant(second)}</text>'


def _legend(height: int) -> Iterator[str]:
    x = 16
    for standing, (fill, opacity, dashed) in _LOOKS.items():
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        yield (
            f'<rect x="{x}" y="{height - 26}" width="14" height="10" fill="{fill}" '
            f'fill-opacity="{opacity}" stroke="{fill}"{dash}/>'
        )
        word = standing.replace("_", " ")
        yield f'<text x="{x + 18}" y="{height - 17}" font-size="9">{word}</text>'
        x += 26 + 5 * len(word)
