"""Updates that are killed, interrupted or out of disk: the next one serves what the archive holds."""

import subprocess
import sys

from tests.conftest import ROOT


def test_five_updates_are_ended_and_the_next_one_serves_what_the_archive_holds():
    command = [sys.executable, "-m", "benchmarks.lists.kills", "--times", "5", "--seed", "5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Faults: 0 of 5." in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
