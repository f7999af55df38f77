"""Read Word and PowerPoint files: every part that has text; macros are never read.

Notes, comments, headers, boxes, charts and diagrams are parts like the body, and so are masters
and layouts, whose shapes show on every slide; their placeholders show on none, and are not read.
Properties and attached data follow, and files inside are read by their own readers. What is left
over, pictures among it, is a limitation of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from lxml import etree

from limen.documents.document import Raw
from limen.documents.readers.gathered import Gathered
from limen.documents.readers.limits import Nesting
from limen.documents.readers.office_xml import has_large_picture, pieces
from limen.documents.readers.package import Package
from limen.model import DataError, LimenError

#: The parts that hold the text itself, first; all other XML parts follow.
_WORD_FIRST = ("word/document.xml",)
_SLIDES_FIRST = re.compile(r"ppt/slides/slide\d+\.xml")
#: Parts that say nothing to a reader of the document.
_MUTE = re.compile(
    r"\[Content_Types\]\.xml|docProps/|customXml/|_xmlsignatures/|.*\.rels$|.*/(?:media|theme|themes|fonts|"
    r"printerSettings|activeX)/|"
    r"xl/(?:worksheets/|sharedStrings)|.*/(?:styles|stylesWithEffects|settings|webSettings|fontTable|numbering|presProps|viewProps|tableStyles)"
    r"\.xml$|.*/vba\w+\.(?:bin|xml)$|mimetype$",
    re.IGNORECASE,
)
_MASTERS = re.compile(r"ppt/(?:slideLayouts|(?:slide|notes|handout)Masters)/")
#: The properties that people fill in; the others count pages, or name a program.
_FILLED_IN = tuple(
    f"{{*}}{name}"
    for name in (
        *("title", "subject", "creator", "keywords", "description", "lastModifiedBy", "category"),
        *("Company", "Manager"),
    )
)
#: Data of other programs that are attached to a document, and properties of its own.
_ATTACHED = re.compile(r"customXml/(?!itemProps)[^/]+\.xml|docProps/custom\.xml", re.IGNORECASE)
_PICTURES = "pictures in it, which may hold text, were not read"


def read_docx(data: bytes, name: str, nesting: Nesting) -> Raw:
    """Return the text of a Word document in Office Open XML.

    Raises:
        DataError: it is no such document, broken, or a decompression bomb.
    """
    with Package(data, name, "Word document") as package:
        if not set(_WORD_FIRST) & set(package.parts):
            raise DataError(
                "it is a zip file, but no Word document",
                where=name,
                hint="unpack it, and read the documents in it one by one",
            )
        return _read(package, list(_WORD_FIRST), "docx", nesting)


def read_pptx(data: bytes, name: str, nesting: Nesting) -> Raw:
    """Return the text of slides in Office Open XML, their notes and comments.

    Raises:
        DataError: it is broken, or a decompression bomb.
    """
    with Package(data, name, "PowerPoint file") as package:
        slides = [part for part in package.parts if _SLIDES_FIRST.fullmatch(part)]
        if not slides:
            raise package.broken("it has no slides")
        numbers = {part: int(re.sub(r"\D", "", part)) for part in slides}
        return _read(package, sorted(slides, key=numbers.__getitem__), "pptx", nesting)


def _read(package: Package, first: list[str], media: str, nesting: Nesting) -> Raw:
    gathered = Gathered(nesting)
    gather_parts(gathered, package, first)
    title, made = about(package)
    return gathered.raw(media, title=title, dated=made)


def gather_parts(gathered: Gathered, package: Package, first: list[str]) -> None:
    """Gather all text of a package: some parts first, then the others, then the files inside."""
    others = [part for part in package.parts if part not in first and not _MUTE.match(part)]
    read = dict.fromkeys([*first, *(part for part in others if part.endswith(".xml"))])
    package.check_whole([*read, *filter(_ATTACHED.fullmatch, package.parts)])
    for part in read:
        tree = package.tree(part)
        if _MASTERS.match(part):
            _remove_placeholders(tree)
        for piece in pieces(tree):
            gathered.paragraph(piece.text, piece.hint, apart=piece.apart)
        if has_large_picture(tree):
            gathered.limit(_PICTURES)
    gathered.lines(_links(package))
    _properties(gathered, package)
    for part in others:
        if part not in read:
            _inner(gathered, package, part)


def _remove_placeholders(tree: Any) -> None:
    for shape in list(tree.iter("{*}sp")):
        if shape.find("{*}nvSpPr/{*}nvPr/{*}ph") is not None:
            shape.getparent().remove(shape)


def _properties(gathered: Gathered, package: Package) -> None:
    """Gather the properties that people fill in, and the texts of attached data."""
    for part in package.parts:
        attached = _ATTACHED.fullmatch(part)
        if not attached and part not in ("docProps/core.xml", "docProps/app.xml"):
            continue
        try:
            tree = package.tree(part)
        except LimenError as error:
            gathered.limit(f"{part}: {error.what}")
            continue
        filled = (node.text or "" for node in tree.iter(*_FILLED_IN))
        texts = tree.itertext() if attached else filled
        gathered.lines((text.strip() for text in texts), "boilerplate")


def _inner(gathered: Gathered, package: Package, part: str) -> None:
    try:
        data = package.data(part)
    except LimenError as error:
        gathered.limit(f"{part}: {error.what}")
        return
    if data.strip():
        gathered.inner(data, part.rpartition("/")[2])


def _links(package: Package) -> Iterator[str]:
    """Yield where links lead: an address may be only there."""
    for part in package.parts:
        if part.endswith(".rels"):
            for relation in package.tree(part).iter("{*}Relationship"):
                if relation.get("TargetMode") == "External" and "hyperlink" in relation.get(
                    "Type", ""
                ):
                    yield relation.get("Target") or ""


def about(package: Package) -> tuple[str, date | None]:
    """Return the title and the day of making, where the properties say them."""
    if "docProps/core.xml" not in package.parts:
        return "", None
    tree = package.tree("docProps/core.xml")
    texts = {etree.QName(node).localname: node.text or "" for node in tree}
    made = texts.get("created", "")
    try:
        return texts.get("title", ""), datetime.fromisoformat(made).date()
    except ValueError:
        return texts.get("title", ""), None
