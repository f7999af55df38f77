"""Twelve forms of one birth date."""

from __future__ import annotations

from datetime import date


def forms(day: date) -> dict[str, str]:
    """Return the day by the name of its form. Day before month throughout, but for ISO forms."""
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    month = months[day.month - 1]
    return {
        "iso": day.isoformat(),
        "compact": f"{day:%Y%m%d}",
        "dots": f"{day:%d.%m.%Y}",
        "slashes": f"{day:%d/%m/%Y}",
        "dashes": f"{day:%d-%m-%Y}",
        "year slashes": f"{day:%Y/%m/%d}",
        "month in letters": f"{day.day} {month[:3]} {day.year}",
        "month in words": f"{day.day} {month} {day.year}",
        "American words": f"{month} {day.day}, {day.year}",
        "oracle": f"{day.day:02}-{month[:3].upper()}-{day.year}",
        "with time": f"{day.isoformat()} 00:00:00",
        "with zone": f"{day.isoformat()}T00:00:00Z",
    }
