"""Limen: sanctions screening that answers as of a date, with its evidence.

The public API, whole: what is named here stays, and everything else may change.
``docs/python.md`` is its reference. Importing ``limen`` loads nothing; each name is loaded
when it is first used.
"""

from __future__ import annotations

from limen._version import __version__

#: Type checkers take this name for true; ``typing`` itself would be most of the import's cost.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from limen import names
    from limen.engine import Engine
    from limen.engine import open_engine as open  # noqa: A004
    from limen.engine.replay import Replay, replay
    from limen.law import Assessment
    from limen.law.ownership.stakes_file import Stakes
    from limen.model import (
        Answer,
        ArchiveError,
        BusyError,
        CoverageError,
        DataError,
        Feature,
        Finding,
        InputError,
        Instant,
        LimenError,
        ListCheckError,
        ListCoverage,
        ListFormatError,
        ListingEvidence,
        NetworkError,
        Notice,
        OwnershipFinding,
        Party,
        PlaceFinding,
        RegistryError,
        SnapshotError,
        Stamp,
    )
    from limen.payment_screening import MessageAnswer, PaymentAnswer
    from limen.places import Location
    from limen.screening import Refused
    from limen.simulation.between import Between
    from limen.simulation.holding import Holding
    from limen.simulation.results import WhatIf
else:
    #: Module -> the public names it holds.
    _HOMES = {
        "limen.engine": ("Engine",),
        "limen.engine.replay": ("Replay", "replay"),
        "limen.law": ("Assessment",),
        "limen.law.ownership.stakes_file": ("Stakes",),
        "limen.model": (
            "Answer", "ArchiveError", "BusyError", "CoverageError", "DataError", "Feature",
            "Finding", "InputError", "Instant", "LimenError", "ListCheckError", "ListCoverage",
            "ListFormatError", "ListingEvidence", "NetworkError", "Notice", "OwnershipFinding",
            "Party", "PlaceFinding", "RegistryError", "SnapshotError", "Stamp",
        ),
        "limen.payment_screening": ("MessageAnswer", "PaymentAnswer"),
        "limen.places": ("Location",),
        "limen.screening": ("Refused",),
        "limen.simulation.between": ("Between",),
        "limen.simulation.holding": ("Holding",),
        "limen.simulation.results": ("WhatIf",),
    }  # fmt: skip

    def __getattr__(name):  # noqa: ANN001, ANN202 (type checkers read the imports above)
        """Load a public name when it is first used."""
        from importlib import import_module

        if name == "names":
            return import_module("limen.names")
        if name == "open":
            return import_module("limen.engine").open_engine
        for module, public in _HOMES.items():
            if name in public:
                value = globals()[name] = getattr(import_module(module), name)
                return value
        raise AttributeError(f"module 'limen' has no attribute {name!r}")

    def __dir__():  # noqa: ANN202
        """Return the public names."""
        return sorted(__all__)


__all__ = [
    "Answer",
    "ArchiveError",
    "Assessment",
    "Between",
    "BusyError",
    "CoverageError",
    "DataError",
    "Engine",
    "Feature",
    "Finding",
    "Holding",
    "InputError",
    "Instant",
    "LimenError",
    "ListCheckError",
    "ListCoverage",
    "ListFormatError",
    "ListingEvidence",
    "Location",
    "MessageAnswer",
    "NetworkError",
    "Notice",
    "OwnershipFinding",
    "Party",
    "PaymentAnswer",
    "PlaceFinding",
    "Refused",
    "RegistryError",
    "Replay",
    "SnapshotError",
    "Stakes",
    "Stamp",
    "WhatIf",
    "__version__",
    "names",
    "open",
    "replay",
]
