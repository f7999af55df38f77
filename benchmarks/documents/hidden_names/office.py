"""Word documents with a name outside their paragraphs."""

from __future__ import annotations

from benchmarks.documents.hidden_names.made_files import A, docx, drawing, notes, paragraph, xlsx
from benchmarks.documents.hidden_names.words import FIRST, LAST, NAME, OLE, PLAIN, PNG, RTF, Files


def pictures() -> Files:
    """Yield Word documents with pictures: beside text, alone, in the old form, described."""
    media = {"word/media/image1.png": PNG}
    yield "picture.docx", docx(paragraph(PLAIN) + f"<w:p>{drawing()}</w:p>", media)
    yield "picture-alone.docx", docx(f"<w:p>{drawing()}</w:p>", media)
    shape = '<v:shape style="width:400pt;height:300pt"><v:imagedata r:id="rId1"/></v:shape>'
    old = f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"
    yield "old-picture.docx", docx(paragraph(PLAIN) + old, media)
    small = drawing(20, 20, alt=f"Portrait of {NAME}")
    yield "described.docx", docx(paragraph(PLAIN) + f"<w:p>{small}</w:p>", media)


def _chunk(name: str, data: bytes) -> bytes:
    return docx(paragraph(PLAIN) + '<w:altChunk r:id="rId9"/>', {f"word/{name}": data})


def chunks() -> Files:
    """Yield Word documents that take in a page, a text and an RTF as they are."""
    yield "chunk-html.docx", _chunk("afchunk.html", f"<html><p>{NAME}</p></html>".encode())
    yield "chunk-text.docx", _chunk("afchunk.txt", f"We met {NAME}.".encode())
    yield "chunk-rtf.docx", _chunk("afchunk.rtf", RTF)


def charts() -> Files:
    """Yield a chart's label and title, and a diagram."""
    c = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    chart = '<c:chartSpace xmlns:c="{}" xmlns:a="{}">{}</c:chartSpace>'
    label = f"<c:cat><c:strRef><c:strCache><c:v>{NAME}</c:v></c:strCache></c:strRef></c:cat>"
    title = (
        f"<c:title><a:p><a:r><a:t>{FIRST} </a:t></a:r><a:r><a:t>{LAST}</a:t></a:r></a:p></c:title>"
    )
    body = paragraph(PLAIN)
    yield "chart-label.docx", docx(body, {"word/charts/chart1.xml": chart.format(c, A, label)})
    yield "chart-title.docx", docx(body, {"word/charts/chart1.xml": chart.format(c, A, title)})
    data = f'<d:m xmlns:d="x" xmlns:a="{A}"><a:p><a:r><a:t>{NAME}</a:t></a:r></a:p></d:m>'
    yield "diagram.docx", docx(body, {"word/diagrams/data1.xml": data})


def boxes() -> Files:
    """Yield text in a box, in a box of the old form, and letters drawn as art."""
    content = f"<w:txbxContent>{paragraph(NAME)}</w:txbxContent>"
    box = f"<w:p><w:r><w:drawing>{content}</w:drawing></w:r></w:p>"
    yield "box.docx", docx(paragraph(PLAIN) + box)
    pict = f"<w:pict><v:textbox>{content}</v:textbox></w:pict>"
    old = f"<w:p><w:r><w:t>{PLAIN}</w:t></w:r><w:r>{pict}</w:r></w:p>"
    yield "old-box.docx", docx(old)
    art = f'<w:p><w:r><w:pict><v:shape><v:textpath string="{NAME}"/></v:shape></w:pict></w:r></w:p>'
    yield "art.docx", docx(paragraph(PLAIN) + art)


def word_notes() -> Files:
    """Yield a comment, a footnote, a header and a glossary."""
    body = paragraph(PLAIN)
    yield "comment.docx", docx(body, {"word/comments.xml": notes("comments", f"Ask {NAME}")})
    yield "footnote.docx", docx(body, {"word/footnotes.xml": notes("footnotes", NAME)})
    yield "header.docx", docx(body, {"word/header1.xml": notes("hdr", NAME)})
    yield "glossary.docx", docx(body, {"word/glossary/document.xml": notes("hdr", NAME)})


def embedded() -> Files:
    """Yield Word documents that hold another one, a table and an object of unknown kind."""
    inner = docx(paragraph(f"We met {NAME}."))
    body = paragraph(PLAIN)
    yield "word-in-word.docx", docx(body, {"word/embeddings/inner.docx": inner})
    yield "table-in-word.docx", docx(body, {"word/embeddings/table.xlsx": xlsx([[FIRST, LAST]])})
    yield "object-in-word.docx", docx(body, {"word/embeddings/oleObject1.bin": OLE})


def deletions() -> Files:
    """Yield names deleted with a trace: the whole, one word of it, and a name moved away."""
    gone = "<w:del><w:r><w:delText>{}</w:delText></w:r></w:del>"
    run = "<w:r><w:t>{}</w:t></w:r>"
    yield "deleted.docx", docx(f"<w:p>{run.format('The buyer is ')}{gone.format(NAME)}</w:p>")
    new = f"<w:ins>{run.format('Lady ')}</w:ins>"
    part = run.format("We met ") + gone.format(f"{FIRST} ") + new + run.format(LAST)
    yield "part-deleted.docx", docx(f"<w:p>{part}</w:p>")
    moved = f"<w:p><w:moveFrom>{run.format(NAME)}</w:moveFrom></w:p>"
    yield "moved.docx", docx(paragraph(PLAIN) + moved)
