"""A document's report as one page: its text with marks, and the lists of what was found.

One file that fetches nothing and runs no script: it can be mailed and printed. The text and the
lists are those of the server's page (``limen.render.marked_text``, ``document_findings``); here is
only what makes them a page of their own.
"""

from __future__ import annotations

from html import escape

from limen.documents import Document, DocumentReport
from limen.render.document_findings import findings_lists
from limen.render.marked_text import marked_text

_STYLE = """
body{font:16px/1.5 Georgia,serif;margin:2rem auto;padding:0 1rem;max-width:76rem;color:#1b1b1b;
background:#fff}
main{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:2.5rem}
.text p{margin:.6rem 0;white-space:pre-line;overflow-wrap:anywhere}
.dim,.byline,.caption,.credit,.boilerplate{color:#666;font-size:.9em}.heading{font-weight:700}
mark{color:inherit;background:none;padding:0 .1em}mark.statement{background:#fff1b8}
mark.act{border-bottom:2px dotted #1d5fa8}mark.placed{border-bottom:2px dashed #8a5a00}
mark.listed{background:#ffd0cc;border-bottom:2px solid #b3261e}
.findings{font:14px/1.45 system-ui,sans-serif}.findings h2{font-size:1rem;margin:1.6rem 0 .4rem}
.findings h3{font-size:1em;margin:0}.findings ul{list-style:none;padding:0;margin:.2rem 0}
article{border-left:4px solid #e0b400;padding:.2rem .8rem;margin:.8rem 0}
article.listed{border-color:#b3261e}article p{margin:.2rem 0}blockquote{margin:.2rem 0}
.badge{font-weight:700;font-size:.85em}.badge.hit{color:#b3261e}.badge.review{color:#8a5a00}
@media print{main{display:block}}@media(max-width:50rem){main{display:block}}
"""


def page(report: DocumentReport, document: Document) -> str:
    """Return the whole page."""
    title = escape(report.document.title or report.document.name)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f'<h1 dir="auto">{title}</h1>{_about(report)}'
        f'<main><div class="text">{marked_text(report, document)}</div>'
        f'<div class="findings">{findings_lists(report)}</div></main>'
        "</body></html>\n"
    )


def _about(report: DocumentReport) -> str:
    """Return the document's name, length and date, and what of it could not be read."""
    about = report.document
    day = f"{about.date} ({about.date_basis})" if about.date else "day unknown"
    limits = "".join(f"<p><b>Limitation:</b> {escape(text)}</p>" for text in about.limitations)
    return f'<p class="dim">{escape(about.name)}, {about.words:,} words, {day}</p>{limits}'
