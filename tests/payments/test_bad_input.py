"""What is not whole, not well-formed or not a payment: refused with its place, and the rest is read."""

from __future__ import annotations

import time
from datetime import date

import pytest
from tests.payments.messages import DEBTOR, DECLARED, GOOD, MT103, document, fin, read, transfer

from limen.payments.lint import lint_payments

ENVELOPE = f"<Envelope>{GOOD}{{}}{GOOD}</Envelope>"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    f"{document(transfer('<Dbtr><Nm>&b;</Nm></Dbtr>'))}"
)
LATIN = '<?xml version="1.0" encoding="ISO-8859-1"?>'
UTF8 = '<?xml version="1.0" encoding="UTF-8"?>'
MULLER = document(transfer("<Dbtr><Nm>Jörg Müller</Nm></Dbtr>"))
TAKEN_TWICE = MT103.replace(":59:/456", ":59:/789\r\nEVE OTHER\r\n:59:/456")


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        pytest.param(GOOD[:-60], "cut-off", 1, id="cut off"),
        pytest.param(
            GOOD.replace("</Dbtr>", "</Cdtr>"), "not-well-formed", 1, id="another end tag"
        ),
        pytest.param("\n\n" + GOOD.replace("Anna", "\x01"), "not-well-formed", 3, id="control"),
        pytest.param(GOOD.replace("Anna", "&anna;"), "not-well-formed", 1, id="entity"),
        pytest.param(BOMB, "doctype", 1, id="bomb"),
        pytest.param(
            document(transfer(DEBTOR), namespace="urn:x"), "wrong-namespace", 1, id="namespace"
        ),
        pytest.param(
            GOOD.replace("urn:iso:std:iso:20022:tech:xsd:", "urn:x:"),
            "wrong-namespace",
            1,
            id="namespace of others",
        ),
        pytest.param(GOOD.replace("pacs.008", "pain.001"), "wrong-namespace", 1, id="other kind"),
        pytest.param(GOOD.replace("pacs.008", "pacs.099"), "unknown-message", 1, id="unknown kind"),
        pytest.param(DECLARED.replace("UTF-8", "x-none"), "unknown-encoding", 1, id="no encoding"),
        pytest.param((UTF8 + MULLER).encode("latin-1"), "not-well-formed", 1, id="wrong encoding"),
        pytest.param(GOOD.replace("Anna", "A" * (10 << 20)), "value-too-long", 1, id="10 MB"),
        pytest.param(GOOD.replace("Anna", "<a>" * 200), "too-deep", 1, id="deep"),
        pytest.param(f"<a {'b' * (3 << 20)}='c'/>", "item-too-long", 1, id="long tag"),
        pytest.param("<html><body>Hello</body></html>", "not-a-payment", 1, id="html"),
        pytest.param("", "not-a-payment", 0, id="empty"),
        pytest.param("Dear Sir,\nplease pay.", "not-a-payment", 1, id="prose"),
        pytest.param(MT103.removesuffix("-}"), "no-end", 1, id="block without end"),
        pytest.param(MT103.replace("I103", "I599"), "unknown-message", 1, id="MT599"),
        pytest.param(MT103.replace("ANNA", "A" * (10 << 20)), "message-too-long", 1, id="MT 10 MB"),
    ],
)
def test_a_bad_message_is_refused_with_its_place(raw, code, line):
    ((message, transactions), *more) = read(raw)
    assert message.refused is not None
    assert (message.refused.code, message.refused.line) == (code, line)
    assert not more
    for transaction in transactions:
        assert not transaction.is_read
    assert message.refused.what


@pytest.mark.parametrize(
    "bad",
    [
        GOOD.replace("</Dbtr>", ""),
        GOOD.replace("Anna", "&anna;"),
        GOOD.replace("pacs.008", "pacs.099"),
        document(transfer(DEBTOR), namespace="urn:x"),
        GOOD.replace("Anna", "A" * 200_000),
    ],
)
def test_the_other_messages_of_an_envelope_are_read(bad):
    found = read(ENVELOPE.format(bad))
    assert [message.refused is None for message, _ in found] == [True, False, True]
    assert all(each[1][0].is_read for each in (found[0], found[2]))
    assert [message.number for message, _ in found] == [1, 2, 3]


def test_messages_after_each_other_are_read_where_each_declares_itself():
    found = read(f"{DECLARED}\n{DECLARED}\n")
    assert [transactions[0].is_read for _, transactions in found] == [True, True]


def test_a_second_root_is_read_and_cannot_pass():
    (_, (first,)), (second, (held,)) = read(GOOD + GOOD)
    assert first.is_read
    assert not held.is_read
    assert [problem.code for problem in second.problems] == ["second-root"]
    assert held.parties[0].values("name") == ("Anna Example",)


def test_a_header_and_its_document_may_be_roots_of_their_own():
    header = '<AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02"><BizMsgIdr>B</BizMsgIdr></AppHdr>'
    found = read((header + GOOD) * 2)
    assert [message.header[0].text for message, _ in found] == ["B", "B"]
    assert all(transactions[0].is_read for _, transactions in found)
    (_, _), (message, _) = read(GOOD + header)
    assert message.refused is not None
    assert message.refused.code == "no-document"


