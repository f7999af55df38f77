"""Walk the jobs of a day on the real lists, and store the pictures of each.

``LIMEN_HOME=... python -m tests.walk docs/walk`` serves a copy of the home, with people and cases
of its own; the home itself is only read.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.walk import asking, deciding
from tests.walk.deciding import open_queue
from tests.walk.pictures import camera_into
from tests.walk.site import served_site

from limen.server import Settings
from limen.server.settings import Limits
from limen.snapshot import home_folder

_ROWS, _CASES = 5_000, 200
#: A busy machine is slow, and the walk is no measurement.
_PATIENT = Limits(seconds=120.0, document_seconds=600.0)


def main() -> None:
    """Read the arguments, and walk."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("folder", type=Path, help="where the pictures are stored")
    reader.add_argument("--rows", type=int, default=_ROWS, help="rows of the file that is screened")
    reader.add_argument("--cases", type=int, default=_CASES, help="alerts of the queue")
    reader.add_argument("--only", default="", help="the jobs of which the name has these letters")
    chosen = reader.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="limen-walk-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        for name in ("snapshots", "laws", "archive.sqlite"):
            place = home_folder() / name
            if place.is_dir():
                shutil.copytree(place, home / name)
            elif place.exists():
                shutil.copy2(place, home / name)
        settings = Settings(home=home, rate=0.0, limits=_PATIENT)
        walk(settings, chosen.folder, rows=chosen.rows, cases=chosen.cases, only=chosen.only)


def walk(settings: Settings, folder: Path, *, rows: int, cases: int, only: str) -> None:
    """Walk every job in the order of their dependence, and print how long each took."""
    take = camera_into(folder)
    open_queue(settings, cases + 1)
    with (
        served_site(settings) as site,
        site.page_of("anna") as anna,
        site.page_of("bo") as bo,
        site.page_of("cleo") as cleo,
        site.page_of("dora") as dora,
    ):
        for job in asking.JOBS:
            if only in job.__name__:
                _timed(job, site, anna, take)
        if only in "file":
            path = asking.write_portfolio(settings.home / "customers.csv", rows)
            _timed(asking.file_of_rows, site, anna, take, path)
        if only in "desk":
            alert = _timed(deciding.decide, site, anna, take)
            _timed(deciding.sign, site, cleo, take, alert)
            _timed(deciding.queue, site, anna, take, cases)
            _timed(deciding.pack, site, dora, take, alert, settings.home)
            _timed(deciding.figures, site, cleo, take)
            _timed(deciding.good_guy, site, bo, cleo, take, alert)
    assert not site.faults, site.faults


def _timed(job: Callable[..., Any], *arguments: Any) -> Any:
    started = time.monotonic()
    done = job(*arguments)
    print(f"{time.monotonic() - started:5.1f} s  {job.__doc__}", flush=True)
    return done


if __name__ == "__main__":
    main()
