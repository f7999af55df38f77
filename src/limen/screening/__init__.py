"""The engine: one function for a party, an address, a payment, a document, a portfolio."""

from limen.screening.engine import Engine, Refused
from limen.screening.opening import open_engine

__all__ = ["Engine", "Refused", "open_engine"]
