"""Lint: every code, where it is found and where it is not; each sample's findings."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import ROOT, shared_path
from tests.payments.messages import document, fin, only, transfer

from limen.payments.country_conflicts import country_conflicts
from limen.payments.lint import LINT_CODES, address_mode, lint_payments, page_of

BEFORE, BETWEEN, AFTER = date(2025, 1, 1), date(2026, 1, 1), date(2026, 11, 30)


def address(inside: str, more: str = "") -> str:
    return document(transfer(f"<Dbtr><Nm>Anna</Nm><PstlAdr>{inside}</PstlAdr>{more}</Dbtr>"))


def codes(raw: str, on: date = AFTER) -> list[str]:
    return [finding.code for finding in lint_payments(raw.encode(), on=on)]


LINES = "<AdrLine>High Street 1</AdrLine><AdrLine>Epping</AdrLine>"
PARTS = "<StrtNm>High Street</StrtNm><TwnNm>Epping</TwnNm><Ctry>GB</Ctry>"
ACCOUNT = "<DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct>"
TOWN = "<TwnNm>Epping</TwnNm><Ctry>GB</Ctry>"


@pytest.mark.parametrize(
    ("inside", "mode", "on", "expected"),
    [
        (PARTS, "structured", AFTER, []),
        (TOWN + "<AdrLine>1 High St</AdrLine>", "hybrid", AFTER, []),
        (TOWN + "<AdrLine>1 High St</AdrLine>", "hybrid", BEFORE, ["address-hybrid-early"]),
        (LINES, "lines", AFTER, ["address-lines-only"]),
        (LINES, "lines", BETWEEN, ["address-lines-only"]),
        ("<StrtNm>High Street</StrtNm><Ctry>GB</Ctry>", "structured", AFTER, ["address-no-town"]),
        ("<TwnNm>Epping</TwnNm>", "structured", AFTER, ["address-no-country"]),
        (TOWN + "<AdrLine>a</AdrLine>" * 3, "hybrid", AFTER, ["address-too-many-lines"]),
        (TOWN + f"<AdrLine>{'a' * 71}</AdrLine>", "hybrid", AFTER, ["address-line-too-long"]),
        (TOWN + "<AdrLine>1 High St, EPPING</AdrLine>", "hybrid", AFTER, ["address-line-repeats"]),
        (TOWN + "<AdrLine>Simferopol, Ukraine</AdrLine>", "hybrid", AFTER, ["country-conflict"]),
        (TOWN + "<AdrLine>1 London Road</AdrLine>", "hybrid", AFTER, []),
        ("<TwnNm>CUTOVER2026</TwnNm><Ctry>GB</Ctry>", "structured", AFTER, ["placeholder"]),
        ("<TwnNm>Kazan\ufffd</TwnNm><Ctry>GB</Ctry>", "structured", AFTER, ["illegal-character"]),
    ],
)  # fmt: skip
def test_an_address_is_checked_against_the_guideline_of_the_day(inside, mode, on, expected):
    raw = address(inside)
    assert codes(raw, on) == expected
    assert address_mode(only(raw)[1].parties[0]) == mode


def test_lines_alone_are_an_error_from_the_day_on_which_they_are_refused():
    levels = [next(lint_payments(address(LINES).encode(), on=on)).level for on in (BETWEEN, AFTER)]
    assert levels == ["warning", "error"]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (f"<Dbtr><Nm>{'A' * 140}</Nm></Dbtr>", ["name-cut"]),
        (f"<Dbtr><Nm>{'A' * 139}</Nm></Dbtr>", []),
        ("<Dbtr><Nm>NOTPROVIDED</Nm></Dbtr>", ["placeholder"]),
        ("<DbtrAgt><FinInstnId><BICFI>DEUTDEF</BICFI></FinInstnId></DbtrAgt>", ["invalid-identifier"]),
        ("<DbtrAgt><FinInstnId><BICFI>DEUTDEFF</BICFI></FinInstnId></DbtrAgt>", []),
        ("<DbtrAcct><Id><IBAN>DE89370400440532013001</IBAN></Id></DbtrAcct>", ["invalid-identifier"]),
        (ACCOUNT, []),
        ("<NewThing>something</NewThing>", ["unknown-element"]),
        (f"<Dbtr><PstlAdr>{PARTS}</PstlAdr></Dbtr>{ACCOUNT}", ["country-differs-from-iban"]),
        (f"<DbtrAgt><FinInstnId><BICFI>DEUTDEFF</BICFI><PstlAdr>{PARTS}</PstlAdr></FinInstnId></DbtrAgt>",
         ["country-differs-from-bic"]),
    ],
)  # fmt: skip
def test_a_value_is_checked_by_itself_and_with_its_party(inside, expected):
    assert codes(document(transfer(inside))) == expected


def test_a_conflict_names_both_sides():
    party = only(address(TOWN + "<AdrLine>Kim Il Sung Square, North Korea</AdrLine>"))[1].parties[0]
    (conflict,) = country_conflicts(party)
    assert (conflict.country, conflict.other_country) == ("gb", "kp")
    assert conflict.other.text.startswith("Kim")


def test_each_code_of_the_lint_has_a_section_of_its_page():
    page = (ROOT / "docs/payments-lint.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## ([a-z-]+)$", page, re.MULTILINE)) == LINT_CODES
    assert page_of("name-cut") == "docs/payments-lint.md#name-cut"
    assert page_of("cut-off") == "docs/payments.md#problems"


def test_characters_of_an_mt_message_are_those_of_its_set():
    raw = fin(":20:R_1", ":32A:260115EUR1,", ":50K:A B", ":59:M\u00dcLLER")
    assert codes(raw) == ["illegal-character"] * 2


@pytest.mark.shared
def test_the_samples_have_the_findings_that_they_have():
    """The samples of the translation rules are clean but for the versions that their headers say."""
    folder = shared_path("data/payments/mx/cbpr")
    schemas = shared_path("data/payments/xsd")
    found: Counter[str] = Counter()
    for path in sorted(folder.glob("*.xml")):
        for finding in lint_payments(path.read_bytes(), on=AFTER, schemas=schemas):
            found[finding.code] += 1
    assert set(found) == {"kind-differs-from-header"}


@pytest.mark.shared
def test_a_document_is_checked_against_the_schema_of_its_version():
    schemas = shared_path("data/payments/xsd")
    folder = shared_path("data/payments/mx/pain001")
    raw = (folder / "invalid_goldman_sachs_pain_001_ach_credit.xml").read_bytes()
    faults = [
        each for each in lint_payments(raw, on=AFTER, schemas=schemas) if each.code == "schema"
    ]
    assert faults
    assert all(fault.line > 1 and fault.message == 1 for fault in faults)


def test_a_schema_that_is_not_there_is_a_note(tmp_path: Path):
    raw = document(transfer("<Dbtr><Nm>Anna</Nm></Dbtr>")).encode()
    found = [each.code for each in lint_payments(raw, on=AFTER, schemas=tmp_path)]
    assert found == ["schema-not-checked"]


def test_every_code_is_documented():
    page = "".join(
        (ROOT / "docs" / name).read_text(encoding="utf-8")
        for name in ("payments.md", "payments-lint.md")
    )
    page += "".join(f"`{code}`" for code in re.findall(r"^## (\S+)$", page, re.MULTILINE))
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src/limen/payments").rglob("*.py")
    )  # fmt: skip
    found = set(re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', source)) - {"utf-8", "us-ascii", "latin-1"}
    assert len(found) > 30
    assert sorted(code for code in found if f"`{code}`" not in page) == []
