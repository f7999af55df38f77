"""The matchers' weights as one table: what each comparison adds to a score or takes from it.

The comparisons are in :mod:`limen.screening.qualifiers` and ``identifier_match``, and
``scoring`` makes a score of what they add. A name or an identifier carries the score; the other
rows of the table move it, in the unit of the score. Three rules hold for all numbers:

- a conflict costs more than an agreement of the same kind gives, because two people share a
  birth date more often than one person has two;
- a value missing on one side moves nothing: omission is not contradiction;
- a column never changes under its name: other weights are another matcher.
"""

from __future__ import annotations

import msgspec


class Weights(msgspec.Struct, frozen=True):
    """Represents the weights of one matcher; each field is a row of the table below."""

    birth_day: float
    birth_year: float
    birth_swapped: float
    birth_near: float
    birth_conflict: float
    country: float
    country_conflict: float
    gender_conflict: float
    birth_place: float
    address: float
    unique_id: float
    document_id: float
    contact_id: float
    invalid_id: float
    unique_conflict: float
    craft_conflict: float
    review_margin: float


#: The columns are the matchers. ``limen-1`` weighs everything. ``ofac`` scores names alone, as
#: OFAC's own search does, and identifiers, which decide by themselves. ``exact`` adds nothing for
#: agreement, since its names agree word by word already, and takes away as ``limen-1`` does.
#: With limen-1's threshold of 0.70 and its review margin of 0.10, a reason can be checked by sums.
_MATCHERS = ("limen-1", "limen-2", "ofac", "exact")
_TABLE: dict[str, tuple[float, float, float, float]] = {
    # The same day: lifts every name of the review band (0.60 to 0.70) over the threshold.
    "birth_day": (0.15, 0.15, 0.0, 0.0),
    # The same year, or month, where one side knows no more: about half of a day's weight.
    "birth_year": (0.07, 0.07, 0.0, 0.0),
    # 3 April against 4 March, European against American order: likely one date, but not surely.
    "birth_swapped": (0.05, 0.05, 0.0, 0.05),
    # Another day of the same year, or the year next to it: a slip of the pen, or someone else.
    # Takes a name that scores below 0.82 out of the hits and leaves it for review.
    "birth_near": (-0.12, -0.12, 0.0, -0.12),
    # Two years apart or more: 1.00 falls to 0.65, so that even an equal name is for review.
    "birth_conflict": (-0.35, -0.35, 0.0, -0.35),
    # Customers and listed parties share a few countries between them: agreement says little.
    "country": (0.04, 0.04, 0.0, 0.0),
    # People have several countries and lists know one: a little more than agreement gives.
    "country_conflict": (-0.05, -0.05, 0.0, -0.05),
    # Lists rarely err in it: a name must score 0.90 to stay a hit. Agreement is every second
    # person's, and gives nothing.
    "gender_conflict": (-0.20, -0.20, 0.0, -0.20),
    # A place or an address that shares most of its words corroborates; one that differs says
    # nothing, because one town has many spellings and one party many addresses.
    "birth_place": (0.05, 0.05, 0.0, 0.0),
    "address": (0.05, 0.05, 0.0, 0.0),
    # The score of an equal identifier that one party in the world carries (LEI, IMO number,
    # wallet): near certainty, below 1.00 because a publisher may mistype it.
    "unique_id": (0.98, 0.98, 0.98, 0.98),
    # The score of an equal document number: numbers repeat between countries, and the country
    # of issue is often not given; stays a hit after every single qualifier but a birth conflict.
    "document_id": (0.90, 0.90, 0.90, 0.90),
    # The score of an equal e-mail address, telephone number or website: lists print them to be
    # looked for, but those who work together share them.
    "contact_id": (0.80, 0.80, 0.80, 0.80),
    # Taken from an identifier with wrong check digits: 0.98 falls to 0.83, still a hit.
    "invalid_id": (-0.15, -0.15, -0.15, -0.15),
    # Two different numbers of which a party has one: one of them may be wrong or out of date,
    # so it speaks against the match and does not end it.
    "unique_conflict": (-0.10, -0.10, 0.0, -0.10),
    # The same for a ship or an aircraft, which is known by its number: an equal name falls to 0.50.
    # It stays a finding for review, because a name that reaches the threshold alone is never
    # dropped. ``limen-1`` and ``exact`` weigh it as any other number.
    "craft_conflict": (-0.10, -0.50, 0.0, -0.10),
    # How far below the threshold a finding is still reported for review: less than an agreeing
    # birth date adds (0.15), so that a person sees what one more fact could make a hit.
    "review_margin": (0.10, 0.10, 0.10, 0.10),
}

WEIGHTS: dict[str, Weights] = {
    matcher: Weights(**{row: values[column] for row, values in _TABLE.items()})
    for column, matcher in enumerate(_MATCHERS)
}
