"""Damaged documents: each is read, or refused with its place; none ends in a traceback."""

from __future__ import annotations

import io
import random
import re
import zipfile
from email.message import EmailMessage

import pytest
from benchmarks.documents.hidden_names.made_files import docx as made_docx
from benchmarks.documents.hidden_names.made_files import drawing
from tests.documents.files import docx
from tests.fuzz.mutations.values import changed_bytes

from limen.documents import report_on
from limen.documents.readers import read_bytes
from limen.model import DataError

_TEXTS = (
    "KYIV, Feb 21, 2022. Sergey Aksyonov said: “We will wait.”",
    "On 31 February 2022, in March 0000 and 3 days ago. Published: 0000-00-00",
)
_ROUNDS = 120


def _mail():
    message = EmailMessage()
    message["From"], message["To"] = "A <a@b.example>", '"B, C" <b@c.example>, x@y.example'
    message["Subject"], message["Date"] = "=?utf-8?q?H=C3=A9?= x", "Mon, 21 Feb 2022 10:00:00 +0000"
    message.set_content(_TEXTS[0])
    message.add_alternative(f"<html><p>{_TEXTS[1]}</p></html>", subtype="html")
    message.add_attachment(docx(_TEXTS), maintype="application", subtype="zip", filename="a.docx")
    return message.as_bytes()


def _with_mutant_parts(data, chance):
    """Pack a Word document again, with damaged parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as mutant:
        for name in packed.namelist():
            part = packed.read(name)
            mutant.writestr(name, changed_bytes(part, chance) if chance.random() < 0.6 else part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "whole", "mutate"),
    [
        ("x.docx", docx(_TEXTS), changed_bytes),
        ("x.docx", docx(_TEXTS), _with_mutant_parts),
        ("x.eml", _mail(), changed_bytes),
        ("x.txt", "\n\n".join(_TEXTS).encode(), changed_bytes),
    ],
    ids=["a zip archive", "parts of a Word document", "a message", "a text"],
)
def test_a_damaged_document_is_read_or_refused(name, whole, mutate):
    chance = random.Random(14)
    refused = []
    report_on(read_bytes(whole, name))
    for _ in range(_ROUNDS):
        try:
            report_on(read_bytes(mutate(whole, chance), name))
        except DataError as error:
            refused.append(error.where)
    assert len(refused) < _ROUNDS
    assert all(where.startswith(name) for where in refused)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1_000)),
        "Content-Type: message/rfc822\n\n" * 3_000,
    ],
    ids=["parts in parts", "messages in messages"],
)
def test_a_message_that_is_nested_too_deep_is_refused(text):
    with pytest.raises(DataError, match="nested too deep"):
        read_bytes(f"From: a@b.example\n{text}".encode(), "x.eml")


@pytest.mark.parametrize("width", ["1e999", "rId1", "²", ""])
def test_a_picture_of_a_size_that_cannot_be_read_may_hold_text(width):
    extent = re.sub('cx="[0-9]+"', f'cx="{width}"', drawing())
    read = read_bytes(made_docx(f"<w:p>{extent}</w:p>"), "x.docx")
    assert any("picture" in each for each in read.limitations)


@pytest.mark.parametrize("to", ["(" * 20_000, "a@b.example, " * 60_000])
def test_a_long_header_is_text_and_takes_no_quadratic_time(to):
    data = f"From: a@b.example\nTo: {to}\n\nSergey Aksyonov".encode()
    assert to.strip() in read_bytes(data, "x.eml").text


def test_many_single_marks_that_never_close_take_no_quadratic_time():
    text = "Jen Psaki said, 'We will wait,' and " + "a.k.a. 'x " * 40_000
    (statement,) = report_on(read_bytes(text.encode(), "x.txt")).statements
    assert statement.quote == "We will wait,"
