"""Check the form of payment messages: addresses, countries, values, schemas; with stable codes."""

from limen.payments.lint.address_rules import Mode, address_mode
from limen.payments.lint.lint_finding import LINT_CODES, LintFinding, page_of
from limen.payments.lint.lint_payments import lint_message, lint_payments, lint_transaction

__all__ = [
    "LINT_CODES",
    "LintFinding",
    "Mode",
    "address_mode",
    "lint_message",
    "lint_payments",
    "lint_transaction",
    "page_of",
]
