"""Every primary name and strong alias, asked for as written, finds its own party.

Here one name in nine of every list, chosen by its hash; ``python -m benchmarks.main_job`` asks all.
"""

from zlib import crc32

import pytest
from tests.acceptance.conftest import engine_of

from limen.snapshot.build import update
from limen.snapshot.format import NAME_KINDS, SCHEMAS, WEAK

NEWEST = {
    "us_ofac_sdn": "2023-12-28",
    "us_ofac_cons": "2025-12-19",
    "un_sc": "2026-02-27",
    "us_csl": "2022-05-06",
    "uk_ofsi": "2018-04-13",
    "ca_sema": "2025-03-01",
    "au_dfat": "2024-12-01",
    "eu_journal": "2026-07-17",
}


@pytest.mark.parametrize("list_id", NEWEST)
def test_every_name_finds_its_own_party(list_id, mirror_of, tmp_path):
    day = NEWEST[list_id]
    report = update(tmp_path, source=str(mirror_of(lambda *each: each == (list_id, day))))
    assert not report.refused, report.refused
    engine = engine_of(tmp_path)
    snapshot = engine.snapshot
    applied = engine.scope(day, day, (), [list_id], ()).parties  # some begin after their version
    asked = []
    for row in range(len(snapshot.names["party"])):
        text, kind = snapshot.name_texts[row], int(snapshot.names["kind"][row])
        party = int(snapshot.names["party"][row])
        if applied[party] and kind != WEAK and crc32(text.encode()) % 9 == 0:
            asked.append((party, NAME_KINDS[kind], text))
    wires = [
        {"schema": SCHEMAS[int(snapshot.parties["schema"][party])], "properties": {"name": text}}
        for party, _, text in asked
    ]
    missed = []
    answers = engine.screen_many(wires, as_of=day, lists=[list_id], known_at=day)
    for (party, kind_name, text), answer in zip(asked, answers, strict=True):
        own = engine.party_id(party)
        hits = {finding.id for finding in answer.findings if finding.level == "hit"}
        if own not in hits:
            missed.append((own, kind_name, text))
    assert len(asked) > 20
    assert not missed
