"""A snapshot that misses a party it must find is not relied on."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace

import numpy as np
import pytest
from fastapi.testclient import TestClient
from tests.resealed import resealed, twin

from limen.model import SnapshotError
from limen.server import create_app
from limen.server.service.canaries import check_canaries
from limen.server.service.engine_registry import EngineRegistry
from limen.snapshot import activate


@pytest.fixture
def watched(home, settings, tmp_path):
    """A home whose snapshot names a canary, and the snapshot's folder."""
    own = tmp_path / "home"
    shutil.copytree(home, own)
    folder = twin(own, canaries=("un_sc:1", "un_sc:not there any more", "eu_fsf:never loaded"))
    activate(own, folder.name)
    return replace(settings, home=own), folder


def maim(settings, folder):
    """Empty the index of names, as a fault of the machine that built it would."""
    for name in ("index.postings_at", "identifiers.hash"):
        path = folder / f"{name}.npy"
        np.save(path, np.zeros_like(np.load(path)))
    activate(settings.home, resealed(folder).name)


def test_canaries_that_are_found_let_a_snapshot_serve(watched):
    check_canaries(EngineRegistry(watched[0]).current)


def test_one_that_is_not_found_is_told(watched):
    settings, folder = watched
    maim(settings, folder)
    with pytest.raises(SnapshotError, match="un_sc:1"):
        check_canaries(EngineRegistry(settings).current)


def test_a_server_on_such_a_snapshot_is_not_ready_and_counts_it(watched):
    settings, folder = watched
    maim(settings, folder)
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        for _ in range(100):
            ready = client.get("/readyz")
            if ready.status_code == 503:
                break
            time.sleep(0.1)
        assert ready.status_code == 503
        assert "check" in ready.json()["detail"]
        assert 'screening_canary_failures_total{list="un_sc"}' in client.get("/metrics").text


def status_becomes(client, wanted):
    end = time.monotonic() + 20
    while (got := client.post("/v1/screen", json=QUESTION).status_code) != wanted:
        assert time.monotonic() < end, got
        time.sleep(0.1)


QUESTION = {"party": {"schema": "Person", "properties": {"name": ["Kira Example"]}}}


@pytest.mark.parametrize("name", ["names.text.bytes.npy", "listings.applied_from.npy"])
def test_a_file_that_is_changed_while_it_is_served_ends_the_answers_until_it_is_restored(
    watched, name
):
    settings, folder = watched
    whole = (folder / name).read_bytes()
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        status_becomes(client, 200)
        with (folder / name).open("r+b") as file:
            file.seek(-1, 2)
            file.write(bytes([whole[-1] ^ 1]))
        status_becomes(client, 503)
        refused = client.post("/v1/screen", json=QUESTION).json()
        assert name in refused["detail"]
        assert name in client.get("/readyz").json()["detail"]
        (folder / name).write_bytes(whole)
        status_becomes(client, 200)
