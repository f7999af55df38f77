"""Check one regime file against all others, and return everything that is wrong with it at once.

The checks end at the first error. So what is wrong is taken out, or replaced by a value that is
right where a record needs one, and the rest is checked again until nothing is left to find. What
only follows from an error before is not repeated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from limen.law.files.read_law import law_of_located
from limen.model.errors import LimenError
from limen.util.located_yaml import Located, locate
from limen.util.misfit import Path

#: Errors of one file after which the search ends; nobody mends more in one go.
MOST_ERRORS = 100
#: Values that stand in for wrong ones of keys without which a record is none.
_STAND_INS: Mapping[str, Any] = {
    "authority": "US", "kind": "package", "is": "in_force", "on": "2000-01-01",
    "from": "2000-01-01", "source": "M1", "rank": "head", "attribution": "named",
    "channel": "remarks", "said": "2000-01-01", "happened": "2000-01-01", "zone": "+00:00",
    "trigger": "T-01", "programme": "RUSSIA-EO14024",
}  # fmt: skip
_MEANT = "did you mean "
#: How a record is refused that two files have, after its id.
_TWICE = " is given twice"
#: Of an event, ``kind`` is a kind of event, and not of a measure.
_KIND_OF_EVENT = "report"


def errors_of(name: str, raw: bytes, others: Mapping[str, bytes]) -> list[LimenError]:
    """Return every error of a file, in the order of its lines.

    Args:
        name: its name without ``.yml``; a file of the others with that name is replaced.
        raw: its content.
        others: the files that it is checked against, by name.
    """
    known = {key: locate(text, f"{key}.yml") for key, text in others.items() if key != name}
    try:
        file = locate(raw, f"{name}.yml")
    except LimenError as error:
        return [error]
    found: list[tuple[tuple[int, int], LimenError]] = []
    taken: set[str] = set()
    replaced: set[Path] = set()
    for _ in range(MOST_ERRORS):
        try:
            law_of_located({**known, name: file})
        except LimenError as error:
            path = _path_of(file, error)
            if path is None:  # another file has the same record, and is read after this one
                clash = _clash(file, error)
                if clash is None:
                    found.append(((0, 0), error))
                    break
                path, error = clash
            emptied = any(each[: len(path)] == path for each in replaced) and not _at(file, path)
            if not emptied and not _follows(error, taken):
                found.append((file.positions.get(path, (1, 1)), error))
            taken.update(_names_in(file, path), _meant(error))
            if not path:
                break
            file = _renamed(file, path, error) or _mended(file, path, again=path in replaced)
            replaced.add(path)
        else:
            break
    return [error for _, error in sorted(found, key=lambda each: each[0])]


def _path_of(file: Located, error: LimenError) -> Path | None:
    """Return the place of an error in the file; ``None`` where it is in another."""
    if not error.where.startswith(f"{file.name} "):
        return None
    for path in sorted(file.positions, key=len, reverse=True):
        if path and file.where(path) == error.where:
            return path
    return ()


def _clash(file: Located, error: LimenError) -> tuple[Path, LimenError] | None:
    """Return where in the file a record is that another one repeats, and the error for it."""
    twice = error.what.removesuffix(_TWICE)
    for path in file.positions if twice != error.what else ():
        if path and path[-1] in ("id", "slug") and _at(file, path) == twice:
            other = error.where.partition(" ")[0]
            what = f"{twice} is in {other} already"
            return path, file.refusal(what, path, hint="give it another id")
    return None


def _follows(error: LimenError, taken: set[str]) -> bool:
    """Return whether an error is only about something that was taken out before."""
    return any(repr(name) in error.what or error.what == f"{name} is missing" for name in taken)


def _meant(error: LimenError) -> set[str]:
    """Return the word that an error says was meant: its key is missing, which is no new error."""
    return {error.hint.removeprefix(_MEANT).removesuffix("?")} - {error.hint}


def _at(file: Located, path: Path) -> Any:
    value: Any = file.data
    for step in path:
        value = value[step]
    return value


def _names_in(file: Located, path: Path) -> set[str]:
    """Return what can no longer be referred to once a value is taken out: its key, its ids."""
    value = _at(file, path)
    names = {str(path[-1])} if path and isinstance(path[-1], str) else set()
    if isinstance(value, dict):
        names.update(str(value[key]) for key in ("id", "slug") if value.get(key))
    return names


def _renamed(file: Located, path: Path, error: LimenError) -> Located | None:
    """Return a file with a misspelt key as it was meant; ``None`` where that is not the error."""
    *parents, _ = path
    (meant,) = _meant(error) or {""}
    if not error.what.startswith("unknown key") or not meant or meant in _at(file, tuple(parents)):
        return None
    new = (*parents, meant)
    positions = {
        (*new, *place[len(path) :]) if place[: len(path)] == path else place: mark
        for place, mark in file.positions.items()
    }
    data = _copy_with(_without(file, path).data, list(new), _at(file, path))
    return Located(file.name, data, positions, file.error)


def _mended(file: Located, path: Path, *, again: bool) -> Located:
    """Return a file with a stand-in for a value, or without it where that cannot help."""
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    stand_in = _KIND_OF_EVENT if (key, path[0]) == ("kind", "events") else _STAND_INS.get(key)
    if again or stand_in is None or path[-1] != key:
        return _without(file, path)
    data = _copy_with(file.data, list(path), stand_in)
    return Located(file.name, data, file.positions, file.error)


def _without(file: Located, path: Path) -> Located:
    """Return a file without one value; the places of those that follow it stay right."""
    *parents, last = path
    positions = {}
    for place, mark in file.positions.items():
        if place[: len(path)] == path:
            continue
        positions[_moved(place, path)] = mark
    return Located(file.name, _copy_without(file.data, parents, last), positions, file.error)


def _moved(place: Path, path: Path) -> Path:
    """Return a place as it is once the item of a list before it is gone."""
    at = len(path) - 1
    last = path[-1]
    if not isinstance(last, int) or place[:at] != path[:at] or len(place) <= at:
        return place
    step = place[at]
    if isinstance(step, int) and step > last:
        return (*place[:at], step - 1, *place[at + 1 :])
    return place


def _copy_without(data: Any, parents: list[Any], last: Any) -> Any:
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    if parents:
        copy[parents[0]] = _copy_without(data[parents[0]], parents[1:], last)
    else:
        del copy[last]
    return copy


def _copy_with(data: Any, path: list[Any], value: Any) -> Any:
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = _copy_with(data[path[0]], path[1:], value) if len(path) > 1 else value
    return copy
