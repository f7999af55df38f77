"""Where the lines are: who carries a score, what moves it, what holds a weak alias down."""

from __future__ import annotations

import pytest

from limen.model import Feature, Party
from limen.screening.identifier_match import compare_identifiers
from limen.screening.profile import Profile
from limen.screening.scoring import Judge, score_of
from limen.screening.weights import WEIGHTS

JUDGE = Judge("limen-1", WEIGHTS["limen-1"], 0.7)
DATE = Feature("birth_date", "equal", 0.15)
NEAR_DATE = Feature("birth_date", "near", 0.05)
COUNTRY = Feature("country", "conflict", -0.05)


def name(score: float, field: str = "name", verdict: str = "near") -> Feature:
    return Feature("name", verdict, score, listed="X", listed_field=field)


def number(score: float, verdict: str = "equal") -> Feature:
    return Feature("identifier:passport", verdict, score)


def brief(features) -> list[tuple[str, float]]:
    return [(feature.name, feature.contribution) for feature in features]


def test_the_review_line_is_a_tenth_below_the_threshold():
    assert JUDGE.review_line == pytest.approx(0.6)
    assert Judge("limen-1", WEIGHTS["limen-1"], 0.85).review_line == pytest.approx(0.75)


CARRIERS = [
    ([name(0.8)], [], [("name", 0.8)], "a name alone"),
    ([], [DATE], [], "qualifiers without a name or number make nothing"),
    ([number(-0.1, "conflict")], [DATE], [], "a number that differs makes nothing"),
    ([name(0.8), number(0.9)], [], [("identifier:passport", 0.9), ("name", 0.0)], "the stronger"),
    ([number(0.9), name(0.95)], [], [("name", 0.95), ("identifier:passport", 0.0)], "the stronger"),
    ([name(0.8)], [DATE, COUNTRY], [("name", 0.8), ("birth_date", 0.15), ("country", -0.05)], ""),
    ([number(0.8, "conflict"), name(0.9)], [], [("name", 0.9), ("identifier:passport", 0.8)], ""),
    ([number(0.9), name(0.9)], [], [("identifier:passport", 0.9), ("name", 0.0)], "the first"),
]


@pytest.mark.parametrize(("main", "qualifiers", "expected", "because"), CARRIERS)
def test_the_strongest_comparison_carries_the_score(main, qualifiers, expected, because):
    assert brief(JUDGE.settle(main, qualifiers)) == expected, because


CERTAIN = [
    (0.98, 0.0, "a number of the world"),
    (0.95, 0.0, "exactly the line is certain"),
    (0.9499, -0.05, "just below the line a conflict still speaks"),
    (0.90, -0.05, "a document number"),
]


@pytest.mark.parametrize(("carried", "moves", "because"), CERTAIN)
def test_nothing_argues_with_a_number_that_names_one_party(carried, moves, because):
    assert brief(JUDGE.settle([number(carried)], [COUNTRY]))[1] == ("country", moves), because


def test_an_agreement_beside_a_certain_number_still_counts():
    assert brief(JUDGE.settle([number(0.98)], [DATE]))[1] == ("birth_date", 0.15)


def test_a_name_is_never_certain():
    assert brief(JUDGE.settle([name(1.0, verdict="equal")], [COUNTRY]))[1] == ("country", -0.05)


WEAK = [
    ([name(0.68, "weakAlias")], [], 0.68, "below the line nothing holds it"),
    ([name(0.69, "weakAlias")], [], 0.69, "exactly a hundredth below"),
    ([name(0.7, "weakAlias")], [], 0.69, "at the line it is held just below"),
    ([name(1.0, "weakAlias", "equal")], [], 0.69, "however well it matches"),
    ([name(0.96, "weakAlias")], [Feature("country", "equal", 0.04)], 0.69, "a country does not"),
    ([name(1.0, "weakAlias")], [Feature("country", "equal", 0.04)], 0.73,
     "limen-1, frozen: what is over one is not taken away, so here a country is enough"),
    ([name(1.0, "weakAlias")], [DATE], 1.0, "a birth date speaks for it"),
    ([name(0.9, "weakAlias")], [NEAR_DATE], 0.69, "a birth date that is only near does not"),
    ([name(0.95, "weakAlias"), number(0.9)], [], 0.95, "a number speaks for it"),
    ([name(0.95, "weakAlias"), number(-0.1, "conflict")], [], 0.69, "another number does not"),
    ([name(0.9, "alias")], [], 0.9, "a strong alias is a name"),
]  # fmt: skip


