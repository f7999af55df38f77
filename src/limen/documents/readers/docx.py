"""Read DOCX: the words of the document, its notes, headers and footers; macros are never read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from lxml import etree

from limen.documents.document import BlockKind, Paragraph, Raw
from limen.documents.readers.limits import MAX_RATIO, MAX_UNPACKED, bomb
from limen.model import DataError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_OTHER_PARTS = ("word/header", "word/footer", "word/footnotes", "word/endnotes", "word/comments")


def read_docx(data: bytes, name: str) -> Raw:
    """Return the text of a document in Office Open XML.

    Raises:
        DataError: it is no such document, broken, or a decompression bomb.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise _broken(name, str(error)) from error
    with packed:
        if _BODY not in packed.namelist():
            raise DataError(
                "it is a zip file, but no Word document",
                where=name,
                hint="unpack it, and read the documents in it one by one",
            )
        return _read(packed, name)


def _read(packed: zipfile.ZipFile, name: str) -> Raw:
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    limitations: list[str] = []
    at = 0
    read = (_BODY, *_others(packed))
    if sum(packed.getinfo(part).file_size for part in read) > MAX_UNPACKED:
        raise bomb(name, "its text")
    for part in read:
        for text, hint in _paragraphs(_tree(packed, part, name)):
            paragraphs.append(Paragraph(at, at + len(text), None, hint))
            parts.append(text)
            at += len(text) + 2
    if any("embeddings/" in part for part in packed.namelist()):
        limitations.append("files embedded in it were not read")
    title, made = _about(packed, name)
    return Raw(
        text="\n\n".join(parts),
        media="docx",
        paragraphs=tuple(paragraphs),
        title=title,
        dated=made,
        limitations=tuple(limitations),
    )


def _others(packed: zipfile.ZipFile) -> list[str]:
    return sorted(
        part
        for part in packed.namelist()
        if part.startswith(_OTHER_PARTS) and part.endswith(".xml")
    )


def _tree(packed: zipfile.ZipFile, part: str, name: str) -> Any:
    info = packed.getinfo(part)
    if info.file_size > MAX_UNPACKED or info.file_size > MAX_RATIO * max(info.compress_size, 4096):
        raise bomb(name, part)
    try:
        with packed.open(info) as stream:
            raw = stream.read(MAX_UNPACKED + 1)
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError) as error:
        raise _broken(name, f"{part}: {error}") from error
    if len(raw) > MAX_UNPACKED:
        raise bomb(name, part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise _broken(name, f"{part}: {error}") from error
    if tree.getroottree().docinfo.internalDTD is not None:
        raise _broken(name, f"{part} declares a document type, which hides text")
    return tree


def _broken(name: str, what: str) -> DataError:
    return DataError(f"it is not a whole Word document: {what}", where=name, hint="save it again")


def _paragraphs(tree: Any) -> Iterator[tuple[str, BlockKind | None]]:
    for paragraph in tree.iter(f"{_W}p"):
        text = "".join(_words(paragraph)).strip()
        if text:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            kind = (style.get(f"{_W}val") or "").lower() if style is not None else ""
            yield text, _hint(kind)


def _hint(style: str) -> BlockKind | None:
    if style.startswith(("heading", "title")):
        return "heading"
    return "caption" if style.startswith("caption") else None


def _words(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}delText"):
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag != f"{_W}delText":
            yield " "


def _about(packed: zipfile.ZipFile, name: str) -> tuple[str, date | None]:
    if "docProps/core.xml" not in packed.namelist():
        return "", None
    tree = _tree(packed, "docProps/core.xml", name)
    texts = {etree.QName(node).localname: node.text or "" for node in tree}
    made = texts.get("created", "")
    try:
        return texts.get("title", ""), datetime.fromisoformat(made).date()
    except ValueError:
        return texts.get("title", ""), None
