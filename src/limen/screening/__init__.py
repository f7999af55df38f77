"""The engine: one function for a party, an address, a payment, a document, a portfolio."""

from limen.screening.engine import Engine
from limen.screening.opening import open_engine
from limen.screening.reading import Refused

__all__ = ["Engine", "Refused", "open_engine"]
