"""Compare the facts of two records and return the evidence for and against one party.

Certain evidence is an equal reference or number. Everything else is scored: points are tenths of
a power of ten, roughly, by which a fact that agrees makes one party more probable than two; they
were set on pairs whose truth references and numbers give (``benchmarks/identity``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log10
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from limen.identity.facts import Facts, NameWords
from limen.identity.names import Words, as_written
from limen.model import PartialDate

Strength = Literal["judged", "reference", "number", "attributes", "possible"]
#: Evidence by how far it reaches, the strongest first.
STRENGTHS: tuple[Strength, ...] = ("judged", "reference", "number", "attributes", "possible")

#: Points of a reference and of a number.
CERTAIN = 100
#: Points at which attributes join, and at which records are possibly of one party.
JOINED, POSSIBLE = 55, 40
#: Points of a name by its number of words: equal, or contained in a longer one.
WORDS_EQUAL, CONTAINED = (0, 15, 32, 42, 48), (0, 0, 22, 32)
#: What reasons of names are called that are not equal.
PART, ALIKE = "name in part", "name alike"
#: Points from which on a name is seldom a namesake's; of a day of birth; of a publisher's own tag.
TELLING, BORN_SAME_DAY, TAG = 30, 40, 30
#: Points of a number under two countries, which alone with a name is possible and never joins.
ELSEWHERE = 10
#: Points of names that agree but for a word; they make numbers credible and never join.
SIMILAR = 12
#: Points that two words have more where they name an organisation: those are coined.
COINED = 8
#: Points that an organisation's alias has less than its name, and that each further name adds.
ALIAS, FURTHER = 8, 4
#: Points that a name loses for each other record of one list that bears it.
COMMON = 12
#: Letters from which on a name is not met twice by chance.
LONG = 24
#: Points that two main names of organisations have more that are the same to the letter.
IDENTICAL = 8
#: Points of a programme about the same: of one that many records have, and of a rare one.
TOPIC, RARE_TOPIC = 15, 25
#: The share of letters that two spellings of a word have in common at least.
_LIKE = 80


class Reason(NamedTuple):
    """Represents one fact that two records share, or differ in: both values as printed."""

    what: str
    points: int
    one: str = ""
    other: str = ""


class Evidence(NamedTuple):
    """Represents what speaks for two records being of one party."""

    strength: Strength
    points: int
    reasons: tuple[Reason, ...]


class Setting(NamedTuple):
    """What two records have to do with each other, and how common their names are.

    ``shared`` are names' keys that several records of one section of a list have: how many.
    ``headed`` are those that several have as their main name. ``share_of`` is the share of all
    records that a programme's topic has.
    """

    same_section: bool
    same_publisher: bool
    shared: Mapping[str, int]
    headed: Mapping[str, int]
    share_of: Mapping[str, float]


def weigh(one: Facts, other: Facts, setting: Setting) -> Evidence | None:
    """Return the evidence that two records are of one party; ``None`` where it is too little."""
    name = _name_reason(one, other, setting)
    names = () if name is None else (name,)
    certain = CERTAIN + sum(reason.points for reason in names)
    if references := _references(one, other):
        return Evidence("reference", certain, (*references, *names))
    numbers = _numbers(one, other, name)
    apart = _listed_apart(one, other, setting) or _numbered_apart(one, other)
    if numbers and name is None and apart:
        return Evidence("possible", certain, tuple(numbers))
    if numbers:
        return Evidence("number", certain, (*numbers, *names))
    if name is None:
        return None
    reasons = [name, *_attributes(one, other, setting), *_issued_elsewhere(one, other)]
    points = sum(reason.points for reason in reasons)
    if points < POSSIBLE:
        return None
    joined = points >= JOINED and _suffices(reasons) and not _listed_apart(one, other, setting)
    return Evidence("attributes" if joined else "possible", points, tuple(reasons))


def names_alike(one: Facts, other: Facts) -> bool:
    """Return whether two records have a name in common, or two that are alike."""
    if one.by_key.keys() & other.by_key.keys():
        return True
    return any(
        fuzz.ratio(ours, theirs) >= _LIKE
        for _, mine in one.names
        for ours in mine.spelled
        if len(ours) > 2
        for _, yours in other.names
        for theirs in yours.spelled
    )


def _suffices(reasons: Sequence[Reason]) -> bool:
    """Return whether the name, and what agrees with it, are more than namesakes would have.

    A name of few or common words needs a date, an address or the publisher's own tag with it; a
    name within a longer one needs the day of birth.
    """
    points = {reason.what: reason.points for reason in reasons}
    if "name" not in points:
        return PART in points and points.get("birth date", 0) >= BORN_SAME_DAY
    return points["name"] >= TELLING or any(
        points.get(what, 0) >= least
        for what, least in (("birth date", BORN_SAME_DAY // 2), ("address", 14), ("tag", TAG))
    )


def share_programme(one: Facts, other: Facts) -> bool:
    """Return whether a publisher has two records under one programme: it means two parties."""
    both = one.programmes and other.programmes
    return not both or not one.programmes.isdisjoint(other.programmes)


def _listed_apart(one: Facts, other: Facts, setting: Setting) -> bool:
    """Return whether names and attributes do not suffice.

    A publisher that has two records under one programme means two parties; and where a list does
    not say whether it is a person, a namesake is likelier.
    """
    if setting.same_section and share_programme(one, other):
        return True
    if _registered_apart(one, other):
        return True
    return "person" in (one.kind, other.kind) and one.kind != other.kind


def _numbered_apart(one: Facts, other: Facts) -> bool:
    """Return whether a kind of number that names one party in the world differs."""
    ours, theirs = (
        {(number.kind, number.key) for number in facts.numbers if number.unique}
        for facts in (one, other)
    )
    kinds = {kind for kind, _ in ours} & {kind for kind, _ in theirs}
    return not kinds <= {kind for kind, _ in ours & theirs}


def _registered_apart(one: Facts, other: Facts) -> bool:
    """Return whether a register has both under different keys."""
    spaces = {space for space, _ in one.references} & {space for space, _ in other.references}
    return any(space in spaces for space, _ in one.references ^ other.references)


def _references(one: Facts, other: Facts) -> list[Reason]:
    shared = sorted(one.references & other.references)
    return [Reason(f"reference {space}", CERTAIN, key, key) for space, key in shared]


def _numbers(one: Facts, other: Facts, name: Reason | None) -> list[Reason]:
    theirs = {(number.kind, number.key): number for number in other.numbers}
    reasons = []
    for number in one.numbers:
        same = theirs.get((number.kind, number.key))
        if same is None or (number.country and same.country and number.country != same.country):
            continue
        if number.unique or name is not None:
            reasons.append(Reason(number.kind, CERTAIN, number.printed, same.printed))
    return reasons


def _issued_elsewhere(one: Facts, other: Facts) -> Iterator[Reason]:
    """Yield numbers that lists print under different countries: a trace, and no number's proof."""
    theirs = {(number.kind, number.key): number for number in other.numbers}
    for ours in one.numbers:
        same = theirs.get((ours.kind, ours.key))
        if same is not None and ours.country and same.country and ours.country != same.country:
            what = f"{ours.kind} of {ours.country} and of {same.country}"
            yield Reason(what, ELSEWHERE, ours.printed, same.printed)


