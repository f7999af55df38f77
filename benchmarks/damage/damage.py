"""Damage one file as disks, copies and crashes do."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

KINDS = ("bit", "page", "cut", "swap")
_PAGE = 4096


def damage(folder: Path, name: str, kind: str, *, seed: int) -> None:
    """Change a file of a folder: one bit, a page of zeros, a shorter file, or another's content.

    Raises:
        ValueError: the kind is none of ``KINDS``.
    """
    draw = random.Random(f"{seed} {name} {kind}")
    path = folder / name
    content = bytearray(path.read_bytes())
    position = draw.randrange(len(content))
    if kind == "bit":
        content[position] ^= 1 << draw.randrange(8)
    elif kind == "page":
        start = position - position % _PAGE
        content[start : start + _PAGE] = bytes(len(content[start : start + _PAGE]))
    elif kind == "cut":
        del content[position:]
    elif kind == "swap":
        other = draw.choice(sorted(each for each in folder.iterdir() if each != path))
        content, theirs = bytearray(other.read_bytes()), content
        other.write_bytes(theirs)
    else:
        raise ValueError(f"{kind!r} is none of {KINDS}")
    path.write_bytes(content)


def table(
    counts: Mapping[tuple[str, str], int], kinds: Sequence[str], verdicts: Sequence[str]
) -> list[str]:
    """Return how often each verdict came for each kind of damage, in Markdown."""
    return [
        "| damage | " + " | ".join(verdicts) + " |",
        "|---|" + "---|" * len(verdicts),
        *(
            f"| {kind} | " + " | ".join(str(counts[kind, verdict]) for verdict in verdicts) + " |"
            for kind in kinds
        ),
    ]
