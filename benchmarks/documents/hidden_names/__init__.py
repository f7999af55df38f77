"""Documents that hide a name where readers forget to look.

Every document names a listed person, or shows something that no reader can read. Its answer may be
a finding, *cannot say* or a refusal; it must never be *clear*. The active snapshot has to list
Vladimir Putin.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.documents.hidden_names import mail, office, pdf, texts

#: Every kind of document, each with three documents or more.
KINDS = (
    pdf.form_fields, pdf.annotations, pdf.attached_to_pdf, pdf.scans, pdf.xfa,
    office.pictures, office.chunks, office.charts, office.boxes, office.word_notes,
    office.embedded, office.deletions,
    texts.cells, texts.labels, texts.hyphens, texts.initials, texts.other_formats, texts.disguised,
    mail.mail_pages, mail.mail_broken, mail.mail_nested, mail.mail_attached,
)  # fmt: skip


class Made(NamedTuple):
    """A document of a kind, as the bytes of a file."""

    kind: str
    name: str
    data: bytes


def documents() -> Iterator[Made]:
    """Yield every document."""
    for make in KINDS:
        for name, data in make():
            yield Made(make.__name__.replace("_", " "), name, data)


def verdict(engine, made: Made, as_of: str | None = None) -> str:
    """Return what comes back: ``found``, ``cannot say``, ``refused`` or ``silent``."""
    from limen.documents.readers import read_bytes
    from limen.model import LimenError

    try:
        answer = engine.screen_document(read_bytes(made.data, made.name), as_of)
    except LimenError:
        return "refused"
    if answer.findings:
        return "found"
    return "silent" if answer.outcome == "clear" else "cannot say"
