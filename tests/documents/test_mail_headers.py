"""Headers of a message are parsed in bounded time, and what was not parsed is a limitation."""

from __future__ import annotations

import time

import pytest

from limen.documents.readers import read_bytes
from limen.documents.readers.mail_headers import LONGEST, SIGNS

PLAIN = b"From: a@x.example\nSubject: Grain\nMIME-Version: 1.0\n"
CUT = "headers that are longer than those of messages were read only in part"
BRACKETS = b")" * 100_000


def part(number: int) -> bytes:
    return (
        b"--b\nContent-Type: text/plain;" + b")" * 900 + b"%d" % number + b"\n\nSergey Aksyonov\n"
    )


@pytest.mark.parametrize(
    "message",
    [
        PLAIN + b"Content-Type: text/plain;" + BRACKETS + b"\n\nSergey Aksyonov\n",
        PLAIN + b"Content-Type: text/plain\nContent-Disposition: attachment;" + BRACKETS
        + b"\n\nSergey Aksyonov\n",
        PLAIN + b"Content-Transfer-Encoding: " + BRACKETS + b"\n\nSergey Aksyonov\n",
        PLAIN + b"Content-Type: multipart/mixed; boundary=b\n\n"
        + b"".join(part(number) for number in range(150)) + b"--b--\n",
    ],
    ids=["a type", "a disposition", "an encoding", "many parts"],
)  # fmt: skip
def test_headers_of_brackets_take_no_quadratic_time_and_are_a_limitation(message):
    started = time.process_time()
    read = read_bytes(message, "x.eml")
    assert time.process_time() - started < 20, "it took minutes"
    assert "Sergey Aksyonov" in read.text
    assert CUT in read.limitations


def test_headers_as_messages_have_them_are_parsed_whole():
    long = "a" * 200
    head = f'Content-Type: text/plain; charset="utf-8"; name="{long}.txt"\n'.encode()
    to = b"To: " + b", ".join(b"Person %d <p%d@x.example>" % (at, at) for at in range(300))
    read = read_bytes(PLAIN + to + b"\n" + head + b"\nSergey Aksyonov\n", "x.eml")
    assert len(head) < LONGEST
    assert len(to) < SIGNS
    assert read.limitations == ()
    assert "p299@x.example" in read.text
