"""Reviewed proposals become records of the home, beside those that were accepted before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import yaml

from limen.law.files.accept import About, Proposals, accept
from limen.law.files.read_law import OWN_SOURCES
from limen.model import InputError

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def statement(name: str, document: str) -> dict[str, object]:
    return {
        "id": name, "authority": "US", "speaker": "s", "rank": "head", "attribution": "named",
        "channel": "remarks", "said": "2022-01-01", "source": document, "quote": f"words {name}",
        "status": "new", "span": [3, 8],
    }  # fmt: skip


def proposed(document: str, *names: str, **more: str) -> Proposals:
    statements = tuple({**statement(name, document), **more} for name in names)
    return Proposals(About(document, "a.txt", "00ff"), "mine", "My own", statements)


def take(own, proposals, *ids):
    return accept(proposals, ids, reviewer="A. Analyst", at=NOW, own=own)


def test_what_was_accepted_before_stays(tmp_path):
    proposals = proposed("DOC-A", "X1", "X2")
    take(tmp_path, proposals, "X1")
    done = take(tmp_path, proposals, "X2")
    assert (done.taken, done.known) == (("X2",), ())
    held = yaml.safe_load(done.path.read_bytes())
    assert [each["id"] for each in held["statements"]] == ["X1", "X2"]
    assert held["statements"][0]["note"] == (
        "accepted by A. Analyst on 2024-05-06T07:08:09Z; characters 3 to 8"
    )
    assert not {"status", "span"} & held["statements"][1].keys()
    assert "events" not in held


def test_a_record_that_is_accepted_again_is_there_once(tmp_path):
    proposals = proposed("DOC-A", "X1")
    take(tmp_path, proposals, "X1")
    held = yaml.safe_load(take(tmp_path, proposals, "X1").path.read_bytes())
    assert [each["id"] for each in held["statements"]] == ["X1"]


def test_every_document_stays_a_source(tmp_path):
    take(tmp_path, proposed("DOC-A", "X1"), "X1")
    take(tmp_path, proposed("DOC-B", "X2"), "X2")
    assert yaml.safe_load((tmp_path / OWN_SOURCES).read_bytes()) == {
        "DOC-A": "a.txt (a.txt, undated, sha256 00ff)",
        "DOC-B": "a.txt (a.txt, undated, sha256 00ff)",
    }


def test_what_a_known_record_says_is_left_out(tmp_path):
    done = take(tmp_path, proposed("DOC-A", "X1", same_as="S09a"), "X1")
    assert (done.taken, done.known, done.path) == ((), (("X1", "S09a"),), None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("ids", "reviewer"), [(["X9"], "A"), (["X1"], " ")])
def test_an_unknown_id_or_no_reviewer_is_refused(tmp_path, ids, reviewer):
    with pytest.raises(InputError):
        accept(proposed("DOC-A", "X1"), ids, reviewer=reviewer, at=NOW, own=tmp_path)
