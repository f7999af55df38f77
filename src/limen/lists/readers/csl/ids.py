"""Read the ``ids`` of the Consolidated Screening List: OFAC's items in another order.

``EG, 1084010, Passport`` is OFAC's ``Passport 1084010 (Egypt)``: country, dates, number, and the
label last. A single date may be of issue or of expiry; the file does not distinguish them.
"""

from __future__ import annotations

import re

from limen.lists.readers.ofac.draft import OfacDraft, document_words
from limen.lists.readers.ofac.kinds import kind_of
from limen.model.countries import country_name

_DOCUMENT = re.compile(
    r"(?:(?P<country>[A-Z]{2}), )?(?P<dates>(?:\d{4}(?:-\d\d){0,2}, )*)(?P<number>.+)"
)


def read_id(draft: OfacDraft, item: str) -> None:
    """Add one item to the draft by its label."""
    words, _, label = item.rpartition(", ")
    kind = kind_of(label)
    if kind is None or kind.reads != "documents":
        draft.item(label, words)
        return
    match = _DOCUMENT.fullmatch(words)
    if match is None:
        draft.keep(label, words)
        return
    country = country_name(match["country"]) if match["country"] else ""
    draft.document(label, document_words(match["number"], country, "", ""))
    if match["dates"]:
        draft.keep(label, words)
