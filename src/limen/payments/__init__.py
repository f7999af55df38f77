"""Read payment messages, ISO 20022 and MT, into parties, agents, accounts, addresses and texts.

Knows the model alone: what is screened, and what a finding does to a payment, is decided elsewhere.
"""

from limen.payments.iso20022 import read_iso20022
from limen.payments.message import (
    Element,
    Message,
    PaymentParty,
    PaymentText,
    Problem,
    Transaction,
)

__all__ = [
    "Element",
    "Message",
    "PaymentParty",
    "PaymentText",
    "Problem",
    "Transaction",
    "read_iso20022",
]
