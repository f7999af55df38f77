"""Names cut up, parted, shortened or disguised, in texts and files of every format."""

from __future__ import annotations

from benchmarks.documents.hidden_names.made_files import A, Pdf, docx, packed, paragraph, xlsx
from benchmarks.documents.hidden_names.words import FIRST, LAST, OLE, PLAIN, RTF, Files


def cells() -> Files:
    """Yield a name in neighbouring cells or lines: HTML, Word, PDF, CSV."""
    row = f"<tr><td>1</td><td>{FIRST}</td><td>{LAST}</td><td>Moscow</td></tr>"
    yield "cells.html", f"<html><table>{row}</table></html>".encode()
    yield "break.html", f"<html><p>{FIRST}<br>{LAST}</p></html>".encode()
    yield "blocks.html", f"<html><div><span>{FIRST}</span><div>{LAST}</div></div></html>".encode()
    cell = "<w:tc>{}</w:tc>"
    two = cell.format(paragraph(FIRST)) + cell.format(paragraph(LAST))
    yield "cells.docx", docx(f"<w:tbl><w:tr>{two}</w:tr></w:tbl>")
    broken = f"<w:p><w:r><w:t>{FIRST}</w:t><w:br/><w:t>{LAST}</w:t></w:r></w:p>"
    yield "break.docx", docx(broken)
    pdf = Pdf()
    drawn = f"BT /F1 11 Tf 50 700 Td ({FIRST}) Tj 150 0 Td ({LAST}) Tj ET"
    pdf.page(PLAIN, draws=drawn)
    yield "cells.pdf", pdf.written()
    yield "cells.csv", f"no;first;last\n1;{FIRST};{LAST}\n".encode()
    yield "cells.txt", f"| 1 | {FIRST} | {LAST} | Moscow |\n".encode()


def labels() -> Files:
    """Yield forms that put a label before each part of a name."""
    lines = f"Given name: {FIRST}\nSurname: {LAST}\nBorn: Leningrad\n"
    yield "labels.txt", lines.encode()
    rows = f"<tr><td>First name</td><td>{FIRST}</td></tr><tr><td>Last name</td><td>{LAST}</td></tr>"
    yield "labels.html", f"<html><table>{rows}</table></html>".encode()
    body = paragraph("Nom:") + paragraph(LAST) + paragraph("Prénom:") + paragraph(FIRST)
    yield "labels.docx", docx(body)


def hyphens() -> Files:
    """Yield words parted at the end of a line, by a mark that shows and by one that does not."""
    yield "hyphen.txt", b"The minister met Vladimir Pu-\ntin in Geneva.\n"
    yield "soft-hyphen.txt", "The minister met Vladi\u00admir Pu\u00ad\ntin in Geneva.\n".encode()
    yield (
        "hyphen.docx",
        docx(
            paragraph("We met Vladi")[:-6] + "<w:r><w:softHyphen/><w:t>mir Putin</w:t></w:r></w:p>"
        ),
    )
    yield (
        "hyphen-russian.txt",
        "Министр встретил его. Владимир Пу-\nтин.\n".encode(),
    )
    pdf = Pdf()
    pdf.page("The minister met VLADIMIR PU-\nTIN in Geneva.")
    yield "hyphen.pdf", pdf.written()


def initials() -> Files:
    """Yield initials before and behind the surname."""
    for number, text in enumerate(
        (
            "The minister met V. V. Putin in Geneva.",
            "The minister met V.V. Putin in Geneva.",
            "The decree was signed by Putin V.V. on Monday.",
            "Signed: PUTIN V. V.",
            "Указ подписал В. В. Путин.",
        )
    ):
        yield f"initials-{number}.txt", text.encode()


def other_formats() -> Files:
    """Yield tables, slides, OpenDocument, RTF and an old binary format."""
    yield "a.xlsx", xlsx([["no", "first", "last"], ["1", FIRST, LAST]])
    yield "a.csv", f"no,first,last\n1,{FIRST},{LAST}\n".encode()
    runs = f"<a:r><a:t>{FIRST} </a:t></a:r><a:r><a:t>{LAST}</a:t></a:r>"
    slide = f'<p:sld xmlns:p="x" xmlns:a="{A}"><a:p>{runs}</a:p></p:sld>'
    yield "a.pptx", packed({"[Content_Types].xml": "<Types/>", "ppt/slides/slide1.xml": slide})
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    words = f"We met {FIRST}<text:s/><text:span>{LAST}</text:span>."
    open_text = f'<o xmlns:text="{text}"><text:p>{words}</text:p></o>'
    yield (
        "a.odt",
        packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": open_text}),
    )
    yield "a.rtf", RTF
    yield "a.doc", OLE


def disguised() -> Files:
    """Yield names in small letters, with invisible characters, and in another order."""
    yield "small.txt", b"the minister met vladimir putin in geneva.\n"
    yield "hidden.html", b"<html><p>Met Vladi&#8203;mir P&#x200b;utin</p></html>"
    yield "spaced.docx", docx(paragraph("V L A D I M I R   P U T I N"))
    pdf = Pdf()
    pdf.page("the buyer is putin, vladimir.")
    yield "small.pdf", pdf.written()
    yield "lost.txt", "The minister met Vladim\ufffdr P\ufffdtin in Geneva.\n".encode()
