"""Take a FIN message apart: blocks, the fields of block 4, their lines, each with its offset.

One pass over the characters with ``find`` and no pattern, so that no input can make it slow. A
message is read as one character a byte, so that places in the text are places in the bytes.
"""

from __future__ import annotations

from typing import NamedTuple

from limen.payments.message import Problem

#: Of a whole message. FIN allows 10,000 characters; a field of 10 MB is none.
MOST_BYTES = 1 << 19


#: Problems of one message that are reported.
MOST_PROBLEMS = 20
#: What may be between blocks: line ends, and the marks and padding of files.
_AROUND = " \r\n\t\x00\x01\x03$"


class Line(NamedTuple):
    """Represents a line of a field: its text without the line's end, and its offset."""

    text: str
    at: int

    def part(self, start: int, end: int | None = None) -> Line:
        """Return a part of the line."""
        return Line(self.text[start:end], self.at + start)


class Field(NamedTuple):
    """Represents a field of block 4, or of another block (one line); ``tag`` has its option."""

    tag: str
    lines: tuple[Line, ...]
    at: int

    @property
    def number(self) -> str:
        """Return the tag without the option."""
        return self.tag[:2]

    @property
    def text(self) -> str:
        """Return the lines, joined by line ends."""
        return "\n".join(line.text for line in self.lines)


class FinMessage(NamedTuple):
    """Represents a message taken apart. ``blocks`` has a number's own text or its fields."""

    header: tuple[Field, ...]
    fields: tuple[Field, ...]
    problems: tuple[Problem, ...]


def take_apart(text: str, base: int) -> FinMessage:
    """Return the blocks of a message that begins at ``base`` in its source."""
    header: list[Field] = []
    fields: tuple[Field, ...] = ()
    problems: list[Problem] = []
    at = 0
    if not _is_readable(text):
        hint = "send the message in UTF-8, or in the characters of FIN"
        what = "characters that are neither ASCII nor UTF-8"
        problems.append(Problem("encoding-doubt", what, "unread", offset=base, hint=hint))
    if "{" not in text:  # a text block alone
        return FinMessage((), _fields(text, base, problems), tuple(problems))
    while at < len(text):
        if text[at] in _AROUND or (text[at] == "{" and text[at + 2 : at + 3] != ":"):
            at += 1
        elif text[at : at + 3] == "{4:" and text[at + 3 : at + 4] != "{":
            end, length = _end_of_text(text, at + 3)
            if end < 0:
                problems.append(_no_end("4", base + at))
                end, length = len(text), 0
            fields = _fields(text[at + 3 : end], base + at + 3, problems)
            at = end + length
        elif text[at] == "{" and text[at + 2 : at + 3] == ":":
            end = _end_of_block(text, at)
            if end < 0:
                problems.append(_no_end(text[at + 1], base + at))
                end = len(text)
            header += _header_fields(text[at:end], base + at)
            at = end
        else:
            what = "characters that belong to no block"
            _note(problems, Problem("outside-blocks", what, "unread", offset=base + at))
            at = _next_block(text, at)
    return FinMessage(tuple(header), fields, tuple(problems))


def _is_readable(text: str) -> bool:
    """Return whether a text that was read as one character a byte is ASCII or UTF-8."""
    try:
        return text.isascii() or bool(text.encode("latin-1").decode())
    except UnicodeError:
        return False


def _note(problems: list[Problem], problem: Problem) -> None:
    """Add a problem, unless there are enough: one is reason to hold, and each is located."""
    if len(problems) < MOST_PROBLEMS:
        problems.append(problem)


def _no_end(block: str, at: int) -> Problem:
    what = f"block {block} has no end"
    return Problem("no-end", what, "refused", block, offset=at, hint="send the whole message again")


def _next_block(text: str, at: int) -> int:
    found = text.find("{", at + 1)
    return found if found >= 0 else len(text)


def _end_of_text(text: str, at: int) -> tuple[int, int]:
    """Return where the text block's end is, ``-}`` at the beginning of a line, and its length."""
    place = text.find("-}", at)
    while place >= 0 and text[place - 1] not in "\r\n:":
        place = text.find("-}", place + 2)
    return place, 2


def _end_of_block(text: str, at: int) -> int:
    """Return where a block ends, after its last brace; fields in it have braces of their own."""
    depth = 0
    for place in range(at, len(text)):
        if text[place] == "{":
            depth += 1
        elif text[place] == "}":
            depth -= 1
            if not depth:
                return place + 1
    return -1


def _header_fields(block: str, at: int) -> list[Field]:
    """Return the block as a field, or each ``{tag:value}`` in it."""
    number = block[1]
    if "{" not in block[1:]:
        return [Field(number, (Line(block[3:].removesuffix("}"), at + 3),), at)]
    found = []
    place = block.find("{", 1)
    while place >= 0:
        end = block.find("}", place)
        end = len(block) if end < 0 else end
        tag, _, value = block[place + 1 : end].partition(":")
        start = at + place + 1 + len(tag) + 1
        found.append(Field(f"{number}/{tag[:8]}", (Line(value, start),), at + place))
        place = block.find("{", end)
    return found


def _fields(text: str, at: int, problems: list[Problem]) -> tuple[Field, ...]:
    """Return the fields of a text block; a field goes on until a line that begins with a tag."""
    found: list[Field] = []
    tag, begun, lines = "", at, list[Line]()
    for line in split_lines(text, at):
        name = tag_of(line.text)
        if name:
            found += [Field(tag, tuple(lines), begun)] if tag else []
            tag, begun, lines = name, line.at, [line.part(len(name) + 2)]
        elif tag:
            lines.append(line)
        elif line.text.strip():
            what = "a line before the first tag"
            _note(problems, Problem("outside-fields", what, "unread", "4", offset=line.at))
    found += [Field(tag, tuple(lines), begun)] if tag else []
    return tuple(found)


def split_lines(text: str, at: int) -> list[Line]:
    """Return the lines; CR, LF and both end one, because archives have all three."""
    lines = []
    place = 0
    for piece in text.replace("\r\n", "\n\x00").replace("\r", "\n").split("\n"):
        second = piece.startswith("\x00")  # the second byte of an end of two
        lines.append(Line(piece[second:], at + place + second))
        place += len(piece) + 1
    return lines


def tag_of(line: str) -> str:
    """Return the tag with which a line begins: ``20`` of ``:20:``, ``59F`` of ``:59F:``."""
    if line[:1] != ":":
        return ""
    tag = line[1 : line.find(":", 1)]
    plain = len(tag) in (2, 3) and tag[:2].isascii() and tag[:2].isdecimal()
    return tag if plain and (len(tag) == 2 or tag[2].isalpha()) else ""
