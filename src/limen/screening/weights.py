"""What each comparison may add to or take from a score, by matcher.

The name decides; qualifiers move the score. A conflict costs more than an agreement gives,
because two people share a birth date more often than one person has two. Values missing on
one side move nothing: omission is not contradiction. A table never changes under a name: a
change of weights is a new matcher.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Signed contributions in score units.

    Attributes:
        birth_day: same day; ``birth_year`` the same year where one side knows no more.
        birth_swapped: day and month exchanged, as between European and American forms.
        birth_near: same year, another day.
        birth_conflict: years apart.
        unique_id: the base score of an identifier that names one party in the world.
        document_id: the base score of a document number.
        invalid_id: taken from an identifier that fails its own checksum.
        review_margin: how far below the threshold a finding is still shown for review.
    """

    birth_day: float = 0.15
    birth_year: float = 0.07
    birth_swapped: float = 0.05
    birth_near: float = -0.12
    birth_conflict: float = -0.35
    country: float = 0.04
    country_conflict: float = -0.05
    gender_conflict: float = -0.20
    birth_place: float = 0.05
    address: float = 0.05
    unique_id: float = 0.98
    document_id: float = 0.90
    invalid_id: float = -0.15
    unique_conflict: float = -0.10
    review_margin: float = 0.10


WEIGHTS: dict[str, Weights] = {
    "limen-1": Weights(),
    "ofac": Weights(
        birth_day=0.0,
        birth_year=0.0,
        birth_swapped=0.0,
        birth_near=0.0,
        birth_conflict=0.0,
        country=0.0,
        country_conflict=0.0,
        gender_conflict=0.0,
        birth_place=0.0,
        address=0.0,
        unique_conflict=0.0,
    ),
    "exact": Weights(birth_day=0.0, birth_year=0.0, country=0.0, birth_place=0.0, address=0.0),
}
