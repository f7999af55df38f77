"""Mails with a name in another part, or in a part that is broken."""

from __future__ import annotations

import base64

from benchmarks.documents.hidden_names.made_files import docx, packed, paragraph, xlsx
from benchmarks.documents.hidden_names.words import FIRST, LAST, NAME, PLAIN, PNG, RTF, Files


def _mail(head: str, body: bytes) -> bytes:
    return (
        b"From: a@x.example\nSubject: Grain\nMIME-Version: 1.0\n" + head.encode() + b"\n\n" + body
    )


def _parts(kind: str, *parts: tuple[str, bytes]) -> bytes:
    body = b"".join(b"--cut\n" + head.encode() + b"\n\n" + data + b"\n" for head, data in parts)
    return _mail(f'Content-Type: multipart/{kind}; boundary="cut"', body + b"--cut--\n")


def mail_pages() -> Files:
    """Yield mails with a page that says something else than the text beside it."""
    text = ("Content-Type: text/plain", PLAIN.encode() * 5)
    page = f"<html><p>The buyer is {NAME}.</p></html>".encode()
    yield "page-differs.eml", _parts("alternative", text, ("Content-Type: text/html", page))
    swapped = ("Content-Type: text/plain", f"The buyer is {NAME}.".encode())
    long_page = ("Content-Type: text/html", f"<html>{PLAIN * 9}</html>".encode())
    yield "text-differs.eml", _parts("alternative", swapped, long_page)
    third = ("Content-Type: text/calendar", f"SUMMARY:Meeting {NAME}".encode())
    yield "calendar.eml", _parts("alternative", text, third)


def mail_broken() -> Files:
    """Yield broken base64, broken quoted-printable, a wrong and an unknown charset."""
    coded = base64.b64encode(f"The buyer is {NAME}.".encode())
    broken = coded[:9] + b"*" + coded[11:-3]
    head = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
    yield "base64.eml", _mail(f"{head}base64", broken)
    yield "quoted.eml", _mail(f"{head}quoted-printable", b"The buyer is Vladimir =ZZPut=6")
    yield "unknown-coding.eml", _mail(f"{head}x-rot13", b"Gur ohlre vf Iynqvzve Chgva.")
    russian = "Покупатель: Владимир Путин."
    wrong = "Content-Type: text/plain; charset={}"
    yield "charset.eml", _mail(wrong.format("iso-8859-1"), russian.encode())
    yield "charset-unknown.eml", _mail(wrong.format("x-none"), russian.encode("cp1251"))
    yield (
        "not-decoded.eml",
        _mail("Content-Type: text/plain", base64.encodebytes(PLAIN.encode() * 9)),
    )


def mail_nested() -> Files:
    """Yield a message in a message: as itself, as a file, and in a digest."""
    inner = _mail("Content-Type: text/plain", f"The buyer is {NAME}.".encode())
    text = ("Content-Type: text/plain", PLAIN.encode())
    yield "nested.eml", _parts("mixed", text, ("Content-Type: message/rfc822", inner))
    coded = base64.encodebytes(inner)
    head = (
        'Content-Type: application/octet-stream; name="a.eml"\n'
        "Content-Disposition: attachment\nContent-Transfer-Encoding: base64"
    )
    yield "nested-file.eml", _parts("mixed", text, (head, coded))
    coded_head = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64"
    yield "nested-coded.eml", _parts("mixed", text, (coded_head, coded))
    yield "digest.eml", _parts("digest", ("", inner))


def mail_attached() -> Files:
    """Yield attachments that no reader reads, and some that one does."""
    text = ("Content-Type: text/plain", PLAIN.encode())
    head = 'Content-Type: {}; name="{}"\nContent-Transfer-Encoding: base64'
    for kind, name, data in (
        ("application/ms-tnef", "winmail.dat", b"\x78\x9f\x3e\x22" + bytes(200)),
        ("application/zip", "a.zip", packed({"a.txt": NAME})),
        ("image/png", "a.png", PNG),
        ("application/rtf", "a.rtf", RTF),
        ("text/vcard", "a.vcf", f"BEGIN:VCARD\nFN:{NAME}\nEND:VCARD".encode()),
        ("application/octet-stream", "a.docx", docx(paragraph(NAME))),
        ("application/vnd.ms-excel", "a.xlsx", xlsx([[FIRST, LAST]])),
    ):
        part = (head.format(kind, name), base64.encodebytes(data))
        yield f"with-{name}.eml", _parts("mixed", text, part)
