"""Draw a finding as one SVG picture: from its data alone, offline, readable without colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from limen.model.features import TokenPair
    from limen.model.finding import Finding

WIDTH = 720
_LEFT, _RIGHT = 170, 620
_ROW = 24
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1a1a1a}.dim{fill:#5a5a5a}.head{font-weight:600}"
    ".up{fill:#2e6f9e}.down{fill:#b3541e}.score{fill:#1a1a1a}.line{stroke:#8a8a8a}"
    ".threshold{stroke:#1a1a1a;stroke-dasharray:4 3}"
)
_HOW = {
    "missing_query": "not in the query",
    "missing_listed": "not in the list",
    "legal_form": "legal form",
}


def finding_svg(finding: Finding) -> str:
    """Draw a finding: the words of both names, and how the score came about."""
    words = list(_words(finding.alignment))
    top = 64 + _ROW * len(words)
    bars = list(_bars(finding, top + 28))
    height = top + 28 + _ROW * len(bars) + 40
    title = _printable(f"{finding.level} {finding.score:.2f}: {finding.caption}")
    return "\n".join(
        (
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
                f'width="{WIDTH}" height="{height}" role="img" aria-label={quoteattr(title)}>'
            ),
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(_printable(finding.why))}</desc>",
            f"<style>{_STYLE}</style>",
            _text(16, 24, title, "head"),
            _text(16, 48, "your word", "dim"),
            _text(260, 48, "listed word", "dim"),
            *words,
            *bars,
            *_threshold(finding, top + 16, height - 32),
            "</svg>",
        )
    )


def _words(alignment: tuple[TokenPair, ...]) -> Iterator[str]:
    for number, pair in enumerate(alignment):
        y = 72 + _ROW * number
        how = _HOW.get(pair.kind, pair.kind)
        row = [
            _text(16, y, pair.query or "\u2014"),
            _text(260, y, pair.listed or "\u2014"),
            _text(470, y, how, "dim"),
            _text(WIDTH - 16, y, f"{pair.contribution:+.3f}", "dim", end=True),
        ]
        if pair.query and pair.listed:
            row.append(f'<line class="line" x1="190" x2="250" y1="{y - 4}" y2="{y - 4}"/>')
        yield "".join(row)


def _bars(finding: Finding, top: int) -> Iterator[str]:
    running, row = 0.0, 0
    for feature in finding.features:
        if feature.contribution:
            label = feature.name.removeprefix("identifier:").replace("_", " ")
            kind = "up" if feature.contribution > 0 else "down"
            after = running + feature.contribution
            amount = f"{feature.contribution:+.3f}"
            yield _bar(label, amount, kind, (running, after), top + _ROW * row)
            running, row = after, row + 1
    yield _bar("score", f"{finding.score:.3f}", "score", (0.0, finding.score), top + _ROW * row)


def _bar(label: str, amount: str, kind: str, span: tuple[float, float], y: int) -> str:
    low, high = sorted(map(_x, span))
    return (
        _text(16, y + 14, label)
        + f'<rect class="{kind}" x="{low:.1f}" y="{y + 3}" width="{max(high - low, 2):.1f}" '
        f'height="{_ROW - 8}"/>' + _text(WIDTH - 16, y + 14, amount, end=True)
    )


def _threshold(finding: Finding, top: int, bottom: int) -> Iterator[str]:
    x = _x(finding.threshold)
    yield f'<line class="threshold" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>'
    yield _text(int(x) + 6, bottom + 16, f"threshold {finding.threshold:.2f}", "dim")


def _x(score: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * min(1.05, max(0.0, score))


def _text(x: int, y: int, words: str, kind: str = "", *, end: bool = False) -> str:
    attributes = f' class="{kind}"' if kind else ""
    anchor = ' text-anchor="end"' if end else ""
    return f'<text x="{x}" y="{y}"{attributes}{anchor}>{escape(_printable(words))}</text>'


def _printable(words: str) -> str:
    """Replace characters that XML cannot carry, or that would reorder the line, by a mark."""
    return "".join(
        char if char.isprintable() and ord(char) not in _TURNING else "\ufffd" for char in words
    )


#: Marks that reorder the text after them.
_TURNING = frozenset((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F))
