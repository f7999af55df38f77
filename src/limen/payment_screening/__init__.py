"""Screen payment messages element by element, and decide: pass, hold or reject.

``limen.payments`` reads a message; here are the questions about each of its parts, and what a
channel does with the answers (``data/policy.toml``).
"""

from limen.payment_screening.payment_answer import MessageAnswer, PaymentAnswer, ScreenedElement
from limen.payment_screening.policy import Channel, Policy
from limen.payment_screening.policy_file import (
    PolicyError,
    load_policy,
    policy_of,
    shipped_policy,
)

__all__ = [
    "Channel",
    "MessageAnswer",
    "PaymentAnswer",
    "Policy",
    "PolicyError",
    "ScreenedElement",
    "load_policy",
    "policy_of",
    "shipped_policy",
]
