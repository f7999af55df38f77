"""A document's report as one page: its own text with highlights, and what stands behind each.

One file, nothing fetched, no script: it can be mailed and printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from limen.documents import Document, DocumentReport
from limen.documents.report import MentionFound, StatementFound

_STYLE = """
body{font:16px/1.5 Georgia,serif;margin:2rem auto;max-width:76rem;color:#1b1b1b;background:#fff}
main{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:2.5rem}
.text p{margin:.6rem 0;white-space:pre-line}.dim{color:#767676;font-size:.9em}
mark{padding:0 .1em;background:#fff1b8}
mark.listed{background:#ffd0cc;border-bottom:2px solid #b3261e}
mark.act{background:#d7e8ff}section{font:14px/1.45 system-ui,sans-serif}
article{border-left:4px solid #e0b400;padding:.2rem .8rem;margin:.8rem 0}
article.listed{border-color:#b3261e}h2{font-size:1rem;margin:1.6rem 0 .4rem}
.not{font-weight:700;color:#b3261e}dl{margin:.2rem 0}dt{float:left;width:5.5rem;color:#767676}
@media print{main{display:block}}@media(max-width:50rem){main{display:block}}
"""


def page(report: DocumentReport, document: Document) -> str:
    """The page, whole."""
    title = escape(report.document.title or report.document.name)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{title}</h1>{_about(report)}"
        f'<main><div class="text">{"".join(_paragraphs(report, document))}</div>'
        f"<section>{''.join(_statements(report))}{''.join(_mentions(report))}</section></main>"
        "</body></html>\n"
    )


def _about(report: DocumentReport) -> str:
    about = report.document
    day = f"{about.date} ({about.date_basis})" if about.date else "day unknown"
    limits = "".join(f"<p><b>Limitation:</b> {escape(each)}</p>" for each in about.limitations)
    return f'<p class="dim">{escape(about.name)}, {about.words:,} words, {day}</p>{limits}'


def _paragraphs(report: DocumentReport, document: Document) -> Iterator[str]:
    marks = sorted(_marks(report))
    for block in document.blocks:
        inside = [mark for mark in marks if block.start <= mark[0] and mark[1] <= block.end]
        kind = "" if block.kind in ("body", "dateline") else f' class="dim" title="{block.kind}"'
        yield f"<p{kind}>{''.join(_marked(document.text, block.start, block.end, inside))}</p>"


def _marks(report: DocumentReport) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, class and tooltip of every highlight."""
    for said in report.statements:
        yield *said.span, "said", f"{said.speaker or 'nobody named'}, {said.said_on or 'no day'}"
    for mention in report.mentions or ():
        for place in mention.chain:
            yield *place.span, "listed", _listed(mention)
    for act in report.measures:
        yield *act.span, "act", ", ".join(act.known) or act.key or act.kind


def _marked(
    text: str, start: int, end: int, marks: list[tuple[int, int, str, str]]
) -> Iterator[str]:
    """A stretch with its highlights; where two overlap, the one inside is drawn inside."""
    at = start
    for number, (low, high, kind, told) in enumerate(marks):
        if low < at:
            continue
        yield escape(text[at:low])
        inner = [mark for mark in marks[number + 1 :] if low <= mark[0] and mark[1] <= high]
        inner = [mark for mark in inner if mark[:2] != (low, high)]
        body = "".join(_marked(text, low, high, inner))
        yield f'<mark class="{kind}" title="{escape(told)}">{body}</mark>'
        at = high
    yield escape(text[at:end])


def _statements(report: DocumentReport) -> Iterator[str]:
    yield f"<h2>Statements ({len(report.statements)})</h2>"
    for said in report.statements:
        yield _statement(said)
    if report.reported:
        yield f"<h2>Reported without quotation ({len(report.reported)})</h2>"
        for said in report.reported:
            yield _statement(said)


def _statement(said: StatementFound) -> str:
    who = escape(said.speaker or "nobody named")
    role = f", {escape(said.role)}" if said.role and said.role != said.speaker else ""
    told = ", ".join(
        escape(part.replace("_", " "))
        for part in (said.attribution, said.said_on, said.channel)
        if part
    )
    rows = [f"<b>{who}</b>{role} <span class=dim>{told}</span><br>“{escape(said.quote)}”"]
    if said.reading:
        denied = '<span class="not">not</span> ' if said.reading.polarity == "negative" else ""
        rows.append(
            f"<dl><dt>if</dt><dd>{escape(said.reading.condition)}</dd>"
            f"<dt>then</dt><dd>{denied}{escape(said.reading.consequence)}</dd></dl>"
        )
    known = "; ".join(
        f"{each.relation.replace('_', ' ')}: {each.statement}" for each in said.matches
    )
    rows.append(f"<span class=dim>{escape(known) or 'new'}</span>")
    return f"<article>{''.join(rows)}</article>"


def _mentions(report: DocumentReport) -> Iterator[str]:
    if report.mentions is None:
        yield "<h2>Listed parties</h2><p>No lists were there to compare with.</p>"
        return
    yield f"<h2>Listed parties ({len(report.mentions)})</h2>"
    for mention in report.mentions:
        places = len(mention.chain)
        yield (
            f'<article class="listed"><b>{escape(mention.text)}</b> '
            f"<span class=dim>{places} place{'s' * (places != 1)}</span><br>"
            f"{escape(_listed(mention))}</article>"
        )


def _listed(mention: MentionFound) -> str:
    """On which lists, on the document's day and on the day of asking."""
    then = sorted({each.id.partition(":")[0] for each in mention.parties if each.on_document_date})
    now = sorted({each.id.partition(":")[0] for each in mention.parties if each.on_as_of})
    return (
        f"on the document's day: {', '.join(then) or 'on no list'}; "
        f"as of the day asked: {', '.join(now) or 'on no list'}"
    )
