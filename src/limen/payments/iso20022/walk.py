"""Walk through one XML root with expat, and hand every value with its place to a message.

Expat, and not lxml, because it gives the offset of each event in the bytes of the input, in any
encoding; no second scan could go wrong about references, comments or sections. It loads nothing and
resolves no entity here: a document type declaration is refused as soon as it begins.
"""

from __future__ import annotations

from xml.parsers import expat

from limen.payments.free_text import may_be_text
from limen.payments.iso20022.collect import Value
from limen.payments.iso20022.messages import CurrentMessage
from limen.payments.iso20022.role_table import Node, top
from limen.payments.message import FIELD_ENDS, LONG_NAME, Element, Use

#: No schema nests deeper than 20; an attack does.
_DEEPEST = 64
#: Characters of one value. The longest field of a payment has 2,048, a supplementary envelope more.
_LONGEST_VALUE = 100_000
#: Bytes of one mark-up item (a start tag, a comment); expat would read it again for each chunk.
_LONGEST_ITEM = 1 << 20
_MAY_BE_CUT = frozenset({"name", "address_line", "text", "account_name", "street", "town"})
#: Kinds of which only some values are text.
_MAY_BE_TEXT = frozenset({"unknown", "reference", "proprietary", "scheme", "issuer"})
_NAMES = frozenset({"name", "account_name"})


class XmlFault(Exception):  # noqa: N818 - what is wrong with the bytes, not with the program
    """Represents what makes the rest of a root unreadable, with its place in the root."""

    def __init__(self, code: str, what: str, offset: int, line: int, column: int) -> None:
        self.code = code
        self.what = what
        self.offset = offset
        self.line = line
        self.column = column
        super().__init__(what)


class _Refuse(Exception):  # noqa: N818 - carries a code out of a handler
    def __init__(self, code: str, what: str) -> None:
        self.code = code
        self.what = what


