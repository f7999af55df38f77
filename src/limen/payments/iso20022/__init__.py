"""Read ISO 20022 payment messages by local names, whatever their version."""

from limen.payments.iso20022.stream import read_iso20022

__all__ = ["read_iso20022"]
