"""Read HTML: all visible text, paragraph by paragraph; scripts are neither run nor read.

Nothing is fetched, no entity is resolved. The page's own marks say what captions, headings and
menus are; its metadata says when it was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from lxml import etree, html

from limen.documents.document import BlockKind, Raw
from limen.documents.readers.gathered import APART, NEXT, Gathered
from limen.documents.readers.limits import Nesting
from limen.documents.readers.plain import decoded
from limen.model import DataError

_UNSEEN = frozenset(("script", "style", "template", "head", "iframe", "object"))
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "br",
])  # fmt: skip
#: What is before and behind them is side by side, and may be two parts of one name; of a ``div``,
#: which serves for paragraphs as well, where one of the two is a single word.
_NEXT, _MAYBE_NEXT = frozenset(("br", "td", "th")), frozenset(("div",))
#: Fields of a form with a value that is visible, and no button.
_VISIBLE_INPUTS = frozenset(("text", "email", "tel", "url", "search", "number", "date", ""))
#: A page of fewer words may be a picture with a caption; and a picture inside a page that has
#: more letters than this, as it is written, is no mark or logo.
_FEW_WORDS, _LARGE_PICTURE = 40, 20_000
_HINTS: dict[str, BlockKind] = {
    "figcaption": "caption",
    "nav": "boilerplate",
    "footer": "boilerplate",
    "aside": "boilerplate",
    "form": "boilerplate",
    "button": "boilerplate",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "title"), "heading"),
}
_DATES = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate",
    "publish-date", "publication_date", "og:published_time", "sailthru.date",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def read_html(data: bytes, name: str, encoding: str | None = None) -> Raw:
    """Return a page's text with its paragraphs, title and day.

    Args:
        data: the bytes of the page.
        name: how to call it.
        encoding: where what sent the page says it; else the page's own word counts.

    Raises:
        DataError: it is not HTML, or in an encoding that has to be named.
    """
    declared = _CHARSET.search(data[:4096])
    text, limitations = decoded(data, name, encoding or _codec(declared))
    page, cut = _parsed(text, name)
    visible = _Visible()
    visible.walk(page, None)
    visible.end(None)
    gathered = visible.gathered
    for limitation in (*limitations, *cut, *_frames(page), *_pictures(page, visible.words)):
        gathered.limit(limitation)
    return gathered.raw("html", title=_title(page), dated=_dated(page))


def _codec(declared: re.Match[bytes] | None) -> str | None:
    if declared is None:
        return None
    codec = declared[1].decode("ascii").lower()
    return None if codec in ("utf-8", "utf8") else codec


def _frames(page: Any) -> Iterator[str]:
    """Yield parts of a page that are other pages; those too small to be seen count visitors."""
    for frame in page.iter("iframe", "frame", "object", "embed"):
        source = frame.get("src") or frame.get("data") or ("srcdoc" if frame.get("srcdoc") else "")
        size = {frame.get("width"), frame.get("height")}
        visible = frame.get("hidden") is None and not _HIDDEN.search(frame.get("style") or "")
        if source and visible and size.isdisjoint(("0", "1", "0px", "1px")):
            yield f"the frame {source[:80]} was not read"


def _parsed(text: str, name: str) -> tuple[Any, tuple[str, ...]]:
    """Return the page, and what of it the parser left out."""
    parser = html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        page = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DataError(
            f"it is not HTML: {error}", where=name, hint="save the page again"
        ) from error
    deep = [error.line for error in parser.error_log if "depth" in error.message.lower()]
    limitation = "elements nested too deep, and what follows them, were not read"
    return page, tuple(f"line {line}: {limitation}" for line in deep[:1])


class _Visible:
    """Represents the visible text so far, cut where the page cuts it."""

    def __init__(self) -> None:
        self.gathered = Gathered(Nesting())
        self.words = 0
        self._open: list[str] = []
        self._last = ""
        self._crossed: list[str] = []

    def walk(self, top: Any, hint: BlockKind | None) -> None:
        """Visit every element in order, without recursion: pages nest as deep as they like."""
        stack: list[tuple[Any, BlockKind | None, bool]] = [(top, hint, False)]
        while stack:
            element, hint, left = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if left:
                if tag in _BLOCKS:
                    self._end_at(tag, hint)
                continue
            unseen = tag in _UNSEEN or element.get("hidden") is not None
            if not tag or unseen or _HIDDEN.search(element.get("style") or ""):
                self._tail(element)
                continue
            inner = _HINTS.get(tag, hint)
            if tag in _BLOCKS and tag != "br":
                self._end_at(tag, hint)
            self._open.append(_visible(element, tag))
            stack.append((_After(element), hint, False))
            stack.append((element, inner, True))
            stack.extend((child, inner, False) for child in reversed(element))

    def _tail(self, element: Any) -> None:
        if element.tail:
            self._open.append(element.tail)

    def _end_at(self, tag: str, hint: BlockKind | None) -> None:
        self.end(hint)
        self._crossed.append(tag)

    def end(self, hint: BlockKind | None) -> None:
        """End the paragraph so far."""
        body = " ".join("".join(self._open).split())
        self._open.clear()
        if not body:
            return
        self.gathered.paragraph(body, hint, apart=self._apart(body))
        self._crossed.clear()
        self._last = body
        self.words += body.count(" ") + 1

    def _apart(self, body: str) -> str:
        """Return what is between the last paragraph and the next one."""
        crossed = set(self._crossed)
        if crossed <= _NEXT and self._crossed.count("br") < 2:
            return NEXT
        single = " " not in body or " " not in self._last
        return NEXT if single and crossed <= _NEXT | _MAYBE_NEXT else APART


class _After:
    """Represents the text that follows an element."""

    tag = None

    def __init__(self, element: Any) -> None:
        self.tail = element.tail

    def get(self, _: str) -> None:
        return None


def _visible(element: Any, tag: str) -> str:
    """Return what an element shows before its children: its text, a field's value, an address."""
    text = element.text or ""
    if tag == "input" and (element.get("type") or "").lower() in _VISIBLE_INPUTS:
        return f" {element.get('value') or ''} {text}"
    if tag == "img" and element.get("alt"):
        return f" {element.get('alt')} "
    href = element.get("href") or "" if tag == "a" else ""
    return f" {href.partition(':')[2]} {text}" if href.lower().startswith("mailto:") else text


def _pictures(page: Any, words: int) -> Iterator[str]:
    """Yield that pictures were not read, where they may be what the page shows."""
    sources = [picture.get("src") or "" for picture in page.iter("img", "image", "canvas")]
    large = any(src.startswith("data:") and len(src) > _LARGE_PICTURE for src in sources)
    if large or (sources and words < _FEW_WORDS):
        yield "pictures in it, which may hold text, were not read"


def _title(page: Any) -> str:
    found = page.xpath("string((//h1)[1])") or page.xpath("string((//title)[1])")
    return " ".join(str(found).split())


def _dated(page: Any) -> date | None:
    for text in _stated(page):
        try:
            return datetime.fromisoformat(text.strip()).date()
        except ValueError:
            continue
    return None


def _stated(page: Any) -> Iterator[str]:
    for meta in page.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if key in _DATES and meta.get("content"):
            yield meta.get("content")
    for time in page.iter("time"):
        if time.get("datetime"):
            yield time.get("datetime")
