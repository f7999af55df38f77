"""Bad files through ``limen pay``: each refused with its place, counted, and in the exit code."""

from __future__ import annotations

import gzip

import pytest
from tests.payment_messages import pacs008, transaction
from tests.payments.messages import MT103

DAY = ("--as-of", "2022-03-01", "--known-at", "2022-03-01")
ONE = pacs008(transaction())
XML = ONE.decode()
HEAD, BODY = XML.split("?>", 1)
DOCTYPE = f'{HEAD}?><!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + BODY.replace(
    "Anna", "&b;"
)
UTF16 = XML.replace("UTF-8", "UTF-16").encode("utf-16")
TWICE = MT103.replace(":59:/456", ":59:/789\r\nEVE OTHER\r\n:59:/456")

#: Input, codes of its problems, exit code: 5 refused, 6 read and not certain.
REFUSED = {
    "cut off": (ONE[:-150], "cut-off"),
    "cut off in the last tag": (ONE[:-10], "cut-off"),
    "cut off in UTF-16": (UTF16[:-100], "cut-off"),
    "namespace of another message": (XML.replace("xsd:pacs.008", "xsd:pain.001"), "wrong-namespace"),
    "foreign namespace": (XML.replace("urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08", "urn:x"),
                          "wrong-namespace"),
    "foreign namespace that names the message": (
        XML.replace("urn:iso:std:iso:20022:tech:xsd:", "urn:x:"), "wrong-namespace"),
    "namespace with more behind": (XML.replace("pacs.008.001.08", "pacs.008.001.08.x"),
                                   "wrong-namespace"),
    "Latin-1 that is declared UTF-8": (XML.replace("Anna", "Änn").encode("latin-1"),
                                       "not-well-formed"),
    "UTF-8 that is declared UTF-16": (XML.replace("UTF-8", "UTF-16"), "not-well-formed"),
    "unknown encoding": (XML.replace("UTF-8", "x-none"), "unknown-encoding"),
    "entities": (DOCTYPE, "doctype"),
    "undefined entity": (XML.replace("Anna", "&anna;"), "not-well-formed"),
    "10 MB in an element": (XML.replace("Anna", "A" * (10 << 20)), "value-too-long"),
    "10 MB in a field": (MT103.replace("ANNA", "A" * (10 << 20)), "message-too-long"),
    "unknown message": (XML.replace("pacs.008", "pacs.099"), "unknown-message"),
    "unknown MT": (MT103.replace("I103", "I599"), "unknown-message"),
    "FIN without an end": (MT103.removesuffix("-}"), "no-end"),
    "FIN in UTF-16": (MT103.encode("utf-16"), "not-well-formed"),
    "gzip": (gzip.compress(ONE), "not-a-payment"),
    "zip": (b"PK\x03\x04" + ONE, "not-a-payment"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4_000, "not-a-payment"),
    "CSV": ("name,amount\n-\nAnna,1\n-\nBob,2\n", "not-a-payment"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n-\nendobj\n", "not-a-payment"),
    "JSON": ('{"message": "{4:", "rows": [1, 2]}', "not-a-payment"),
    "JSON lines": ('{"a": 1}\n{"a": 2}\n', "not-a-payment"),
    "Cyrillic text": ("Уважаемые господа,\nпросим оплатить.\n", "not-a-payment"),
    "Cyrillic text of Windows": ("Уважаемые господа,\nпросим.\n".encode("cp1251"),
                                 "not-a-payment"),
    "HTML": ("<html><body>Hello</body></html>", "not-a-payment"),
    "blanks": (" \r\n\r\n", "not-a-payment"),
    "empty": ("", "not-a-payment"),
}  # fmt: skip
HELD = {
    "two roots": (XML + BODY, "second-root"),
    "UTF-8 that is declared Latin-1": (XML.replace("UTF-8", "ISO-8859-1").replace("Anna", "Änn"),
                                       "encoding-doubt"),
    "tag twice": (TWICE, "repeated-tag"),
    "Cyrillic of Windows": (MT103.replace("BOB", "РОСНЕФТЬ").encode("cp1251"), "encoding-doubt"),
}  # fmt: skip
READ = {
    "UTF-16": UTF16,
    "byte order mark": b"\xef\xbb\xbf" + ONE,
    "CR alone": XML.replace("\n", "\r"),
    "CR alone in FIN": MT103.replace("\r\n", "\r"),
    "byte order mark before FIN": b"\xef\xbb\xbf" + MT103.encode(),
}


def _run(command, tmp_path, data):
    path = tmp_path / "given"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return command("pay", str(path), *DAY, "--format", "jsonl")


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_a_message_that_cannot_be_read_is_refused_and_held(command, tmp_path, data, code):
    result = _run(command, tmp_path, data)
    assert result.code == 5
    assert result.lines[-1]["decision"] == "hold"
    assert all(each["decision"] == "hold" for each in result.lines if each["problems"])
    refused = [each for line in result.lines for each in line["problems"]
               if each["severity"] == "refused"]  # fmt: skip
    assert {each["code"] for each in refused} == {code}
    assert all(each["what"] for each in refused)
    assert len({(each["line"], each["column"]) for each in refused}) == 1
    assert all(each["line"] for each in refused) or not data.strip()
    assert "1 message could not be read to the end" in result.err


@pytest.mark.parametrize(("data", "code"), HELD.values(), ids=HELD)
def test_a_message_that_is_not_read_for_certain_is_held(command, tmp_path, data, code):
    result = _run(command, tmp_path, data)
    last = result.lines[-1]
    assert (result.code, last["decision"]) == (6, "hold")
    assert [(each["code"], each["severity"]) for each in last["problems"]] == [(code, "unread")]
    assert last["problems"][0]["line"]


@pytest.mark.parametrize("data", READ.values(), ids=READ)
def test_what_is_only_unusual_is_read(command, tmp_path, data):
    result = _run(command, tmp_path, data)
    assert [(line["decision"], line["problems"]) for line in result.lines] == [("pass", [])]
    assert result.code == 0


def test_the_other_messages_of_a_file_and_folder_are_decided(command, tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.fin").write_text(MT103 + MT103.removesuffix("-}") + MT103)
    (folder / "b.xml").write_bytes(ONE)
    (folder / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = command("pay", str(folder), *DAY, "--format", "jsonl")
    passed = [
        (line["file"], line["message"]) for line in result.lines if line["decision"] == "pass"
    ]
    assert passed == [("a.fin", 1), ("a.fin", 3), ("b.xml", 1)]
    assert result.code == 5
    assert "2 messages could not be read to the end" in result.err


def test_a_second_message_in_one_document_is_read(command, tmp_path):
    inner = XML[XML.index("<FIToFI") : XML.index("</Document>")]
    result = _run(command, tmp_path, XML.replace("</Document>", inner + "</Document>"))
    assert [line["position"] for line in result.lines] == [1, 2]
