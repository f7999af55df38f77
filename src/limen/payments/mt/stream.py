"""Read the MT messages of a stream: FIN one after the other, RJE (``$``), DOS-PCC sectors.

In all of them a message begins with ``{1:``, and nothing in a message can: the brace is in no
character set of a field. So a message without its end costs no other. Acknowledgements (service
messages, ``{1:F21``) become a part of the header of the message that follows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from limen.payments.message import Element, Message, Problem
from limen.payments.mt.assemble import assemble
from limen.payments.mt.fin_blocks import MOST_BYTES, split_lines, tag_of, take_apart

_CHUNK = 1 << 16
_BEGIN = b"{1:"
#: How a message begins of which the first block was left out: another block.
_BLOCKS = tuple(f"{{{block}:" for block in "12345S")
#: Lines that banks put above the first tag of a statement without blocks, and that tag's own.
_LINES_TO_TAG = 8
#: Characters of a stream in which that tag has to be.
_BEGINNING = 1 << 12
#: What may stand around messages: line ends, the mark of RJE, the marks and padding of DOS-PCC.
_AROUND = b" \t\r\n\x00\x01\x03$\xef\xbb\xbf"


def read_mt(file: IO[bytes]) -> Iterator[Message]:
    """Yield the messages of a stream."""
    number = 0
    line = 1
    acknowledgements: tuple[Element, ...] = ()
    for raw, base in _split(file):
        text = raw.decode("latin-1")
        if text.startswith("{1:F") and text[4:6] != "01":
            acknowledgements += _acknowledgement(text, base)
        else:
            for message in _messages(number, raw, text, base, line):
                number += 1
                message.header = (*acknowledgements, *message.header)
                acknowledgements = ()
                yield message
        line += text.count("\n")
    if acknowledgements:
        yield Message(number + 1, format="mt", kind="ACK", header=acknowledgements)
    elif not number:
        yield _refused(1, "not-a-payment", "there is nothing in it", 0, 0)


def _messages(number: int, raw: bytes, text: str, base: int, line: int) -> Iterator[Message]:
    """Yield the message of a piece of the stream; without blocks there may be many in it."""
    if not raw.startswith(_BEGIN) and raw.strip(_AROUND) and not _is_fin(text[:_BEGINNING]):
        what = "no payment message is in it: it begins neither as XML nor as a FIN message"
        yield _refused(number + 1, "not-a-payment", what, base, line)
    elif len(raw) > MOST_BYTES:
        what = f"a message of more than {MOST_BYTES:,} bytes; FIN allows 10,000 characters"
        yield _refused(number + 1, "message-too-long", what, base, line)
    elif raw.startswith(_BEGIN):
        yield assemble(number + 1, text, base, line)
    elif raw.strip(_AROUND):
        for count, (piece, at) in enumerate(_without_blocks(text, base), 1):
            yield assemble(number + count, piece, at, line + text.count("\n", 0, at - base))


def _is_fin(beginning: str) -> bool:
    """Return whether text without a first block is FIN: another block, or a tag soon."""
    inside = beginning.lstrip(_AROUND.decode("latin-1"))
    lines = split_lines(inside, 0)[:_LINES_TO_TAG]
    return inside.startswith(_BLOCKS) or any(tag_of(line.text) for line in lines)


def _refused(number: int, code: str, what: str, at: int, line: int) -> Message:
    column = 1 if line else 0
    problem = Problem(code, what, "refused", offset=at, line=line, column=column)
    return Message(number, format="mt", kind="", problems=[problem], span=(at, at))


def _without_blocks(text: str, base: int) -> Iterator[tuple[str, int]]:
    """Yield the text blocks of a file without any blocks; a hyphen alone in its line ends one."""
    begun = base
    for line in split_lines(text, base):
        if line.text.strip() in ("-", "-}"):
            yield text[begun - base : line.at - base], begun
            begun = line.at + len(line.text)
    if text[begun - base :].encode("latin-1").strip(_AROUND):
        yield text[begun - base :], begun


def _acknowledgement(text: str, base: int) -> tuple[Element, ...]:
    """Return the fields of a service message, as a part of the next message's header."""
    return tuple(
        Element(
            f"ack/{field.tag}", "message", "code", line.text, (line.at, line.at + len(line.text))
        )
        for field in take_apart(text, base).header
        for line in field.lines
    )


def _split(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Yield each message with its offset; of one that is too long, only the beginning."""
    held, base, skipping = b"", 0, False
    while chunk := file.read(_CHUNK):
        held += chunk
        while (at := held.find(_BEGIN, 0 if skipping else 1)) >= 0:
            if not skipping:
                yield held[:at], base
            held, base, skipping = held[at:], base + at, False
        if not skipping and len(held) > MOST_BYTES:
            yield held, base
            skipping = True
        if skipping:
            dropped = len(held) - len(_BEGIN) + 1
            held, base = held[dropped:], base + dropped
    if held and not skipping:
        yield held, base
