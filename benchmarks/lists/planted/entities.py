"""The ten faults, and each label emptied or renamed, in lists that are JSON lines of entities."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.lists.planted.encodings import misread

#: A name, a programme, a number, and two that are about equally full.
FIELDS = {"ftm_jsonl": ("name", "programId", "idNumber", "name", "country")}
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
Fault = Callable[[str], str]


def part(_layout: str, texts: Mapping[str, str], count: int) -> dict[str, str]:
    """Return the files with about so many entities."""
    return {role: _even(text.splitlines(), count) for role, text in texts.items()}


def _even(lines: list[str], count: int) -> str:
    return "\n".join(lines[:: max(1, len(lines) // count)])


def labels(_layout: str, texts: Mapping[str, str]) -> list[str]:
    """Return every property of the entities."""
    entities = [json.loads(line) for text in texts.values() for line in text.splitlines()]
    return list(dict.fromkeys(name for entity in entities for name in entity["properties"]))


def renamed(_layout: str, text: str, label: str, new: str) -> str:
    """Rename a property."""
    return _each(
        text, lambda given: {new if name == label else name: given[name] for name in given}
    )


def emptied(_layout: str, text: str, label: str) -> str:
    """Empty a property."""
    return _each(text, lambda given: {name: given[name] for name in given if name != label})


def faults(layout: str) -> dict[str, Fault]:
    """Return the faults of a format by name."""
    name, programme, number, one, two = FIELDS[layout]
    swap = {one: two, two: one}

    def mapped(label: str, change: Callable[[str], str]) -> Fault:
        def fault(text: str) -> str:
            return _each(text, lambda given: _mapped(given, label, change))

        return fault

    return {
        "columns swapped": lambda text: _each(
            text, lambda given: {swap.get(name, name): given[name] for name in given}
        ),
        "label renamed": lambda text: renamed(layout, text, number, f"{number}New"),
        "record renamed": lambda text: re.sub(r'("schema": "\w+)', r"\1New", text),
        "field emptied": lambda text: emptied(layout, text, number),
        "half dropped": lambda text: "\n".join(text.splitlines()[::2]),
        "names elsewhere": lambda text: renamed(layout, text, name, "remark"),
        "dates otherwise": lambda text: _ISO.sub(r"\2/\3/\1", text),
        "programme constant": mapped(programme, lambda _: "X"),
        "numbers cut": mapped(number, lambda value: value[:4]),
        "wrong encoding": _misread,
    }


def _misread(text: str) -> str:
    """Misread the characters themselves; a file may write them as escapes."""
    lines = (json.dumps(json.loads(line), ensure_ascii=False) for line in text.splitlines())
    return misread("\n".join(lines))


def _each(text: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> str:
    entities = [json.loads(line) for line in text.splitlines()]
    return "\n".join(
        json.dumps({**entity, "properties": change(entity["properties"])}) for entity in entities
    )


def _mapped(given: dict[str, Any], label: str, change: Callable[[str], str]) -> dict[str, Any]:
    values = [change(value) for value in given.get(label, ())]
    return {**given, label: values} if values else given
