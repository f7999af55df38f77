"""Update the archive from lists, and build a verified, active snapshot from it.

``update`` takes new versions of lists and builds; ``build`` compiles what the archive holds.
Screening never imports this package.
"""

from limen.snapshot.build.archive_home import open_archive, registry_of
from limen.snapshot.build.compile import build
from limen.snapshot.build.update import Outcome, UpdateReport, update
from limen.snapshot.build.update_law import LawUpdate, PackOutcome, update_law

__all__ = [
    "LawUpdate",
    "Outcome",
    "PackOutcome",
    "UpdateReport",
    "build",
    "open_archive",
    "registry_of",
    "update",
    "update_law",
]
