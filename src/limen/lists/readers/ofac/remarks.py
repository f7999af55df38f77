"""The grammar of OFAC's remarks: items parted by ``; ``, a full stop at the end.

``DOB 10 Dec 1948; a.k.a. 'BNC'; Passport 1084010 (Egypt) issued 18 Jan 1984; Linked To: HAMAS.``
An item whose label the table of kinds does not know is free text and becomes a note.
"""

from __future__ import annotations

import re

from limen.lists.readers.ofac.draft import OfacDraft
from limen.lists.readers.ofac.kinds import split_item

#: OFAC cuts remarks in the CSV at so many characters, inside a word if need be.
CUT_AT = 1_000

_AGAIN = re.compile(r"[Aa]lt\. ")
_ALIAS = re.compile(r"([afn]\.k\.a\.) '(.+)'")
_LINK_IN_BRACKETS = re.compile(r"\((Linked To: .+)\)")
#: ``S.A.`` and ``CO., LTD.`` keep their stop: OFAC prints no second one after it.
_ABBREVIATED = re.compile(r"(?:\.[A-Za-z]|\b(?:CO|CORP|INC|LTD|LTDA))\.$")
#: A number under a label that is not in the table: worth a look, perhaps a new kind of document.
_LABELLED_NUMBER = re.compile(
    r"[A-Z][^,;:]{0,40}(?:No\.|Number|ID|Code|#) \S*\d\S*(?: \([^()]*\))?"
)


def read_remarks(draft: OfacDraft, text: str, *, cut: bool = False) -> None:
    """Put every item of the remarks into the draft.

    ``cut`` says that the text stops at ``CUT_AT`` characters and its continuation was not to
    be had: the last item is then a fragment, and no number or name is taken from it.
    """
    items = text.strip().split("; ")
    fragment = ""
    if cut and not items[-1].endswith("."):
        fragment = items.pop()
    else:
        items[-1] = _without_stop(items[-1])
    for item in items:
        _read_item(draft, item.strip())
    draft.add("notes", fragment)


def _read_item(draft: OfacDraft, printed: str) -> None:
    item = _AGAIN.sub("", printed, count=1) if _AGAIN.match(printed) else printed
    if found := _ALIAS.fullmatch(item):
        draft.alias(found[1], found[2], weak=True)
        return
    if found := _LINK_IN_BRACKETS.fullmatch(item):
        item = found[1]
    labelled = split_item(item)
    if labelled and draft.put(*labelled):
        return
    if _LABELLED_NUMBER.fullmatch(item):
        draft.odd("a remark that looks like a number under an unknown label")
    draft.add("notes", _without_stop(printed))


def _without_stop(text: str) -> str:
    if text.endswith(".") and not _ABBREVIATED.search(text):
        return text[:-1]
    return text
