"""Code, comments, docstrings and messages are plain English: the words are in pyproject.toml."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from tests.house.test_layout import SETTINGS, SOURCE

LANGUAGE = SETTINGS["tool"]["limen"]["language"]
WORD = re.compile(rf"(?<![A-Za-z])({'|'.join(LANGUAGE['words'])})(?![A-Za-z])", re.IGNORECASE)
WIRE = re.compile("|".join(map(re.escape, LANGUAGE["phrases_on_the_wire"])))
ROOMS = sorted(path for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__")
NOT_YET = [SOURCE / folder for folder in LANGUAGE["not_yet"]]


def rate(files: list[Path]) -> tuple[float, Counter[str]]:
    """Idiom words per thousand lines, and which."""
    texts = [WIRE.sub("", path.read_text(encoding="utf-8")) for path in files]
    found = Counter(word.casefold() for text in texts for word in WORD.findall(text))
    return 1000 * found.total() / max(1, sum(text.count("\n") for text in texts)), found


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_speaks_plain_english(room):
    files = sorted(room.rglob("*.py"))
    if room in NOT_YET:
        pytest.xfail(f"{room.name} is not plain yet: {rate(files)[0]:.1f}")
    plain = [path for path in files if not any(path.is_relative_to(folder) for folder in NOT_YET)]
    per_thousand, found = rate(plain)
    assert per_thousand <= LANGUAGE["most_per_thousand_lines"], found


def test_the_words_are_found_in_names_and_in_prose(tmp_path):
    path = tmp_path / "a.py"
    path.write_text("def told(): ...\n#: Whose list was said_of stands_in; untold, aforesaid\n" * 5)
    assert rate([path])[1] == {"told": 5, "whose": 5, "said": 5, "stands": 5}
