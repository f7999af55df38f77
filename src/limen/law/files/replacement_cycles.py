"""Nothing replaces itself, however far round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from limen.law.assess.conditions import Path
from limen.law.files.checked_file import Checked
from limen.model.errors import LimenError


def no_circles(what: str, before: Mapping[str, tuple[str, ...]], files: Iterable[Checked]) -> None:
    """Follow what each record replaces, to the end.

    Raises:
        LimenError: a circle, located at one of its records.
    """
    done: set[str] = set()
    for start in before:
        if circle := _circle(start, before, done):
            refuse = _place_of(what, circle[0], files)
            raise refuse(
                f"{what} {' replaces '.join(circle)}: a circle",
                "one of them was there first, and replaces nothing of the others",
            )


def _circle(start: str, before: Mapping[str, tuple[str, ...]], done: set[str]) -> tuple[str, ...]:
    trail: list[str] = []
    stack: list[tuple[str, Iterator[str]]] = [(start, iter(before[start]))]
    while stack:
        name, rest = stack[-1]
        trail = [each for each, _ in stack]
        following = next((each for each in rest if each not in done), None)
        if following is None:
            done.add(name)
            stack.pop()
        elif following in trail:
            return (*trail[trail.index(following) :], following)
        else:
            stack.append((following, iter(before[following])))
    return ()


def _place_of(what: str, name: str, files: Iterable[Checked]) -> Callable[[str, str], LimenError]:
    part, key = ("licences", "replaces") if what == "licence" else ("statements", "supersedes")
    for file in files:
        records: tuple[Any, ...] = getattr(file.content, part)
        for at, record in enumerate(records):
            if (record.key if part == "licences" else record.id) == name:
                place: Path = (part, at, key)
                return lambda told, hint: file.located.refusal(told, place, hint=hint)
    raise KeyError(name)
