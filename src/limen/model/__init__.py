"""The words of Limen as frozen, typed records: no I/O, and nothing else of limen."""

from limen.model.answer import Answer, AnyFinding, ListCoverage, Outcome, Stamp
from limen.model.errors import (
    ArchiveError,
    BusyError,
    CoverageError,
    DamagedSnapshotError,
    DataError,
    InputError,
    LimenError,
    LimitError,
    ListCheckError,
    ListFormatError,
    NetworkError,
    RegistryError,
    SnapshotError,
    TimeLimitError,
)
from limen.model.features import Feature, TokenPair, Verdict
from limen.model.finding import (
    Finding,
    ListingEffect,
    ListingEvidence,
    MeasureInForce,
    PartyGroup,
    PartyListing,
    PossibleLicence,
    Provenance,
)
from limen.model.instant import Instant, Interval
from limen.model.listing import WHOLE, Entry, Listing
from limen.model.ownership_findings import OwnershipFinding, OwnershipStep
from limen.model.partial_date import PartialDate
from limen.model.party import Notice, Party, PartyReading, Properties, read_party
from limen.model.party_places import LocatedAddress, PlaceFinding

__all__ = [
    "WHOLE",
    "Answer",
    "AnyFinding",
    "ArchiveError",
    "BusyError",
    "CoverageError",
    "DamagedSnapshotError",
    "DataError",
    "Entry",
    "Feature",
    "Finding",
    "InputError",
    "Instant",
    "Interval",
    "LimenError",
    "LimitError",
    "ListCheckError",
    "ListCoverage",
    "ListFormatError",
    "Listing",
    "ListingEffect",
    "ListingEvidence",
    "LocatedAddress",
    "MeasureInForce",
    "NetworkError",
    "Notice",
    "Outcome",
    "OwnershipFinding",
    "OwnershipStep",
    "PartialDate",
    "Party",
    "PartyGroup",
    "PartyListing",
    "PartyReading",
    "PlaceFinding",
    "PossibleLicence",
    "Properties",
    "Provenance",
    "RegistryError",
    "SnapshotError",
    "Stamp",
    "TimeLimitError",
    "TokenPair",
    "Verdict",
    "read_party",
]
