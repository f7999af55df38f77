"""Archive, law and gazetteer into a snapshot, verified and activated."""

from limen.snapshot.build.compile import build
from limen.snapshot.build.archive_home import open_archive, registry_of
from limen.snapshot.build.update import Outcome, UpdateReport, update

__all__ = ["Outcome", "UpdateReport", "build", "open_archive", "registry_of", "update"]