def _name_reason(one: Facts, other: Facts, setting: Setting) -> Reason | None:
    """Return the names that agree best, by points; ``None`` where none do."""
    shared = one.by_key.keys() & other.by_key.keys()
    reasons = [_equal(one, other, key, setting) for key in shared] or list(
        _alike(one, other, setting)
    )
    best = max(reasons, key=lambda reason: (reason.points, reason.one, reason.other), default=None)
    if best is None or best.points <= 0:
        return None
    more = min(FURTHER * (len(shared) - 1), 2 * FURTHER) if shared else 0
    return best._replace(points=best.points + more)


def _equal(one: Facts, other: Facts, key: str, setting: Setting) -> Reason:
    """Return the reason of a name that both have; an alias may be a subsidiary's."""
    ours, theirs = one.by_key[key], other.by_key[key]
    kind = one.kind or other.kind
    mains = one.names[0][1].key, other.names[0][1].key
    points = _equal_points(ours, theirs, kind)
    if mains == (key, key):
        identical = as_written(one.names[0][0]) == as_written(other.names[0][0])
        points += IDENTICAL if identical and kind != "person" else 0
        bearers = (setting.shared if kind == "person" else setting.headed).get(key, 1)
    else:
        points -= 0 if kind == "person" else ALIAS
        bearers = setting.shared.get(key, 1)
    return Reason(
        "name", max(points - min(COMMON * (bearers - 1), 2 * COMMON), 5), ours[0], theirs[0]
    )


