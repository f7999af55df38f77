"""Write the repackaged Swiss list back into SECO's own XML.

Of objects (ships among them) the repackaged file has the ids alone: they are left out.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

PROGRAMME = """
<sanctions-program ssid="1" version-date="2022-03-04">
  <program-key lang="eng">Ukraine</program-key><program-key lang="ger">Ukraine D</program-key>
  <program-name lang="ger">Verordnung</program-name>
  <program-name lang="eng">Ordinance of 4 March 2022 (SR 946.231.176.72)</program-name>
  <sanctions-set ssid="10" lang="ger">Finanzsanktionen</sanctions-set>
  <sanctions-set ssid="10" lang="eng">Financial sanctions, annex 8</sanctions-set>
  <origin>EU</origin>
</sanctions-program>"""
PLACES = """
<place ssid="700"><location>Simferopol</location><area>Crimea</area>
  <country iso-code="UA">Ukraine</country></place>"""


def targets(path: Path) -> list[dict[str, Any]]:
    """The repackaged targets that are persons or entities."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        every = [json.loads(line) for line in lines]
    return [each for each in every if "individual" in each or "entity" in each]


def write_xml(written: str, attributes: str = 'date="2026-03-15"') -> bytes:
    """The list with these targets, its programme before them and its places behind."""
    body = f"<swiss-sanctions-list {attributes}>{PROGRAMME}{written}{PLACES}</swiss-sanctions-list>"
    return body.encode()


def as_xml(target: dict[str, Any]) -> str:
    kind = "individual" if "individual" in target else "entity"
    subject = target[kind]
    identity = subject["identity"]
    names = "".join(
        f'<name name-type="{each["name_type"]}" quality="{each["quality"]}" lang="{each["lang"]}">'
        + "".join(
            f'<name-part order="{part["order"]}" name-part-type="{part["name_part_type"]}">'
            f"<value>{escape(part['value'])}</value></name-part>"
            for part in each["name_parts"]
        )
        + "</name>"
        for each in identity["names"]
    )
    born = identity.get("day_month_year")
    dates = "".join(f' {part}="{number}"' for part, number in (born or {}).items())
    addresses = "".join(
        f"<address><address-details>{escape(each.get('address_details', ''))}</address-details>"
        f"<zip-code>{escape(each.get('zip_code', ''))}</zip-code></address>"
        for each in identity.get("addresses", ())
    )
    return (
        f'<target ssid="{target["ssid"]}"><sanctions-set-id>10</sanctions-set-id><{kind}>'
        f'<identity ssid="{identity["ssid"]}" main="{identity["main"]}">{names}'
        + (f'<day-month-year{dates} calendar="Gregorian"/>' if born else "")
        + f"{addresses}</identity><justification>{escape(subject.get('justification', ''))}"
        f'</justification></{kind}><modification modification-type="listed"/></target>'
    )
