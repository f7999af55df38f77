"""Archive, law and gazetteer into a snapshot, verified and activated."""

from limen.compile.build import build
from limen.compile.home import open_archive, registry_of
from limen.compile.update import Outcome, UpdateReport, update

__all__ = ["Outcome", "UpdateReport", "build", "open_archive", "registry_of", "update"]
