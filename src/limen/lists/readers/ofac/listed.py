"""Find the day a record was put on a file's list, out of the days of all OFAC's lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping

SDN = "SDN List"
#: The cover under which every list but the SDN list is published since 2014; its own date of
#: an older record (10 Oct 2014) is the day the cover was made, not the day of listing.
CONSOLIDATED = "Consolidated List"


def listed_on(dates: Mapping[str, str], of_file: Collection[str]) -> str | None:
    """Return the earliest ISO date on which a list of the file had the record.

    ``dates`` is list name -> date of listing there; ``of_file`` names the lists of the file.
    """
    days = [day for name, day in dates.items() if day and is_of_file(name, of_file)]
    return min(days, default=None)


def is_of_file(name: str, of_file: Collection[str]) -> bool:
    """Return whether a list is one of the file's; the cover includes all but the SDN list."""
    return name in of_file or (CONSOLIDATED in of_file and name != SDN)
