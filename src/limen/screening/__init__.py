"""Screen parties against the lists and places of a snapshot."""

from limen.screening.query.read_query import Refused

__all__ = ["Refused"]
