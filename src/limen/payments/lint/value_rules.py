"""Check single values: placeholders, cut names, characters, check digits, what no rule knows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from limen.model.identifiers import valid_bic, valid_lei
from limen.payments.joined_names import PLACEHOLDERS
from limen.payments.lint.lint_finding import LintFinding, about
from limen.payments.message import Element, Format

#: The character set ``x`` of MT messages, without the ends of lines.
_MT = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
#: Of statements' text (86) and charges, ``z`` also has these.
_MT_MORE = frozenset('=!"%&*<>;{@#_')
_UNKNOWN_BIRTH = frozenset({"1900-01-01", "1901-01-01", "9999-12-31"})
#: Categories of Unicode that no text has: control, format, private, unassigned, half a pair.
_NO_TEXT = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
_TEXT_KINDS = frozenset({"name", "address_line", "text", "street", "town", "contact_name"})


def value_findings(element: Element, form: Format) -> Iterator[LintFinding]:
    """Yield what is wrong with one value."""
    text = element.text
    if text.upper() in PLACEHOLDERS or (element.kind, text) in _births():
        what = f"a placeholder, so that the {element.kind.replace('_', ' ')} cannot be screened"
        yield about("placeholder", "warning", what, element)
    if element.fills_field and element.kind in ("name", "account_name"):
        what = (
            f"the name fills its field of {element.cut_at} characters; more may have been cut off"
        )
        yield about("name-cut", "warning", what, element)
    if element.kind == "unknown":
        what = "no rule knows this element; it is screened as text where it may hold a name"
        yield about("unknown-element", "note", what, element)
    yield from _characters(element, form)
    yield from _checks(element)


def _births() -> set[tuple[str, str]]:
    return {("birth_date", day) for day in _UNKNOWN_BIRTH}


def _characters(element: Element, form: Format) -> Iterator[LintFinding]:
    bad = _illegal(element, form)
    if bad:
        shown = ", ".join(f"U+{ord(char):04X}" for char in sorted(bad)[:5])
        yield about("illegal-character", "warning", f"characters outside the set: {shown}", element)


def _illegal(element: Element, form: Format) -> set[str]:
    text = element.text
    if form == "mt":
        allowed = _MT | _MT_MORE if "/86" in element.path or "/77T" in element.path else _MT
        return {char for char in text if char not in allowed}
    if text.isascii() and text.isprintable():
        return set()
    return {char for char in text if char == "\ufffd" or unicodedata.category(char) in _NO_TEXT}


def _checks(element: Element) -> Iterator[LintFinding]:
    """Yield a number of a known form that cannot be right."""
    text = element.text.replace(" ", "")
    wrong = (
        (element.kind == "bic" and not valid_bic(text))
        or (element.kind == "lei" and not valid_lei(text))
        or (element.kind == "iban" and not _valid_iban(text))
    )
    if wrong and text.upper() not in PLACEHOLDERS:
        what = f"not a valid {element.kind.upper()}"
        yield about("invalid-identifier", "error", what, element, "correct it, or leave it out")


def _valid_iban(text: str) -> bool:
    from stdnum import iban

    return bool(iban.is_valid(text, check_country=False))
