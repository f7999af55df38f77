"""Every party, agent, account, address and text of every sample is found, with its role and place.

The expected side reads the samples another way: XML through lxml and a table of element names, MT
line by line. A value that the reader misses, or gives another role, differs.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from tests.conftest import shared_path

from limen.payments import read_payment_bytes

#: Element -> role: the roles table of the field's practice, and the few more that samples have.
PARTIES = {
    "Dbtr": "debtor", "Cdtr": "creditor", "UltmtDbtr": "ultimate_debtor",
    "UltmtCdtr": "ultimate_creditor", "InitgPty": "initiating_party", "Invcr": "invoicer",
    "Invcee": "invoicee", "DbtrAgt": "debtor_agent", "CdtrAgt": "creditor_agent",
    "IntrmyAgt1": "intermediary_agent", "IntrmyAgt2": "intermediary_agent",
    "PrvsInstgAgt1": "previous_instructing_agent", "PrvsInstgAgt2": "previous_instructing_agent",
    "InstgAgt": "instructing_agent", "InstdAgt": "instructed_agent",
    "InstgRmbrsmntAgt": "instructing_reimbursement_agent",
    "InstdRmbrsmntAgt": "instructed_reimbursement_agent", "Fr": "sender", "To": "receiver",
    "DbtrAcct": "debtor", "CdtrAcct": "creditor", "DbtrAgtAcct": "debtor_agent",
    "CdtrAgtAcct": "creditor_agent", "InstgRmbrsmntAgtAcct": "instructing_reimbursement_agent",
    "SttlmAcct": "account",
}  # fmt: skip
TEXTS = {
    "InstrForCdtrAgt": "instruction", "InstrForNxtAgt": "instruction", "Purp": "purpose",
    "CtgyPurp": "purpose", "RgltryRptg": "regulatory", "RmtInf": "remittance",
    "RltdRmtInf": "remittance", "SplmtryData": "supplementary", "RtrRsnInf": "reason",
}  # fmt: skip
AGENT_OF_CHARGES = ("ChrgsInf", "Agt")


def files(kind: str, *suffixes: str) -> list[Path]:
    try:
        folder = shared_path(f"data/payments/{kind}")
    except pytest.skip.Exception:
        return []
    return sorted(path for path in folder.rglob("*") if path.suffix in suffixes)


XML = files("mx", ".xml")
MT = files("mt", ".fin", ".rje")


def test_the_samples_are_there():
    shared_path("data/payments/mx")
    assert len(XML) >= 36
    assert len(MT) >= 42


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def expected(path: Path) -> Counter[tuple[str, str]]:
    """Count the values of a sample by role and text; of a header once, of a group per transaction."""
    root = etree.parse(path).getroot()
    found: Counter[tuple[str, str]] = Counter()
    for element in root.iter(etree.Element):
        text = (element.text or "").strip()
        names = [local(each) for each in (element, *element.iterancestors())]
        if text and not len(element):
            found[role(names), text] += transactions(element, names)
    return found


def role(names: list[str]) -> str:
    for place, name in enumerate(names):
        if (names[place + 1 : place + 2] or [""])[0] == "Rltd" and name in ("Fr", "To"):
            return f"related_{PARTIES[name]}"
        if name in PARTIES:
            return PARTIES[name]
        if name in TEXTS:
            return TEXTS[name]
        if tuple(names[place : place + 2][::-1]) == AGENT_OF_CHARGES:
            return "charges_agent"
    return ""


def transactions(element: etree._Element, names: list[str]) -> int:
    """Return how many transactions a value is in."""
    inner = {"CdtTrfTxInf", "TxInf"}
    if "AppHdr" in names or inner & set(names):
        return 1
    groups = [each for each in element.iterancestors() if local(each) == "PmtInf"]
    whole = groups[0] if groups else next(
        each for each in element.iterancestors() if local(each) == "Document"
    )  # fmt: skip
    return sum(local(each) in inner for each in whole.iter(etree.Element))


def read(path: Path) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    known = {*PARTIES.values(), *TEXTS.values(), "charges_agent", "related_sender"}
    for message in read_payment_bytes(path.read_bytes()):
        elements = list(message.header)
        for transaction in message.transactions:
            elements += transaction.elements
            grouped = [each for party in transaction.parties for each in party.elements]
            grouped += [each for text in transaction.texts for each in text.elements]
            used = [each for each in transaction.elements if each.use != "none"]
            assert all(each in grouped for each in used)
        for each in elements:
            is_known = each.role in known or each.role == "related_receiver"
            found[each.role if is_known else "", each.text] += 1
        assert message.problems == []
    return found


@pytest.mark.shared
@pytest.mark.parametrize("path", XML, ids=lambda path: path.name)
def test_every_value_of_an_xml_sample_is_found_with_its_role(path):
    assert read(path) == expected(path)


@pytest.mark.shared
@pytest.mark.parametrize("path", XML, ids=lambda path: path.name)
def test_the_span_of_a_value_is_the_value(path):
    raw = path.read_bytes()
    for message in read_payment_bytes(raw):
        for transaction in message.transactions:
            for each in (*message.header, *transaction.elements):
                assert html.unescape(raw[slice(*each.span)].decode()).strip() == each.text
            assert raw[transaction.span[0] :].startswith(b"<")
            assert raw[transaction.span[1] :].startswith(b"</")


#: Tag -> role, in messages of customers; between institutions 52 is the debtor.
ROLES_OF_TAGS = {
    "50": "debtor", "59": "creditor", "52": "debtor_agent", "57": "creditor_agent",
    "56": "intermediary_agent", "53": "instructing_reimbursement_agent",
    "54": "instructed_reimbursement_agent", "58": "creditor", "70": "remittance",
    "72": "instruction", "77": "regulatory",
}  # fmt: skip


def lines_of(path: Path) -> list[tuple[str, str, str]]:
    """Return (tag, role, line) of the lines of all fields with a role, line ends off."""
    found = []
    text = path.read_bytes().decode()
    for message in re.split(r"(?=\{1:F01)", text)[1:]:
        between = re.search(r"\{2:[IO]20[025]", message) is not None
        tag = ""
        for line in message.split("{4:", 1)[1].partition("-}")[0].splitlines():
            begins = re.match(r":(\d\d[A-Z]?):", line)
            tag = begins[1] if begins else tag
            between = between and tag[:2] != "50"
            role = ROLES_OF_TAGS.get(tag[:2], "")
            if tag[:2] == "52" and between:
                role = "debtor"
            line = line[len(begins[0]) :] if begins else line
            if role and line.strip(" /"):
                found.append((tag, role, line.strip()))
    return found


@pytest.mark.shared
@pytest.mark.parametrize("path", MT, ids=lambda path: path.name)
def test_every_line_of_an_mt_sample_is_found_with_its_role(path):
    raw = path.read_bytes()
    elements = [
        each
        for message in read_payment_bytes(raw)
        for transaction in message.transactions
        for each in transaction.elements
    ]
    for each in elements:
        assert raw[slice(*each.span)].decode() == each.text
        assert each.kind != "unknown"
    for tag, role, line in lines_of(path):
        texts = [each.text for each in elements if f"/{tag}" in each.path and each.role == role]
        agents = [each.text for each in elements if each.role == "previous_instructing_agent"]
        parts = [part for part in re.split(r"^\d/|/", line) if part.strip()]
        assert all(
            any(part.strip() in text for text in (*texts, *(agents if tag == "72" else ())))
            for part in parts
            if not (tag == "72" and part == "INS")
        ), (tag, role, line)
