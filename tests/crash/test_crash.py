"""A few kills of every command that writes: nothing acknowledged is lost, nothing is stuck."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT


def test_commands_that_are_ended_lose_nothing_and_run_again():
    command = [sys.executable, "-m", "tests.crash", "--times", "22", "--seed", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Faults: 0 of 22." in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0


def test_commands_whose_files_may_not_grow_say_what_to_do():
    command = [sys.executable, "-m", "tests.crash", "--times", "22", "--ending", "file limit"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Faults: 0 of 22." in done.stdout, done.stdout + done.stderr
    assert "file limit" in done.stdout


def test_three_updates_are_ended_and_the_next_one_serves_what_the_archive_holds():
    command = [sys.executable, "-m", "benchmarks.lists.kills", "--times", "3", "--seed", "5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Faults: 0 of 3." in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
