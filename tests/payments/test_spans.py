"""Spans and streams: a span is the value in any encoding, and a file of any size takes no memory."""

from __future__ import annotations

import html
import io
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.payments.messages import document, only, transfer

from limen.payments import read_payments

TEXT = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x10FFFF, exclude_categories=("Cs", "Cn")),
    min_size=1,
).filter(lambda text: text.strip() and not {"\ufffe", "\uffff"} & set(text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
@given(name=TEXT, line=TEXT)
@settings(max_examples=40, deadline=None)
def test_a_span_is_the_value_whatever_the_encoding(encoding, name, line):
    inside = (
        f"<Dbtr><!-- a --><Nm>{html.escape(name)}</Nm><PstlAdr><AdrLine><![CDATA[{line.replace(']]>', '')}]]>"
        f"</AdrLine></PstlAdr></Dbtr>"
    )
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig").upper()}"?>\r\n'
    raw = (declared + document(transfer(inside))).encode(encoding)
    codec = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    _, transaction = only(raw)
    (party,) = transaction.parties
    assert party.values("name") == (name.strip(),)
    for element in transaction.elements:
        written = raw[slice(*element.span)].decode(codec)
        written = written.removeprefix("<![CDATA[").removesuffix("]]>")
        assert element.text in (html.unescape(written).strip(), written.strip())


@given(chunk=st.integers(1, 300))
@settings(max_examples=25, deadline=None)
def test_what_is_read_does_not_depend_on_the_pieces_in_which_it_comes(chunk):
    class Slow(io.RawIOBase):
        """A file that gives so many bytes at a time."""

        def __init__(self, raw: bytes) -> None:
            self.inner = io.BytesIO(raw)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            return self.inner.readinto(memoryview(buffer)[:chunk])

    one = document(*(transfer("<Dbtr><Nm>M\u00fcller &amp; Co</Nm></Dbtr>") for _ in range(3)))
    raw = f"<Envelope>{one}{one.replace('</Nm>', '', 1)}{one}</Envelope>".encode()

    def seen(file) -> list[object]:
        return [
            (message.kind, list(message.transactions), message.problems, message.span)
            for message in read_payments(file)
        ]

    assert seen(Slow(raw)) == seen(io.BytesIO(raw))


PROGRAM = """
import io, resource, sys
from limen.payments import read_payments
class Endless(io.RawIOBase):
    def __init__(self, count): self.left, self.held = count, HEAD
    def readable(self): return True
    def readinto(self, buffer):
        while len(self.held) < len(buffer) and self.left > 0:
            self.left -= 1
            self.held += TRANSFER * 100 if self.left else TAIL
        size = min(len(buffer), len(self.held))
        buffer[:size], self.held = self.held[:size], self.held[size:]
        return size
HEAD, TRANSFER, TAIL = sys.argv[1].encode(), sys.argv[2].encode(), sys.argv[3].encode()
for message in read_payments(Endless(2)): list(message.transactions)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = 0
for message in read_payments(Endless(100)):
    for transaction in message.transactions: count += 1
    assert not message.problems, message.problems
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_long_file_takes_the_memory_of_one_transaction():
    head, tail = document("\0").split("\0")
    one = transfer("<Dbtr><Nm>Anna Example</Nm></Dbtr>" * 5)
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, head, one, tail], capture_output=True, text=True, check=True
    )
    count, grown = map(int, result.stdout.split())
    assert count == 9_900
    assert grown < 8 << 10  # kilobytes; the file has 3 MB and its transactions 50
