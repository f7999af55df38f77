"""What a snapshot and a publisher's server are given of a version that the archive holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from limen.archive.versions import Check, Version
from limen.lists.fetch.fetcher import Validators
from limen.snapshot.build.compile import _version_info
from limen.snapshot.build.publisher_offers import _validators

VERSION = Version(
    id=7,
    list_id="un_sc",
    published="2024-01-10",
    format="un_xml",
    retrieved_at="2024-01-10T08:00:00Z",
    url="",
    etag='"e"',
    last_modified=None,
    reader="1",
    parts=("whole",),
    carried=(),
    counts={"whole": 3},
    audit={},
    files={"xml": "00"},
    content_hash="11",
    confirmed_at="2024-01-12T08:00:00Z",
)


def test_the_days_on_which_a_version_was_confirmed_are_whole_days():
    checks = [
        Check("un_sc", "2024-01-10T20:00:00Z", "new", 7),
        Check("un_sc", "2024-01-12T08:00:00Z", "unchanged", 7),
        Check("un_sc", "2024-01-12T20:00:00Z", "unchanged", 7),
        Check("un_sc", "2024-01-20T08:00:00Z", "unchanged", 8),
    ]
    info = _version_info(VERSION, (), checks)
    assert (info.published, info.sha256, info.records) == ("2024-01-10", "11", 3)
    assert info.checked == ("2024-01-12",)


@pytest.mark.parametrize(
    ("changes", "sent"),
    [
        ({}, {"xml": Validators('"e"', None)}),
        ({"etag": None, "last_modified": "now"}, {"xml": Validators(None, "now")}),
        ({"etag": None}, {}),
        ({"files": {"xml": "00", "csv": "22"}}, {}),
    ],
)
def test_a_version_of_one_file_is_asked_for_only_if_it_changed(changes, sent):
    assert _validators(replace(VERSION, **changes)) == sent
