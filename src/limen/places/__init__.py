"""The places room: territories under embargo, as of a date, with evidence."""

from limen.places.location import Location
from limen.places.places import Places

__all__ = ["Location", "Places"]
