"""Read Australia's prose: the start of a listing, and its instruments."""

from __future__ import annotations

import re

from limen.lists.parsing.dates import read_date

_ACT = re.compile(
    r"(?:Autonomous Sanctions|Charter of the United Nations)\b(?:(?!Autonomous Sanctions).)*?"
    r"\b(?:Instrument|List|Listing|Determination|Designation|Regulations?|Act) \d{4}"
    r"(?: \(No\.? ?\d+\))?"
    r"|Resolution \d{4} \(\d{4}\)"
)
_DATE = (
    r"(\d{1,2}(?:st|nd|rd|th)?[ .]+[A-Z][a-z]+[ .,]*\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)"
)
#: The first listing: not "relisted", "re-listed" or "Last listed".
_LISTED = re.compile(
    r"(?<!re-)(?<!last )\b(?:listed|designated)"
    rf"(?:\b(?:(?!list).)*?\bon|on|\s+by UN \d+ Committee)?:?\s+{_DATE}",
    re.IGNORECASE,
)
_BARE = re.compile(_DATE)


def listed_on(text: str) -> str | None:
    """Return the day of the first listing in a text, as ISO; ``None`` when it has none."""
    text = " ".join(text.split())
    match = _BARE.match(text) or _LISTED.search(text)
    if match is None:
        return None
    try:
        return str(read_date(match[1].replace(".", ". ").replace(" .", " ")))
    except ValueError:
        return None


def instruments(text: str) -> tuple[str, ...]:
    """Return the instruments and resolutions named in a text."""
    return tuple(_ACT.findall(" ".join(text.split())))
