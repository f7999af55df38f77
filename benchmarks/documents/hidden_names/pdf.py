"""PDF files with a name in a form, a note, an attachment, XFA, or a picture."""

from __future__ import annotations

from benchmarks.documents.hidden_names.made_files import Pdf, docx, paragraph
from benchmarks.documents.hidden_names.words import FIRST, LAST, NAME, PLAIN, PNG, Files


def _form(*fields: str) -> bytes:
    pdf = Pdf()
    numbers = [pdf.add(field) for field in fields]
    listed = " ".join(f"{number} 0 R" for number in numbers)
    pdf.page(PLAIN, entries=f"/Annots [{listed}]")
    pdf.catalogue = f"/AcroForm << /Fields [{listed}] >>"
    return pdf.written()


def _field(name: str, value: str, kind: str = "/Tx") -> str:
    return (
        f"<< /Type /Annot /Subtype /Widget /FT {kind} /T ({name}) /V ({value}) /Rect [0 0 9 9] >>"
    )


def form_fields() -> Files:
    """Yield forms: one field, a field for each name, a choice."""
    yield "one-field.pdf", _form(_field("buyer", NAME))
    yield "two-fields.pdf", _form(_field("given name", FIRST), _field("surname", LAST))
    yield "choice.pdf", _form(_field("agent", NAME, "/Ch"))


def _annotated(entries: str, pdf: Pdf | None = None) -> bytes:
    pdf = pdf or Pdf()
    note = pdf.add(f"<< /Type /Annot /Rect [0 0 99 99] {entries} >>")
    pdf.page(PLAIN, entries=f"/Annots [{note} 0 R]")
    return pdf.written()


def annotations() -> Files:
    """Yield notes, text over a page, a link and a stamp that is only drawn."""
    yield "note.pdf", _annotated(f"/Subtype /Text /Contents (Ask {NAME} first)")
    yield "free-text.pdf", _annotated(f"/Subtype /FreeText /Contents ({NAME})")
    yield (
        "link.pdf",
        _annotated(f"/Subtype /Link /A << /S /URI /URI (https://example.org/{FIRST}-{LAST}) >>"),
    )
    pdf = Pdf()
    drawn = pdf.stream(
        f"BT /F1 9 Tf ({NAME}) Tj ET".encode(),
        "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /Font << /F1 3 0 R >> >>",
    )
    yield "stamp.pdf", _annotated(f"/Subtype /Stamp /AP << /N {drawn} 0 R >>", pdf)


def _attached(name: str, data: bytes) -> bytes:
    pdf = Pdf()
    held = pdf.stream(data, "/Type /EmbeddedFile")
    spec = pdf.add(f"<< /Type /Filespec /F ({name}) /EF << /F {held} 0 R >> >>")
    pdf.page(PLAIN)
    pdf.catalogue = f"/Names << /EmbeddedFiles << /Names [({name}) {spec} 0 R] >> >>"
    return pdf.written()


def attached_to_pdf() -> Files:
    """Yield a text, a Word document and a picture attached to a PDF, and a file on a page."""
    yield "text-attached.pdf", _attached("a.txt", f"We met {NAME}.".encode())
    yield "word-attached.pdf", _attached("a.docx", docx(paragraph(f"We met {NAME}.")))
    yield "picture-attached.pdf", _attached("a.png", PNG)
    pdf = Pdf()
    held = pdf.stream(f"We met {NAME}.".encode(), "/Type /EmbeddedFile")
    spec = pdf.add(f"<< /Type /Filespec /F (a.txt) /EF << /F {held} 0 R >> >>")
    yield "pinned.pdf", _annotated(f"/Subtype /FileAttachment /FS {spec} 0 R", pdf)


def scans() -> Files:
    """Yield pages that are pictures, with a stamp, a number or a heading of text."""
    for name, text in (
        ("stamp-on-scan.pdf", "RECEIVED 3 MAY 2024"),
        ("numbered-scan.pdf", "Page 1 of 1"),
        ("headed-scan.pdf", "Contract\nFor internal use"),
    ):
        pdf = Pdf()
        picture = pdf.image()
        pdf.page(text, draws="q 595 0 0 842 0 0 cm /I1 Do Q", objects=f"/I1 {picture} 0 R")
        yield name, pdf.written()
    pdf = Pdf()
    picture = pdf.image()
    inner = pdf.stream(
        b"q 500 0 0 700 0 0 cm /I1 Do Q",
        "/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
        f"/Resources << /XObject << /I1 {picture} 0 R >> >>",
    )
    pdf.page("Page 1", draws="/X1 Do", objects=f"/X1 {inner} 0 R")
    yield "scan-in-a-form.pdf", pdf.written()


def xfa() -> Files:
    """Yield forms in XML inside a PDF: the data, the data in parts, and a template's text."""
    first = f"<xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'><a>{NAME}</a></xfa:datasets>"
    yield "xfa-data.pdf", _xfa({"datasets": first})
    apart = f"<d><given>{FIRST}</given><surname>{LAST}</surname></d>"
    yield "xfa-apart.pdf", _xfa({"preamble": "<x>", "datasets": apart, "postamble": "</x>"})
    yield "xfa-broken.pdf", _xfa({"datasets": f"<d><name>{NAME}</d>"})


def _xfa(parts: dict[str, str]) -> bytes:
    pdf = Pdf()
    numbers = {name: pdf.stream(content.encode()) for name, content in parts.items()}
    listed = " ".join(f"({name}) {number} 0 R" for name, number in numbers.items())
    pdf.page("Please wait")
    pdf.catalogue = f"/AcroForm << /Fields [] /XFA [{listed}] >>"
    return pdf.written()