class Root:
    """Represents one XML root while it is fed: each value goes to the current message.

    Attributes:
        base: the offset of the root's first byte in the source.
        first: line and column of that byte, the column from 0.
        name: the local name of the root's element.
        began: whether the root's first tag was read.
        ended: whether its last tag was.
        declared: the encoding of the declaration, in small letters.
    """

    def __init__(self, base: int, first: tuple[int, int], current: CurrentMessage) -> None:
        self.base = base
        self.name = ""
        self._first = first
        self.ended = False
        self.began = False
        self.declared = ""
        self._current = current
        self._nodes: list[Node] = [top()]
        self._paths = [""]
        self._counts: list[dict[str, int]] = [{}]
        self._spaces: list[dict[str, str]] = [{}]
        self._text: list[str] = []
        self._length = 0
        self._text_at = -1
        self._currency = ""
        self._leaf = False
        self._fed = 0
        parser = expat.ParserCreate()
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self._parser = parser

    def feed(self, data: bytes, *, final: bool = False) -> None:
        """Read on.

        Raises:
            XmlFault: nothing more of the root can be read, or it ended before the data did.
        """
        self._fed += len(data)
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError as error:
            parser = self._parser
            cut = final and self.began
            what = expat.ErrorString(error.code) or "not well-formed"
            what = f"the file ends inside the message ({what})" if cut else what
            raise XmlFault(
                "cut-off" if cut else "not-well-formed",
                what, parser.ErrorByteIndex, parser.ErrorLineNumber, parser.ErrorColumnNumber,
            ) from None  # fmt: skip
        except _Refuse as refusal:
            raise self._fault(refusal.code, refusal.what) from None
        except (LookupError, ValueError) as error:
            if self.began:
                raise
            what = f"the declared encoding cannot be read: {error}"
            raise self._fault("unknown-encoding", what) from None
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_ITEM:
            raise self._fault(
                "item-too-long", f"a tag or comment of more than {_LONGEST_ITEM:,} bytes"
            )

    def place(self, line: int, column: int) -> tuple[int, int]:
        """Return line and column in the source, from 1, of those in the root."""
        first_line, first_column = self._first
        return first_line + line - 1, column + 1 + (first_column if line == 1 else 0)

    def _fault(self, code: str, what: str) -> XmlFault:
        parser = self._parser
        return XmlFault(
            code,
            what,
            parser.CurrentByteIndex,
            parser.CurrentLineNumber,
            parser.CurrentColumnNumber,
        )

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.declared = (encoding or "").casefold()

    def _doctype(self, *_: object) -> None:
        raise _Refuse("doctype", "a document type declaration, which can hold entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._text:
            self._flush()
        self.began = True
        if len(self._paths) > _DEEPEST:
            raise _Refuse("too-deep", f"elements within each other {_DEEPEST} times")
        local = name.rpartition(":")[2]
        self.name = self.name or local
        counts = self._counts[-1]
        count = counts[local] = counts.get(local, 0) + 1
        node = self._nodes[-1].below(local)
        path = f"{self._paths[-1]}/{local}"
        if count > 1 or node.repeated:
            path = f"{path}[{count}]"
        self._nodes.append(node)
        self._paths.append(path)
        self._counts.append({})
        self._spaces.append(self._spaces[-1])
        self._leaf = True
        self._currency = ""
        self._text_at = -1
        if attributes:
            self._attributes(node, path, attributes)
        if node.marks:
            parser = self._parser
            at = self.base + parser.CurrentByteIndex
            self._current.place = self.place(parser.CurrentLineNumber, parser.CurrentColumnNumber)
            self._current.start(node, path, at, self._spaces[-1].get(name.rpartition(":")[0], ""))

    def _end(self, _name: str) -> None:
        at = self._parser.CurrentByteIndex
        if self._text:
            self._flush()
        node = self._nodes.pop()
        self._paths.pop()
        self._counts.pop()
        self._spaces.pop()
        self._leaf = False
        if node.marks:
            self._current.end(node, self.base + at)
        if len(self._paths) == 1:
            self.ended = True

    def _characters(self, text: str) -> None:
        if not self._text:
            if text.isspace() and not self._leaf:
                return
            self._text_at = self._parser.CurrentByteIndex
            self._length = 0
        self._length += len(text)
        if self._length > _LONGEST_VALUE:
            raise _Refuse("value-too-long", f"a value of more than {_LONGEST_VALUE:,} characters")
        self._text.append(text)

    def _flush(self) -> None:
        """Hand over the text before a tag; between elements it is a value where it is not blank."""
        raw = "".join(self._text)
        self._text.clear()
        text = raw.strip()
        if text:
            span = (self.base + self._text_at, self.base + self._parser.CurrentByteIndex)
            self._value(self._nodes[-1], self._paths[-1], text, raw, span)

    def _value(self, node: Node, path: str, text: str, raw: str, span: tuple[int, int]) -> None:
        current = self._current
        if current.part.is_full:
            raise _Refuse(
                "too-many-elements", "more values in one transaction or group than any has"
            )
        cut = _cut_at(node.kind, raw, text)
        use = node.use
        if use == "text" and node.kind in _MAY_BE_TEXT:
            use = "text" if may_be_text(text, reference=node.kind == "reference") else "none"
        element = Element(path, node.role, node.kind, text, span, use, cut, node.scheme)
        current.add(Value(element, node, self._owner(node, path)), self._currency)
        if not text.isascii() and self.declared and _is_utf8_read_as(text, self.declared):
            line, _ = self.place(self._parser.CurrentLineNumber, 0)
            current.doubt_encoding(element, self.declared, line)

    def _owner(self, node: Node, path: str) -> str:
        """Return the instance of a value's owner, which the owner's account has too."""
        owner = node.owner
        if owner is None:
            return path.rpartition("/")[0]
        at = len(self._paths) - owner.up
        if owner.is_party and self._nodes[at].name == owner.element:
            return self._paths[at]
        return f"{self._paths[at - 1]}/{owner.element}"

    def _attributes(self, node: Node, path: str, attributes: dict[str, str]) -> None:
        """Take the currency and the namespaces; any other attribute is a value of its own."""
        for key, value in attributes.items():
            if key == "xmlns" or key.startswith("xmlns:"):
                self._spaces[-1] = {**self._spaces[-1], key.partition(":")[2]: value}
            elif key == "Ccy":
                self._currency = value
            elif not key.startswith("xsi:") and value.strip():
                use: Use = "text" if may_be_text(value) else "none"
                span = self._attribute_span(value)
                element = Element(
                    f"{path}/@{key}", node.role, "attribute", value.strip(), span, use
                )
                self._current.add(Value(element, node, path))

    def _attribute_span(self, value: str) -> tuple[int, int]:
        """Return where an attribute's value is; where references hide it, the tag's first byte."""
        at = self._parser.CurrentByteIndex
        raw = value.encode()
        tag, _, _ = (self._parser.GetInputContext() or b"").partition(b">")
        place = tag.find(raw)
        return (
            (self.base + at + place, self.base + at + place + len(raw))
            if place >= 0
            else (self.base + at, self.base + at + 1)
        )


def _cut_at(kind: str, raw: str, text: str) -> int | None:
    """Return the length at which a value may have been cut off; blanks around it count once."""
    if len(raw) in FIELD_ENDS and kind in _MAY_BE_CUT:
        return len(raw)
    return len(text) if kind in _NAMES and len(text) >= LONG_NAME else None


def _is_utf8_read_as(text: str, declared: str) -> bool:
    """Return whether a text is UTF-8 that was declared as an encoding of one byte a character."""
    if declared.startswith(("utf", "us-ascii")):
        return False
    try:
        return text.encode(declared).decode("utf-8") != text
    except (UnicodeError, LookupError):
        return False
