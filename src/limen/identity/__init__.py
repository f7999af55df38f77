"""Join the records of all lists and versions into parties, with the reasons.

For building snapshots. It reads what the archive holds and writes nothing; who is screened is
decided elsewhere.
"""

from limen.identity.facts import Facts
from limen.identity.identity import Identity, Membership, Refused, Relation, identify
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
