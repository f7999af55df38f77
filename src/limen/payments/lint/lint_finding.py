"""What a lint finds: a stable code, where, and how to fix it.

Each code has a section in docs/payments-lint.md; the codes of reading are in docs/payments.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from limen.payments.message import Element

#: ``error``: the networks refuse it, or it cannot be right. ``warning``: it weakens screening.
Level = Literal["error", "warning", "note"]


class LintFinding(msgspec.Struct, frozen=True, gc=False):
    """Represents one fault or doubt about the form of a message.

    ``message`` and ``position`` count from 1; 0 is the whole file or message. ``span`` is the
    place of ``path`` in the source.
    """

    code: str
    level: Level
    what: str
    path: str = ""
    span: tuple[int, int] = (0, 0)
    role: str = ""
    hint: str = ""
    message: int = 0
    position: int = 0
    line: int = 0


#: Codes that have a section of their own in the page of the lint; all others are of reading.
LINT_CODES = frozenset((
    "address-hybrid-early", "address-line-repeats", "address-line-too-long", "address-lines-only",
    "address-no-country", "address-no-town", "address-too-many-lines", "country-conflict",
    "country-differs-from-bic", "country-differs-from-iban", "iban-differs-from-bic",
    "illegal-character", "invalid-identifier", "kind-differs-from-header", "name-cut",
    "placeholder", "schema", "schema-not-checked", "unknown-element",
))  # fmt: skip


def page_of(code: str) -> str:
    """Return the address of a code's section in the documentation."""
    return f"docs/payments-lint.md#{code}" if code in LINT_CODES else "docs/payments.md#problems"


def about(code: str, level: Level, what: str, element: Element, hint: str = "") -> LintFinding:
    """Return a finding about one element."""
    return LintFinding(code, level, what, element.path, element.span, element.role, hint)


def first_of(elements: Iterable[Element], *kinds: str) -> Element | None:
    """Return the first element of these kinds."""
    return next((element for element in elements if element.kind in kinds), None)
