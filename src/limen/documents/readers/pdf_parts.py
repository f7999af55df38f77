"""Read what a PDF has next to its pages: form fields, XFA, notes and links, attached files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from limen.documents.readers.package import parsed

Limit = Callable[[str], None]

#: Packets of an XFA form that have words of the form; the others say how it looks and is sent.
_XFA_PACKETS = ("template", "datasets", "form")
#: Annotations that show nothing of their own.
_PLAIN = frozenset(("/Link", "/Popup", "/Widget", "/TrapNet"))
#: Annotations that hold sound, film or space.
_MEDIA = frozenset(("/Screen", "/Movie", "/Sound", "/3D", "/RichMedia"))
#: Fields nested deeper than this are a loop.
_DEEPEST = 32


def form_values(reader: Any, limit: Limit) -> Iterator[str]:
    """Yield what the fields of a form hold, in their order."""
    try:
        form = _entry(reader.root_object, "/AcroForm")
        for each in _entry(form, "/Fields") or ():
            yield from _field_values(each.get_object(), 0)
    except Exception as error:  # a broken form breaks pypdf in many ways
        limit(f"the fields of its form could not be read: {type(error).__name__}")


def _entry(holder: Any, key: str) -> Any:
    value = holder.get(key) if hasattr(holder, "get") else None
    return value.get_object() if value is not None else None


def _field_values(held: Any, depth: int) -> Iterator[str]:
    yield from _value(held)
    for kid in _entry(held, "/Kids") or () if depth < _DEEPEST else ():
        yield from _field_values(kid.get_object(), depth + 1)


def _value(held: Any) -> Iterator[str]:
    """Yield the value of a field: of a choice also the label of it."""
    value = _entry(held, "/V")
    chosen = list(map(_text, value)) if isinstance(value, list) else [_text(value)]
    labels = {
        _text(pair[0]): _text(pair[1])
        for pair in (each.get_object() for each in _entry(held, "/Opt") or ())
        if isinstance(pair, list) and len(pair) > 1
    }
    yield from filter(None, (labels.get(text, text) for text in chosen))


def _text(value: Any) -> str:
    value = value.get_object() if value is not None else None
    if hasattr(value, "get_data"):
        return bytes(value.get_data()).decode("utf-8", errors="replace")
    text = value.decode("latin-1") if isinstance(value, bytes) else value
    return " ".join(text.split()) if isinstance(text, str) and not text.startswith("/") else ""


def xfa_values(reader: Any, limit: Limit) -> Iterator[str]:
    """Yield the words of a form in XFA: its template's, and those filled in."""
    try:
        form = _entry(reader.root_object, "/AcroForm")
        if _entry(form, "/XFA") is None:
            return
        packets: dict[str, bytes] = reader.xfa or {}
    except Exception as error:  # a broken form breaks pypdf in many ways
        limit(f"its XFA form could not be read: {type(error).__name__}")
        return
    read = {name: packets[name] for name in _XFA_PACKETS if name in packets}
    if not read:
        limit("its XFA form was not read")
    for name, packet in read.items():
        try:
            tree = parsed(packet)
        except etree.XMLSyntaxError:
            limit(f"the {name} of its XFA form could not be read")
            continue
        yield from (text for node in tree.itertext() if (text := " ".join(node.split())))


def attached(reader: Any, limit: Limit) -> Iterator[tuple[str, bytes]]:
    """Yield the files attached to the document, with their names."""
    try:
        for held in reader.attachment_list:
            yield str(held.name), bytes(held.content)
    except Exception as error:  # a broken name tree breaks pypdf in many ways
        limit(f"the files attached to it could not be read: {type(error).__name__}")


@dataclass(slots=True)
class Annotations:
    """Represents what is laid over the pages: notes, links, stamps, pinned files.

    Attributes:
        texts: what notes say and links lead to.
        values: what fields say that belong to no form.
        files: pinned files, with their names.
        limitations: what could not be read, each once.
    """

    texts: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    limitations: dict[str, None] = field(default_factory=dict)

    def read(self, page: Any, number: int) -> None:
        """Read the annotations of a page."""
        try:
            for held in (_entry(page, "/Annots") or ()) if page is not None else ():
                self._read(page, held.get_object(), number)
        except Exception as error:  # broken annotations break pypdf in many ways
            self._limit(number, f"notes could not be read: {type(error).__name__}")

    def _read(self, page: Any, held: Any, number: int) -> None:
        kind = str(held.get("/Subtype"))
        texts = [_text(held.get(key)) for key in ("/Contents", "/OverlayText")]
        action = _entry(held, "/A")
        texts.append(_text(action.get("/URI")) if hasattr(action, "get") else "")
        if kind == "/Widget" and _entry(held, "/Parent") is None:
            self.values.extend(_value(held))
        if kind == "/FileAttachment":
            self._pin(held, number)
        if kind in _MEDIA:
            self._limit(number, "sound, film or a model was not read")
        if kind not in _PLAIN | _MEDIA | {"/FileAttachment", "/Text"}:
            texts.extend(self._drawn(page, held, number, known=any(texts)))
        self.texts.extend(dict.fromkeys(filter(None, texts)))

    def _drawn(self, page: Any, held: Any, number: int, *, known: bool) -> Iterator[str]:
        """Yield the text that an annotation is drawn with, such as a stamp's."""
        look = _entry(_entry(held, "/AP"), "/N")
        if look is None or not hasattr(look, "get_data"):
            return
        try:
            text = " ".join(page.extract_xform_text(look).split())
        except Exception:  # then it is as unread as a picture
            text = ""
        if text:
            yield text
        elif not known:
            self._limit(number, "a stamp or drawing was not read")

    def _pin(self, held: Any, number: int) -> None:
        spec = _entry(held, "/FS")
        files = _entry(spec, "/EF")
        stream = _entry(files, "/UF") or _entry(files, "/F")
        if stream is None:
            self._limit(number, "a pinned file was not read")
            return
        label = _text(spec.get("/UF")) or _text(spec.get("/F")) or "pinned file"
        self.files.append((label, bytes(stream.get_data())))

    def _limit(self, number: int, what: str) -> None:
        self.limitations[f"page {number}: {what}"] = None
