"""What a worker checks before it answers; no Spark is needed for it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from limen import __version__
from limen.model import SnapshotError
from limen.spark.worker_snapshot import JobSnapshot, open_on_worker, unpack_folder

JOB = JobSnapshot("0123456789abcdef", "s.zip", __version__, datetime(2024, 5, 28, tzinfo=UTC))


def test_another_version_of_limen_answers_nothing():
    with pytest.raises(SnapshotError) as caught:
        open_on_worker(msgspec.structs.replace(JOB, engine="0.0.1"))
    assert caught.value.what == f"this worker has limen {__version__}, and the driver 0.0.1"
    assert os.uname().nodename in caught.value.where
    assert caught.value.hint


def test_a_folder_that_others_can_write_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = unpack_folder(JOB)
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)
    with pytest.raises(SnapshotError, match="other users can write") as caught:
        unpack_folder(JOB)
    assert "unpack_to" in caught.value.hint
    assert unpack_folder(msgspec.structs.replace(JOB, folder="/mnt/fast")) == Path("/mnt/fast")


def test_a_worker_without_limen_reports_that():
    pyspark = pytest.importorskip("pyspark", reason="SPARK ABSENT: NOT tested")
    from pyspark import cloudpickle

    from limen.spark.driver import _task

    task = cloudpickle.dumps(_task(JOB, "a question"))
    packages = str(Path(pyspark.__file__).parents[1])
    # Without the site module, an editable installation of Limen is not found.
    code = f"import sys, pickle; sys.path.append({packages!r}); pickle.loads({task!r})(iter([]))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=False,
        env={}, cwd="/", timeout=60,
    )  # fmt: skip
    assert "this worker has no Limen" in done.stderr
    assert "install limen[batch]" in done.stderr
