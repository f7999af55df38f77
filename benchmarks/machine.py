"""What a figure rests on: the machine, the versions, the command."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
RESULTS = Path(__file__).resolve().parent / "results"


def header(title: str, command: str) -> list[str]:
    """The first lines of a results page."""
    model = "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        model = next((line.split(":")[1].strip() for line in lines if "model name" in line), model)
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "rapidfuzz"))
    return [
        f"# {title}",
        "",
        (
            f"{datetime.now(UTC):%Y-%m-%d}, {model}, {platform.system()} {platform.machine()}, "
            f"Python {sys.version.split()[0]}, {packages}; one core; other work was running."
        ),
        f"Command: `{command}`",
        "",
    ]


def write(name: str, lines: list[str]) -> None:
    """Write a results page and print it."""
    RESULTS.mkdir(exist_ok=True)
    text = "\n".join(lines) + "\n"
    (RESULTS / name).write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def as_installed(folder: str | Path) -> dict[str, str]:
    """The environment of a cold process whose packages have their bytecode, as installed ones do.

    A first run writes it into ``folder``; a working copy run where Python may write none would be
    compiled again by every process, which no user waits for.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder)}
