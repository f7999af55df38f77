"""Compare what two records say beside names and numbers: births, places, countries, programmes."""

from __future__ import annotations

from collections.abc import Iterator
from math import log10

from limen.identity.evidence.reasons import Reason
from limen.identity.evidence.setting import Setting
from limen.identity.facts import Facts
from limen.model import PartialDate

#: Points of a day of birth.
BORN_SAME_DAY = 40
#: Points of a country that programmes do not imply.
COUNTRY = 5
#: Points of a publisher's own tag.
TAG = 30
#: Points of a programme about the same: of one that many records have, and of a rare one.
TOPIC, RARE_TOPIC = 15, 25
#: Points of a place of birth, of an address, and of an address that is but a town.
BIRTH_PLACE, ADDRESS, TOWN = 15, 20, 6
#: Words of the shortest address with a street, its country aside, and points of streets that agree.
STREET, ADDRESS_WITH_STREET = 3, 14
#: The share of words that two places have in common at least.
_LIKE = 0.6


def attribute_reasons(one: Facts, other: Facts, setting: Setting) -> Iterator[Reason]:
    """Yield what agrees, and what differs, where both records say something."""
    yield from _births(one, other)
    yield from _programmes(one, other, setting)
    yield from _countries(one, other)
    if one.genders and other.genders:
        yield _compared("gender", one.genders, other.genders, 2, -20)
    same = one.programmes & other.programmes
    if setting.same_publisher and same and one.names[0][1] == other.names[0][1]:
        yield Reason("tag", TAG, _listed(same), _listed(same))
    yield from _like_words("birth place", one.places, other.places, BIRTH_PLACE)
    yield from _addresses(one, other)


def _compared(
    what: str, ours: frozenset[str], theirs: frozenset[str], agrees: int, differs: int
) -> Reason:
    shared = ours & theirs
    points = agrees if shared else differs
    return Reason(what, points, _listed(shared or ours), _listed(shared or theirs))


def _countries(one: Facts, other: Facts) -> Iterator[Reason]:
    """Yield the countries of both; that of the programme of both is no further evidence."""
    ours, theirs = one.countries, other.countries
    if ours and theirs:
        known = ours & theirs <= one.topics & other.topics
        yield _compared("country", ours, theirs, 0 if known else COUNTRY, -8)


def _programmes(one: Facts, other: Facts, setting: Setting) -> Iterator[Reason]:
    """Yield what the programmes are about, where both are about it or one is of a country there.

    The rarest topic that both have counts, in tenths of a power of ten. A programme about the
    country in which the other list has the party agrees with it too.
    """
    ours, theirs = one.topics, other.topics
    if shared := ours & theirs:
        share = min(setting.common.topics[topic] for topic in shared)
        points = min(max(TOPIC, round(-10 * log10(share))), RARE_TOPIC)
        yield Reason("programme", points, _listed(shared), _listed(shared))
    elif there := (ours & other.countries) | (theirs & one.countries):
        yield Reason("programme", TOPIC, _listed(ours or there), _listed(theirs or there))
    elif ours and theirs:
        yield Reason("programme", -5, _listed(ours), _listed(theirs))


def _listed(values: frozenset[str]) -> str:
    return ", ".join(sorted(values))


def _births(one: Facts, other: Facts) -> Iterator[Reason]:
    """Yield how the dates of birth or founding that agree best agree."""
    pairs = [(ours, theirs) for ours in one.births for theirs in other.births]
    if not pairs:
        return
    vague = min(len(one.births), len(other.births)) > 1
    points, ours, theirs = max((_birth_points(*pair), str(pair[0]), str(pair[1])) for pair in pairs)
    if points > 0 and (vague or one.kind != "person"):
        points //= 2
    yield Reason("birth date", points, ours, theirs)


def _birth_points(one: PartialDate, other: PartialDate) -> int:
    if one == other and one.day:
        return BORN_SAME_DAY
    if one.agrees(other):
        return 18
    if one.day and other.day:
        if one.year == other.year and (one.month, one.day) == (other.day, other.month):
            return 20
        same = (one.year == other.year, one.month == other.month, one.day == other.day)
        if sum(same) == 2:
            return 15
    return -5 if abs(one.year - other.year) <= 1 else -40


def _like_words(
    what: str,
    ours: tuple[frozenset[str], ...],
    theirs: tuple[frozenset[str], ...],
    points: int,
) -> Iterator[Reason]:
    share, one, other = max(
        ((_share(a, b), a, b) for a in ours for b in theirs),
        key=lambda compared: compared[0],
        default=(0.0, frozenset(), frozenset()),
    )
    if share >= _LIKE:
        yield Reason(what, round(points * share), " ".join(sorted(one)), " ".join(sorted(other)))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that are the same."""
    return len(one & other) / max(len(one), len(other))


def _addresses(one: Facts, other: Facts) -> Iterator[Reason]:
    """Yield the addresses that agree best; a town and its country are had by many."""
    for reason in _like_words("address", one.addresses, other.addresses, ADDRESS):
        town = min(len(reason.one.split()), len(reason.other.split())) < STREET
        yield reason._replace(points=min(reason.points, TOWN) if town else reason.points)
