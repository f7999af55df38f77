"""Screen parties against the lists and places of a snapshot."""

from limen.screening.query import Refused

__all__ = ["Refused"]
