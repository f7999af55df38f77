"""The day a record was put on the list that a file is of, out of the days of all OFAC's lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping

SDN = "SDN List"
#: The cover under which every list but the SDN list is published since 2014; its own date of
#: an older record (10 Oct 2014) is the day the cover was made, not the day of listing.
CONSOLIDATED = "Consolidated List"


def listed_on(dates: Mapping[str, str], of_file: Collection[str]) -> str | None:
    """The earliest ISO date on which a list of the file had the record.

    ``dates`` is list name -> date of listing there; ``of_file`` names the lists of the file.
    """
    days = [day for name, day in dates.items() if day and is_of_file(name, of_file)]
    return min(days, default=None)


def is_of_file(name: str, of_file: Collection[str]) -> bool:
    """Whether a list is one of those the file carries; the cover carries all but the SDN list."""
    return name in of_file or (CONSOLIDATED in of_file and name != SDN)
