"""Parse OFAC's remarks: items separated by ``; ``, with a full stop at the end.

``DOB 10 Dec 1948; a.k.a. 'BNC'; Passport 1084010 (Egypt) issued 18 Jan 1984; Linked To: HAMAS.``
An item with a label that the table of kinds does not have is free text and becomes a note.
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
#: ``S.A.`` and ``CO., LTD.`` retain their stop: OFAC prints no second one after it.
_ABBREVIATED = re.compile(r"(?:\.[A-Za-z]|\b(?:CO|CORP|INC|LTD|LTDA))\.$")
#: A number under a label that is not in the table: perhaps a new kind of document.
_LABELLED_NUMBER = re.compile(
    r"[A-Z][^,;:]{0,40}(?:No\.|Number|ID|Code|#) \S*\d\S*(?: \([^()]*\))?"
)


def read_remarks(draft: OfacDraft, text: str, *, cut: bool = False) -> None:
    """Add every item of the remarks to the draft.

    With ``cut`` the text stops at ``CUT_AT`` characters and has no continuation: the last item
    is then a fragment, and no number or name is taken from it.
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
    if match := _ALIAS.fullmatch(item):
        draft.alias(match[1], match[2], weak=True)
        return
    if match := _LINK_IN_BRACKETS.fullmatch(item):
        item = match[1]
    labelled = split_item(item)
    if labelled and draft.put(*labelled):
        return
    if _LABELLED_NUMBER.fullmatch(item):
        draft.oddity("a remark that looks like a number under an unknown label")
    draft.add("notes", _without_stop(printed))


def _without_stop(text: str) -> str:
    if text.endswith(".") and not _ABBREVIATED.search(text):
        return text[:-1]
    return text
