"""The lock: current, whole, of no index; and what ``tools/environment.py`` says when it cannot."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.conftest import ROOT

import environment

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
_ENTRY = re.compile(r"^\S+==", re.MULTILINE)


@pytest.fixture
def clone(tmp_path) -> Path:
    """A copy of all that the script reads."""
    for name in ("pyproject.toml", "requirements", "tools"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    return tmp_path


def _run(clone: Path, *arguments: str, before: str = "") -> subprocess.CompletedProcess:
    script = str(clone / "tools" / "environment.py")
    code = f"{before}\nimport runpy, sys\nsys.argv = {[script, *arguments]!r}\n"
    code += f"runpy.run_path({script!r}, run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("name", environment.NAMES)
def test_a_lock_has_a_hash_for_every_version_and_names_no_index(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = _ENTRY.split(text)[1:]
    assert len(entries) == len(environment.pinned(text))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index" not in text


def test_the_minimum_is_what_is_declared():
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    left_out = ("test", environment.SPARK)
    declared = [*project["dependencies"], *(line for name in extras if name not in left_out
                for line in extras[name])]  # fmt: skip
    text = (ROOT / "requirements" / "minimum.txt").read_text()
    tested = {name: version for (name, _), version in environment.pinned(text).items()}
    for line in declared:
        name, bound = re.match(r"([\w.-]+)(?:\[.*\])?>=([\d.]+)", line).groups()
        assert _parts(tested[name.lower()]) == _parts(bound), line


def _parts(version: str) -> list[int]:
    numbers = [int(part) for part in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return numbers


def test_a_changed_requirement_is_refused_until_the_lock_follows(clone):
    assert _run(clone, "check").returncode == 0
    path = clone / "pyproject.toml"
    path.write_text(path.read_text().replace('"click>=8', '"click>=8.0.1,>=8'))
    for command in (["check"], ["install", "--venv", str(clone / "venv")]):
        refused = _run(clone, *command)
        assert refused.returncode == 1
        assert "fix  make lock" in refused.stderr
    assert not (clone / "venv").exists()


def test_a_python_without_ensurepip_is_told_what_to_install(clone):
    venv = str(clone / "venv")
    hidden = "import sys; sys.modules['ensurepip'] = None"
    refused = _run(clone, "install", "--venv", venv, before=hidden)
    assert refused.returncode == 1
    assert "apt install python3-venv" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_packages_that_cannot_be_installed_name_the_ways_to_an_index(clone):
    no_pip = [sys.executable, "-m", "venv", "--without-pip", str(clone / ".uv")]
    subprocess.run(no_pip, check=True)
    refused = _run(clone, "install", "--venv", str(clone / "venv"))
    assert refused.returncode == 1
    assert "name a mirror: pip config set global.index-url" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_environment_of_another_python_is_never_taken(clone):
    other = "import sys; sys.version = '3.99.0 (main)'"
    venv = clone / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    refused = _run(clone, "install", "--venv", str(venv), before=other)
    assert refused.returncode == 1
    assert "and this is 3.99.0" in refused.stderr


def test_the_minimum_is_refused_on_a_newer_python(clone):
    newer = "import sys; sys.version_info = (3, 99)"
    refused = _run(clone, "install", "--lock", "minimum", before=newer)
    assert "make PYTHON=python3.11 test-minimum" in refused.stderr


def test_what_moved_is_listed(clone):
    git = ["git", "-C", str(clone), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "locked"], check=True)
    assert _run(clone, "moved").stdout == "no version moved\n"
    path = clone / "requirements" / "locked.txt"
    old = environment.pinned(path.read_text())["click", ""]
    path.write_text(path.read_text().replace(f"click=={old} ", "click==99.0 "))
    assert _run(clone, "moved").stdout == f"locked   click: {old} -> 99.0\n"


def _report(*dependencies):
    return json.dumps({"dependencies": dependencies, "fixes": []}).encode()


_SOUND = {"name": "click", "version": "8.1", "vulns": []}
_WEAK = {"name": "x", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}


@pytest.mark.parametrize(
    ("report", "code", "last"),
    [
        (_report(_SOUND), 0, "audited: 1 locked versions, no known weakness"),
        (_report(_SOUND, _WEAK), 1, "WEAK: 1 known weaknesses in what is locked"),
        (_report(_SOUND, {"name": "y", "skip_reason": "not found"}), 4, "NOT AUDITED"),
        (_report(), 4, "NOT AUDITED"),
        (b"", 4, "NOT AUDITED"),
        (b"Traceback", 4, "NOT AUDITED"),
    ],
)
def test_an_audit_that_could_not_ask_is_no_sound_one(report, code, last):
    found, lines = environment.audited(report)
    assert found == code
    assert lines[-1].startswith(last)


@pytest.mark.parametrize(
    ("printed", "number"),
    [('openjdk version "17.0.15" 2025-04-15', 17), ('java version "1.8.0_392"', 8), ("what?", 0)],
)
def test_the_version_of_java_is_read(tmp_path, monkeypatch, printed, number):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho '{printed}' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert environment.java_version() == number


def test_without_java_spark_is_not_installed_and_that_is_printed(clone, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(clone / "nowhere"))
    done = _run(clone, "spark", "--venv", str(clone / "venv"))
    assert done.returncode == 0
    assert done.stdout.startswith("NO SPARK: there is no Java here")
    assert not (clone / "venv").exists()
