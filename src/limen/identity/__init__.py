"""Join the records of all lists and versions into parties, with the reasons.

For building snapshots. It reads what the archive holds and writes nothing; who is screened is
decided elsewhere.
"""

from limen.identity.clusters import Membership, Refused
from limen.identity.facts import Facts
from limen.identity.identity import Identity, identify
from limen.identity.relations import Relation
from limen.identity.subjects import Subject, holders, read_subject

__all__ = [
    "Facts",
    "Identity",
    "Membership",
    "Refused",
    "Relation",
    "Subject",
    "holders",
    "identify",
    "read_subject",
]
