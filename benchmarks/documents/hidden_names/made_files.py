"""Small real files, written by hand: PDF objects, Office packages, mail."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
#: A page of A4 in points, and in the units of Office (914,400 an inch).
WIDTH, HEIGHT = 595, 842
_EMU = 12_700
_V = 'xmlns:v="urn:schemas-microsoft-com:vml"'


class Pdf:
    """A PDF under construction: objects, pages and what the catalogue says."""

    def __init__(self) -> None:
        self._objects: list[bytes] = [
            b"",
            b"",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        self._kids: list[int] = []
        self.catalogue = ""

    def add(self, body: str | bytes) -> int:
        """Add an object; return its number."""
        self._objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self._objects)

    def stream(self, data: bytes, entries: str = "") -> int:
        """Add a stream; return its number."""
        head = f"<< /Length {len(data)} {entries} >>\nstream\n".encode()
        return self.add(head + data + b"\nendstream")

    def image(self) -> int:
        """Add a grey picture of eight by eight dots."""
        dots = zlib.compress(bytes(range(64)))
        return self.stream(
            dots,
            "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray "
            "/BitsPerComponent 8 /Filter /FlateDecode",
        )

    def page(self, text: str = "", *, draws: str = "", entries: str = "", objects: str = "") -> int:
        """Add a page of lines of text, with other operators and entries of its own."""
        shown = " ".join(f"({_escaped(line)}) Tj 0 -14 Td" for line in text.split("\n"))
        body = f"{draws} BT /F1 11 Tf 50 780 Td {shown} ET" if text else draws
        content = self.stream(body.encode("latin-1"))
        page = self.add(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
            f"/Contents {content} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> /XObject << {objects} >> >> {entries} >>"
        )
        self._kids.append(page)
        return page

    def written(self) -> bytes:
        """Return the file."""
        kids = " ".join(f"{kid} 0 R" for kid in self._kids)
        self._objects[0] = f"<< /Type /Catalog /Pages 2 0 R {self.catalogue} >>".encode("latin-1")
        self._objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(self._kids)} >>".encode()
        out = io.BytesIO(b"%PDF-1.7\n")
        out.seek(0, io.SEEK_END)
        places = []
        for number, body in enumerate(self._objects, start=1):
            places.append(out.tell())
            out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        start, size = out.tell(), len(self._objects) + 1
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        for place in places:
            out.write(b"%010d 00000 n \n" % place)
        out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start))
        return out.getvalue()


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of parts, the first one first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a Word document of a body in XML, and further parts."""
    names = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}" xmlns:wp="{WP}" {_V}'
    xml = f"<w:document {names}><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": xml, **(parts or {})})


def paragraph(*runs: str) -> str:
    """Return a paragraph of runs of text."""
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def notes(tag: str, text: str) -> str:
    """Return a part of notes: ``comments``, ``footnotes``, ``hdr``."""
    inner = paragraph(text)
    inner = f"<w:{tag[:-1]}>{inner}</w:{tag[:-1]}>" if tag.endswith("s") else inner
    return f'<w:{tag} xmlns:w="{W}">{inner}</w:{tag}>'


def drawing(width: int = WIDTH // 2, height: int = HEIGHT // 3, alt: str = "") -> str:
    """Return a run that shows a picture, of a size in points."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width * _EMU}" cy="{height * _EMU}"/>'
        f'<wp:docPr id="1" name="Picture 1" descr="{alt}"/><a:graphic><a:graphicData>'
        '<a:blip r:embed="rId1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def xlsx(rows: list[list[str]]) -> bytes:
    """Return a workbook of one sheet with its texts in the cells."""
    cell = '<c r="{}{}" t="inlineStr"><is><t>{}</t></is></c>'
    lines = "".join(
        f'<row r="{at}">'
        + "".join(cell.format("ABCDEFG"[n], at, text) for n, text in enumerate(row))
        + "</row>"
        for at, row in enumerate(rows, start=1)
    )
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        "</Types>"
    )
    sheets = '<sheets><sheet name="Buyers" sheetId="1" r:id="rId1"/></sheets>'
    return packed(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{R}">{sheets}</workbook>',
            "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEETS}"><sheetData>{lines}'
            "</sheetData></worksheet>",
        }
    )


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{R}/{kind}" Target="{target}"/></Relationships>'
    )
