"""Write the beginning of a regime of one's own, commented, into the home folder."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

from limen.model import InputError
from limen.util.files import write_whole

#: The name is part of ids and of a file's name.
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST = 60


def new_regime(name: str, folder: Path, today: date) -> Path:
    """Write the scaffold of a regime and return its path.

    Raises:
        InputError: the name is no word of small letters, or the file is there already.
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise InputError(
            f"{name!r} is no name of a regime",
            where="regimes new",
            hint="write small letters, digits and hyphens, as strait-2027",
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
    write_whole(path, named.replace("TODAY", today.isoformat()).encode())
    return path
