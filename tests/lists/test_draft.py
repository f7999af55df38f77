"""What a reader has gathered of one record."""

import pytest

from limen.lists.parsing.draft import Draft, join
from limen.model import ListFormatError


def draft() -> Draft:
    return Draft("RUS0001", "Organization", where="list.csv line 3")


def test_values_stand_once_and_layout_is_not_content():
    each = draft()
    each.add("name", "ALPHA\n   BANK", "ALPHA BANK", "  ")
    assert each.entry().properties == {"name": ("ALPHA BANK",)}


def test_what_the_schema_does_not_allow_is_kept_aside():
    each = draft()
    each.add("name", "Alpha")
    each.add("kppCode", "770701001")
    entry = each.entry(programmes=("RUS",))
    assert "kppCode" not in entry.properties
    assert entry.extra == {"kppCode": ("770701001",)}
    assert entry.programmes == ("RUS",)


def test_a_name_said_twice_counts_where_it_is_strongest():
    each = draft()
    each.add("weakAlias", "Alpha", "Al", "The Bank")
    each.add("alias", "Alpha", "The Bank")
    each.add("name", "Alpha")
    assert each.entry().properties == {
        "name": ("Alpha",),
        "alias": ("The Bank",),
        "weakAlias": ("Al",),
    }


def test_a_record_without_a_name_is_refused_where_it_stands():
    with pytest.raises(ListFormatError, match=r"list.csv line 3: record RUS0001 has no name"):
        draft().entry()


def test_join_leaves_out_what_is_blank():
    assert join("12 Main  St", "", " Minsk ", by=", ") == "12 Main St, Minsk"
