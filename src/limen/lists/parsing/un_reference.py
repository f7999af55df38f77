"""Read the reference of the United Nations with which national lists begin a remark.

``TAi.101 Title: Maulavi.`` and ``UN Ref KPe.004. North Korean trading company`` are entries of the
United Nations' own list. A reference further on in a text is another party's.
"""

from __future__ import annotations

import re

#: The extra field under which a reference is kept.
UN_REFERENCE = "UN Reference Number"
_LEADING = re.compile(
    r"(?:Annex [IVX]+\. )?(?:UN listing\. )?(?:UN Ref(?:erence)?:? )?([A-Z]{2,3}[ie]\.\d{3})\b"
)


def leading_reference(text: str) -> str:
    """Return the reference at the beginning of a remark, ``""`` where there is none."""
    found = _LEADING.match(text.strip())
    return found[1] if found else ""