@pytest.mark.parametrize(("main", "qualifiers", "score", "because"), WEAK)
def test_a_weak_alias_alone_is_no_hit(main, qualifiers, score, because):
    features = JUDGE.settle(main, qualifiers)
    assert score_of(features) == score, because
    assert (features[-1].name == "weak_alias") == (score_of(main[:1]) > score), because
    if features[-1].name == "weak_alias":
        held = features[-1]
        assert (held.verdict, held.listed, held.listed_field) == ("conflict", "X", "weakAlias")


SUMS = [
    ([name(0.9), DATE], 1.0, "never above one"),
    ([name(0.1), Feature("birth_date", "conflict", -0.35)], 0.0, "never below nothing"),
    ([name(0.61237), COUNTRY], 0.5624, "four digits"),
    ([], 0.0, "nothing"),
]


@pytest.mark.parametrize(("features", "score", "because"), SUMS)
def test_a_score_is_a_sum_within_bounds(features, score, because):
    assert score_of(features) == score, because


# Identifiers: what equal and different numbers come to.


def profile(**properties: str | tuple[str, ...]) -> Profile:
    values = {n: (v,) if isinstance(v, str) else v for n, v in properties.items()}
    return Profile(Party("Company", values))


NUMBERS = [
    ({"imoNumber": "IMO 9074729"}, {"imoNumber": "9074729"}, [("imo", "equal", 0.98)], "unique"),
    ({"imoNumber": "9074720"}, {"imoNumber": "9074720"}, [("imo", "equal", 0.83)],
     "the check digit is wrong"),
    ({"passportNumber": "72 104-511"}, {"passportNumber": "72104511"},
     [("passport", "equal", 0.9)], "a document, however it is written"),
    ({"passportNumber": "72104511"}, {"idNumber": "72104511"}, [("passport", "equal", 0.9)],
     "documents are looked for among all documents"),
    ({"taxNumber": "7707083893"}, {"innCode": "7707083893"}, [("tax number", "equal", 0.98)],
     "one side knows that it names one party"),
    ({"innCode": "7707083893"}, {"taxNumber": "7707083893"}, [("inn", "equal", 0.98)], "the other"),
    ({"innCode": "7707083890"}, {"innCode": "7707083890"}, [("inn", "equal", 0.83)],
     "wrong check digits"),
    ({"imoNumber": "9074729"}, {"imoNumber": "9735335"}, [("imo", "conflict", -0.1)],
     "two numbers of the world contradict"),
    ({"passportNumber": "72104511"}, {"passportNumber": "99104511"}, [],
     "two passports contradict nothing"),
    ({"swiftBic": "KHBARUMM"}, {"swiftBic": "PRMSRUMM"}, [], "a bank has several BICs"),
    ({"swiftBic": "KHBARUMM"}, {"swiftBic": "KHBARUMMXXX"}, [("bic", "equal", 0.98)], "a branch"),
    ({"imoNumber": "9074729"}, {"mmsi": "907472900"}, [], "numbers of two schemes do not meet"),
    ({"imoNumber": "9074729"}, {}, [], "missing is not different"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "listed", "expected", "because"), NUMBERS)
def test_what_numbers_come_to(query, listed, expected, because):
    found = compare_identifiers(profile(**query), profile(**listed), WEIGHTS["limen-1"])
    rows = [(each.name.partition(":")[2], each.verdict, each.contribution) for each in found]
    assert rows == expected, because


def test_a_number_among_several_is_found():
    ours = profile(passportNumber=("11111111", "72104511"))
    found = [*compare_identifiers(ours, profile(passportNumber="72104511"), WEIGHTS["limen-1"])]
    assert [each.query for each in found] == ["72104511"]
