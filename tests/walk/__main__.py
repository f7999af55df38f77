"""Walk the jobs of a day on the real lists, and store the pictures of each.

``LIMEN_HOME=... python -m tests.walk docs/walk`` serves a copy of the home, with people and cases
of its own; the home itself is only read.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from tests.walk import asking
from tests.walk.pictures import camera_into
from tests.walk.site import served_site

from limen.server import Settings
from limen.server.settings import Limits
from limen.snapshot import home_folder

_ROWS = 5_000
#: A busy machine is slow, and the walk is no measurement.
_PATIENT = Limits(seconds=120.0, document_seconds=600.0)


def main() -> None:
    """Read the arguments, and walk."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("folder", type=Path, help="where the pictures are stored")
    reader.add_argument("--rows", type=int, default=_ROWS, help="rows of the file that is screened")
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
        walk(home, chosen.folder, rows=chosen.rows, only=chosen.only)


def walk(home: Path, folder: Path, *, rows: int, only: str) -> None:
    """Walk every job, and print how long each took."""
    take = camera_into(folder)
    with served_site(Settings(home=home, rate=0.0, limits=_PATIENT)) as site, site.page_of("anna") as page:
        for job in asking.JOBS:
            if only in job.__name__:
                started = time.monotonic()
                job(site, page, take)
                print(f"{time.monotonic() - started:5.1f} s  {job.__doc__}")
        if only in "file_of_rows":
            path = asking.write_portfolio(home / "customers.csv", rows)
            asking.file_of_rows(site, page, take, path)
    assert not site.faults, site.faults


if __name__ == "__main__":
    main()