def test_what_was_read_of_a_message_before_it_was_cut_off_is_there():
    whole = document(transfer(DEBTOR), transfer("<Dbtr><Nm>Bob</Nm></Dbtr>", end_to_end="E2"))
    ((message, (first, second)),) = read(whole[: whole.index("</Dbtr>", whole.index("Bob"))])
    assert first.is_read
    assert (second.is_read, second.parties[0].values("name")) == (False, ("Bob",))
    assert message.refused is not None


def test_utf8_under_another_declaration_is_read_and_cannot_pass():
    ((message, (transaction,)),) = read((LATIN + MULLER).encode())
    assert message.refused is None
    assert [problem.code for problem in transaction.problems] == ["encoding-doubt"]
    ((_, (good,)),) = read((LATIN + MULLER).encode("latin-1"))
    assert good.is_read
    assert good.parties[0].values("name") == ("Jörg Müller",)


def test_fin_in_another_encoding_than_utf8_is_read_and_cannot_pass():
    cyrillic = MT103.replace("BOB SAMPLE", "РОСНЕФТЬ")
    ((_, (held,)),) = read(cyrillic.encode("cp1251"))
    assert [problem.code for problem in held.problems] == ["encoding-doubt"]
    ((_, (good,)),) = read(cyrillic.encode())
    assert good.is_read
    assert good.parties[1].values("name") == ("РОСНЕФТЬ",)


def test_a_tag_that_is_there_twice_is_read_twice_and_cannot_pass():
    ((_, (transaction,)),) = read(TAKEN_TWICE)
    assert [problem.code for problem in transaction.problems] == ["repeated-tag"]
    assert transaction.problems[0].line == 8
    names = [party.values("name") for party in transaction.parties]
    assert names == [("ANNA EXAMPLE",), ("EVE OTHER",), ("BOB SAMPLE",)]


@pytest.mark.parametrize("bad", [MT103.removesuffix("-}"), MT103.replace("I103", "I599"), "{1:F01"])
def test_the_other_messages_of_a_fin_file_are_read(bad):
    found = read(f"{MT103}${bad}${MT103}")
    assert [message.refused is None for message, _ in found] == [True, False, True]
    assert len(found[0][1]) == len(found[2][1]) == 1


def test_what_is_in_front_of_the_first_fin_message_is_refused_by_itself():
    found = read("Dear Sir,\nplease pay:\n" + MT103)
    assert [message.refused and message.refused.code for message, _ in found] == [
        "not-a-payment",
        None,
    ]
    assert len(found[1][1]) == 1


def test_lines_of_a_bank_above_a_statement_without_blocks_are_no_reason_to_refuse_it():
    raw = "0000 01INGBNL2AXXXX00001\n940 00\n:20:R\n:25:1\n:28C:1\n:60F:C260101EUR1,\n:62F:C260101EUR1,\n-"
    ((message, _),) = read(raw)
    assert (message.kind, message.refused) == ("MT940", None)
    assert message.problems


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_every_end_of_a_line_is_one(end):
    ((_, (transaction,)),) = read(MT103.replace("\r\n", end))
    assert [party.values("name", "account") for party in transaction.parties] == [
        ("123", "ANNA EXAMPLE"),
        ("456", "BOB SAMPLE"),
    ]


def test_sectors_of_dos_pcc_are_read():
    sectors = "".join(f"\x01{MT103}\x03".ljust(512, " ") for _ in range(3))
    assert [len(transactions) for _, transactions in read(sectors)] == [1, 1, 1]


def test_what_is_outside_of_all_blocks_is_a_problem():
    ((message, (transaction,)),) = read(MT103 + "EVIL CORP")
    assert [problem.code for problem in message.problems] == ["outside-blocks"]
    assert not transaction.is_read


def test_a_text_block_may_hold_a_hyphen_and_a_brace_elsewhere():
    raw = fin(":20:R", ":32A:260115EUR1,", ":50K:A B", ":59:C D", ":70:X-}Y\n- Z")
    ((_, (transaction,)),) = read(raw)
    assert transaction.texts[0].text == "X-}Y\n- Z"


@pytest.mark.parametrize(
    "fields",
    [
        [":50K:/1\n" + "A B " * 6_000],
        [f":{number}Z:A" for number in range(10, 100)] * 300,
        [":59:B"] * 20_000,
        ["{" * 20_000],
        ["x } " * 20_000],
        [":52A:B"] * 150 + [":21:R"] * 2_000,
    ],
    ids=["words", "unknown tags", "parties", "braces", "ends", "shared"],
)
def test_many_of_anything_takes_little_time(fields):
    raw = fin(":20:R", *fields, kind="101").encode()
    start = time.process_time()
    assert list(lint_payments(raw, on=date(2026, 12, 1))) is not None
    assert time.process_time() - start < 5  # half a second; quadratic code takes minutes


def test_fields_above_the_transactions_have_a_bound():
    ((message, transactions),) = read(fin(":20:R", *([":52A:B"] * 300), ":21:A", kind="101"))
    assert message.refused is not None
    assert message.refused.code == "too-many-elements"
    assert transactions == []