def _equal_points(ours: NameWords, theirs: NameWords, kind: str) -> int:
    """Return the points of names with the same words: more words, and rarer ones, weigh more."""
    words = ours[1]
    count = sum(len(word) > 1 for word in words.spelled)
    points = WORDS_EQUAL[min(count, len(WORDS_EQUAL) - 1)]
    points += 5 if sum(map(len, words.spelled)) > LONG else 0
    points += COINED if count == 2 and kind not in ("person", "ship", "aircraft") else 0
    return points - (0 if words.spelled == theirs[1].spelled else 3)


def _alike(one: Facts, other: Facts, setting: Setting) -> Iterator[Reason]:
    """Yield names of which one has nearly all words of the other, in this or another spelling."""
    for printed, ours in one.names:
        for listed, theirs in other.names:
            few, many = sorted((ours, theirs), key=lambda words: len(words.sounds))
            if len(few.sounds) > 1 and (points := _alike_points(few, many, one.kind, setting)):
                yield Reason(PART if points > SIMILAR else ALIKE, points, printed, listed)


def _alike_points(few: Words, many: Words, kind: str, setting: Setting) -> int:
    missing = len(few.sounds) - _matched(few, many)
    if missing > 1 or (missing and len(few.sounds) < 3):
        return 0
    if missing:
        return SIMILAR
    points = CONTAINED[min(len(few.sounds), len(CONTAINED) - 1)]
    if kind != "person":
        return SIMILAR
    return max(points - COMMON * (setting.shared.get(few.key, 1) - 1), 5)


def _matched(few: Words, many: Words) -> int:
    """Count the words of one name that the other has, in the same sound or nearly so spelled."""
    left = list(many.sounds)
    for word in few.sounds:
        if word in left:
            left.remove(word)
    equal = len(many.sounds) - len(left)
    if equal == len(few.sounds):
        return equal
    spelled, count = list(many.spelled), 0
    for word in few.spelled:
        best = process.extractOne(word, spelled, scorer=fuzz.ratio, score_cutoff=_LIKE)
        if best is not None:
            del spelled[best[2]]
            count += 1
    return max(count, equal)


def _attributes(one: Facts, other: Facts, setting: Setting) -> Iterator[Reason]:
    yield from _births(one, other)
    for what, ours, theirs, agrees, differs in (
        ("country", one.countries, other.countries, 5, -8),
        ("programme", one.topics, other.topics, _topic_points(one, other, setting), -5),
        ("gender", one.genders, other.genders, 2, -20),
    ):
        if ours and theirs:
            shared = ours & theirs
            points = agrees if shared else differs
            yield Reason(what, points, _listed(shared or ours), _listed(shared or theirs))
    same = one.programmes & other.programmes
    if setting.same_publisher and same and one.names[0][1] == other.names[0][1]:
        yield Reason("tag", TAG, _listed(same), _listed(same))
    yield from _like_words("birth place", one.places, other.places, 15)
    yield from _like_words("address", one.addresses, other.addresses, 20)


def _topic_points(one: Facts, other: Facts, setting: Setting) -> int:
    """Return the points of the rarest topic of both, in tenths of a power of ten."""
    share = min((setting.share_of[topic] for topic in one.topics & other.topics), default=1.0)
    return min(max(TOPIC, round(-10 * log10(share))), RARE_TOPIC)


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
    if share >= 0.6:
        yield Reason(what, round(points * share), " ".join(sorted(one)), " ".join(sorted(other)))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how many words are the same; one word alone, mostly a country, says little."""
    if len(one) == 1 or len(other) == 1:
        return 0.5 if one == other else 0.0
    return len(one & other) / max(len(one), len(other))
