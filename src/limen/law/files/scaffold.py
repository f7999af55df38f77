"""Write the beginning of a regime of one's own, commented, into the home folder."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from importlib.resources import files
from pathlib import Path

from limen.model import InputError
from limen.util.files import write_whole

#: The name is part of ids and of a file's name.
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST = 60
_REGIME = re.compile(rb"^regime: ([a-z0-9-]+)", re.MULTILINE)


def new_regime(name: str, folder: Path, taken: Collection[str] = ()) -> Path:
    """Write the scaffold of a regime and return its path.

    Args:
        name: of the regime and of the file.
        folder: of the file.
        taken: names of regimes and files that the law in use has.

    Raises:
        InputError: the name is no word of small letters, or a regime or file has it already.
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise InputError(
            f"{name!r} is no name of a regime",
            where="regimes new",
            hint="write small letters, digits and hyphens, as strait-2027",
        )
    if name in taken:
        raise InputError(
            f"the law in use has a regime {name} already",
            where="regimes new",
            why="the records of both would be mixed",
            hint="choose another name; to add to that regime, name it in a file of your own",
        )
    path = folder / f"{name}.yml"
    if path.exists():
        raise InputError(
            f"{path.name} is there already",
            where=str(folder),
            hint="edit it, or choose another name",
        )
    scaffold = files("limen.law").joinpath("data/scaffold/regime.yml").read_text("utf-8")
    named = scaffold.replace("NAME_", f"{name.replace('-', '_')}_")
    named = named.replace("NAME-EVENT", f"{name.upper()}-EVENT").replace("NAME", name)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(path, named.encode())
    return path


def regime_names(texts: Mapping[str, bytes]) -> set[str]:
    """Return the names of the files of a law, and of their regimes."""
    found = (line.group(1).decode() for text in texts.values() for line in _REGIME.finditer(text))
    return {*texts, *found}
