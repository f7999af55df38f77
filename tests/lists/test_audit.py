"""An audit of a part of a record loses nothing when it is merged into that of the list."""

from __future__ import annotations

from limen.lists.audit import Audit
from limen.model import ListFormatError


def test_every_counter_of_a_part_is_merged():
    part = Audit()
    part.report_unread("NewColumn", "cell 3")
    part.report_oddity("DOB not a date", "cell 4")
    part.report_set_aside(ListFormatError("no name", where="cell 5"))
    part.taken["Name"] += 2
    whole = Audit()
    for where in ("line 7", "line 9"):
        whole.merge(part, where)
    for name in Audit.__slots__:
        if name != "first_seen":
            doubled = {key: 2 * count for key, count in _counts(getattr(part, name)).items()}
            assert sum(doubled.values()) > 0, name
            assert _counts(getattr(whole, name)) == doubled, name
    assert whole.first_seen == dict.fromkeys(part.first_seen, "line 7")
    assert whole.to_dict()["unread"] == [{"what": "NewColumn", "count": 2, "first": "line 7"}]


def _counts(counter):
    return dict(counter) if isinstance(counter, dict) else {"": counter}
