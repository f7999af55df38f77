"""Read payment messages, ISO 20022 and MT, into parties, agents, accounts, addresses and texts.

Knows the model alone: what is screened, and what a finding does to a payment, is decided elsewhere.
"""

from limen.payments.as_party import addresses, as_party
from limen.payments.joined_names import name_variants
from limen.payments.message import (
    Element,
    Message,
    PaymentParty,
    PaymentText,
    Problem,
    Transaction,
)
from limen.payments.read_payments import read_payment_bytes, read_payments

__all__ = [
    "Element",
    "Message",
    "PaymentParty",
    "PaymentText",
    "Problem",
    "Transaction",
    "addresses",
    "as_party",
    "name_variants",
    "read_payment_bytes",
    "read_payments",
]
