"""What the registry says of OFAC's lists, held against every version we have."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from limen.lists.registry import load_registry
from limen.lists.verify import verify_version


@pytest.fixture(scope="module")
def lists():
    return load_registry()


def versions(shared, *patterns):
    folder = shared("data/ofac")
    return [path for pattern in patterns for path in sorted(folder.glob(pattern))]


def text_of(path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")


def test_every_canary_sings_in_every_version_of_the_sdn_list(lists, shared):
    paths = versions(shared, "sdn/*.csv.gz", "full_sets/*/sdn.csv.gz")
    assert len(paths) == 22
    canaries = lists.get("us_ofac_sdn").canaries
    assert len(canaries) >= 5
    for path in paths:
        rows = {line.partition(",")[0]: line for line in text_of(path).splitlines()}
        for canary in canaries:
            assert canary.name in rows[canary.record_id], (path.name, canary.name)


def test_every_version_of_the_consolidated_list_passes_its_checks(lists, ofac, shared):
    info = lists.get("us_ofac_cons")
    paths = versions(shared, "nonsdn/*.xml.gz")
    assert len(paths) == 11
    for path in (paths[0], paths[4], paths[-1]):
        reading = ofac("ofac_xml", xml=f"nonsdn/{path.name}")
        day = date.fromisoformat(reading.day)
        passed = verify_version(info, reading.entries.values(), previous_count=None, published=day)
        assert len(passed.canaries) == len(info.canaries)
    for path in paths:
        text = text_of(path)
        assert all(f">{each.record_id}<" in text for each in info.canaries)


def test_the_sdn_list_passes_its_checks(lists, sdn):
    info = lists.get("us_ofac_sdn")
    passed = verify_version(
        info, sdn.entries.values(), previous_count=13_000, published=date(2023, 12, 28)
    )
    assert passed.records == 13_821
    assert passed.entries == {"sdn": 13_821, "alt": 6_667, "add": 11_167}


def test_the_whole_consolidated_csv_passes_its_checks(lists, cons):
    info = lists.get("us_ofac_cons")
    passed = verify_version(
        info, cons.entries.values(), previous_count=443, published=date(2025, 12, 19)
    )
    assert passed.records == 442
